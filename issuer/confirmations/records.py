"""Requests for confirmation, one document each.

asked → invited → answered → confirmed
↓ withdrawn (by the worker), refused (by the coordinator or the supervisor), expired

`answered` is recorded and not yet wholly signed: whoever comes by next signs what is missing.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Any, ClassVar

from beanie import Document
from pydantic import BaseModel, Field
from pymongo import ReturnDocument

from issuer.confirmations.errors import UnknownConfirmation

_EPOCH = datetime.fromtimestamp(0, UTC)


class ConfirmationState(StrEnum):
    ASKED = "asked"
    INVITED = "invited"
    ANSWERED = "answered"
    CONFIRMED = "confirmed"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"


OPEN = (ConfirmationState.ASKED, ConfirmationState.INVITED)
OVER = (
    ConfirmationState.CONFIRMED,
    ConfirmationState.REFUSED,
    ConfirmationState.WITHDRAWN,
    ConfirmationState.EXPIRED,
)


@dataclass(frozen=True, slots=True)
class HistoryEntry:
    at: datetime
    what: str
    """A state, or `invitation-withdrawn`, `reminded`, `revoked`, `files-removed`, or how somebody proved."""


class Invitation(BaseModel):
    """Of one person. Of the link a hash is stored; the service can make it again from the master secret."""

    round: int
    link_hash: bytes
    to: bytes
    """Sealed."""
    mailbox: bytes
    """Keyed hash of the address, so that invitations of one mailbox can be counted without naming it."""
    did: str | None = None
    """The supervisor's own wallet, where the coordinator knows it: then it proves as well as the mailbox."""
    mail: str
    made_at: datetime
    expires_at: datetime
    reminded_at: datetime | None = None
    codes: int = 0
    code_digest: bytes | None = None
    code_until: datetime | None = None
    tries_left: int = 0
    proved_by: str = "mailbox"
    """`mailbox` or `wallet`, whichever was last."""
    wallet: str | None = None
    """The DID of a wallet that the supervisor proved."""


def note_name(at: datetime, what: str) -> str:
    return f"{(at - _EPOCH) // timedelta(milliseconds=1):015d}-{what}"


class Confirmation(Document):
    id: str  # type: ignore[assignment]
    organisation: str
    holder: str
    claim_id: str
    claim_digest: str
    claim_media_type: str
    state: ConfirmationState = ConfirmationState.ASKED
    token_digest: bytes
    asked: bytes | None
    """Sealed, see content.Asked; forgotten after the retention."""
    round: int = 0
    invitation: Invitation | None = None
    numbers: int = 0
    """Files ever sent."""
    statement: bytes | None = None
    """Sealed, see content.Statement: a draft until `answered`, and final from there."""
    statement_digest: bytes | None = None
    own_signatures: bytes | None = None
    """Sealed: the endorsements that the supervisor signed with a wallet of their own, as a JSON list."""
    reason: bytes | None = None
    """Sealed: why it was refused."""
    refused_by: str | None = None
    files_until: datetime | None = None
    files_gone: bool = False
    noted: dict[str, datetime] = Field(default_factory=dict)
    """What happened, by milliseconds and name: each note is a member of its own, so no two overwrite."""
    created_at: datetime

    class Settings:
        name = "confirmations"
        indexes: ClassVar = ["organisation", "state", "holder"]

    @property
    def history(self) -> list[HistoryEntry]:
        """What happened, oldest first."""
        return [HistoryEntry(self.noted[name], name.partition("-")[2]) for name in sorted(self.noted)]

    @classmethod
    async def of_holder(cls, slug: str, holder: str, most: int) -> "list[Confirmation]":
        """What a holder asked this organisation to have confirmed, the newest first."""
        found = cls.find({"organisation": slug, "holder": holder})
        return await found.sort("-created_at").limit(most).to_list()

    @classmethod
    async def find_or_fail(cls, slug: str, confirmation_id: str) -> "Confirmation":
        found = await cls.get(confirmation_id)
        if found is None or found.organisation != slug:
            raise UnknownConfirmation
        return found

    @classmethod
    async def newest(cls, slug: str, most: int) -> list["Confirmation"]:
        return await cls.find({"organisation": slug}).sort("-created_at").limit(most).to_list()

    @classmethod
    async def open_of(cls, slug: str, holder: str) -> int:
        count = 0
        for state in OPEN:
            count += await cls.find({"organisation": slug, "holder": holder, "state": state.value}).count()
        return count

    @classmethod
    async def open_here(cls, slug: str) -> int:
        """All open requests of an organisation."""
        return sum([await cls.find({"organisation": slug, "state": state.value}).count() for state in OPEN])

    @classmethod
    async def invitations_of(cls, slug: str, mailbox: bytes, since: datetime) -> int:
        """Invitations of one mailbox that are open, or were sent since then and taken back by who asked."""
        mine = {"organisation": slug, "invitation.mailbox": mailbox}
        is_open = {"state": ConfirmationState.INVITED.value}
        taken_back = {"state": ConfirmationState.WITHDRAWN.value, "invitation.made_at": {"$gt": since}}
        return sum([await cls.find({**mine, **each}).count() for each in (is_open, taken_back)])

    @classmethod
    async def ids_in_state(cls, state: ConfirmationState) -> list[str]:
        found = cls.get_pymongo_collection().find({"state": state.value}, projection={"_id": 1})
        return [item["_id"] async for item in found]

    async def change(
        self,
        now: datetime,
        *,
        expected: Sequence[ConfirmationState],
        to: ConfirmationState | None = None,
        what: str | None = None,
        values: dict[str, Any] | None = None,
        where: dict[str, Any] | None = None,
    ) -> "Confirmation | None":
        """Change it if it is still in one of the expected states of the same round, and write that down.

        Returns:
            As it is then; None when it was not so any more.
        """
        given = dict(values or {}) | ({} if to is None else {"state": to.value})
        noted = what if what is not None else to
        if noted is not None:
            given[f"noted.{note_name(now, noted)}"] = now
        change = {"$set": given}
        for state in expected:
            found = await Confirmation.get_pymongo_collection().find_one_and_update(
                {"_id": self.id, "state": state.value, "round": self.round, **(where or {})},
                change,
                return_document=ReturnDocument.AFTER,
            )
            if found is not None:
                return await Confirmation.get(self.id)
        return None

    async def take_number(self, most: int) -> int | None:
        """The next file's number; None when there were too many."""
        found = await Confirmation.get_pymongo_collection().find_one_and_update(
            {"_id": self.id, "numbers": {"$lt": most}},
            {"$inc": {"numbers": 1}},
            return_document=ReturnDocument.AFTER,
        )
        return None if found is None else int(found["numbers"])

    async def take_try(self, now: datetime) -> bytes | None:
        """Use up one try of the mailed code; its digest, or None when there is no try or no code."""
        found = await Confirmation.get_pymongo_collection().find_one_and_update(
            {
                "_id": self.id,
                "state": ConfirmationState.INVITED.value,
                "round": self.round,
                "invitation.tries_left": {"$gt": 0},
                "invitation.code_until": {"$gt": now},
            },
            {"$inc": {"invitation.tries_left": -1}},
        )
        if found is None or found["invitation"]["code_digest"] is None:
            return None
        return bytes(found["invitation"]["code_digest"])
