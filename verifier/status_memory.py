"""The newest version of each status list that was relied on: an older one would undo a revocation."""

from collections.abc import Mapping
from datetime import datetime

from pymongo.errors import DuplicateKeyError

from verifier.records import SeenStatus


class StatusMemory:
    """What was seen is replaced whole, never changed: a verification under way keeps what it began with."""

    def __init__(self) -> None:
        self._seen: Mapping[str, datetime] = {}

    @property
    def last_seen(self) -> Mapping[str, datetime]:
        """By `passport.status.memory_key`: what a Context calls `last_seen_status`."""
        return self._seen

    async def load(self) -> None:
        self._seen = {seen.id: seen.valid_from for seen in await SeenStatus.find_all().to_list()}

    async def remember(self, seen: Mapping[str, datetime]) -> None:
        """Keep what is newer than what was known."""
        collection = SeenStatus.get_pymongo_collection()
        for key, valid_from in seen.items():
            if key in self._seen and self._seen[key] >= valid_from:
                continue
            self._seen = {**self._seen, key: valid_from}
            found = await collection.find_one_and_update(
                {"_id": key, "valid_from": {"$lt": valid_from}}, {"$set": {"valid_from": valid_from}}
            )
            if found is None:
                try:
                    await collection.insert_one({"_id": key, "valid_from": valid_from})
                except DuplicateKeyError:
                    continue  # another process knows a newer one
