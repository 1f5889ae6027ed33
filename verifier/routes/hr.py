"""For an employer's HR system: outcomes as a file, and requests to many candidates at once."""

from collections.abc import AsyncIterator, Iterable, Sequence
from datetime import datetime
from typing import Annotated, Any

from fastapi import APIRouter, Query, Response
from pydantic import Field

from passport.web import Body, strict_body
from passport.web.csv_out import MEDIA_TYPE, AsCsv, csv_stream
from passport.web.idempotency import IdempotentRoute
from verifier.history_csv import HEADER, profile_key, row
from verifier.routes.answers import Camel
from verifier.routes.bodies import Key
from verifier.routes.parts import AsEmployer, Service, once_as_employer

router = APIRouter(prefix="/api", tags=["employers"], route_class=IdempotentRoute)
MOST_CANDIDATES = 100
"""Of one list: each request is signed by itself, and lives as long as a challenge."""
_PAGE = 200
_CSV: dict[int | str, dict[str, Any]] = {200: {"content": {MEDIA_TYPE: {"schema": {"type": "string"}}}}}


class CandidateList(Body):
    """One profile, many candidates. Use references of your own that name nobody."""

    profile: Key
    version: Annotated[int, Field(ge=1)] | None = None
    references: Annotated[
        list[Annotated[str, Field(min_length=1, max_length=128)]],
        Field(min_length=1, max_length=MOST_CANDIDATES, examples=[["candidate-17", "candidate-18"]]),
    ]


class CandidateRequest(Camel):
    reference: str
    id: str
    page: str = Field(description="The request with its QR code, for the candidate.")
    response_uri: str
    valid_until: datetime


@router.get(
    "/exports/reports.csv", summary="The outcomes of reports as CSV", responses=_CSV, response_class=Response
)
async def export_reports(
    service: Service,
    employer: AsEmployer,
    form: AsCsv,
    profile: Annotated[str | None, Query(max_length=64, description="Only of this profile's key.")] = None,
) -> Response:
    """Newest first, one line a report and nobody's name: who it was about is in your own list of requests.

    A report is in it as long as it is kept.
    """

    async def rows() -> AsyncIterator[Iterable[Sequence[object]]]:
        skip = 0
        while found := await service.reports.recent(employer, skip=skip, most=_PAGE):
            yield [row(each) for each in found if profile is None or profile_key(each) == profile]
            skip += len(found)

    return csv_stream(form, HEADER, rows(), "reports.csv")


@router.post(
    "/requests/list",
    status_code=201,
    summary="Give out a challenge for each candidate",
    dependencies=[once_as_employer],
)
async def create_requests(
    service: Service, employer: AsEmployer, body: Annotated[CandidateList, strict_body(CandidateList)]
) -> list[CandidateRequest]:
    """Up to 100. The references come back with the requests and are kept nowhere."""
    profile = await service.profiles.get(employer.id, body.profile, body.version)
    origin, made = service.settings.origin, []
    for reference in body.references:
        created = await service.requests.create(employer, profile, service.clock())
        made.append(
            CandidateRequest(
                reference=reference,
                id=created.id,
                page=f"{origin}/requests/{created.id}",
                response_uri=f"{origin}/r/{created.id}",
                valid_until=created.valid_until,
            )
        )
    return made
