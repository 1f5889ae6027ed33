"""Pages for people at the employer. They work without scripts; every form is checked to be ours."""

import asyncio
from math import ceil
from typing import Annotated, Any

from fastapi import APIRouter, File, Form, Query, Request, Response, UploadFile
from fastapi.responses import RedirectResponse

from passport import limits
from passport.errors import PassportError
from passport.errors.web import BodyTooLarge
from passport.pictures.qr import draw_loop, draw_png
from passport.web import language_of
from passport.web.forms import same_origin
from passport.web.problems import status_of
from verifier.errors import NoSuchRequest
from verifier.first_look import named, signers, untold, wrong
from verifier.history_csv import profile_key
from verifier.openid4vp_states import State as VpState
from verifier.records import Employer
from verifier.rendering import with_sentences
from verifier.requests import Answered, Created, State
from verifier.routes.parts import Service, SignedIn
from verifier.service import Verifier
from verifier.static import WITH_SCRIPT, script_path
from verifier.trust_shown import shown_lists

router = APIRouter(include_in_schema=False)


def _page(request: Request, template: str, **values: Any) -> Response:
    response: Response = request.app.state.pages.respond(request, template, **values)
    return response


def _go(address: str) -> RedirectResponse:
    return RedirectResponse(address, status_code=303)


@router.get("/")
async def home(request: Request, service: Service) -> Response:
    employer = await service.sign_in.by_cookie(request)
    if employer is None:
        return _page(request, "sign-in.html", refused="")
    return _page(
        request,
        "home.html",
        employer=employer,
        profiles=await service.profiles.all(employer.id),
        requests=[
            (type(state).__name__.lower(), state)
            for state in await service.requests.recent(employer, service.clock())
        ],
    )


@router.post("/sign-in", dependencies=[same_origin])
async def sign_in(request: Request, service: Service, key: Annotated[str, Form(max_length=200)]) -> Response:
    try:
        employer = await service.sign_in.by_key(key.strip())
    except PassportError as error:
        if "text/html" not in request.headers.get("accept", ""):
            raise
        told = request.app.state.pages.error(error, language_of(request))
        return _page(request, "sign-in.html", status=status_of(error), refused=told)
    response = _go("/")
    await service.sign_in.begin(request, response, employer)
    return response


@router.post("/sign-out", dependencies=[same_origin])
async def sign_out(request: Request, service: Service) -> Response:
    response = _go("/")
    await service.sign_in.end(request, response)
    return response


@router.post("/requests", dependencies=[same_origin])
async def ask(service: Service, employer: SignedIn, profile: Annotated[str, Form(max_length=64)]) -> Response:
    found = await service.profiles.get(employer.id, profile)
    created = await service.requests.create(employer, found, service.clock())
    other = await service.openid4vp.ask(employer, created)
    await service.requests.also_by(created, other.id)
    return _go(f"/requests/{created.id}")


@router.get("/requests/{request_id}")
async def show_request(
    request_id: str,
    request: Request,
    service: Service,
    employer: SignedIn,
    picture: Annotated[int, Query(ge=0, le=limits.QR_TEXT.frames)] = 0,
) -> Response:
    """The request as a moving QR code, or held still at one picture."""
    state = await service.requests.get(request_id, service.clock(), employer)
    if isinstance(state, Answered):
        return _go(f"/reports/{state.report}")
    other = await _other(service, state, employer)
    waiting = isinstance(state, Created)
    seconds = int((state.valid_until - service.clock()).total_seconds()) if isinstance(state, Created) else 0
    response = _page(
        request,
        "request.html",
        employer=employer,
        asked=state,
        waiting=waiting,
        other=other,
        other_state=type(other).__name__.lower(),
        was=_said(state, other),
        seconds=max(0, seconds),
        minutes=max(1, ceil(seconds / 60)),
        held=picture if isinstance(state, Created) and picture <= len(state.frames) else 0,
        page_script=script_path("waiting"),
    )
    response.headers.update(WITH_SCRIPT if waiting else {})
    return response


@router.get("/requests/{request_id}/state")
async def request_state(request_id: str, service: Service, employer: SignedIn) -> dict[str, str]:
    """For the script of the page, which asks for the page anew when this changes."""
    state = await service.requests.get(request_id, service.clock(), employer)
    return {"state": _said(state, await _other(service, state, employer))}


@router.get("/requests/{request_id}/qr.gif")
async def request_loop(request_id: str, service: Service, employer: SignedIn) -> Response:
    created = await service.requests.open(request_id, service.clock(), employer)
    return Response(await asyncio.to_thread(draw_loop, created.frames), media_type="image/gif")


@router.get("/requests/{request_id}/qr/{number}.png")
async def request_frame(request_id: str, number: int, service: Service, employer: SignedIn) -> Response:
    created = await service.requests.open(request_id, service.clock(), employer)
    if not 1 <= number <= len(created.frames):
        raise NoSuchRequest
    png = await asyncio.to_thread(draw_png, created.frames[number - 1])
    return Response(png, media_type="image/png")


@router.get("/reports/{report_id}")
async def show_report(report_id: str, request: Request, service: Service, employer: SignedIn) -> Response:
    report = await service.reports.get(report_id, employer)
    content = with_sentences(report.content, request.app.state.pages, language_of(request))
    return _page(
        request,
        "report.html",
        employer=employer,
        report=report,
        found=content,
        key=profile_key(report) or "",
        signers=signers(content),
        wrong=wrong(content),
        untold=untold(content),
        named=named(content),
        verdict=_VERDICTS[report.content["verdict"]],
    )


@router.get("/trust")
async def trust(request: Request, service: Service, employer: SignedIn) -> Response:
    return _page(
        request,
        "trust.html",
        employer=employer,
        lists=shown_lists(service.trust.store, service.clock()),
        publishers=service.settings.trust_publishers,
        offline=service.settings.offline,
    )


@router.post("/trust", dependencies=[same_origin])
async def add_trust_list(
    service: Service, _employer: SignedIn, file: Annotated[UploadFile, File()]
) -> Response:
    await service.trust.add(await _bounded(file, limits.PUBLISHED.size))
    return _go("/trust")


@router.post("/trust/refresh", dependencies=[same_origin])
async def refresh_trust_lists(service: Service, _employer: SignedIn) -> Response:
    await service.trust.refresh()
    return _go("/trust")


async def _other(service: Verifier, state: State, employer: Employer) -> VpState | None:
    """How it stands with the way over OpenID4VP, while the request waits."""
    if not (isinstance(state, Created) and state.transaction):
        return None
    return await service.openid4vp.transactions.get(state.transaction, service.clock(), employer)


def _said(state: State, other: VpState | None) -> str:
    return f"{type(state).__name__} {type(other).__name__}".lower()


_VERDICTS = {
    "genuine": "yes",
    "withdrawn": "no",
    "not-genuine": "no",
    "unrecognised": "cannot-tell",
    "standing-unknown": "cannot-tell",
    "cannot-tell": "cannot-tell",
}


async def _bounded(file: UploadFile, most: int) -> bytes:
    data = await file.read(most + 1)
    if len(data) > most:
        raise BodyTooLarge(limit=most)
    return data
