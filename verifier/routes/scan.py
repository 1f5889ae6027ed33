"""One page to look at whatever somebody shows: by camera, as files, pasted. Also the answer to a question.

The camera is an addition of a script of ours (static/scan.js): it sends small pictures to /check/codes, gets
the texts of their codes back, and fills in and sends the very form that works without it.
"""

import asyncio
from typing import Annotated, Any

from fastapi import APIRouter, File, Form, Request, Response, UploadFile
from fastapi.responses import RedirectResponse

from passport.baking.limits import CARRIER
from passport.errors import PassportError
from passport.errors.parsing import NO_DOCUMENT
from passport.errors.web import BodyTooLarge, UnsupportedMediaType
from passport.pictures.camera import STILL_BYTES
from passport.pictures.qr import PICTURE_BYTES
from passport.web import document_body
from passport.web.forms import same_origin
from passport.web.refused_page import for_a_person
from verifier.codes import Code, code_of
from verifier.errors import (
    NoCredentialInGiven,
    NothingShown,
    TooManyShown,
)
from verifier.given import check_given
from verifier.limits import SCAN
from verifier.requests import Created
from verifier.routes.parts import Service, SignedIn
from verifier.shown import read_pictures, read_text
from verifier.static import WITH_CAMERA, script_path

router = APIRouter(include_in_schema=False)
Files = Annotated[list[UploadFile], File()]
_MOST = 12
"""Pictures and files in one form."""
_STILL, _TEXT = "image/jpeg", "text/plain"


@router.get("/check")
async def check(request: Request, service: Service, employer: SignedIn, profile: str = "") -> Response:
    profiles = await service.profiles.all(employer.id)
    return _page(request, "check.html", employer=employer, profiles=profiles, chosen=profile)


@router.post("/check", dependencies=[same_origin])
async def take_shown(
    service: Service,
    employer: SignedIn,
    *,
    text: Annotated[str, Form()] = "",
    profile: Annotated[str, Form(max_length=64)] = "",
    pictures: Files = [],  # noqa: B006 - FastAPI copies it
) -> Response:
    """Files of any kind, pictures of codes, or what was pasted or scanned."""
    try:
        if len(pictures) > _MOST:
            raise TooManyShown(limit=_MOST)  # none is left out unseen
        files = [(each.filename or "", await _bounded(each, CARRIER.pdf)) for each in pictures]
        given = [one for one in files if one[1]]
        report = await check_given(service, employer, given, text, profile or None)
    except PassportError as error:
        if type(error) in NO_DOCUMENT:
            raise NoCredentialInGiven from None
        raise
    return RedirectResponse(f"/reports/{report.id}", status_code=303)


@router.post("/check/codes", dependencies=[same_origin])
async def read_codes(
    request: Request,
    service: Service,
    employer: SignedIn,
    data: Annotated[bytes, document_body(most=STILL_BYTES, media_types=(_STILL, _TEXT))],
) -> dict[str, Any]:
    """What codes stand in one picture of a camera, or what the one is whose text a browser read by itself."""
    media_type = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    session = service.sign_in.session(request)
    if media_type == _STILL:
        texts = await service.scanner.read(data, session=session, employer=employer.id)
    else:
        await service.scanner.allow(session)
        texts = (_text(data),)
    return {"codes": [_shown(code_of(text)) for text in texts]}


@router.get("/requests/{request_id}/answer")
async def scan_answer(request_id: str, request: Request, service: Service, employer: SignedIn) -> Response:
    state = await service.requests.get(request_id, service.clock(), employer)
    if not isinstance(state, Created):
        return RedirectResponse(f"/requests/{request_id}", status_code=303)
    return _page(request, "answer.html", employer=employer, asked=state)


@router.post("/requests/{request_id}/answer", dependencies=[same_origin])
async def take_answer(
    request_id: str,
    request: Request,
    service: Service,
    employer: SignedIn,
    *,
    text: Annotated[str, Form()] = "",
    pictures: Files = [],  # noqa: B006 - FastAPI copies it
) -> Response:
    state = await service.requests.get(request_id, service.clock(), employer)
    if for_a_person(request) and not isinstance(state, Created):
        return RedirectResponse(f"/requests/{request_id}", status_code=303)  # says it, and what to do
    report = await service.answer(request_id, await _answer(text, pictures), employer)
    return RedirectResponse(f"/reports/{report.id}", status_code=303)


async def _answer(text: str, pictures: list[UploadFile]) -> bytes:
    """What was pasted or uploaded: text, a JSON file, or pictures of QR codes."""
    if text.strip():
        return await asyncio.to_thread(read_text, text.encode("utf-8", errors="replace"))
    if len(pictures) > _MOST:
        raise TooManyShown(limit=_MOST)
    sent = [await _bounded(picture, PICTURE_BYTES) for picture in pictures]
    sent = [data for data in sent if data]
    if not sent:
        raise NothingShown
    if len(sent) == 1 and sent[0].lstrip()[:1] in {b"{", b"S"}:
        return await asyncio.to_thread(read_text, sent[0])
    return await asyncio.to_thread(read_pictures, sent)


def _page(request: Request, template: str, **values: Any) -> Response:
    response: Response = request.app.state.pages.respond(
        request, template, page_script=script_path("scan"), **values
    )
    response.headers.update(WITH_CAMERA)
    return response


def _text(data: bytes) -> str:
    if len(data) > SCAN.text:
        raise BodyTooLarge(limit=SCAN.text)
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        raise UnsupportedMediaType(accepted=_STILL) from None


def _shown(code: Code) -> dict[str, Any]:
    return {
        "kind": str(code.kind),
        "text": code.text,
        "part": code.part,
        "of": code.of,
        "mark": code.mark,
    }


async def _bounded(file: UploadFile, most: int) -> bytes:
    data = await file.read(most + 1)
    if len(data) > most:
        raise BodyTooLarge(limit=most)
    return data
