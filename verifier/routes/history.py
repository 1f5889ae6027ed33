"""Pages about what was checked before: found again, kept, deleted, saved as CSV."""

from collections.abc import AsyncIterator, Iterable, Sequence
from datetime import date
from typing import Annotated, Literal
from urllib.parse import urlencode

from fastapi import APIRouter, Depends, Form, Query, Request, Response
from fastapi.responses import RedirectResponse

from passport.web.csv_out import AsCsv, csv_stream
from passport.web.forms import same_origin
from verifier.history import VERDICTS, Wanted
from verifier.history_csv import HEADER, profile_key, row
from verifier.limits import HISTORY
from verifier.routes.parts import Service, SignedIn

router = APIRouter(include_in_schema=False)
Verdict = Literal[
    "", "genuine", "withdrawn", "not-genuine", "unrecognised", "standing-unknown", "cannot-tell"
]
Day = Annotated[date | Literal[""], Query()]
_PAGE = 200


def _wanted(
    request: Request,
    verdict: Verdict = "",
    profile: Annotated[str, Query(max_length=64)] = "",
    since: Day = "",
    until: Day = "",
) -> Wanted:
    """From the address; an empty field of the form is nothing said."""
    return Wanted(verdict, profile, since or None, until or None, request.app.state.settings.zone)


AsWanted = Annotated[Wanted, Depends(_wanted)]


@router.get("/reports")
async def list_reports(
    request: Request,
    service: Service,
    employer: SignedIn,
    wanted: AsWanted,
    page: Annotated[int, Query(ge=1, le=100_000)] = 1,
) -> Response:
    response: Response = request.app.state.pages.respond(
        request,
        "reports.html",
        employer=employer,
        found=await service.history.page(employer, wanted, page),
        wanted=wanted,
        query=urlencode(wanted.query),
        verdicts=VERDICTS,
        profiles=await service.profiles.all(employer.id),
        key_of=profile_key,
        days=service.reports.days(employer),
        most_days=HISTORY.days,
    )
    return response


@router.get("/reports.csv")
async def export(service: Service, employer: SignedIn, wanted: AsWanted, form: AsCsv) -> Response:
    """What the list shows, all of it, for a spreadsheet."""

    async def pages() -> AsyncIterator[Iterable[Sequence[object]]]:
        for skip in range(0, HISTORY.export, _PAGE):
            found = await service.history.all(employer, wanted, skip=skip, most=_PAGE)
            yield [row(each) for each in found]
            if len(found) < _PAGE:
                return

    return csv_stream(form, HEADER, pages(), "reports.csv")


@router.post("/reports/delete", dependencies=[same_origin])
async def delete_all(
    service: Service, employer: SignedIn, wanted: AsWanted, sure: Annotated[str, Form(max_length=3)] = ""
) -> Response:
    """What the list shows, all of it; only with the tick that says so."""
    if sure == "yes":
        await service.history.delete(employer, wanted, service.clock())
    return RedirectResponse("/reports", status_code=303)


@router.post("/reports/keep", dependencies=[same_origin])
async def keep(
    service: Service, employer: SignedIn, days: Annotated[int, Form(ge=1, le=HISTORY.days)]
) -> Response:
    await service.history.keep(employer, days, service.clock())
    return RedirectResponse("/reports", status_code=303)


@router.post("/reports/{report_id}/delete", dependencies=[same_origin])
async def delete_report(report_id: str, service: Service, employer: SignedIn) -> Response:
    await service.reports.delete(report_id, employer, service.clock())
    return RedirectResponse("/reports", status_code=303)
