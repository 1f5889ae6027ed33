"""The trust lists that this verifier goes by: of pinned publishers, never older than before."""

import asyncio
import logging

from pymongo.errors import DuplicateKeyError

from passport.clock import Clock
from passport.documents import DocumentCache
from passport.errors import PassportError
from passport.errors.trust import TrustListRollback
from passport.fetch import Fetcher, gather
from passport.trust import NO_TRUST, TrustStore, VerifiedTrustList, verify_trust_list
from passport.verification import Context
from verifier.errors import NoTrustPublishers
from verifier.records import KeptTrustList
from verifier.settings import Settings
from verifier.sources import RememberingSource

log = logging.getLogger("verifier.trust")


class TrustLists:
    """The store of lists in memory, and its copy on disk."""

    def __init__(self, settings: Settings, fetcher: Fetcher, clock: Clock) -> None:
        self._settings, self._fetcher, self._clock = settings, fetcher, clock
        self._turn = asyncio.Lock()
        self.store: TrustStore = NO_TRUST

    async def load(self) -> None:
        """Take the kept lists into memory, each verified again; what can't be verified is left out."""
        async with self._turn:
            for kept in await KeptTrustList.find_all().to_list():
                try:
                    self.store = self.store.updated(await self._verified(kept.source))
                except PassportError as error:
                    log.warning("a kept trust list is left out: %s", error.code)

    async def add(self, source: bytes, fetched_from: str | None = None) -> VerifiedTrustList:
        """Verify a list and take it in place of its older version.

        Raises:
            UnexpectedPublisher: its publisher is not pinned.
            TrustListRollback, TrustListConflict: it is older than the one at hand, or contradicts it.
            PassportError: what verify_trust_list raises.
        """
        async with self._turn:
            verified = await self._verified(source)
            updated = self.store.updated(verified)
            await _keep(verified, fetched_from, self._clock)
            self.store = updated
            return verified

    async def refresh(self) -> int:
        """Fetch every configured list; how many were taken. One that fails leaves the older copy."""
        taken = 0
        for url in () if self._settings.offline else self._settings.trust_lists:
            try:
                fetched = await self._fetcher.get(url)
                await self.add(fetched.body, url)
                taken += 1
            except PassportError as error:
                log.warning("a trust list was not taken: %s", error.code)
        return taken

    async def _verified(self, source: bytes) -> VerifiedTrustList:
        publishers = self._settings.trust_publishers
        if not publishers:
            raise NoTrustPublishers
        return await gather(
            lambda documents: verify_trust_list(
                source, context=Context(documents, self._clock()), expected_publishers=publishers
            ),
            DocumentCache(),
            RememberingSource(self._fetcher, self._clock, offline=self._settings.offline),
        )


async def _keep(verified: VerifiedTrustList, fetched_from: str | None, clock: Clock) -> None:
    """Raises TrustListRollback when the store has a newer version, put there by another process."""
    content = verified.content
    fields = {
        "version": content.version,
        "source": verified.source,
        "fetched_from": fetched_from,
        "kept_at": clock(),
    }
    collection = KeptTrustList.get_pymongo_collection()
    found = await collection.find_one_and_update(
        {"_id": content.id, "version": {"$lte": content.version}}, {"$set": fields}
    )
    if found is None:
        try:
            await collection.insert_one({"_id": content.id, **fields})
        except DuplicateKeyError:
            raise TrustListRollback from None
