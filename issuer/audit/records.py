"""The audit log: who did what to what, and when. Appended only; no names, no claims, no contents."""

import secrets
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from beanie import Document
from pymongo.errors import BulkWriteError, DuplicateKeyError

_DUPLICATE = 11_000
_EPOCH = datetime.fromtimestamp(0, UTC)


@dataclass(frozen=True, slots=True)
class AuditFilter:
    """Which lines: of one subject (the first word of the action), by one account, in a span of time."""

    subject: str | None = None
    account: str | None = None
    since: datetime | None = None
    until: datetime | None = None


class AuditEvent(Document):
    """`id` sorts by organisation and time, so that the log is read in order by `_id` alone."""

    id: str  # type: ignore[assignment]
    organisation: str
    at: datetime
    account: str
    """The account's id, `holder` for a claim, or `service`."""
    action: str
    object: str
    reason: str | None = None
    """A code of our own, for what may be done for several reasons."""

    class Settings:
        name = "audit"

    @classmethod
    def of(
        cls,
        organisation: str,
        at: datetime,
        account: str,
        action: str,
        thing: str,
        *,
        once: bool = False,
        reason: str | None = None,
    ) -> "AuditEvent":
        """An event; with `once`, a retry with the same time and object writes the same one."""
        tail = f"{thing}-{action}" if once else secrets.token_hex(8)
        return cls(
            id=f"{_place(organisation, at)}-{tail}",
            organisation=organisation,
            at=at,
            account=account,
            action=action,
            object=thing,
            reason=reason,
        )

    async def write(self) -> None:
        try:
            await self.insert()
        except DuplicateKeyError:
            return

    @classmethod
    async def write_many(cls, events: list["AuditEvent"]) -> None:
        if not events:
            return
        documents: list[dict[str, Any]] = [
            {"_id": event.id, **event.model_dump(exclude={"id", "revision_id"})} for event in events
        ]
        try:
            await cls.get_pymongo_collection().insert_many(documents, ordered=False)
        except BulkWriteError as error:
            if any(item["code"] != _DUPLICATE for item in error.details["writeErrors"]):
                raise

    @classmethod
    async def page(
        cls, organisation: str, before: str | None, most: int, chosen: AuditFilter = AuditFilter()
    ) -> list["AuditEvent"]:
        """The newest events, or those before one of them."""
        first = f"{organisation}/" if chosen.since is None else _place(organisation, chosen.since)
        last = f"{organisation}0" if chosen.until is None else _place(organisation, chosen.until)
        if before is not None and before.startswith(f"{organisation}/"):
            last = min(before, last)
        found: dict[str, Any] = {"_id": {"$gt": first, "$lt": last}, "organisation": organisation}
        if chosen.account is not None:
            found["account"] = chosen.account
        if chosen.subject is not None:
            found["action"] = {"$gt": f"{chosen.subject}.", "$lt": f"{chosen.subject}/"}
        return await cls.find(found).sort("-_id").limit(most).to_list()


def _place(organisation: str, at: datetime) -> str:
    return f"{organisation}/{(at - _EPOCH) // timedelta(milliseconds=1):015d}"
