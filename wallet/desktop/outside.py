"""This host's way to the network: httpx on an event loop, several documents at a time."""

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any, TypeVar

from passport.clock import Clock
from passport.documents import DocumentCache, Documents
from passport.fetch import Fetcher, gather
from passport.fetch.exchange import Exchange
from passport.outbound.ports import Source
from wallet.desk import outside

T = TypeVar("T")


class Outside(outside.Outside):
    """To public hosts, and in development to this machine."""

    def __init__(self, *, allow_loopback: bool, clock: Clock) -> None:
        super().__init__(
            Fetcher(allow_loopback=allow_loopback, clock=clock),
            Exchange(allow_loopback=allow_loopback),
            clock=clock,
            allow_loopback=allow_loopback,
        )

    async def gather(self, check: Callable[[Documents], T], cache: DocumentCache, source: Source) -> T:
        return await gather(check, cache, source)

    def run(self, work: Coroutine[Any, Any, T]) -> T:
        """From a thread without an event loop."""
        return asyncio.run(work)
