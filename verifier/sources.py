"""Documents for a check: from the network, remembered in the store; offline from the store alone.

Online a status list never comes from the store: who can't be reached can't have said yes. A DID document that
was seen within a day does, so that an issuer's outage hides no signature: genuine, and whether it still holds
can't be told. Working from memory altogether is the operator's choice, by the `offline` setting. The
report shows how old every document is.
"""

from datetime import timedelta

from passport import limits
from passport.clock import Clock
from passport.documents import Fetched, NotFetched
from passport.errors.fetch import FetchTimedOut, HostUnknown, Unreachable
from passport.fetch import PUBLISHED_TYPES, Fetcher
from verifier.records import SeenDocument

_DID_DOCUMENT = "/did.json"
_KEPT = timedelta(seconds=limits.TIME.did_document_kept)


class RememberingSource:
    """The source of one check; `used` are the documents that it gave."""

    def __init__(self, fetcher: Fetcher, clock: Clock, *, offline: bool) -> None:
        self._fetcher = fetcher
        self._clock = clock
        self._offline = offline
        self.used: list[Fetched] = []

    async def get(self, url: str, accept: frozenset[str] = PUBLISHED_TYPES) -> Fetched:
        """Raises NotFetched."""
        known = await self._known(url)
        if self._offline:
            if known is None:
                raise NotFetched
            document = known
        else:
            document = await self._fetched(url, accept, known)
        self.used.append(document)
        return document

    async def _fetched(self, url: str, accept: frozenset[str], known: Fetched | None) -> Fetched:
        try:
            document = await self._fetcher.get(url, accept, known=known)
        except (Unreachable, FetchTimedOut, HostUnknown):
            if known is None or not url.endswith(_DID_DOCUMENT) or self._clock() - known.fetched_at > _KEPT:
                raise
            return known
        await _remember(document)
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
