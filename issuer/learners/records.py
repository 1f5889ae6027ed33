"""How many codes were asked for one mailbox in one day, whether we know the mailbox or not."""

from datetime import datetime

from beanie import Document
from pymongo import ReturnDocument


class AskedCodes(Document):
    """`id` names organisation, day and the mailbox's digest."""

    id: str  # type: ignore[assignment]
    asked: int = 0
    day: datetime

    class Settings:
        name = "asked_codes"

    @classmethod
    async def add(cls, slug: str, mailbox: bytes, now: datetime) -> int:
        """Count one more; how many there are, this one included."""
        day = now.replace(hour=0, minute=0, second=0, microsecond=0)
        found = await cls.get_pymongo_collection().find_one_and_update(
            {"_id": f"{slug} {day:%Y-%m-%d} {mailbox.hex()}"},
            {"$inc": {"asked": 1}, "$set": {"day": day}},
            upsert=True,
            projection={"asked": 1},
            return_document=ReturnDocument.AFTER,
        )
        assert found is not None  # it was put there if it was not
        return int(found["asked"])

    @classmethod
    async def forget_before(cls, moment: datetime) -> None:
        await cls.find({"day": {"$lt": moment}}).delete()
