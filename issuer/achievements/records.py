"""Achievements as they are published: a document that never changes once credentials name it."""

from datetime import datetime
from typing import Any, ClassVar

from beanie import Document

from issuer.errors import UnknownAchievement
from passport.storage.first import first_of


class AchievementRecord(Document):
    """`id` is also the credential_configuration_id in OpenID4VCI."""

    id: str  # type: ignore[assignment]
    organisation: str
    name: str
    document: dict[str, Any]
    """The Achievement (Open Badges 3.0, B.1.1) with its id and types."""
    suspendable: bool = False
    request: str
    """Digest of the request that made it, so that a retry is told from another use of its key."""
    created_at: datetime

    class Settings:
        name = "achievements"
        indexes: ClassVar = ["organisation"]

    async def record(self) -> "AchievementRecord":
        """Write it, or return the one that was first."""
        return await first_of(self)

    @classmethod
    async def find_or_fail(cls, slug: str, achievement_id: str) -> "AchievementRecord":
        found = await cls.get(achievement_id)
        if found is None or found.organisation != slug:
            raise UnknownAchievement
        return found

    @classmethod
    async def of_organisation(cls, slug: str, most: int) -> list["AchievementRecord"]:
        return await cls.find({"organisation": slug}).sort("-created_at").limit(most).to_list()
