"""Verify what a worker sends, and weigh it: with the same code as any verifier, fetching what that needs."""

import asyncio
import logging
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import TypeVar

from passport.clock import Clock
from passport.credentials.endorsement import is_endorsement
from passport.documents import DocumentCache, Documents, Fetched
from passport.errors import PassportError
from passport.evidence import SkillEvidence, weigh
from passport.evidence.integrity import Files
from passport.evidence.parties import Parties
from passport.fetch import Fetcher, gather
from passport.json import JsonObject
from passport.outbound.media_types import PUBLISHED_TYPES
from passport.outbound.ports import Source
from passport.storage.kept_lists import keep_list, kept_lists
from passport.trust import NO_TRUST, RecognitionFound, TrustStore, VerifiedTrustList, verify_trust_list
from passport.verification import (
    Context,
    PresentationReport,
    VerifiedCredential,
    VerifiedEndorsement,
    verify_credential,
    verify_endorsement,
    verify_presentation,
)
from passport.workers.slow_lane import SlowLane
from passport.x509 import Certificates

log = logging.getLogger("issuer.validation")
Result = TypeVar("Result")
_KEPT = timedelta(minutes=5)
_KEPT_DOCUMENTS = 256
_NO_FILES: Files = {}


@dataclass(frozen=True, slots=True)
class Examined:
    """The genuine credentials of a case, and how strong each skill is by them."""

    credentials: tuple[VerifiedCredential, ...]
    endorsements: tuple[VerifiedEndorsement, ...]
    skills: Mapping[str, SkillEvidence]
    parties: Parties


class Checker:
    """Verification with a door to the outside and the trust lists that the service was told to use."""

    def __init__(
        self,
        *,
        allow_loopback: bool,
        publishers: Sequence[str],
        lists: Sequence[str],
        certificates: Certificates,
        clock: Clock,
    ) -> None:
        self._fetcher = Fetcher(allow_loopback=allow_loopback)
        self._publishers, self._lists, self.clock = publishers, lists, clock
        self._certificates = certificates
        self._lane: SlowLane | None = None
        self._kept: dict[str, Fetched] = {}
        self._restored = False
        self.trust: TrustStore = NO_TRUST

    async def get(self, url: str, accept: frozenset[str] = PUBLISHED_TYPES) -> Fetched:
        """As the fetcher, but not twice within five minutes; raises NotFetched."""
        kept = self._kept.get(url)
        if kept is not None and self.clock() - kept.fetched_at < _KEPT:
            return kept
        found = await self._fetcher.get(url, accept)
        while len(self._kept) >= _KEPT_DOCUMENTS:
            self._kept.pop(next(iter(self._kept)))
        self._kept[url] = found
        return found

    async def refresh_trust(self) -> None:
        """Take newer trust lists, and those of their delegates; one that fails leaves the older copy.

        Those that were taken before are kept: what is fetched after a restart is no older than they are.
        """
        if not self._restored:
            await self._restore()
        for url in self._lists:
            await self._take_list(url, ())
        now = self.clock()
        for url in self.trust.delegated_lists(now):
            if url not in self._lists:
                await self._take_list(url, self.trust.delegates(now))

    async def _restore(self) -> None:
        """Verify again what was kept; what can't be is left out, and is not rolled back either."""
        for source in await kept_lists():
            try:
                self.trust = self.trust.updated(await self._verified(source, None))
            except PassportError as error:
                log.warning("a kept trust list is left out: %s", error.code)
        self._restored = True

    async def _take_list(self, url: str, delegates: Collection[str]) -> None:
        try:
            verified = await self._verified((await self._fetcher.get(url)).body, delegates)
            updated = self.trust.updated(verified)
            await keep_list(verified, url, self.clock())
            self.trust = updated
        except PassportError as error:
            log.warning("a trust list was not taken: %s", error.code)

    async def _verified(self, source: bytes, delegates: Collection[str] | None) -> VerifiedTrustList:
        return await gather(
            lambda documents: verify_trust_list(
                source,
                context=Context(documents, self.clock()),
                expected_publishers=self._publishers,
                delegates=delegates,
            ),
            DocumentCache(),
            self,
        )

    async def presentation(
        self, source: JsonObject, *, challenge: str, domain: str, fresh: bool = False
    ) -> PresentationReport:
        """Verify a presentation that answers a challenge; raises TooMuchWaiting.

        `fresh` fetches everything anew, where a credential follows at once from what is found.
        """
        now = self.clock()
        return await self._run(
            lambda documents: verify_presentation(
                source,
                Context(documents, now, certificates=self._certificates),
                expected_challenge=challenge,
                expected_domain=domain,
            ),
            self._fetcher if fresh else self,
        )

    def recognitions(self, did: str, skill: str) -> tuple[RecognitionFound, ...]:
        """What a DID is recognised as at present for a skill, by the lists that are used here."""
        return self.trust.recognitions(did, self.clock(), skills=(skill,))

    async def examine(self, sources: Sequence[JsonObject], holder: str, files: Files = _NO_FILES) -> Examined:
        """What the credentials of a case prove now; those that are not genuine any more are left out.

        Raises:
            TooMuchWaiting
        """
        now, trust = self.clock(), self.trust

        def check(documents: Documents) -> Examined:
            context = Context(documents, now, certificates=self._certificates)
            badges: list[VerifiedCredential] = []
            confirmed: list[VerifiedEndorsement] = []
            for source in sources:
                if is_endorsement(source):
                    found = verify_endorsement(source, context).endorsement
                    confirmed += [] if found is None else [found]
                else:
                    badge = verify_credential(source, context).credential
                    badges += [] if badge is None else [badge]
            weighed = weigh(badges, trust=trust, now=now, files=files, holder=holder, endorsements=confirmed)
            return Examined(
                tuple(badges),
                tuple(confirmed),
                {each.skill: each for each in weighed},
                Parties(badges, trust, holder, confirmed),
            )

        return await self._run(check)

    async def _run(self, check: Callable[[Documents], Result], source: Source | None = None) -> Result:
        if self._lane is None:
            self._lane = SlowLane()
        cache, asked = DocumentCache(), source or self
        return await self._lane.run(lambda in_thread: gather(check, cache, asked, in_thread=in_thread))

    async def close(self) -> None:
        if self._lane is not None:
            await asyncio.to_thread(self._lane.close)
