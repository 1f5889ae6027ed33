"""What is counted by all processes of a service together: tries at a door, pictures of a session.

A count is one document, raised only while it is below its most: of any number of callers at the same moment,
in any number of processes, no more get through than there is room for. Names that hold what people could be
known by come in as keyed digests. A count is forgotten when its time is over.
"""

from datetime import datetime
from typing import ClassVar, Protocol

from beanie import Document
from pymongo.errors import DuplicateKeyError


class Counts(Protocol):
    """Where it is counted."""

    async def up(self, name: str, *, most: int, keep_until: datetime, by: int = 1) -> bool:
        """Count `by` more; False, and nothing is counted, where that would be more than `most`."""

    async def down(self, name: str) -> None:
        """Take one back, of a count that may be forgotten by now."""


class Counted(Document):
    """One count."""

    id: str  # type: ignore[assignment]
    number: int
    keep_until: datetime

    class Settings:
        name = "counted"
        indexes: ClassVar = ["keep_until"]


class StoredCounts:
    """Counts in the store, where every process finds them."""

    async def up(self, name: str, *, most: int, keep_until: datetime, by: int = 1) -> bool:
        if by > most:
            return False
        if await _raised(name, most - by, by):
            return True
        try:
            await Counted(id=name, number=by, keep_until=keep_until).insert()
        except DuplicateKeyError:
            return await _raised(name, most - by, by)  # it is full, or somebody began it at this moment
        return True

    async def down(self, name: str) -> None:
        await Counted.get_pymongo_collection().update_one(
            {"_id": name, "number": {"$gt": 0}}, {"$inc": {"number": -1}}
        )


async def forget_counts(now: datetime) -> None:
    """Forget what was counted in a time that is over."""
    await Counted.find({"keep_until": {"$lt": now}}).delete()


async def _raised(name: str, at_most: int, by: int) -> bool:
    changed = await Counted.get_pymongo_collection().update_one(
        {"_id": name, "number": {"$lte": at_most}}, {"$inc": {"number": by}}
    )
    return changed.matched_count == 1
