"""From a request to an order: everything that it names is looked up first."""

from issuer.achievements.records import AchievementRecord
from issuer.evidence.records import EvidenceFile
from issuer.identifiers import record_id, request_digest
from issuer.issuance.claims import Claims
from issuer.issuance.prepare import Order, check_subject
from issuer.organisations.records import Account, Organisation
from issuer.service import Service


async def order_for(
    service: Service, actor: Account, claims: Claims, subject: str, idempotency_key: str | None
) -> Order:
    """An order of a credential for a holder whose DID is known.

    Raises:
        UnknownAchievement, UnknownEvidence, SubjectNotSupported, PeriodReversed
    """
    slug = actor.organisation
    claims.check()
    check_subject(subject)
    return Order(
        id=record_id(service.master, "credential", slug, idempotency_key),
        organisation=await Organisation.find_or_fail(slug),
        achievement=await AchievementRecord.find_or_fail(slug, claims.achievement),
        claims=claims,
        subject=subject,
        files={file: await EvidenceFile.find_or_fail(slug, file) for file in claims.files},
        request=request_digest("credential", subject, claims.members()),
        account=actor.id,
    )
