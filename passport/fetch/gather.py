"""`passport.outbound.gather` on an event loop: checks in threads, several documents at a time."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from typing import Any, TypeVar

from passport.documents import DocumentCache, Documents, Fetched, NotFetched
from passport.outbound import gather as rules
from passport.outbound.ports import Source

Result = TypeVar("Result")
_AT_ONCE = 8


async def gather(
    check: Callable[[Documents], Result],
    cache: DocumentCache,
    source: Source,
    *,
    in_thread: Callable[..., Awaitable[Any]] = asyncio.to_thread,
) -> Result:
    """The result of `check` with every document that could be had.

    `check` runs in a thread, since it computes: canonical forms and signatures. `in_thread` runs it in other
    threads than the usual ones.

    Raises:
        NotFetched: when the check raises it still after the last round.
    """

    async def fetch(urls: Sequence[str]) -> Sequence[Fetched]:
        return await _fetched(urls, source)

    return await rules.gather(check, cache, fetch, run=in_thread)


def gather_sync(check: Callable[[Documents], Result], cache: DocumentCache, source: Source) -> Result:
    """As `gather`, for a command line without an event loop."""
    return asyncio.run(gather(check, cache, source))


async def _fetched(urls: Sequence[str], source: Source) -> list[Fetched]:
    gate = asyncio.Semaphore(_AT_ONCE)

    async def one(url: str) -> Fetched | None:
        async with gate:
            try:
                return await source.get(url)
            except NotFetched:
                return None

    return [found for found in await asyncio.gather(*(one(url) for url in urls)) if found is not None]
