"""Record an offer; withdraw one that nobody took."""

from issuer.achievements.records import AchievementRecord
from issuer.audit.records import AuditEvent
from issuer.errors import IdempotencyKeyReused, OfferGone
from issuer.evidence.records import EvidenceFile
from issuer.identifiers import record_id, request_digest
from issuer.issuance.claims import Claims
from issuer.issuance.prepare import check_subject
from issuer.offers.make import new_offer
from issuer.offers.records import Offer
from issuer.organisations.records import Account
from issuer.service import Service


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
