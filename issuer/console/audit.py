"""The audit log in the console: who did what and when, by subject, person and day; also as a file."""

from collections.abc import AsyncIterator, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, tzinfo
from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Depends, Query, Request, Response

from issuer.audit.records import AuditEvent, AuditFilter
from issuer.console.session import SignedIn
from issuer.limits import ACCOUNTS, PAGE
from issuer.organisations.records import Account
from issuer.routes.access import ServiceOf
from passport.clock import format_datetime
from passport.errors.web import MalformedRequest
from passport.web.csv_out import AsCsv, csv_stream
from passport.web.zones import day_starts

router = APIRouter(prefix="/console/audit")
SUBJECTS = (
    "account", "achievement", "batch", "confirmation", "credential", "endorsement", "evidence", "key",
    "offer", "validation", "webhook",
)  # fmt: skip
_HEADER = ("at", "account", "name", "action", "object", "reason")
_DAY = r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$|^$"


@dataclass(frozen=True, slots=True)
class Asked:
    """What was filled in, and the filter that it makes."""

    subject: str
    account: str
    since: str
    until: str
    zone: tzinfo
    """Whose days these are: of whoever looks."""

    @property
    def filter(self) -> AuditFilter:
        """Raises MalformedRequest, which names the field."""
        since, until = _day(self.since, "since"), _day(self.until, "until")
        try:
            after = None if until is None else day_starts(until + timedelta(days=1), self.zone)
        except OverflowError:
            raise MalformedRequest(field="until", rule="date") from None
        return AuditFilter(
            subject=self.subject if self.subject in SUBJECTS else None,
            account=self.account or None,
            since=None if since is None else day_starts(since, self.zone),
            until=after,
        )

    def address(self, **more: str) -> str:
        """The filled in fields as a query, for links."""
        fields = {"subject": self.subject, "account": self.account, "since": self.since, "until": self.until}
        return urlencode({name: value for name, value in (fields | more).items() if value})


def _day(text: str, field: str) -> date | None:
    if not text:
        return None
    try:
        return datetime.strptime(text, "%Y-%m-%d").replace(tzinfo=UTC).date()
    except ValueError:
        raise MalformedRequest(field=field, rule="date") from None


def _asked(
    service: ServiceOf,
    subject: Annotated[str, Query(max_length=32)] = "",
    account: Annotated[str, Query(max_length=64)] = "",
    since: Annotated[str, Query(max_length=10)] = "",
    until: Annotated[str, Query(max_length=10)] = "",
) -> Asked:
    return Asked(subject, account, since, until, service.settings.zone)


AskedFor = Annotated[Asked, Depends(_asked)]


@router.get("")
async def show(
    request: Request,
    account: SignedIn,
    asked: AskedFor,
    before: Annotated[str | None, Query(max_length=256)] = None,
) -> Response:
    events = await AuditEvent.page(account.organisation, before, PAGE, asked.filter)
    names = await _names(account.organisation)
    following = events[-1].id if len(events) == PAGE else None
    response: Response = request.app.state.pages.respond(
        request,
        "audit.html",
        events=events,
        names=names,
        subjects=SUBJECTS,
        asked=asked,
        query=asked.address(),
        older=None if following is None else asked.address(before=following),
    )
    return response


@router.get("/log.csv")
async def download(account: SignedIn, asked: AskedFor, form: AsCsv) -> Response:
    """Everything that is asked for, page by page as it is read."""
    names, chosen, slug = await _names(account.organisation), asked.filter, account.organisation

    async def rows() -> AsyncIterator[Iterable[Sequence[object]]]:
        before: str | None = None
        while events := await AuditEvent.page(slug, before, PAGE, chosen):
            before = events[-1].id
            yield [
                (
                    format_datetime(each.at),
                    each.account,
                    names.get(each.account),
                    each.action,
                    each.object,
                    each.reason,
                )
                for each in events
            ]

    return csv_stream(form, _HEADER, rows(), "log.csv")


async def _names(slug: str) -> dict[str, str]:
    return {each.id: each.name for each in await Account.of_organisation(slug, ACCOUNTS)}
