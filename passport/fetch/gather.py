"""Run a check, fetch what it missed, run it again: the loop between the pure rules and the network."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any, TypeVar, cast

from passport import limits
from passport.documents import DocumentCache, Documents, Fetched, NotFetched
from passport.fetch.fetcher import Source

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

    `check` runs in a thread, since it computes: canonical forms and signatures. What can't be fetched is
    asked for once and stays missing, so that the check itself says what that means. `in_thread` runs it in
    other threads than the usual ones.

    Raises:
        NotFetched: when the check raises it still after the last round.
    """
    tried: set[str] = set()
    for _ in range(limits.FETCH.rounds):
        missing: NotFetched | None = None
        try:
            result = cast("Result", await in_thread(check, cache))
        except NotFetched as error:
            missing = error
        wanted = sorted(cache.wanted - tried)[: limits.FETCH.documents - len(tried)]
        if not wanted:
            if missing is not None:
                raise missing
            return result
        tried.update(wanted)
        for document in await _fetched(wanted, source):
            cache.put(document)
    return cast("Result", await in_thread(check, cache))


def gather_sync(check: Callable[[Documents], Result], cache: DocumentCache, source: Source) -> Result:
    """As `gather`, for a command line without an event loop."""
    return asyncio.run(gather(check, cache, source))


async def _fetched(urls: list[str], source: Source) -> list[Fetched]:
    gate = asyncio.Semaphore(_AT_ONCE)

    async def one(url: str) -> Fetched | None:
        async with gate:
            try:
                return await source.get(url)
            except NotFetched:
                return None

    return [found for found in await asyncio.gather(*(one(url) for url in urls)) if found is not None]
