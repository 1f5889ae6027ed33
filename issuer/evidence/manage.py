"""Keep an evidence file."""

from issuer.audit.records import AuditEvent
from issuer.errors import IdempotencyKeyReused
from issuer.evidence.files import sealed_file
from issuer.evidence.records import EvidenceFile
from issuer.identifiers import record_id, request_digest
from issuer.organisations.records import Account
from issuer.service import Service
from passport.encoding import digest_multibase


async def keep_evidence(
    service: Service, actor: Account, data: bytes, media_type: str, idempotency_key: str | None
) -> EvidenceFile:
    """Raises EvidenceEmpty, EvidenceTooLarge, IdempotencyKeyReused."""
    slug, now = actor.organisation, service.clock()
    evidence_id = record_id(service.master, "evidence", slug, idempotency_key)
    request = request_digest("evidence", media_type, digest_multibase(data))
    file = sealed_file(
        service.master,
        data,
        slug=slug,
        evidence_id=evidence_id,
        media_type=media_type,
        request=request,
        now=now,
    )
    kept = await file.record()
    if kept.request != request:
        raise IdempotencyKeyReused
    await AuditEvent.of(slug, kept.created_at, actor.id, "evidence.keep", kept.id, once=True).write()
    return kept
