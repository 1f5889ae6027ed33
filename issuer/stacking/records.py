"""What a stacked achievement asks for: a rule that never changes, under the achievement's own id."""

from datetime import datetime
from typing import ClassVar

from beanie import Document
from pydantic import BaseModel

from issuer.stacking.errors import UnknownStack
from passport.storage.first import first_of


class Part(BaseModel):
    """One achievement that counts, from these issuers (DIDs)."""

    achievement: str
    name: str
    issuers: list[str]


class StackRule(Document):
    """`id` is the achievement's."""

    id: str  # type: ignore[assignment]
    organisation: str
    parts: list[Part]
    least: int
    """So many of the parts are needed."""
    account: str
    """Who made it: what is issued by it is issued in that name."""
    request: str
    """Digest of the request that made it."""
    created_at: datetime

    class Settings:
        name = "stacks"
        indexes: ClassVar = ["organisation"]

    async def record(self) -> "StackRule":
        """Write it, or return the one that was first."""
        return await first_of(self)

    @classmethod
    async def find_or_fail(cls, slug: str, achievement_id: str) -> "StackRule":
        found = await cls.get(achievement_id)
        if found is None or found.organisation != slug:
            raise UnknownStack
        return found

    @classmethod
    async def of_organisation(cls, slug: str, most: int) -> list["StackRule"]:
        return await cls.find({"organisation": slug}).sort("-created_at").limit(most).to_list()
