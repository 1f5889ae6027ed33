"""Documents that many items want: fetched once, by the parent, and shared with every worker."""

import asyncio
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Protocol

from passport import limits
from passport.documents import Fetched, NotFetched
from passport.workers.items import Plain
from passport.workers.pool import Job

_AT_ONCE = 8


class Source(Protocol):
    """Where documents are fetched: a Fetcher, or what looks in a store first."""

    async def get(self, url: str) -> Fetched:
        """Raises NotFetched."""
        ...


class SharedDocuments:
    """The documents of one job. `source` is None where nothing may be fetched."""

    def __init__(self, job: Job, source: Source | None) -> None:
        self._job, self._source = job, source
        self._asked: dict[str, asyncio.Task[bool]] = {}
        self._gate = asyncio.Semaphore(_AT_ONCE)
        self._bytes = 0

    def put(self, document: Fetched) -> bool:
        """Share a document; False when the job holds as much as it may."""
        if self._bytes + len(document.body) > limits.WORK.documents_bytes:
            return False
        self._bytes += len(document.body)
        self._job.share(plain(document))
        return True

    async def find(self, urls: Iterable[str]) -> frozenset[str]:
        """Which of these are shared now; what nobody asked for before is fetched first."""
        if self._source is None:
            return frozenset()
        wanted = tuple(urls)
        for url in wanted:
            if url not in self._asked and len(self._asked) < limits.WORK.documents:
                self._asked[url] = asyncio.create_task(self._fetch(url, self._source))
        asked = [url for url in wanted if url in self._asked]
        found = await asyncio.gather(*(self._asked[url] for url in asked))
        return frozenset(url for url, there in zip(asked, found, strict=True) if there)

    async def _fetch(self, url: str, source: Source) -> bool:
        async with self._gate:
            try:
                return self.put(await source.get(url))
            except NotFetched:
                return False

    async def end(self) -> None:
        """Stop what is still being fetched."""
        for task in self._asked.values():
            task.cancel()
        await asyncio.gather(*self._asked.values(), return_exceptions=True)


def plain(document: Fetched) -> Plain:
    return (
        document.url,
        document.body,
        document.fetched_at.timestamp(),
        document.media_type,
        document.etag,
    )


def fetched(values: Plain) -> Fetched:
    """The document again, in the worker."""
    url, body, moment, media_type, etag = values
    return Fetched(url, body, datetime.fromtimestamp(moment, UTC), media_type, etag)
