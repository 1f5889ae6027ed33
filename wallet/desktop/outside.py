"""The wallet's way to the network: documents that a check misses, and one request at a time."""

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any, TypeVar

from passport.clock import Clock
from passport.documents import DocumentCache, Documents
from passport.fetch import Fetcher, gather
from passport.fetch.exchange import Exchange

T = TypeVar("T")


class Outside:
    """Everything that opens a socket. Whoever has none of it works offline."""

    def __init__(self, *, allow_loopback: bool, clock: Clock) -> None:
        self.allow_loopback = allow_loopback
        self.fetcher = Fetcher(allow_loopback=allow_loopback, clock=clock)
        self.exchange = Exchange(allow_loopback=allow_loopback)

    def check(self, check: Callable[[Documents], T], cache: DocumentCache) -> T:
        """Run a check, fetch what it misses, run it again."""
        return self.run(gather(check, cache, self.fetcher))

    def run(self, work: Coroutine[Any, Any, T]) -> T:
        """Run one piece of network work to its end, from a thread without an event loop."""
        return asyncio.run(work)
