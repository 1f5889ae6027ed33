"""Places in status lists, given once, and the lists with the places that are set.

A list is one document: setting a place and raising its version is one atomic update, so two people who
withdraw different credentials at once both land, and what is published is always a whole list.
"""

import secrets
from collections.abc import Sequence
from datetime import datetime
from typing import Any, ClassVar

from beanie import Document
from pymongo import ReturnDocument
from pymongo.errors import DuplicateKeyError

from issuer.errors import AlreadyRevoked, UnknownOrganisation
from issuer.status.permutation import ENTRIES, place
from passport.status.credential import REVOCATION, SUSPENSION

PURPOSES = (REVOCATION, SUSPENSION)


class StatusCounter(Document):
    """How many places an organisation has given out. `id` is the organisation."""

    id: str  # type: ignore[assignment]
    next: int = 0
    seed: bytes

    class Settings:
        name = "status_counters"

    @classmethod
    async def start(cls, slug: str) -> None:
        try:
            await cls(id=slug, seed=secrets.token_bytes(32)).insert()
        except DuplicateKeyError:
            return

    @classmethod
    async def reserve(cls, slug: str, count: int, now: datetime) -> list[int]:
        """Take `count` status indexes for ever; one that is not used after a crash stays unused."""
        taken = await cls.get_pymongo_collection().find_one_and_update(
            {"_id": slug}, {"$inc": {"next": count}}, return_document=ReturnDocument.BEFORE
        )
        if taken is None:
            raise UnknownOrganisation
        first, seed = int(taken["next"]), bytes(taken["seed"])
        numbers = range(first, first + count)
        for block in sorted({number // ENTRIES for number in numbers}):
            if first <= block * ENTRIES:  # it begins here; after a crash `head` and `_put` make up for it
                await StatusListRecord.start(slug, block, now)
        return [
            number // ENTRIES * ENTRIES + place(seed, number // ENTRIES, number % ENTRIES)
            for number in numbers
        ]


def list_number(index: int, purpose: str) -> int:
    """The number of the list, from 1, that holds a status index for a purpose."""
    return index // ENTRIES * len(PURPOSES) + PURPOSES.index(purpose) + 1


def list_place(index: int) -> int:
    """The place of a status index in each of its lists, the Token Status List among them."""
    return index % ENTRIES


def token_list_number(index: int) -> int:
    """The number of the Token Status List, from 1, that holds a status index for all purposes together."""
    return index // ENTRIES + 1


def bitstring_numbers(token_list: int) -> tuple[int, ...]:
    """The numbers of the lists that a Token Status List is made of, in the order of PURPOSES."""
    return tuple(list_number((token_list - 1) * ENTRIES, purpose) for purpose in PURPOSES)


class StatusListRecord(Document):
    """`id` is `<organisation>/<number>`; `places` has a member for every place that is set."""

    id: str  # type: ignore[assignment]
    organisation: str
    number: int
    purpose: str
    places: dict[str, bool]
    version: int = 0
    changed_at: datetime

    class Settings:
        name = "status_lists"
        indexes: ClassVar = ["organisation"]

    @classmethod
    async def start(cls, slug: str, block: int, now: datetime) -> None:
        for offset, purpose in enumerate(PURPOSES, start=1):
            number = block * len(PURPOSES) + offset
            try:
                await cls(
                    id=f"{slug}/{number}",
                    organisation=slug,
                    number=number,
                    purpose=purpose,
                    places={},
                    changed_at=now,
                ).insert()
            except DuplicateKeyError:
                continue

    @classmethod
    async def head(cls, slug: str, number: int, now: datetime) -> dict[str, Any] | None:
        """The version, without the places; None when no credential uses such a list."""
        wanted = {"_id": f"{slug}/{number}"}
        found = await cls.get_pymongo_collection().find_one(wanted, projection={"version": 1})
        if found is None and await cls._make_up(slug, (number - 1) // len(PURPOSES), now):
            return await cls.get_pymongo_collection().find_one(wanted, projection={"version": 1})
        return found

    @classmethod
    async def _make_up(cls, slug: str, block: int, now: datetime) -> bool:
        """Start the lists of a block whose places were given out, when a crash kept them from being made."""
        counter = await StatusCounter.get(slug)
        if counter is None or counter.next <= block * ENTRIES:
            return False
        await cls.start(slug, block, now)
        return True

    @classmethod
    async def is_set(cls, slug: str, index: int, purpose: str) -> bool:
        found = await cls.get_pymongo_collection().find_one(
            {
                "_id": f"{slug}/{list_number(index, purpose)}",
                f"places.{list_place(index)}": {"$exists": True},
            },
            projection={"_id": 1},
        )
        return found is not None

    @classmethod
    async def revoke(cls, slug: str, indexes: Sequence[int], now: datetime) -> None:
        """Set places for good; raises AlreadyRevoked: the first was set."""
        if not await cls._put(slug, indexes, REVOCATION, now, on=True):
            raise AlreadyRevoked

    @classmethod
    async def suspend(cls, slug: str, indexes: Sequence[int], now: datetime, *, on: bool) -> bool:
        """Suspend or resume; False when the first was so already."""
        return await cls._put(slug, indexes, SUSPENSION, now, on=on)

    @classmethod
    async def _put(cls, slug: str, indexes: Sequence[int], purpose: str, now: datetime, *, on: bool) -> bool:
        """Change a place and those that go with it, each list in one update.

        Those in other lists than the first's come before it: the first tells whether all is done.
        """
        first = list_number(indexes[0], purpose)
        numbers = {list_number(index, purpose) for index in indexes}
        for number in sorted(numbers, key=lambda number: number == first):
            fields = [f"places.{list_place(i)}" for i in indexes if list_number(i, purpose) == number]
            change: dict[str, Any] = {"$inc": {"version": 1}, "$set": {"changed_at": now}}
            if on:
                change["$set"] |= dict.fromkeys(fields, True)
            else:
                change["$unset"] = dict.fromkeys(fields, "")
            await cls.head(slug, number, now)
            changed = await cls.get_pymongo_collection().update_one(
                {"_id": f"{slug}/{number}", fields[0]: {"$exists": not on}}, change
            )
        return changed.matched_count == 1

    @classmethod
    async def renew_all(cls, slug: str, now: datetime) -> None:
        """Raise every version, so that each list is signed anew: its key was revoked."""
        await cls.get_pymongo_collection().update_many(
            {"organisation": slug}, {"$inc": {"version": 1}, "$set": {"changed_at": now}}
        )
