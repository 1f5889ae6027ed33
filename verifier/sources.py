"""Documents for a check: from the network, remembered in the store; offline from the store alone.

Online a status list never comes from the store: who can't be reached can't have said yes. A DID document that
was seen within a day does, so that an issuer's outage hides no signature: genuine, and whether it still holds
can't be told. Working from memory altogether is the operator's choice, by the `offline` setting. The
report shows how old every document is.
"""

from dataclasses import dataclass, field
from datetime import timedelta

from passport import limits
from passport.clock import Clock
from passport.documents import Fetched, NotFetched
from passport.errors.fetch import FetchTimedOut, HostUnknown, Unreachable
from passport.fetch import PUBLISHED_TYPES, Fetcher
from verifier.seen_documents import SeenDocuments

_DID_DOCUMENT = "/did.json"
_KEPT = timedelta(seconds=limits.TIME.did_document_kept)


@dataclass(frozen=True, slots=True)
class Sources:
    """Where all checks of one service get their documents; each of them has a source of its own."""

    fetcher: Fetcher
    clock: Clock
    offline: bool
    seen: SeenDocuments = field(default_factory=SeenDocuments)

    def one(self) -> "RememberingSource":
        """The source of one check."""
        return RememberingSource(self)


class RememberingSource:
    """The source of one check; `used` are the documents that it gave."""

    def __init__(self, sources: Sources) -> None:
        self._fetcher, self._clock = sources.fetcher, sources.clock
        self._seen, self._offline = sources.seen, sources.offline
        self.used: list[Fetched] = []

    async def get(self, url: str, accept: frozenset[str] = PUBLISHED_TYPES) -> Fetched:
        """Raises NotFetched."""
        known = await self._seen.get(url)
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
        await self._seen.keep(document)
        return document
