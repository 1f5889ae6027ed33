"""Answers to requests with an Idempotency-Key, kept for a day: one document each, on a unique key.

A request claims its key by an insert that can fail, does its work, and keeps the answer. Who comes meanwhile
is told to wait; who comes after gets the answer. A claim whose process died lapses, and the next one does the
work.
"""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, ClassVar

from beanie import Document
from pymongo.errors import DuplicateKeyError

from passport.errors.web import IdempotencyKeyInUse, IdempotencyKeyReused
from passport.storage.sealing import MasterKey

LEASE = timedelta(seconds=30)
"""Longer than any request works; a claim that is older belongs to a process that died."""
KEPT = timedelta(days=1)
"""A night and a morning: an HR system's retry is done by then."""


class KeptAnswer(Document):
    """`id` is the digest of who asked, for what, and the key."""

    id: str  # type: ignore[assignment]
    fingerprint: str
    """Of the request, to tell another one under the same key."""
    token: str
    """Of the one who claimed it last: nobody else keeps an answer here."""
    sealed: bytes | None = None
    """The answer; it may hold an API key."""
    leased_until: datetime
    expires_at: datetime

    class Settings:
        name = "kept_answers"
        indexes: ClassVar = ["expires_at"]


@dataclass(frozen=True, slots=True)
class Claim:
    """The right to do the work of one request, and to keep its answer."""

    id: str
    token: str


class AnswerStore:
    """The kept answers of one service, sealed under its master key."""

    def __init__(self, master: MasterKey) -> None:
        self._master = master
        self._swept: datetime | None = None

    async def claim(self, name: str, fingerprint: str, now: datetime) -> Claim | bytes:
        """The right to do it, or the answer that was kept.

        Raises:
            IdempotencyKeyReused: another request had this key.
            IdempotencyKeyInUse: this request is being worked on.
        """
        await self._sweep(now)
        values = {
            "fingerprint": fingerprint,
            "token": secrets.token_hex(16),
            "sealed": None,
            "leased_until": now + LEASE,
            "expires_at": now + KEPT,
        }
        try:
            await KeptAnswer(id=name, **values).insert()
        except DuplicateKeyError:
            return await self._found(name, values, now)
        return Claim(name, str(values["token"]))

    async def _found(self, name: str, values: dict[str, Any], now: datetime) -> Claim | bytes:
        kept = await KeptAnswer.get(name)
        if kept is None:
            raise IdempotencyKeyInUse  # given back this very moment
        over = kept.expires_at <= now
        if not over and kept.fingerprint != values["fingerprint"]:
            raise IdempotencyKeyReused
        if not over and kept.sealed is not None:
            return self._master.unseal(kept.sealed, name)
        if not over and kept.leased_until > now:
            raise IdempotencyKeyInUse
        changed = await KeptAnswer.get_pymongo_collection().update_one(
            {"_id": name, "token": kept.token}, {"$set": values}
        )
        if changed.matched_count != 1:
            raise IdempotencyKeyInUse
        return Claim(name, values["token"])

    async def keep(self, claim: Claim, answer: bytes) -> None:
        await KeptAnswer.get_pymongo_collection().update_one(
            {"_id": claim.id, "token": claim.token},
            {"$set": {"sealed": self._master.seal(answer, claim.id)}},
        )

    async def give_back(self, claim: Claim) -> None:
        """Nothing was done; the same key may be tried again, also with a corrected request."""
        await KeptAnswer.get_pymongo_collection().delete_one({"_id": claim.id, "token": claim.token})

    async def _sweep(self, now: datetime) -> None:
        if self._swept is None or self._swept <= now - timedelta(hours=1):
            self._swept = now
            await KeptAnswer.find({"expires_at": {"$lte": now}}).delete()
