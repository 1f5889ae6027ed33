"""Record an offer; withdraw one that nobody took; hand one over again that nobody kept."""

from collections.abc import Sequence
from datetime import timedelta
from enum import StrEnum

from issuer.achievements.records import AchievementRecord
from issuer.audit.records import AuditEvent
from issuer.errors import ChangedMeanwhile, FormNotOffered, IdempotencyKeyReused, OfferGone, OfferNotOver
from issuer.evidence.records import EvidenceFile
from issuer.identifiers import record_id, request_digest
from issuer.issuance.claims import Claims
from issuer.issuance.forms import FORMS, IssuedForm
from issuer.issuance.prepare import check_subject
from issuer.issuance.records import Issuance
from issuer.learners.errors import NothingToProve
from issuer.learners.mailbox import mailbox_digest, seal_mailbox
from issuer.limits import OFFER
from issuer.mail.address import Address
from issuer.offers.claim import claim_id, end_withdrawn
from issuer.offers.make import UNCONFIRMED, new_offer, state_of
from issuer.offers.records import HANDED_OVER, Offer, OfferGrant, OfferState
from issuer.organisations.records import Account
from issuer.service import Service
from issuer.status.records import StatusListRecord
from passport import limits
from passport.json import JsonValue
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
    learner: Address | None = None,
    grants: Sequence[OfferGrant] = (),
    forms: Sequence[IssuedForm] = FORMS,
    held: bool = False,
) -> Offer:
    """Offer a credential to whoever holds the link (and the transaction code, and the subject's key).

    Args:
        service: of this issuer.
        actor: who offers.
        claims: what the credential will say.
        subject: the only holder that may take it.
        tx_code: ask for a code that is handed over by another way.
        expires_in: seconds.
        idempotency_key: of the request.
        learner: whose mailbox proves on our page that the offer is theirs.
        grants: how it may be got at; empty leaves that to `usual_grants`.
        forms: in which it may be fetched.
        held: it may be claimed at once, and is given when somebody releases it.

    Raises:
        UnknownAchievement, UnknownEvidence, SubjectNotSupported, PeriodReversed, IdempotencyKeyReused
        FormNotOffered: no form, or one of them twice.
        NothingToProve: permission is asked on our page, and nothing could be proved there.
    """
    slug = actor.organisation
    claims.check()
    if not forms or len(set(forms)) != len(forms):
        raise FormNotOffered
    chosen = tuple(dict.fromkeys(grants)) or usual_grants(learner=learner is not None, tx_code=tx_code)
    if OfferGrant.AUTHORIZATION in chosen and learner is None and not tx_code:
        raise NothingToProve
    offer_id = record_id(service.master, "offer", slug, idempotency_key)
    if subject is not None:
        check_subject(subject)
    achievement = await AchievementRecord.find_or_fail(slug, claims.achievement)
    for file in claims.files:
        await EvidenceFile.find_or_fail(slug, file)
    offer = new_offer(
        master=service.master,
        offer_id=offer_id,
        achievement=achievement,
        claims=claims,
        subject=subject,
        tx_code=tx_code,
        grants=chosen,
        learner=None if learner is None else mailbox_digest(service.master, slug, learner),
        learner_sealed=None if learner is None else seal_mailbox(service.master, slug, offer_id, learner),
        expires_in=expires_in,
        forms=forms,
        held=held,
        request=request_digest(
            "offer",
            subject,
            tx_code,
            expires_in,
            claims.members(),
            *_whose(service, slug, learner, chosen),
            *_how(forms, held=held),
        ),
        account=actor.id,
        now=service.clock(),
    )
    recorded = await offer.record()
    if recorded.request != offer.request:
        raise IdempotencyKeyReused
    await AuditEvent.of(slug, recorded.created_at, actor.id, "offer.make", recorded.id, once=True).write()
    return recorded


def usual_grants(*, learner: bool, tx_code: bool) -> tuple[OfferGrant, ...]:
    """Without a mail address whoever has the link; with one, whoever proves it or has the code besides."""
    if not learner:
        return (OfferGrant.PRE_AUTHORIZED,)
    if tx_code:
        return (OfferGrant.PRE_AUTHORIZED, OfferGrant.AUTHORIZATION)
    return (OfferGrant.AUTHORIZATION,)


def _whose(
    service: Service, slug: str, learner: Address | None, grants: Sequence[OfferGrant]
) -> list[JsonValue]:
    """What tells two requests apart besides; a mail address only by its keyed digest."""
    if learner is None and tuple(grants) == (OfferGrant.PRE_AUTHORIZED,):
        return []
    mailbox = "" if learner is None else mailbox_digest(service.master, slug, learner).hex()
    return [mailbox, [str(grant) for grant in grants]]


def _how(forms: Sequence[IssuedForm], *, held: bool) -> list[JsonValue]:
    """As `_whose`; nothing for an offer as they all were before there was a choice."""
    return [] if tuple(forms) == FORMS and not held else [[str(form) for form in forms], held]


async def withdraw_offer(service: Service, actor: Account, offer_id: str) -> None:
    """Withdraw what nobody took; a claim that was under way gets nothing, and what it recorded is revoked.

    Raises:
        UnknownOffer
        OfferGone: it was issued already, or is withdrawn.
    """
    offer = await Offer.find_or_fail(actor.organisation, offer_id)
    await AuditEvent.of(actor.organisation, service.clock(), actor.id, "offer.withdraw", offer.id).write()
    withdrawn = await Offer.withdraw(actor.organisation, offer.id)
    service.faults.reach("after-withdraw")
    await end_withdrawn(service, offer, actor.id)  # also where a crash kept it from being done the first time
    if not withdrawn:
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
