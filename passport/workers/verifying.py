"""Verify many documents over all cores, in order; what they need from elsewhere is fetched once, here."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Mapping, Sequence
from datetime import UTC, datetime

from passport import limits
from passport.documents import Fetched
from passport.errors.status import StatusListRolledBack
from passport.workers.documents import SharedDocuments, Source
from passport.workers.examination import TASK, Expected
from passport.workers.inline import Workers
from passport.workers.items import Outcome, Plain, Refused
from passport.workers.pool import Job
from passport.workers.streams import in_order


async def verify_many(
    sources: AsyncIterator[bytes | Refused] | Iterable[bytes | Refused],
    *,
    pool: Workers,
    expected: Expected,
    source: Source | None,
    known: Iterable[Fetched] = (),
    relied_on: Callable[[Mapping[str, datetime]], Awaitable[bool]] | None = None,
) -> AsyncIterator[Outcome]:
    """A report for every document, in order, or `Refused` for one that can't be read or worked on.

    Args:
        sources: documents as they came. One that could not be got at can stand here as `Refused`.
        pool: where they are verified.
        expected: what they are held to.
        source: where missing documents are fetched; None to fetch nothing.
        known: documents that are at hand already, such as those that the trust lists need.
        relied_on: told when the status lists that an item rests on began to be valid, by address; says
            whether none of them was seen newer. An item that rests on an older one tells nothing.
    """
    job = Job(TASK, expected.plain())
    documents = SharedDocuments(job, source)
    for each in known:
        documents.put(each)

    async def work(chunk: Sequence[Plain]) -> list[Outcome]:
        return await _with_documents(pool, job, documents, chunk)

    try:
        async for outcome in in_order(pool, job, sources, work=work):
            if isinstance(outcome, Refused):
                yield outcome
                continue
            report, _, seen = outcome
            moments = {url: datetime.fromtimestamp(moment, UTC) for url, moment in seen.items()}
            if relied_on is None or not moments or await relied_on(moments):
                yield report
            else:
                yield Refused.of(StatusListRolledBack())
    finally:
        await documents.end()
        pool.finish(job)


async def _with_documents(
    pool: Workers, job: Job, documents: SharedDocuments, chunk: Sequence[Plain]
) -> list[Outcome]:
    """Work on a chunk, fetch what its items missed, work on those again: as `passport.fetch.gather` does."""
    outcomes = await asyncio.wrap_future(pool.submit(job, chunk))
    tried: list[set[str]] = [set() for _ in chunk]
    for _ in range(limits.FETCH.rounds):
        missed = [
            () if isinstance(outcome, Refused) else tuple(url for url in outcome[1] if url not in seen)
            for outcome, seen in zip(outcomes, tried, strict=True)
        ]
        if not any(missed):
            break
        for seen, urls in zip(tried, missed, strict=True):
            seen.update(urls[: limits.FETCH.documents - len(seen)])
        found = await documents.find(dict.fromkeys(url for urls in missed for url in urls))
        again = [index for index, urls in enumerate(missed) if found.intersection(urls)]
        if not again:
            break
        fresh = await asyncio.wrap_future(pool.submit(job, [chunk[index] for index in again]))
        for index, outcome in zip(again, fresh, strict=True):
            outcomes[index] = outcome
    return outcomes
