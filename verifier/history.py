"""What an employer has checked: found again, kept as long as the employer says, deleted for good."""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, tzinfo
from typing import Any

from passport.web.zones import day_ends, day_starts
from verifier.limits import HISTORY
from verifier.records import Employer, Report
from verifier.reports import Reports

VERDICTS = (
    "genuine", "withdrawn", "not-genuine", "unrecognised", "standing-unknown", "cannot-tell",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which reports: with this verdict, about this profile, made on these days; nothing said is all."""

    verdict: str = ""
    profile: str = ""
    since: date | None = None
    until: date | None = None
    zone: tzinfo = UTC
    """Whose days these are: of whoever looks."""

    def of(self, employer: Employer) -> dict[str, Any]:
        """As a filter of the store."""
        found: dict[str, Any] = {"employer": employer.id}
        if self.verdict:
            found["content.verdict"] = self.verdict
        if self.profile:
            found["content.profile.id"] = {"$regex": f"/{re.escape(self.profile)}/[0-9]+$"}
        made: dict[str, datetime] = {}
        if self.since:
            made["$gte"] = day_starts(self.since, self.zone)
        if self.until:
            made["$lte"] = day_ends(self.until, self.zone)
        return found | ({"created_at": made} if made else {})

    @property
    def query(self) -> dict[str, str]:
        """As it stands in the page's address."""
        said = {
            "verdict": self.verdict,
            "profile": self.profile,
            "since": self.since.isoformat() if self.since else "",
            "until": self.until.isoformat() if self.until else "",
        }
        return {name: text for name, text in said.items() if text}


@dataclass(frozen=True, slots=True)
class HistoryPage:
    reports: list[Report]
    number: int
    pages: int
    total: int


class History:
    def __init__(self, reports: Reports) -> None:
        self._reports = reports

    async def page(self, employer: Employer, wanted: Wanted, number: int) -> HistoryPage:
        """A page of what is wanted, newest first; a number beyond the last is the last."""
        total = await Report.find(wanted.of(employer)).count()
        pages = max(1, -(-total // HISTORY.page))
        number = min(max(1, number), pages)
        found = Report.find(wanted.of(employer)).sort("-created_at")
        reports = await found.skip((number - 1) * HISTORY.page).limit(HISTORY.page).to_list()
        return HistoryPage(reports, number, pages, total)

    async def all(self, employer: Employer, wanted: Wanted, *, skip: int, most: int) -> list[Report]:
        found = Report.find(wanted.of(employer)).sort("-created_at")
        return await found.skip(skip).limit(most).to_list()

    async def delete(self, employer: Employer, wanted: Wanted, now: datetime) -> int:
        """Delete what is wanted, and how many those were; as `Reports.delete` for each."""
        deleted = 0
        while found := await self.all(employer, wanted, skip=0, most=HISTORY.page):
            for report in found:
                await self._reports.delete(report.id, employer, now)
            deleted += len(found)
        return deleted

    async def keep(self, employer: Employer, days: int, now: datetime) -> None:
        """Keep reports so many days from now on. Those that are there are kept no longer than that either."""
        await Employer.find({"_id": employer.id}).update({"$set": {"retention_days": days}})
        kept = timedelta(days=days)
        async for report in Report.find({"employer": employer.id}):
            if report.delete_at > report.created_at + kept:
                at = report.created_at + kept
                await Report.find({"_id": report.id}).update({"$set": {"delete_at": at}})
        await Report.find({"employer": employer.id, "delete_at": {"$lte": now}}).delete()
