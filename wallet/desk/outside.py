"""The wallet's way to the network: documents that a check misses, and one request at a time.

A host brings what fetches and what exchanges (`passport.outbound.ports`), and how such work is run. As it
stands here, each piece of work runs to its end at once and one after another: enough where whoever fetches
answers without waiting, as a browser's synchronous request does.
"""

from collections.abc import Callable, Coroutine
from contextlib import AbstractContextManager, ExitStack, nullcontext
from typing import Any, TypeVar

from passport.clock import Clock
from passport.documents import DocumentCache, Documents, Fetched
from passport.errors.fetch import FetchTimedOut, HostUnknown, Unreachable
from passport.outbound.gather import at_once, gather, one_by_one
from passport.outbound.media_types import PUBLISHED_TYPES
from passport.outbound.ports import Exchanging, Fetching, Source
from passport.texts import Language

T = TypeVar("T")
Away = Callable[[], AbstractContextManager[None]]


class FreshFirst:
    """The network first, for keys and lists change; a kept copy where nobody answers."""

    def __init__(self, fetcher: Fetching, kept: DocumentCache) -> None:
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


class Meanwhile:
    """A source that lets others go on while it waits for the network, however many are asked at a time."""

    def __init__(self, source: Source, away: Away) -> None:
        self._source, self._away = source, away
        self._under_way = 0
        self._gone = ExitStack()

    async def get(self, url: str, accept: frozenset[str] = PUBLISHED_TYPES) -> Fetched:
        """Raises NotFetched, WalletLocked."""
        if not self._under_way:
            self._gone.enter_context(self._away())
        self._under_way += 1
        try:
            return await self._source.get(url, accept)
        finally:
            self._under_way -= 1
            if not self._under_way:
                self._gone.close()


class Outside:
    """Everything that opens a connection. Whoever has none of it works offline."""

    def __init__(
        self, fetcher: Fetching, exchange: Exchanging, *, clock: Clock, allow_loopback: bool = False
    ) -> None:
        """`allow_loopback` is for development: http to this machine is let through."""
        self.fetcher = fetcher
        self.exchange = exchange
        self.clock = clock
        self.allow_loopback = allow_loopback
        self.language = Language.NL
        """In which issuers are asked for what they show to people: that of whoever is at the wallet."""
        self.away: Away = nullcontext
        """Entered while the network is waited for: a desk lets go of its wallet there."""

    @property
    def languages(self) -> str:
        """The header Accept-Language (RFC 9110, 12.5.4); the other one too, for a person may change over."""
        other = next(each for each in Language if each is not self.language)
        return f"{self.language}, {other};q=0.5"

    def check(self, check: Callable[[Documents], T], cache: DocumentCache) -> T:
        """Run a check, fetch what it misses, run it again."""
        return self.run(self.gather(check, cache, Meanwhile(self.fetcher, self.away)))

    async def examine(self, check: Callable[[Documents], T], kept: DocumentCache) -> tuple[T, DocumentCache]:
        """A check of something that is new here, and the documents that it took: as they are now."""
        fresh = DocumentCache()
        source = Meanwhile(FreshFirst(self.fetcher, kept), self.away)
        return await self.gather(check, fresh, source), fresh

    async def gather(self, check: Callable[[Documents], T], cache: DocumentCache, source: Source) -> T:
        """As `passport.outbound.gather`."""
        return await gather(check, cache, one_by_one(source), run=at_once)

    def reach(self, work: Coroutine[Any, Any, T]) -> T:
        """Network work that does not touch the wallet: others have it meanwhile. Raises WalletLocked."""
        with self.away():
            return self.run(work)

    def run(self, work: Coroutine[Any, Any, T]) -> T:
        """Run one piece of network work to its end."""
        try:
            work.send(None)
        except StopIteration as done:
            found: T = done.value
            return found
        work.close()
        raise RuntimeError("this host's network waits: it brings a way to run such work")
