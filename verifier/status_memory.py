"""The newest version of each status list that was relied on: an older one would undo a revocation.

The store has them all. At hand are the last ones, so that a check costs no question; whoever floods a
verifier with lists of their own pushes nothing out that would then count as never seen.
"""

from collections.abc import Mapping
from datetime import datetime

from pymongo.errors import DuplicateKeyError

from passport.limits import STATUS
from verifier.records import SeenStatus


class StatusMemory:
    """What was seen is replaced whole, never changed: a verification under way keeps what it began with."""

    def __init__(self, most: int = STATUS.remembered) -> None:
        self._most = most
        self._seen: Mapping[str, datetime] = {}

    @property
    def last_seen(self) -> Mapping[str, datetime]:
        """By `passport.status.memory_key`: what a Context calls `last_seen_status`. Maybe not all of them."""
        return self._seen

    async def load(self) -> None:
        """Take at hand what the store has, as much as there is room for."""
        found = await SeenStatus.find_all().limit(self._most).to_list()
        self._seen = {seen.id: seen.valid_from for seen in found}

    async def remember(self, seen: Mapping[str, datetime]) -> bool:
        """Keep what is newer than what was known, and say whether nothing newer is known.

        Where it says no, another verification saw a newer list meanwhile, in this process or another, or it
        was seen so long ago that it was not at hand. It is at hand now: whoever relied on the older list has
        to verify once more, and must not use what came out.
        """
        newest = {
            key: await _newest(key, valid_from)
            for key, valid_from in seen.items()
            if self._seen.get(key) != valid_from
        }
        if not newest:
            return True
        known = dict(self._seen)
        for key, valid_from in newest.items():
            before = known.pop(key, valid_from)
            known[key] = max(before, valid_from)
        for key in list(known)[: max(0, len(known) - self._most)]:
            del known[key]
        self._seen = known
        return all(max(newest[key], known.get(key, newest[key])) <= seen[key] for key in newest)


async def _newest(key: str, valid_from: datetime) -> datetime:
    """Write it down where it is newer; gives the newest of which the store knows."""
    collection = SeenStatus.get_pymongo_collection()
    older = {"_id": key, "valid_from": {"$lt": valid_from}}
    if await collection.find_one_and_update(older, {"$set": {"valid_from": valid_from}}) is not None:
        return valid_from
    try:
        await collection.insert_one({"_id": key, "valid_from": valid_from})
    except DuplicateKeyError:
        found = await SeenStatus.get(key)
        return valid_from if found is None else found.valid_from
    return valid_from
