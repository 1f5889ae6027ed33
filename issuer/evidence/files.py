"""Take in an evidence file and give it out again."""

from datetime import datetime

from issuer.errors import EvidenceEmpty, EvidenceTooLarge
from issuer.evidence.records import EvidenceFile
from issuer.limits import EVIDENCE_SIZE
from issuer.secrets import MasterSecret
from passport.encoding import check_digest_multibase, digest_multibase

MEDIA_TYPES = (
    "application/pdf",
    "application/json",
    "image/png",
    "image/jpeg",
    "text/plain",
    "text/csv",
    "application/octet-stream",
)
_PURPOSE = "evidence"


def sealed_file(
    master: MasterSecret,
    data: bytes,
    *,
    slug: str,
    evidence_id: str,
    media_type: str,
    request: str,
    now: datetime,
) -> EvidenceFile:
    """A file, sealed for this organisation and id; not yet stored.

    Raises:
        EvidenceEmpty, EvidenceTooLarge
    """
    if not data:
        raise EvidenceEmpty
    if len(data) > EVIDENCE_SIZE:
        raise EvidenceTooLarge(limit=EVIDENCE_SIZE)
    return EvidenceFile(
        id=evidence_id,
        organisation=slug,
        media_type=media_type,
        size=len(data),
        digest_multibase=digest_multibase(data),
        sealed=master.seal(data, purpose=_PURPOSE, bound_to=(slug, evidence_id, media_type)),
        request=request,
        created_at=now,
    )


def open_file(master: MasterSecret, file: EvidenceFile) -> bytes:
    """The bytes that came in; raises SealBroken or DigestMismatch when the store was changed."""
    data = master.open(file.sealed, purpose=_PURPOSE, bound_to=(file.organisation, file.id, file.media_type))
    check_digest_multibase(data, file.digest_multibase)
    return data
