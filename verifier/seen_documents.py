"""The documents that were fetched last, on disk, with a bound: an offline check works with them.

What is dropped is asked for anew, or can't be told of; never is anything good for it. Which version of a
status list was relied on is remembered apart (`verifier.status_memory`), and that is dropped for nobody.
"""

import asyncio
from datetime import datetime

from passport import limits
from passport.documents import Fetched
from verifier.limits import SEEN, SeenLimits
from verifier.records import SeenDocument

_LEEWAY = 8
"""The store is swept once it may be this part of its bounds beyond them, and not for each document."""
_AT_ONCE = 256


class SeenDocuments:
    """Asked by the processes of one service side by side: each counts what it wrote since it last looked."""

    def __init__(self, bounds: SeenLimits = SEEN) -> None:
        self._bounds = bounds
        self._written = bounds.bytes
        """At the start as if all of it were new: the first document that is kept has the store looked at."""
        self._count = bounds.documents
        self._sweeping = asyncio.Lock()

    async def get(self, url: str) -> Fetched | None:
        """As it was last fetched; None where it never was, or was dropped since."""
        seen = await SeenDocument.get(url)
        if seen is None:
            return None
        return Fetched(url, seen.body, seen.fetched_at, seen.media_type, seen.etag)

    async def keep(self, document: Fetched) -> None:
        """Keep it instead of what was known, and drop the oldest where there is no more room."""
        await SeenDocument.get_pymongo_collection().replace_one(
            {"_id": document.url},
            {
                "_id": document.url,
                "body": document.body,
                "size": len(document.body),
                "fetched_at": document.fetched_at,
                "media_type": document.media_type,
                "etag": document.etag,
            },
            upsert=True,
        )
        self._written += len(document.body)
        self._count += 1
        if self._full and not self._sweeping.locked():
            async with self._sweeping:
                await self._sweep()

    @property
    def _full(self) -> bool:
        return (
            self._written > self._bounds.bytes // _LEEWAY or self._count > self._bounds.documents // _LEEWAY
        )

    async def _sweep(self) -> None:
        """Keep the newest for which there is room. One that is fetched anew meanwhile stays."""
        self._written = self._count = 0
        collection = SeenDocument.get_pymongo_collection()
        found = collection.find({}, {"fetched_at": 1, "size": 1}).sort("fetched_at", -1)
        room, documents = self._bounds.bytes, self._bounds.documents
        too_much: list[str] = []
        newest: datetime | None = None
        async for each in found:
            documents -= 1
            room -= each.get("size", limits.FETCH.size)
            if documents < 0 or room < 0:
                newest = newest or each["fetched_at"]
                too_much.append(each["_id"])
        for start in range(0, len(too_much), _AT_ONCE):
            await collection.delete_many(
                {"_id": {"$in": too_much[start : start + _AT_ONCE]}, "fetched_at": {"$lte": newest}}
            )
