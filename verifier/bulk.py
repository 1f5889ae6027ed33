"""Verify very many documents at once, over all cores; nothing is kept but what status lists said."""

import asyncio
from collections.abc import AsyncIterator
from datetime import datetime

from passport import limits
from passport.certificate_chains import read_anchors
from passport.clock import Clock
from passport.documents import DocumentCache, Documents
from passport.errors import PassportError
from passport.errors.workers import TooMuchWaiting
from passport.fetch import gather
from passport.texts import Language
from passport.trust import TrustStore, verify_trust_list
from passport.verification import Context
from passport.workers import Outcome, Pool, Refused, cores
from passport.workers.examination import Expected
from passport.workers.verifying import verify_many
from verifier.settings import Settings
from verifier.sources import RememberingSource, Sources
from verifier.status_memory import StatusMemory

_NICENESS = 5
"""Who waits at a counter goes before who waits for a file."""
_REST_SECONDS = 60.0


class Bulk:
    """The processes for batches: started for the first one, ended a minute after the last."""

    def __init__(self, settings: Settings, sources: Sources, memory: StatusMemory, clock: Clock) -> None:
        self._settings, self._sources, self._memory, self._clock = settings, sources, memory, clock
        path = settings.authorities_file
        self._authorities = () if path is None else read_anchors(path)
        self._pool = Pool(cores(), niceness=_NICENESS)
        self._running = 0
        self._resting: asyncio.TimerHandle | None = None

    def check_room(self) -> None:
        """Raises TooMuchWaiting."""
        if self._running >= limits.WORK.batches:
            raise TooMuchWaiting(limit=limits.WORK.batches)

    async def verify(
        self, sources: AsyncIterator[bytes | Refused], trust: TrustStore, language: Language
    ) -> AsyncIterator[Outcome]:
        """A report for every document, in order; see passport.workers.verifying.

        Raises:
            TooMuchWaiting: as many batches are worked on as may be.
        """
        self.check_room()
        self._running += 1
        self._stay_awake()
        try:
            async for outcome in self._verify(sources, trust, language):
                yield outcome
        finally:
            self._running -= 1
            if not self._running:
                self._resting = asyncio.get_running_loop().call_later(_REST_SECONDS, self._pool.rest)

    def close(self) -> None:
        """End the processes; batches that are under way stop."""
        self._stay_awake()
        self._pool.close()

    def _stay_awake(self) -> None:
        if self._resting is not None:
            self._resting.cancel()
            self._resting = None

    async def _verify(
        self, sources: AsyncIterator[bytes | Refused], trust: TrustStore, language: Language
    ) -> AsyncIterator[Outcome]:
        now = self._clock()
        source = self._sources.one()
        cache = DocumentCache()
        delegates = trust.delegates(now)
        lists = [
            each
            for each in trust.lists
            if each.pinned or each.content.publisher in delegates
            if await self._holds(each.source, cache, source, now)
        ]
        expected = Expected(
            now,
            trust=tuple(each.source for each in lists),
            publishers=tuple(each.content.publisher for each in lists if each.pinned),
            language=language,
            last_seen=self._memory.last_seen,
            authorities=self._authorities,
        )
        async for outcome in verify_many(
            sources,
            pool=self._pool,
            expected=expected,
            source=source,
            known=cache.at_hand.values(),
            relied_on=self._memory.remember,
        ):
            yield outcome

    async def _holds(
        self, source: bytes, cache: DocumentCache, fetching: RememberingSource, now: datetime
    ) -> bool:
        """Whether a list that was taken can be verified again now; what that needs is then in the cache."""

        def check(documents: Documents) -> None:
            publishers = self._settings.trust_publishers
            verify_trust_list(
                source, context=Context(documents, now), expected_publishers=publishers, delegates=None
            )

        try:
            await gather(check, cache, fetching)
        except PassportError:
            return False
        return True
