"""What programs of the operator and of employers may do, with a key."""

import asyncio
from collections.abc import Sequence
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, Request, Response

from passport import limits
from passport.evidence.lint import Finding
from passport.pictures.qr import PICTURE_BYTES, draw_loop, draw_png
from passport.web import document_body, language_of, strict_body
from passport.web.idempotency import IdempotentRoute
from verifier.errors import NoSuchRequest
from verifier.linting import errors, findings_content
from verifier.records import Profile, Report
from verifier.rendering import with_sentences
from verifier.requests import Answered, Created, State
from verifier.routes.answers import (
    EmployerMade,
    EmployerShown,
    Linted,
    ProfilePublished,
    ProfileShown,
    ReportShown,
    ReportSummary,
    RequestShown,
)
from verifier.routes.bodies import NewEmployer, NewProfile, NewRequest
from verifier.routes.parts import AsEmployer, Service, by_operator, once_as_employer, once_as_operator
from verifier.routes.public import profile_url
from verifier.shown import JSON_TYPES, MEDIA_TYPES, read_shown

router = APIRouter(prefix="/api", tags=["employers"], route_class=IdempotentRoute)
Json = dict[str, Any]


@router.post(
    "/employers",
    status_code=201,
    summary="Make an employer (operator)",
    dependencies=[Depends(by_operator), once_as_operator],
    response_model=EmployerMade,
)
async def create_employer(service: Service, body: Annotated[NewEmployer, strict_body(NewEmployer)]) -> Json:
    employer, api_key = await service.employers.create(body.slug, body.name, service.clock())
    return {"slug": employer.id, "did": employer.did, "name": employer.name, "apiKey": api_key}


@router.get("/employer", summary="The employer that the key belongs to", response_model=EmployerShown)
async def get_employer(employer: AsEmployer) -> Json:
    return {"slug": employer.id, "did": employer.did, "name": employer.name}


@router.post(
    "/profiles",
    status_code=201,
    summary="Sign and publish a function profile",
    dependencies=[once_as_employer],
    response_model=ProfilePublished,
)
async def publish_profile(
    request: Request,
    service: Service,
    employer: AsEmployer,
    body: Annotated[NewProfile, strict_body(NewProfile)],
) -> Json:
    """Refused where nobody could meet it, unless `publishWithErrors` says so; the findings come along."""
    profile, found = await service.profiles.publish(
        employer, body.draft(), service.clock(), with_errors=body.publish_with_errors
    )
    return _profile(profile, service.settings.origin) | {"findings": _told(request, found)}


@router.post(
    "/profiles/lint",
    summary="What nobody can meet in a profile, and what it asks too much",
    response_model=Linted,
)
async def lint_profile(
    request: Request,
    service: Service,
    employer: AsEmployer,
    body: Annotated[NewProfile, strict_body(NewProfile)],
) -> Json:
    """Nothing is published. A profile with an error is published only with `publishWithErrors`."""
    found = await service.profiles.lint(employer, body.draft(), service.clock())
    return {"errors": errors(found), "findings": _told(request, found)}


@router.get("/profiles", summary="The newest version of each profile", response_model=list[ProfileShown])
async def list_profiles(service: Service, employer: AsEmployer) -> list[Json]:
    return [_profile(each, service.settings.origin) for each in await service.profiles.all(employer.id)]


@router.post(
    "/requests",
    status_code=201,
    summary="Give out a challenge",
    dependencies=[once_as_employer],
    response_model=RequestShown,
    response_model_exclude_unset=True,
)
async def create_request(
    service: Service, employer: AsEmployer, body: Annotated[NewRequest, strict_body(NewRequest)]
) -> Json:
    profile = await service.profiles.get(employer.id, body.profile, body.version)
    created = await service.requests.create(employer, profile, service.clock())
    return _request(created, service.settings.origin)


@router.get(
    "/requests/{request_id}",
    summary="A request in its state",
    response_model=RequestShown,
    response_model_exclude_unset=True,
)
async def get_request(request_id: str, service: Service, employer: AsEmployer) -> Json:
    found = await service.requests.get(request_id, service.clock(), employer)
    return _request(found, service.settings.origin)


@router.get(
    "/requests/{request_id}/qr.gif",
    summary="The request as an animated QR code",
    response_class=Response,
    responses={200: {"content": {"image/gif": {}}}},
)
async def request_loop(request_id: str, service: Service, employer: AsEmployer) -> Response:
    created = await service.requests.open(request_id, service.clock(), employer)
    return Response(await asyncio.to_thread(draw_loop, created.frames), media_type="image/gif")


@router.get(
    "/requests/{request_id}/qr/{number}.png",
    summary="One frame of the request as a QR code",
    response_class=Response,
    responses={200: {"content": {"image/png": {}}}},
)
async def request_frame(request_id: str, number: int, service: Service, employer: AsEmployer) -> Response:
    created = await service.requests.open(request_id, service.clock(), employer)
    if not 1 <= number <= len(created.frames):
        raise NoSuchRequest
    png = await asyncio.to_thread(draw_png, created.frames[number - 1])
    return Response(png, media_type="image/png")


@router.post(
    "/presentations",
    status_code=201,
    summary="Check what was shown: JSON, the text of QR codes, or a picture of them",
    dependencies=[once_as_employer],
    response_model=ReportShown,
)
async def check_presentation(  # noqa: PLR0917 - the parts of one request
    request: Request,
    service: Service,
    employer: AsEmployer,
    data: Annotated[bytes, document_body(most=PICTURE_BYTES, media_types=MEDIA_TYPES)],
    request_id: Annotated[str | None, Query(alias="request", max_length=64)] = None,
    profile: Annotated[str | None, Query(max_length=64)] = None,
) -> Json:
    """With `request` the answer to that challenge; without, something shown unasked (way A)."""
    media_type = media_type_of(request)
    if media_type in JSON_TYPES:
        source = read_shown(media_type, data)  # as it is: no thread, whose turn would have to come
    else:
        source = await asyncio.to_thread(read_shown, media_type, data)
    if request_id is not None:
        report = await service.answer(request_id, source, employer)
    else:
        asked = None if profile is None else await service.profiles.get(employer.id, profile)
        report = await service.shown(source, employer, asked)
    return told(request, report)


@router.get("/reports", summary="Reports, newest first", response_model=list[ReportSummary])
async def list_reports(
    service: Service, employer: AsEmployer, skip: Annotated[int, Query(ge=0, le=1_000_000)] = 0
) -> list[Json]:
    return [
        {
            "id": report.id,
            "checkedAt": report.content["checkedAt"],
            "verdict": report.content["verdict"],
            "met": report.content["met"],
            "deleteAt": report.delete_at,
        }
        for report in await service.reports.recent(employer, skip=skip)
    ]


@router.get("/reports/{report_id}", summary="A report", response_model=ReportShown)
async def get_report(request: Request, report_id: str, service: Service, employer: AsEmployer) -> Json:
    return told(request, await service.reports.get(report_id, employer))


@router.delete("/reports/{report_id}", status_code=204, summary="Delete a report")
async def delete_report(report_id: str, service: Service, employer: AsEmployer) -> None:
    await service.reports.delete(report_id, employer, service.clock())


@router.get("/trust-lists", summary="The trust lists in use")
async def list_trust_lists(service: Service, _employer: AsEmployer) -> list[Json]:
    now = service.clock()
    return [
        {
            "id": each.content.id,
            "version": each.content.version,
            "name": dict(each.content.name),
            "publisher": each.content.publisher,
            "entries": len(each.content.entries),
            "classes": [
                {"id": one.id, "name": dict(one.name), "countsAs": one.counts_as}
                for one in each.content.classes
            ],
            "validUntil": each.content.valid_until,
            "ageDays": each.age_days(now),
            "fresh": each.fresh(now),
            "revoked": each.content.revoked is not None and each.content.revoked.at <= now,
            "chosen": each.pinned,
            "delegates": [
                {"id": entry.id, "mayRecognise": sorted(entry.may_words), "list": entry.list_id}
                for entry in each.content.delegations
                if each.pinned and entry.in_force(now)
            ],
        }
        for each in service.trust.store.lists
    ]


@router.post(
    "/trust-lists",
    status_code=201,
    summary="Take a trust list of a pinned publisher",
    dependencies=[once_as_employer],
)
async def add_trust_list(
    service: Service,
    _employer: AsEmployer,
    source: Annotated[bytes, document_body(most=limits.PUBLISHED.size)],
) -> Json:
    taken = await service.trust.add(source)
    return {"id": taken.content.id, "version": taken.content.version}


@router.post("/trust-lists/refresh", summary="Fetch the configured trust lists now")
async def refresh_trust_lists(service: Service, _employer: AsEmployer) -> Json:
    return {"taken": await service.trust.refresh()}


def told(request: Request, report: Report) -> Json:
    """A report for a program: its content, with sentences in the language that was asked for."""
    content = with_sentences(report.content, request.app.state.pages, language_of(request))
    return {"id": report.id, "request": report.request, "deleteAt": report.delete_at, **content}


def _told(request: Request, found: Sequence[Finding]) -> list[Json]:
    """Findings with a sentence in the language that was asked for."""
    told: list[Json] = with_sentences(findings_content(found), request.app.state.pages, language_of(request))
    return told


def media_type_of(request: Request) -> str:
    return request.headers.get("content-type", "").partition(";")[0].strip().lower()


def _profile(profile: Profile, origin: str) -> Json:
    return {
        "key": profile.key,
        "version": profile.version,
        "url": profile_url(origin, profile),
        "profile": profile.document,
    }


def _request(state: State, origin: str) -> Json:
    shown: Json = {"id": state.id, "state": type(state).__name__.lower(), "profile": state.profile.id}
    if isinstance(state, Created):
        shown |= {
            "request": state.document,
            "frames": list(state.frames),
            "responseUri": f"{origin}/r/{state.id}",
            "page": f"{origin}/requests/{state.id}",
            "validUntil": state.valid_until,
        }
    if isinstance(state, Answered):
        shown["report"] = state.report
    return shown
