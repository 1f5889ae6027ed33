"""Many items through a pool: outcomes in the order of the items, a bounded number of them in memory."""

import asyncio
from collections import deque
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Sequence

from passport import limits
from passport.workers.inline import Workers
from passport.workers.items import Outcome, Plain, Refused
from passport.workers.pool import Job

Work = Callable[[Sequence[Plain]], Awaitable[list[Outcome]]]
"""What is done with one chunk."""


async def in_order(
    pool: Workers, job: Job, items: AsyncIterator[Plain] | Iterable[Plain], *, work: Work | None = None
) -> AsyncIterator[Outcome]:
    """The outcome of every item, in order, while later ones are being worked on.

    An item that is `Refused` already, since it could not even be read, comes out as it is. No more is taken
    from `items` than `limits.WORK` says may be under way, so who reads slowly slows the reading of items.
    """

    async def by_the_pool(chunk: Sequence[Plain]) -> list[Outcome]:
        return await asyncio.wrap_future(pool.submit(job, chunk))

    chunks: deque[asyncio.Task[list[Outcome]]] = deque()
    try:
        async for chunk in _chunks(items):
            chunks.append(asyncio.create_task(_worked(chunk, work or by_the_pool)))
            if len(chunks) >= pool.jobs * limits.WORK.under_way:
                for outcome in await chunks.popleft():
                    yield outcome
            else:
                await asyncio.sleep(0)
        while chunks:
            for outcome in await chunks.popleft():
                yield outcome
    finally:
        for task in chunks:
            task.cancel()
        await asyncio.gather(*chunks, return_exceptions=True)


async def _worked(chunk: Sequence[Plain], work: Work) -> list[Outcome]:
    good = [item for item in chunk if not isinstance(item, Refused)]
    outcomes = iter(await work(good) if good else ())
    return [item if isinstance(item, Refused) else next(outcomes) for item in chunk]


async def _chunks(items: AsyncIterator[Plain] | Iterable[Plain]) -> AsyncIterator[list[Plain]]:
    chunk: list[Plain] = []
    size = 0
    async for item in _each(items):
        chunk.append(item)
        size += len(item) if isinstance(item, bytes | str) else 0
        if len(chunk) >= limits.WORK.chunk or size >= limits.WORK.chunk_bytes:
            yield chunk
            chunk, size = [], 0
    if chunk:
        yield chunk


async def _each(items: AsyncIterator[Plain] | Iterable[Plain]) -> AsyncIterator[Plain]:
    if isinstance(items, AsyncIterator):
        async for item in items:
            yield item
    else:
        for item in items:
            yield item
