"""Mails that wait, are being sent, were sent or were given up: a record each, written first.

waiting → sending → sent
          ↓ later: waiting, a bounded number of times → failed

What it says and to whom is sealed while it waits, and forgotten once it is sent or given up.
"""

from datetime import datetime
from enum import StrEnum
from typing import Any, ClassVar

from beanie import Document
from pymongo import ReturnDocument
from pymongo.errors import DuplicateKeyError


class MailState(StrEnum):
    WAITING = "waiting"
    SENDING = "sending"
    SENT = "sent"
    FAILED = "failed"


OVER = (MailState.SENT, MailState.FAILED)


class QueuedMail(Document):
    id: str  # type: ignore[assignment]
    """Made from what it is sent for: asked twice, it is one mail."""
    sealed: bytes
    state: MailState = MailState.WAITING
    tries: int = 0
    due_at: datetime
    """When it is sent, or when whoever is sending it must have died."""
    created_at: datetime
    done_at: datetime | None = None
    failure: str | None = None
    """The code of what went wrong last."""

    class Settings:
        name = "mails"
        indexes: ClassVar = ["state"]

    async def record(self) -> None:
        """Write it, unless it was written before."""
        try:
            await self.insert()
        except DuplicateKeyError:
            return

    @classmethod
    async def due(cls, now: datetime, most: int) -> list[str]:
        """Those to be sent, and those whose sender died."""
        ids: list[str] = []
        for state in (MailState.WAITING, MailState.SENDING):
            found = cls.get_pymongo_collection().find(
                {"state": state.value, "due_at": {"$lte": now}}, projection={"_id": 1}
            )
            ids += [item["_id"] async for item in found.limit(most)]
        return ids

    @classmethod
    async def next_due(cls) -> datetime | None:
        """When the first one is due."""
        moments = []
        for state in (MailState.WAITING, MailState.SENDING):
            first = await cls.find({"state": state.value}).sort("+due_at").limit(1).to_list()
            moments += [item.due_at for item in first]
        return min(moments, default=None)

    @classmethod
    async def take(cls, mail_id: str, now: datetime, until: datetime) -> "QueuedMail | None":
        """Take it to send it, if nobody else did; it counts as a try before it is one."""
        for state in (MailState.WAITING, MailState.SENDING):
            found = await cls.get_pymongo_collection().find_one_and_update(
                {"_id": mail_id, "state": state.value, "due_at": {"$lte": now}},
                {"$set": {"state": MailState.SENDING.value, "due_at": until}, "$inc": {"tries": 1}},
                return_document=ReturnDocument.AFTER,
            )
            if found is not None:
                return await cls.get(mail_id)
        return None

    @classmethod
    async def put_off(cls, mail_id: str, due_at: datetime, failure: str) -> None:
        values = {"state": MailState.WAITING.value, "due_at": due_at, "failure": failure}
        await cls._leave(mail_id, values)

    @classmethod
    async def finish(cls, mail_id: str, state: MailState, now: datetime, failure: str | None = None) -> None:
        await cls._leave(mail_id, {"state": state.value, "done_at": now, "failure": failure, "sealed": b""})

    @classmethod
    async def _leave(cls, mail_id: str, values: dict[str, Any]) -> None:
        await cls.get_pymongo_collection().update_one(
            {"_id": mail_id, "state": MailState.SENDING.value}, {"$set": values}
        )

    @classmethod
    async def end_leases(cls, now: datetime) -> None:
        """For a store that one process holds at a time: whoever was sending is gone."""
        await cls.get_pymongo_collection().update_many(
            {"state": MailState.SENDING.value}, {"$set": {"due_at": now}}
        )

    @classmethod
    async def forget_before(cls, moment: datetime) -> None:
        """Sweep what was sent or given up long ago."""
        for state in OVER:
            await cls.find({"state": state.value, "done_at": {"$lt": moment}}).delete()
