"""Documents for a check: from the network, remembered in the store; offline from the store alone.

Online nothing falls back on the store: who can't be reached can't have said yes. Working from memory is a
choice that the operator makes by the `offline` setting, and the report shows how old the memory is.
"""

from passport.documents import Fetched, NotFetched
from passport.fetch import JSON_TYPES, Fetcher
from verifier.records import SeenDocument


class RememberingSource:
    """The source of one check; `used` are the documents that it gave."""

    def __init__(self, fetcher: Fetcher, *, offline: bool) -> None:
        self._fetcher = fetcher
        self._offline = offline
        self.used: list[Fetched] = []

    async def get(self, url: str, accept: frozenset[str] = JSON_TYPES) -> Fetched:
        """Raises NotFetched."""
        known = await self._known(url)
        if self._offline:
            if known is None:
                raise NotFetched
            document = known
        else:
            document = await self._fetcher.get(url, accept, known=known)
            await _remember(document)
        self.used.append(document)
        return document

    async def _known(self, url: str) -> Fetched | None:
        seen = await SeenDocument.get(url)
        if seen is None:
            return None
        return Fetched(url, seen.body, seen.fetched_at, seen.media_type, seen.etag)


async def _remember(document: Fetched) -> None:
    await SeenDocument.get_pymongo_collection().replace_one(
        {"_id": document.url},
        {
            "_id": document.url,
            "body": document.body,
            "fetched_at": document.fetched_at,
            "media_type": document.media_type,
            "etag": document.etag,
        },
        upsert=True,
    )
