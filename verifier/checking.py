"""The check itself: fetch what it needs, verify, weigh, decide. What comes out is data; nothing is stored."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TypeVar

from passport import limits
from passport.answers import Answer
from passport.certificate_chains import authorities
from passport.clock import Clock
from passport.documents import DocumentCache, Documents, Fetched
from passport.errors.workers import TooMuchWaiting
from passport.evidence.demand import Demand
from passport.evidence.link import SkillEvidence
from passport.evidence.policy import DemandResult, decide
from passport.evidence.strength import weigh
from passport.fetch import gather
from passport.json import dump
from passport.openid4vp.dcql import DcqlQuery
from passport.openid4vp.plain_sd_jwt import PlainReport
from passport.openid4vp.response_check import ONE_HOLDER, ResponseReport, verify_response
from passport.openid4vp.response_read import VpToken
from passport.outbound.shared import Linked
from passport.share_link.limits import SHARE_LINK
from passport.trust import TrustStore
from passport.verification import (
    Context,
    CredentialReport,
    PresentationReport,
    verify_credential,
    verify_presentation,
)
from passport.workers.slow_lane import SlowLane
from verifier.by_holder import decide_by_holder, weigh_by_holder
from verifier.file_check import CARD, FILE, verify_files
from verifier.recheck import Named
from verifier.settings import Settings
from verifier.sources import RememberingSource, Sources
from verifier.status_memory import StatusMemory

Result = TypeVar("Result")
_ABOUT_CREDENTIALS = "credentials_genuine"
LINK = "D"
_AT_ONCE = timedelta(seconds=limits.TIME.presentation_lifetime)
_BY_LINK = timedelta(seconds=SHARE_LINK.most_seconds)
_BESIDE = frozenset({_ABOUT_CREDENTIALS, ONE_HOLDER})


@dataclass(frozen=True, slots=True)
class Outcome:
    """One checked presentation."""

    report: PresentationReport
    skills: tuple[SkillEvidence, ...]
    demands: tuple[DemandResult, ...]
    documents: tuple[Fetched, ...]
    trust: TrustStore
    checked_at: datetime
    offline: bool
    way: str
    named: tuple[Named, ...] = ()
    """What the wallet said beside its answer, looked into."""
    plain: tuple[PlainReport, ...] = ()
    """SD-JWT VCs that are no badges (way C)."""
    link: Linked | None = None
    """The link that it lay behind (way D)."""

    @property
    def from_the_holder(self) -> bool:
        """Whether its holder made it, now, for us: all checks hold but those of the credentials in it,
        and whether all of them are one holder's, which nothing can show.
        """
        if self.way in {FILE, LINK, CARD}:
            return False
        answers = [check.answer for check in self.report.checks if check.code not in _BESIDE]
        return bool(answers) and all(answer is Answer.YES for answer in answers)

    @property
    def acceptable(self) -> bool:
        """Whether it counts as an answer. Over OpenID4VP (way C) a forged credential is none (section 8.6);
        what could not be checked is reported as that.
        """
        forged = self.way == "C" and any(check.answer is Answer.NO for check in self.report.checks)
        return self.from_the_holder and not forged


@dataclass(frozen=True, slots=True)
class Question:
    """What an answer must be bound to (way B)."""

    challenge: str
    asker: str
    """The DID of who asks, as the proof's domain."""


class Checker:
    def __init__(
        self, settings: Settings, sources: Sources, memory: StatusMemory, clock: Clock, slow_lane: SlowLane
    ) -> None:
        """Raises ChainRefused: the file of authorities can't be read."""
        self._settings, self._sources, self._memory, self._clock = settings, sources, memory, clock
        self._slow_lane = slow_lane
        self._certificates = authorities(settings.authorities_file)

    async def check(
        self,
        source: bytes,
        *,
        trust: TrustStore,
        demands: Sequence[Demand] = (),
        question: Question | None = None,
        link: Linked | None = None,
    ) -> Outcome:
        """Check a presentation. Whatever stands in it, this gives an outcome.

        Args:
            source: as it came.
            trust: who is recognised as what.
            demands: of the function profile, if one is asked for.
            question: that it answers (way B); None for one that is shown unasked (way A).
            link: the link that it lay behind (way D): it must be made for that, and for no longer.

        Raises:
            TooMuchWaiting: it has a shape that is not known, and too many such wait.
        """
        now = self._clock()
        fetching = self._sources.one()
        challenge, domain = None, None if link is None else link.link.url
        if question is not None:
            challenge, domain = question.challenge, question.asker

        def examine(
            documents: Documents, seen: Mapping[str, datetime]
        ) -> tuple[PresentationReport, tuple[SkillEvidence, ...]]:
            report = verify_presentation(
                source,
                self._context(documents, now, seen),
                expected_challenge=challenge,
                expected_domain=domain,
                lifetime=_AT_ONCE if link is None else _BY_LINK,
            )
            shown = report.presentation
            if shown is None:
                return report, ()
            return report, weigh(
                shown.credentials,
                trust=trust,
                now=now,
                holder=shown.holder,
                endorsements=shown.endorsements,
            )

        report, skills = await self._examine(examine, source, _of_first, fetching)
        return Outcome(
            report=report,
            skills=skills,
            demands=decide(demands, skills, now, unchecked=_unchecked(report)),
            documents=tuple(fetching.used),
            trust=trust,
            checked_at=now,
            offline=self._settings.offline,
            way="B" if challenge is not None else "A" if link is None else LINK,
            link=link,
        )

    async def response(
        self,
        token: VpToken,
        *,
        query: DcqlQuery,
        nonce: str,
        client_id: str,
        trust: TrustStore,
        demands: Sequence[Demand],
    ) -> Outcome:
        """Check the answer to a request over OpenID4VP (way C); as `check`.

        Raises:
            TooMuchWaiting
        """
        now = self._clock()
        fetching = self._sources.one()

        def examine(
            documents: Documents, seen: Mapping[str, datetime]
        ) -> tuple[ResponseReport, list[tuple[SkillEvidence, ...]]]:
            context = self._context(documents, now, seen)
            found = verify_response(token, query=query, context=context, nonce=nonce, client_id=client_id)
            weighed = weigh_by_holder(
                found.presentations, trust=trust, now=now, endorsements=found.endorsements
            )
            return found, weighed

        source = b" ".join(
            each if isinstance(each, bytes) else dump(each)
            for several in token.presentations.values()
            for each in several
        )
        found, weighed = await self._examine(
            examine, source, lambda both: both[0].together.status_seen, fetching
        )
        report = found.together
        skills, decided = decide_by_holder(demands, weighed, now, unchecked=_unchecked(report))
        return Outcome(
            report=report,
            skills=skills,
            demands=decided,
            documents=tuple(fetching.used),
            trust=trust,
            checked_at=now,
            offline=self._settings.offline,
            way="C",
            plain=found.plain,
        )

    async def files(
        self,
        sources: Sequence[bytes],
        *,
        trust: TrustStore,
        demands: Sequence[Demand] = (),
        printed: bool = False,
    ) -> Outcome:
        """Check credentials that came as files (way F), or as printed codes (E); raises TooMuchWaiting."""
        now = self._clock()
        fetching = self._sources.one()
        report, skills = await self._examine(
            lambda documents, seen: verify_files(sources, self._context(documents, now, seen), trust),
            b"\n".join(sources),
            _of_first,
            fetching,
        )
        return Outcome(
            report=report,
            skills=skills,
            demands=decide(demands, skills, now, unchecked=_unchecked(report)),
            documents=tuple(fetching.used),
            trust=trust,
            checked_at=now,
            offline=self._settings.offline,
            way=CARD if printed else FILE,
        )

    async def credential(self, source: bytes) -> CredentialReport:
        """Verify one credential by itself; raises TooMuchWaiting."""
        now = self._clock()
        return await self._examine(
            lambda documents, seen: verify_credential(source, self._context(documents, now, seen)),
            source,
            lambda report: report.status_seen,
        )

    async def presentation(
        self, source: bytes, *, challenge: str | None, domain: str | None
    ) -> PresentationReport:
        """Verify a presentation for somebody who keeps challenges; raises TooMuchWaiting."""
        now = self._clock()
        return await self._examine(
            lambda documents, seen: verify_presentation(
                source,
                self._context(documents, now, seen),
                expected_challenge=challenge,
                expected_domain=domain,
            ),
            source,
            lambda report: report.status_seen,
        )

    def _context(self, documents: Documents, now: datetime, seen: Mapping[str, datetime]) -> Context:
        return Context(documents, now, last_seen_status=seen, certificates=self._certificates)

    async def _examine(
        self,
        examine: Callable[[Documents, Mapping[str, datetime]], Result],
        source: bytes,
        statuses: Callable[[Result], Mapping[str, datetime]],
        fetching: RememberingSource | None = None,
    ) -> Result:
        """Verify; once more where a newer status list was seen meanwhile than the one that this rests on.

        Raises:
            TooMuchWaiting: also where that happens again and again.
        """
        fetching = fetching or self._sources.one()
        for _ in range(limits.FETCH.rounds):
            result = await self._once(examine, source, fetching)
            if await self._memory.remember(statuses(result)):
                return result
        raise TooMuchWaiting(limit=limits.FETCH.rounds)

    async def _once(
        self,
        examine: Callable[[Documents, Mapping[str, datetime]], Result],
        source: bytes,
        fetching: RememberingSource,
    ) -> Result:
        seen, cache = self._memory.last_seen, DocumentCache()
        fetching.used.clear()
        return await self._slow_lane.run(
            lambda in_thread: gather(
                lambda documents: examine(documents, seen), cache, fetching, in_thread=in_thread
            ),
            source,
        )


def _of_first(found: tuple[PresentationReport, object]) -> Mapping[str, datetime]:
    return found[0].status_seen


def _unchecked(report: PresentationReport) -> frozenset[str]:
    """Skills of the holder's credentials whose issuer could not be asked now."""
    return frozenset(
        alignment.target_url
        for each in report.credentials
        if each.credential is None and each.parsed is not None and each.answer is Answer.CANNOT_TELL
        if each.parsed.subject.id == report.holder
        for alignment in each.parsed.subject.achievement.alignments
    )
