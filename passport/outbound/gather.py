"""Run a check, fetch what it missed, run it again: the loop between the pure rules and the network."""

from collections.abc import Awaitable, Callable, Sequence
from typing import Any, TypeVar, cast

from passport import limits
from passport.documents import DocumentCache, Documents, Fetched, NotFetched
from passport.outbound.ports import Source

Result = TypeVar("Result")
Fetch = Callable[[Sequence[str]], Awaitable[Sequence[Fetched]]]
"""The documents of some addresses, without those that can't be had."""


async def gather(
    check: Callable[[Documents], Result],
    cache: DocumentCache,
    fetch: Fetch,
    *,
    run: Callable[..., Awaitable[Any]],
) -> Result:
    """The result of `check` with every document that could be had.

    What can't be fetched is asked for once and stays missing, so that the check itself says what that means.
    `run` calls the check: beside an event loop, or at once as `at_once` does.

    Raises:
        NotFetched: when the check raises it still after the last round.
    """
    tried: set[str] = set()
    for _ in range(limits.FETCH.rounds):
        missing: NotFetched | None = None
        try:
            result = cast("Result", await run(check, cache))
        except NotFetched as error:
            missing = error
        wanted = sorted(cache.wanted - tried)[: limits.FETCH.documents - len(tried)]
        if not wanted:
            if missing is not None:
                raise missing
            return result
        tried.update(wanted)
        for document in await fetch(wanted):
            cache.put(document)
    return cast("Result", await run(check, cache))


async def at_once(check: Callable[[DocumentCache], Result], cache: DocumentCache) -> Result:
    """Call a check where there is no event loop to keep free."""
    return check(cache)


def one_by_one(source: Source) -> Fetch:
    """Fetches one document after another, where there is no event loop."""

    async def fetch(urls: Sequence[str]) -> Sequence[Fetched]:
        found = []
        for url in urls:
            try:
                found.append(await source.get(url))
            except NotFetched:
                continue
        return found

    return fetch
