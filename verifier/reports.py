"""Reports: made once for each answer, read by who asked, deleted when their time is over."""

import hashlib
import secrets
from contextlib import suppress
from datetime import datetime, timedelta
from typing import Any

from pymongo.errors import DuplicateKeyError

from passport.clock import parse_datetime
from passport.errors.storage import AlreadyUsed
from passport.evidence.profile import FunctionProfile
from passport.storage import Once, claim_once
from passport.storage.counted import forget_counts
from passport.storage.once import CLOCK_MARGIN, forget_lapsed
from passport.webhooks import Webhooks
from verifier.checking import Outcome
from verifier.errors import NoSuchReport, NotTheHolder, RequestAnswered, ShownBefore
from verifier.openid4vp import close_transactions, forget_transactions
from verifier.records import Employer, Report, Request, Session
from verifier.report_content import write_content
from verifier.requests import Created, close_request
from verifier.telling import answered

_ID = 64
_REQUEST_DAYS = 1
_SHOWN = "shown"


class Reports:
    def __init__(self, retention_days: int, webhooks: Webhooks) -> None:
        self._days = retention_days
        self._webhooks = webhooks

    def days(self, employer: Employer) -> int:
        """How long this employer's reports are kept: what it chose, else what the operator set."""
        return employer.retention_days or self._days

    async def of_answer(self, outcome: Outcome, created: Created, employer: Employer) -> Report:
        """The one report of a request. Its insert under the request's id is what uses the challenge up.

        Raises:
            NotTheHolder: not what was asked for, or not signed by its holder: the request stays open.
            RequestAnswered: somebody was first.
        """
        if not outcome.acceptable:
            raise _refusal(outcome)
        report = self._report(created.id, outcome, created.profile, employer, request=created.id)
        try:
            async with self._webhooks.telling(answered(employer.id, created.id)):
                return await report.insert()
        except DuplicateKeyError:
            raise RequestAnswered from None

    def content_of(self, outcome: Outcome, created: Created) -> dict[str, Any]:
        """What the report will say, for an answer that is collected later; raises NotTheHolder."""
        if not outcome.acceptable:
            raise _refusal(outcome)
        return write_content(outcome, created.profile)

    async def of_held(self, content: dict[str, Any], request: str, employer: Employer) -> Report:
        """The report of an answer that was held; raises DuplicateKeyError where there is one already."""
        at = parse_datetime(content["checkedAt"])
        report = Report(
            id=request,
            employer=employer.id,
            request=request,
            content=content,
            created_at=at,
            delete_at=at + timedelta(days=self.days(employer)),
        )
        async with self._webhooks.telling(answered(employer.id, request)):
            return await report.insert()

    async def of_shown(
        self, source: bytes, outcome: Outcome, profile: FunctionProfile | None, employer: Employer
    ) -> Report:
        """The report of something shown unasked (way A), genuine or not.

        Raises:
            ShownBefore: the very same was shown to this employer before, written in whatever way.
        """
        shown = outcome.report.mark if outcome.from_the_holder and outcome.report.mark else source
        identifier = hashlib.sha256(f"{employer.id} ".encode() + shown).hexdigest()[:32]
        try:
            report = await self._report(identifier, outcome, profile, employer).insert()
        except DuplicateKeyError:
            raise ShownBefore(report=identifier) from None
        if await Once.get(f"{_SHOWN}:{identifier}"):  # its report was deleted; looked up last: no race
            await report.delete()
            raise ShownBefore
        return report

    async def of_file(self, outcome: Outcome, profile: FunctionProfile | None, employer: Employer) -> Report:
        """The report of credentials that came as files: as often as somebody looks at them."""
        return await self._report(secrets.token_hex(16), outcome, profile, employer).insert()

    async def get(self, identifier: str, employer: Employer) -> Report:
        """Raises NoSuchReport, also for somebody else's."""
        found = await Report.get(identifier) if len(identifier) <= _ID else None
        if found is None or found.employer != employer.id:
            raise NoSuchReport
        return found

    async def recent(self, employer: Employer, *, skip: int = 0, most: int = 50) -> list[Report]:
        found = Report.find({"employer": employer.id}).sort("-created_at")
        return await found.skip(skip).limit(most).to_list()

    async def delete(self, identifier: str, employer: Employer, now: datetime) -> None:
        """Delete it and what it was made from. Raises NoSuchReport.

        That something was shown or a request answered outlives its report, so that neither happens again.
        """
        report = await self.get(identifier, employer)
        if report.request is None:
            with suppress(AlreadyUsed):
                await claim_once(_SHOWN, identifier, now, keep_until=now + CLOCK_MARGIN)
        else:  # also where the process ended before the answer's own last step
            await close_request(report.request)
            await close_transactions(report.request)
        await report.delete()

    async def sweep(self, now: datetime) -> int:
        """Delete what is past its time; how many reports that were."""
        found = await Report.find({"delete_at": {"$lte": now}}).delete()
        await Request.find({"valid_until": {"$lte": now - timedelta(days=_REQUEST_DAYS)}}).delete()
        await forget_lapsed(now)
        await forget_counts(now)
        await forget_transactions(now)
        await Session.find({"until": {"$lte": now}}).delete()
        return found.deleted_count if found else 0

    def _report(
        self,
        identifier: str,
        outcome: Outcome,
        profile: FunctionProfile | None,
        employer: Employer,
        *,
        request: str | None = None,
    ) -> Report:
        return Report(
            id=identifier,
            employer=employer.id,
            request=request,
            content=write_content(outcome, profile),
            created_at=outcome.checked_at,
            delete_at=outcome.checked_at + timedelta(days=self.days(employer)),
        )


def _refusal(outcome: Outcome) -> NotTheHolder:
    """Says which check it was and why, in our own words."""
    error = outcome.report.error
    check = next((check.code for check in outcome.report.checks if check.answer != "yes"), "")
    return NotTheHolder(check=check, reason=error.code if error else "")
