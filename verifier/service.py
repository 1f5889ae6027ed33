"""The verifier's parts, put together over one store."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace
from functools import partial

from passport.clock import Clock, utc_now
from passport.documents import NotFetched
from passport.evidence import parse_function_profile
from passport.fetch import Fetcher
from passport.fetch.exchange import Exchange
from passport.openid4vc.presentation_submission import NO_HINTS, Hints
from passport.outbound.shared import fetch_shared
from passport.storage import Connection, connect
from passport.storage.counted import StoredCounts
from passport.storage.kept_answers import AnswerStore
from passport.storage.sealing import MasterKey
from passport.storage.secret_files import create_secret_file, read_secret_file
from passport.web.periodic import Periodic
from passport.webhooks import WebhookMessage, Webhooks
from passport.workers.slow_lane import SlowLane
from verifier.bulk import Bulk
from verifier.certificate import Certificate, load_certificate
from verifier.checking import Checker, Outcome, Question
from verifier.employers import Employers
from verifier.errors import CertificateUnusable
from verifier.history import History
from verifier.openid4vp import Transactions
from verifier.openid4vp_service import OpenId4Vp
from verifier.profiles import Profiles
from verifier.recheck import recheck
from verifier.records import ALL, Employer, Profile, Report
from verifier.reports import Reports
from verifier.requests import Requests
from verifier.scanning import Scanner
from verifier.settings import Settings
from verifier.sign_in import SignIn
from verifier.sources import Sources
from verifier.status_memory import StatusMemory
from verifier.telling import CHANGES
from verifier.trust_lists import TrustLists

_HOUR = 3600.0


class Verifier:
    """What the routes work with."""

    def __init__(self, settings: Settings, connection: Connection, clock: Clock) -> None:
        self.settings, self.connection, self.clock = settings, connection, clock
        self.bootstrap_secret = read_secret_file(settings.bootstrap_secret)
        self.fetcher = Fetcher(allow_loopback=settings.allow_loopback, clock=clock)
        master_text = read_secret_file(settings.master_secret)
        master_key = MasterKey(master_text, "verifier")
        self.webhooks = Webhooks(
            master=MasterKey(master_text, "verifier webhooks"),
            clock=clock,
            exchange=Exchange(allow_loopback=settings.allow_loopback),
            changes=CHANGES,
            allow_loopback=settings.allow_loopback,
        )
        self.answers = AnswerStore(MasterKey(master_text, "verifier answers"))
        self.employers = Employers(master_key, settings.domain)
        self.requests = Requests(
            self.employers,
            origin=settings.origin,
            lifetime=settings.challenge_lifetime,
        )
        self.status_memory = StatusMemory()
        self.sources = sources = Sources(self.fetcher, clock, settings.offline)
        self.trust = TrustLists(settings, sources, clock)
        self.profiles = Profiles(self.employers, settings.origin, self.trust)
        self.slow_lane = SlowLane()
        self.scanner = Scanner(StoredCounts(), clock)
        self.looking = asyncio.Semaphore(1)
        self.checker = Checker(settings, sources, self.status_memory, clock, self.slow_lane)
        self.bulk = Bulk(settings, sources, self.status_memory, clock)
        self.reports = Reports(settings.retention_days, self.webhooks)
        self.history = History(self.reports)
        self.sign_in = SignIn(clock)
        self.openid4vp = OpenId4Vp(
            settings=settings,
            clock=clock,
            employers=self.employers,
            requests=self.requests,
            transactions=Transactions(master_key, settings.origin),
            checker=self.checker,
            reports=self.reports,
            trust=self.trust,
            certificate=_certificate(settings),
        )

    def close(self) -> None:
        """End the processes that it works with."""
        self.slow_lane.close()
        self.scanner.close()
        self.bulk.close()

    async def answer(
        self, request_id: str, source: bytes, employer: Employer | None = None, hints: Hints = NO_HINTS
    ) -> Report:
        """Check the answer to a request and make its one report.

        `hints` are what the wallet says beside it; they change no answer.

        Raises:
            NoSuchRequest, RequestAnswered, RequestExpired: the request's state.
            NotTheHolder: what was sent is no answer to it; it stays open.
        """
        created = await self.requests.open(request_id, self.clock(), employer)
        asker = await self.employers.get(created.employer)
        outcome = await self.checker.check(
            source,
            trust=self.trust.store,
            demands=created.profile.demands,
            question=Question(created.challenge, asker.did),
        )
        outcome = replace(outcome, named=recheck(hints, outcome.report, outcome.demands, outcome.skills))
        report = await self.reports.of_answer(outcome, created, asker)
        await self.requests.answered(created, report.id)
        return report

    async def file(
        self, sources: Sequence[bytes], employer: Employer, profile: Profile | None, *, printed: bool = False
    ) -> Report:
        """Check credentials that came as files (way F) or printed (way E), and make their report."""
        asked = parse_function_profile(profile.document) if profile else None
        outcome = await self.checker.files(
            sources, trust=self.trust.store, demands=asked.demands if asked else (), printed=printed
        )
        return await self.reports.of_file(outcome, asked, employer)

    async def link(self, text: str, employer: Employer, profile: Profile | None) -> Report:
        """Fetch, open and check what lies behind a share link (way D), as often as somebody looks.

        Raises:
            PassportError: as passport.outbound.shared.fetch_shared.
        """
        if self.settings.offline:
            raise NotFetched
        asked = parse_function_profile(profile.document) if profile else None
        linked = await fetch_shared(text, self.fetcher, self.clock)
        outcome = await self.checker.check(
            linked.source, trust=self.trust.store, demands=asked.demands if asked else (), link=linked
        )
        return await self.reports.of_file(outcome, asked, employer)

    async def shown(self, source: bytes, employer: Employer, profile: Profile | None) -> Report:
        """Check something that is shown without a request (way A), and make its report.

        Raises:
            ShownBefore: the very same was shown before.
        """
        asked = parse_function_profile(profile.document) if profile else None
        outcome: Outcome = await self.checker.check(
            source, trust=self.trust.store, demands=asked.demands if asked else ()
        )
        return await self.reports.of_shown(source, outcome, asked, employer)


def _certificate(settings: Settings) -> Certificate | None:
    """Raises CertificateUnusable: a service that can't ask as it was told to does not start."""
    if settings.certificate_file is None or settings.certificate_key_file is None:
        if settings.openid4vp == "haip":
            raise CertificateUnusable
        return None
    host = settings.domain.partition(":")[0]
    return load_certificate(settings.certificate_file, settings.certificate_key_file, host=host)


@asynccontextmanager
async def opened(settings: Settings, clock: Clock = utc_now) -> AsyncIterator[Verifier]:
    """A working verifier: secrets made where there are none, store open, trust lists in memory."""
    settings.data_directory.mkdir(mode=0o700, parents=True, exist_ok=True)
    create_secret_file(settings.master_secret)
    create_secret_file(settings.bootstrap_secret)
    async with connect(settings.mongodb_uri, settings.data_directory, ALL) as connection:
        verifier = Verifier(settings, connection, clock)
        await verifier.status_memory.load()
        await verifier.trust.load()
        if connection.embedded is not None:
            await WebhookMessage.end_leases(clock())
        upkeep = Periodic("upkeep", partial(_upkeep, verifier), seconds=_HOUR)
        upkeep.start()
        if not settings.offline:
            verifier.webhooks.start()
        try:
            yield verifier
        finally:
            await verifier.webhooks.stop()
            await upkeep.stop()
            await asyncio.to_thread(verifier.close)


async def _upkeep(verifier: Verifier) -> None:
    """Reports that are past their time out, newer trust lists in: no publisher's trouble keeps a report."""
    await verifier.reports.sweep(verifier.clock())
    await verifier.trust.refresh()
