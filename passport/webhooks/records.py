"""Where messages go, and the messages: a record for each message to each address.

prepared → waiting → sending → delivered
   ↓          ↑         ↓ later: waiting, over a day → dead
 dropped      └ sent again by somebody

`prepared` is written before the change that it tells of, and becomes `waiting` when the change is there:
after a crash in between, whoever comes next looks whether it is. None is
lost, and none tells what did not happen.
"""

from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum
from typing import Any, ClassVar

from beanie import Document
from pydantic import BaseModel, Field
from pymongo import ReturnDocument
from pymongo.errors import BulkWriteError

_DUPLICATE = 11_000


class MessageState(StrEnum):
    PREPARED = "prepared"
    WAITING = "waiting"
    SENDING = "sending"
    DELIVERED = "delivered"
    DEAD = "dead"
    """Tried for a day; somebody may send it again."""


OVER = (MessageState.DELIVERED, MessageState.DEAD)


class SwitchedOff(StrEnum):
    BY_HAND = "by-hand"
    FAILING = "failing"
    """No delivery got through for days."""
    GONE = "gone"
    """The receiver answered 410 Gone."""


class WebhookEndpoint(Document):
    id: str  # type: ignore[assignment]
    owner: str
    url: str
    description: str = ""
    events: list[str]
    sealed: bytes
    """The secret."""
    old_sealed: bytes | None = None
    old_until: datetime | None = None
    """Until then both secrets sign."""
    off: SwitchedOff | None = None
    failing_since: datetime | None = None
    created_at: datetime
    account: str

    class Settings:
        name = "webhook_endpoints"
        indexes: ClassVar = ["owner"]

    @classmethod
    async def of_owner(cls, owner: str, most: int) -> list["WebhookEndpoint"]:
        return await cls.find({"owner": owner}).sort("+created_at").limit(most).to_list()

    @classmethod
    async def wanting(cls, owner: str) -> list["WebhookEndpoint"]:
        return [each for each in await cls.find({"owner": owner}).to_list() if each.off is None]

    @classmethod
    async def change(cls, endpoint_id: str, values: dict[str, Any]) -> bool:
        changed = await cls.get_pymongo_collection().update_one({"_id": endpoint_id}, {"$set": values})
        return changed.matched_count == 1


class Attempt(BaseModel):
    at: datetime
    status: int | None = None
    failure: str | None = None
    """The code of what went wrong before there was a status."""


class WebhookMessage(Document):
    id: str  # type: ignore[assignment]
    """Made from the address and the event: told twice, it is one message."""
    endpoint: str
    owner: str
    message: str
    """As the receiver sees it; it sorts by time."""
    type: str
    object: str
    data: dict[str, str]
    at: datetime
    state: MessageState
    tries: int = 0
    due_at: datetime
    attempts: list[Attempt] = Field(default_factory=list)
    """The last few."""
    done_at: datetime | None = None

    class Settings:
        name = "webhook_messages"
        indexes: ClassVar = ["endpoint", "state"]

    @classmethod
    async def record_many(cls, messages: Sequence["WebhookMessage"]) -> None:
        """Write those that are not there yet."""
        documents = [{"_id": each.id, **each.model_dump(exclude={"id", "revision_id"})} for each in messages]
        try:
            await cls.get_pymongo_collection().insert_many(documents, ordered=False)
        except BulkWriteError as error:
            if any(item["code"] != _DUPLICATE for item in error.details["writeErrors"]):
                raise

    @classmethod
    async def confirm(cls, ids: Sequence[str]) -> None:
        """What they tell of has happened."""
        await cls.get_pymongo_collection().update_many(
            {"_id": {"$in": list(ids)}, "state": MessageState.PREPARED.value},
            {"$set": {"state": MessageState.WAITING.value}},
        )

    @classmethod
    async def prepared(cls, before: datetime, most: int) -> list["WebhookMessage"]:
        found = {"state": MessageState.PREPARED.value, "due_at": {"$lte": before}}
        return await cls.find(found).sort("+due_at").limit(most).to_list()

    @classmethod
    async def due(cls, endpoint: str, now: datetime, most: int) -> list[str]:
        """The oldest that are to be sent, and those whose sender died."""
        found: list[tuple[str, str]] = []
        for state in (MessageState.WAITING, MessageState.SENDING):
            cursor = cls.get_pymongo_collection().find(
                {"endpoint": endpoint, "state": state.value, "due_at": {"$lte": now}},
                projection={"message": 1},
            )
            found += [(item["message"], item["_id"]) async for item in cursor.sort("message", 1).limit(most)]
        return [message_id for _, message_id in sorted(found)[:most]]

    @classmethod
    async def waiting(cls, endpoint: str, type_: str) -> int:
        """How many of one type are yet to arrive."""
        counts = [
            await cls.find({"endpoint": endpoint, "type": type_, "state": state.value}).count()
            for state in (MessageState.WAITING, MessageState.SENDING)
        ]
        return sum(counts)

    @classmethod
    async def take(cls, message_id: str, now: datetime, until: datetime) -> "WebhookMessage | None":
        """Take it to send it, if nobody else did; it counts as a try before it is one."""
        for state in (MessageState.WAITING, MessageState.SENDING):
            found = await cls.get_pymongo_collection().find_one_and_update(
                {"_id": message_id, "state": state.value, "due_at": {"$lte": now}},
                {"$set": {"state": MessageState.SENDING.value, "due_at": until}, "$inc": {"tries": 1}},
                return_document=ReturnDocument.AFTER,
            )
            if found is not None:
                return await cls.get(message_id)
        return None

    async def leave(self, values: dict[str, Any]) -> None:
        """Say what came of the try, unless somebody else took it meanwhile."""
        await WebhookMessage.get_pymongo_collection().update_one(
            {"_id": self.id, "state": MessageState.SENDING.value, "tries": self.tries}, {"$set": values}
        )

    @classmethod
    async def again(cls, message_id: str, owner: str, now: datetime) -> bool:
        """Send one again that is over."""
        for state in OVER:
            changed = await cls.get_pymongo_collection().update_one(
                {"_id": message_id, "owner": owner, "state": state.value},
                {"$set": {"state": MessageState.WAITING.value, "due_at": now, "tries": 0, "done_at": None}},
            )
            if changed.matched_count == 1:
                return True
        return False

    @classmethod
    async def of_endpoint(cls, endpoint: str, before: str | None, most: int) -> list["WebhookMessage"]:
        """The newest first, or those before one of them."""
        found: dict[str, Any] = {"endpoint": endpoint}
        if before is not None:
            found["message"] = {"$lt": before}
        return await cls.find(found).sort("-message").limit(most).to_list()

    @classmethod
    async def end_leases(cls, now: datetime) -> None:
        """For a store that one process holds at a time: whoever was sending is gone."""
        await cls.get_pymongo_collection().update_many(
            {"state": MessageState.SENDING.value}, {"$set": {"due_at": now}}
        )

    @classmethod
    async def forget_before(cls, moment: datetime) -> None:
        for state in OVER:
            await cls.find({"state": state.value, "done_at": {"$lt": moment}}).delete()


MODELS = (WebhookEndpoint, WebhookMessage)
