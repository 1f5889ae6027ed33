"""The wallet's way to the network: documents that a check misses, and one request at a time."""

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any, TypeVar

from passport.clock import Clock
from passport.documents import DocumentCache, Documents, Fetched
from passport.errors.fetch import FetchTimedOut, HostUnknown, Unreachable
from passport.fetch import PUBLISHED_TYPES, Fetcher, gather
from passport.fetch.exchange import Exchange
from passport.texts import Language

T = TypeVar("T")


class FreshFirst:
    """The network first, for keys and lists change; a kept copy where nobody answers."""

    def __init__(self, fetcher: Fetcher, kept: DocumentCache) -> None:
        self._fetcher, self._kept = fetcher, kept

    async def get(self, url: str, accept: frozenset[str] = PUBLISHED_TYPES) -> Fetched:
        """Raises NotFetched."""
        known = self._kept.at_hand.get(url)
        try:
            return await self._fetcher.get(url, accept, known=known)
        except (Unreachable, FetchTimedOut, HostUnknown):
            if known is None:
                raise
            return known


class Outside:
    """Everything that opens a socket. Whoever has none of it works offline."""

    def __init__(self, *, allow_loopback: bool, clock: Clock) -> None:
        self.allow_loopback = allow_loopback
        self.clock = clock
        self.fetcher = Fetcher(allow_loopback=allow_loopback, clock=clock)
        self.exchange = Exchange(allow_loopback=allow_loopback)
        self.language = Language.NL
        """In which issuers are asked for what they show to people: that of whoever is at the wallet."""

    @property
    def languages(self) -> str:
        """The header Accept-Language (RFC 9110, 12.5.4); the other one too, for a person may change over."""
        other = next(each for each in Language if each is not self.language)
        return f"{self.language}, {other};q=0.5"

    def check(self, check: Callable[[Documents], T], cache: DocumentCache) -> T:
        """Run a check, fetch what it misses, run it again."""
        return self.run(gather(check, cache, self.fetcher))

    async def examine(self, check: Callable[[Documents], T], kept: DocumentCache) -> tuple[T, DocumentCache]:
        """A check of something that is new here, and the documents that it took: as they are now."""
        fresh = DocumentCache()
        return await gather(check, fresh, FreshFirst(self.fetcher, kept)), fresh

    def run(self, work: Coroutine[Any, Any, T]) -> T:
        """Run one piece of network work to its end, from a thread without an event loop."""
        return asyncio.run(work)
