"""Record an offer; withdraw one that nobody took; hand one over again that nobody kept."""

from datetime import timedelta
from enum import StrEnum

from issuer.achievements.records import AchievementRecord
from issuer.audit.records import AuditEvent
from issuer.errors import ChangedMeanwhile, IdempotencyKeyReused, OfferGone, OfferNotOver
from issuer.evidence.records import EvidenceFile
from issuer.identifiers import record_id, request_digest
from issuer.issuance.claims import Claims
from issuer.issuance.prepare import check_subject
from issuer.issuance.records import Issuance
from issuer.limits import OFFER
from issuer.offers.claim import claim_id
from issuer.offers.make import UNCONFIRMED, new_offer, state_of
from issuer.offers.records import HANDED_OVER, Offer, OfferState
from issuer.organisations.records import Account
from issuer.service import Service
from issuer.status.records import StatusListRecord
from passport import limits
from passport.status.credential import REVOCATION

_NOBODY_HOLDS_IT = frozenset({OfferState.FAILED.value, OfferState.DELETED.value, UNCONFIRMED})
"""States in which no wallet said that it kept the credential, or one said that it did not."""


async def make_offer(
    service: Service,
    actor: Account,
    claims: Claims,
    *,
    subject: str | None,
    tx_code: bool,
    expires_in: int,
    idempotency_key: str | None,
) -> Offer:
    """Offer a credential to whoever holds the link (and the transaction code, and the subject's key).

    Raises:
        UnknownAchievement, UnknownEvidence, SubjectNotSupported, PeriodReversed, IdempotencyKeyReused
    """
    slug = actor.organisation
    claims.check()
    if subject is not None:
        check_subject(subject)
    achievement = await AchievementRecord.find_or_fail(slug, claims.achievement)
    for file in claims.files:
        await EvidenceFile.find_or_fail(slug, file)
    offer = new_offer(
        offer_id=record_id(service.master, "offer", slug, idempotency_key),
        achievement=achievement,
        claims=claims,
        subject=subject,
        tx_code=tx_code,
        expires_in=expires_in,
        request=request_digest("offer", subject, tx_code, expires_in, claims.members()),
        account=actor.id,
        now=service.clock(),
    )
    recorded = await offer.record()
    if recorded.request != offer.request:
        raise IdempotencyKeyReused
    await AuditEvent.of(slug, recorded.created_at, actor.id, "offer.make", recorded.id, once=True).write()
    return recorded


async def withdraw_offer(service: Service, actor: Account, offer_id: str) -> None:
    """Raises UnknownOffer, or OfferGone when it was issued already."""
    offer = await Offer.find_or_fail(actor.organisation, offer_id)
    await AuditEvent.of(actor.organisation, service.clock(), actor.id, "offer.withdraw", offer.id).write()
    if not await Offer.withdraw(actor.organisation, offer.id):
        raise OfferGone


class Again(StrEnum):
    """What handing over again would give."""

    SAME = "same"
    """The same credential, to the same key: whoever claimed it first is its holder for good."""
    ANOTHER = "another"
    """Another credential, since the first was revoked; whoever the offer is for may claim it."""


async def again_gives(service: Service, offer: Offer) -> Again | None:
    """What an offer would give if it were handed over again; None where it may not be."""
    given = await Issuance.get(claim_id(service, offer))
    if given is None:
        return None
    if await StatusListRecord.is_set(given.organisation, given.status_index, REVOCATION):
        return Again.ANOTHER if offer.state in HANDED_OVER else None
    return Again.SAME if state_of(offer, service.clock()) in _NOBODY_HOLDS_IT else None


async def hand_over_again(service: Service, actor: Account, offer_id: str) -> Offer:
    """Open an offer once more whose credential did not arrive, or was revoked.

    Raises:
        UnknownOffer, ChangedMeanwhile
        OfferNotOver: it is still open, or a wallet holds what it gave, or it was withdrawn.
    """
    offer, now = await Offer.find_or_fail(actor.organisation, offer_id), service.clock()
    gives = await again_gives(service, offer)
    if gives is None:
        raise OfferNotOver
    await AuditEvent.of(actor.organisation, now, actor.id, "offer.again", offer.id).write()
    service.faults.reach("after-again-audit")
    until = now + timedelta(seconds=limits.TIME.offer_lifetime)
    if not await offer.open_again(another=gives is Again.ANOTHER, tries=OFFER.tx_code_tries, until=until):
        raise ChangedMeanwhile
    return await Offer.find_or_fail(actor.organisation, offer_id)
