"""Evidence files: sealed, and bound into credentials by their digest."""

from datetime import datetime

from beanie import Document

from issuer.errors import UnknownEvidence
from passport.storage.first import first_of


class EvidenceFile(Document):
    id: str  # type: ignore[assignment]
    organisation: str
    media_type: str
    size: int
    digest_multibase: str
    sealed: bytes
    request: str
    created_at: datetime

    class Settings:
        name = "evidence"

    async def record(self) -> "EvidenceFile":
        """Write it, or return the one that was first."""
        return await first_of(self)

    @classmethod
    async def find_or_fail(cls, slug: str, evidence_id: str) -> "EvidenceFile":
        found = await cls.get(evidence_id)
        if found is None or found.organisation != slug:
            raise UnknownEvidence
        return found
