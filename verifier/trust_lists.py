"""The trust lists that this verifier goes by: of pinned publishers and their delegates, never rolled back."""

import asyncio
import logging
from collections.abc import Collection, Sequence

from passport import limits
from passport.clock import Clock
from passport.documents import DocumentCache
from passport.errors import PassportError
from passport.fetch import gather
from passport.storage.kept_lists import keep_list, kept_lists
from passport.trust import (
    NO_TRUST,
    TrustStore,
    VerifiedTrustList,
    verify_trust_list,
)
from passport.verification import Context
from verifier.errors import NoTrustPublishers
from verifier.settings import Settings
from verifier.sources import Sources

log = logging.getLogger("verifier.trust")
_AT_ONCE = 8


class TrustLists:
    """The store of lists in memory, and its copy on disk."""

    def __init__(self, settings: Settings, sources: Sources, clock: Clock) -> None:
        self._settings, self._sources, self._clock = settings, sources, clock
        self._turn = asyncio.Lock()
        self.store: TrustStore = NO_TRUST

    async def load(self) -> None:
        """Take the kept lists into memory, each verified again; what can't be verified is left out.

        A list whose delegation ended is taken too: the store counts it for nothing.
        """
        async with self._turn:
            taken = [each for source in await kept_lists() if (each := await self._kept(source)) is not None]
            self.store = await asyncio.to_thread(TrustStore, taken[: limits.TRUST.lists])

    async def add(self, source: bytes, fetched_from: str | None = None) -> VerifiedTrustList:
        """Verify a list and take it in place of its older version.

        Raises:
            UnexpectedPublisher, NotDelegated: its publisher is neither pinned nor anybody's delegate.
            TrustListRollback, TrustListConflict: it is older than the one at hand, or contradicts it.
            PassportError: what verify_trust_list raises.
        """
        async with self._turn:
            verified = await self._verified(source, self.store.delegates(self._clock()))
            updated = await asyncio.to_thread(self.store.updated, verified)  # a second, for a large one
            await keep_list(verified, fetched_from, self._clock())
            self.store = updated
            return verified

    async def refresh(self) -> int:
        """Fetch every configured list, then those of their delegates; how many were taken.

        One that fails leaves the older copy, with its age.
        """
        if self._settings.offline:
            return 0
        taken = await self._fetched(self._settings.trust_lists)
        known = set(self._settings.trust_lists)
        return taken + await self._fetched(
            [url for url in self.store.delegated_lists(self._clock()) if url not in known]
        )

    async def _fetched(self, urls: Sequence[str]) -> int:
        gate = asyncio.Semaphore(_AT_ONCE)

        async def take(url: str) -> bool:
            async with gate:
                try:
                    fetched = await self._sources.fetcher.get(url)
                    await self.add(fetched.body, url)
                except PassportError as error:
                    log.warning("a trust list was not taken: %s", error.code)
                    return False
            return True

        return sum(await asyncio.gather(*map(take, urls)))

    async def _kept(self, source: bytes) -> VerifiedTrustList | None:
        try:
            return await self._verified(source, None)
        except PassportError as error:
            log.warning("a kept trust list is left out: %s", error.code)
            return None

    async def _verified(self, source: bytes, delegates: Collection[str] | None) -> VerifiedTrustList:
        publishers = self._settings.trust_publishers
        if not publishers:
            raise NoTrustPublishers
        return await gather(
            lambda documents: verify_trust_list(
                source,
                context=Context(documents, self._clock()),
                expected_publishers=publishers,
                delegates=delegates,
            ),
            DocumentCache(),
            self._sources.one(),
        )
