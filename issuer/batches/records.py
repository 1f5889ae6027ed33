"""Batches: the file, sealed, and how far it got. What came of each row is found by the row's own id."""

from datetime import datetime
from enum import StrEnum
from typing import Any, ClassVar

from beanie import Document
from pydantic import Field
from pymongo import ReturnDocument

from issuer.errors import UnknownBatch
from passport.storage.first import first_of


class BatchState(StrEnum):
    DRAFT = "draft"
    """Looked at, not started."""
    RUNNING = "running"
    PAUSED = "paused"
    """Held after the stretch of rows that was in work; it goes on from there."""
    STOPPED = "stopped"
    """Ended before its last row; what was issued stays."""
    DONE = "done"
    DISCARDED = "discarded"


class Batch(Document):
    id: str  # type: ignore[assignment]
    organisation: str
    achievement: str
    state: BatchState
    sealed: bytes
    """The CSV file."""
    rows: int
    refused: int
    """Rows that can't be issued as they stand."""
    next_row: int = 0
    """How many rows are behind us; those before it are finished for good."""
    issued: int = 0
    offered: int = 0
    failed: int = 0
    failures: dict[str, str] = Field(default_factory=dict)
    """Row number to error code, of rows that failed while they were issued."""
    tx_code: bool
    expires_in: int
    request: str
    account: str
    created_at: datetime
    done_at: datetime | None = None
    leased_until: datetime

    class Settings:
        name = "batches"
        indexes: ClassVar = ["organisation", "state"]

    async def record(self) -> "Batch":
        """Write it, or return the one that was first."""
        return await first_of(self)

    @classmethod
    async def find_or_fail(cls, slug: str, batch_id: str) -> "Batch":
        found = await cls.get(batch_id)
        if found is None or found.organisation != slug:
            raise UnknownBatch
        return found

    @classmethod
    async def count_running(cls, slug: str) -> int:
        found = cls.find({"organisation": slug, "state": BatchState.RUNNING.value}).limit(100)
        return len(await found.to_list())

    @classmethod
    async def move(cls, batch_id: str, before: BatchState, after: BatchState) -> bool:
        changed = await cls.get_pymongo_collection().update_one(
            {"_id": batch_id, "state": before.value}, {"$set": {"state": after.value}}
        )
        return changed.matched_count == 1

    @classmethod
    async def go_on(cls, batch_id: str, now: datetime) -> bool:
        """Let a paused batch run again, at once."""
        changed = await cls.get_pymongo_collection().update_one(
            {"_id": batch_id, "state": BatchState.PAUSED.value},
            {"$set": {"state": BatchState.RUNNING.value, "leased_until": now}},
        )
        return changed.matched_count == 1

    @classmethod
    async def waiting(cls, now: datetime) -> list[str]:
        """Running batches that no process works on."""
        found = cls.get_pymongo_collection().find(
            {"state": BatchState.RUNNING.value, "leased_until": {"$lte": now}}, projection={"_id": 1}
        )
        return [item["_id"] async for item in found]

    @classmethod
    async def end_leases(cls, now: datetime) -> None:
        """For a store that one process holds at a time: whoever worked on a batch is gone."""
        await cls.get_pymongo_collection().update_many(
            {"state": BatchState.RUNNING.value}, {"$set": {"leased_until": now}}
        )

    @classmethod
    async def lease(cls, batch_id: str, now: datetime, until: datetime) -> "Batch | None":
        """Take a batch to work on it, if nobody else does."""
        found = await cls.get_pymongo_collection().find_one_and_update(
            {"_id": batch_id, "state": BatchState.RUNNING.value, "leased_until": {"$lte": now}},
            {"$set": {"leased_until": until}},
            return_document=ReturnDocument.AFTER,
        )
        return None if found is None else await cls.get(batch_id)

    @classmethod
    async def progress(cls, batch_id: str, row: int, values: dict[str, Any]) -> bool:
        """Move on from `row`, if that is still where it stands."""
        changed = await cls.get_pymongo_collection().update_one(
            {"_id": batch_id, "state": BatchState.RUNNING.value, "next_row": row}, {"$set": values}
        )
        return changed.matched_count == 1

    @classmethod
    async def newest(cls, slug: str, most: int) -> list["Batch"]:
        return await cls.find({"organisation": slug}).sort("-created_at").limit(most).to_list()
