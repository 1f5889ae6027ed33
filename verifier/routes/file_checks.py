"""Check something that was shown or handed over without a request: the page and the programs' door."""

import asyncio
from typing import Annotated, Any

from fastapi import APIRouter, File, Form, Query, Request, Response, UploadFile
from fastapi.responses import RedirectResponse

from passport.baking.limits import CARRIER
from passport.errors.parsing import NO_DOCUMENT
from passport.errors.web import BodyTooLarge
from passport.share_link import looks_like_link
from passport.share_link.limits import SHARE_LINK
from passport.web import document_body, language_of
from passport.web.forms import same_origin
from verifier.errors import NoCredentialInGiven, TooManyShown
from verifier.file_check import read_files
from verifier.records import Employer, Report
from verifier.rendering import with_sentences
from verifier.routes.parts import AsEmployer, Service, SignedIn
from verifier.service import Verifier
from verifier.shown import JSON_TYPES, PICTURE_TYPES, TEXT_TYPES

router = APIRouter()
Files = Annotated[list[UploadFile], File()]
_TOKENS = ("application/jwt", "application/vc+jwt", "application/vc+sd-jwt", "application/dc+sd-jwt")
MEDIA_TYPES = (
    *JSON_TYPES,
    *TEXT_TYPES,
    *PICTURE_TYPES,
    *("application/vc", "application/vc+json", *_TOKENS),
    *("image/svg+xml", "application/pdf", "text/html", "application/zip", "application/octet-stream"),
)
_MOST = 12
"""Pictures and files in one form."""


@router.get("/check", include_in_schema=False)
async def check(request: Request, service: Service, employer: SignedIn) -> Response:
    profiles = await service.profiles.all(employer.id)
    response: Response = request.app.state.pages.respond(
        request, "check.html", employer=employer, profiles=profiles
    )
    return response


@router.post("/check", include_in_schema=False, dependencies=[same_origin])
async def take_shown(
    service: Service,
    employer: SignedIn,
    text: Annotated[str, Form()] = "",
    profile: Annotated[str, Form(max_length=64)] = "",
    pictures: Files = [],  # noqa: B006 - FastAPI copies it
) -> Response:
    """Files of any kind, pictures of codes, or what was pasted."""
    if len(pictures) > _MOST:
        raise TooManyShown(limit=_MOST)  # none is left out unseen
    files = [(each.filename or "", await _bounded(each)) for each in pictures]
    try:
        report = await _checked(service, employer, [one for one in files if one[1]], text, profile or None)
    except NO_DOCUMENT as error:
        if type(error) not in NO_DOCUMENT:  # a document with a fault of its own
            raise
        raise NoCredentialInGiven from None
    return RedirectResponse(f"/reports/{report.id}", status_code=303)


@router.post(
    "/api/files",
    status_code=201,
    tags=["employers"],
    summary="Check a file: a baked picture, PDF, page, JSON, token, archive, or a picture of QR codes",
)
async def check_file(
    request: Request,
    service: Service,
    employer: AsEmployer,
    data: Annotated[bytes, document_body(most=CARRIER.pdf, media_types=MEDIA_TYPES)],
    profile: Annotated[str | None, Query(max_length=64)] = None,
) -> dict[str, Any]:
    """What it is, its first bytes say, whatever the content type. A presentation is checked as one (way A); a
    credential by itself is genuine or not, and says nothing of who holds it (way F, or E in printed codes);
    a share link, as text or in a code, is fetched and opened (way D).
    """
    report = await _checked(service, employer, [("", data)], "", profile)
    content = with_sentences(report.content, request.app.state.pages, language_of(request))
    return {"id": report.id, "deleteAt": report.delete_at, **content}


async def _checked(
    service: Verifier, employer: Employer, files: list[tuple[str, bytes]], text: str, profile: str | None
) -> Report:
    if len(files) == 1 and len(files[0][1]) <= SHARE_LINK.address and not text:
        text = _link_in(files[0][1])  # a program sends a link as the body
    shown = await asyncio.to_thread(read_files, files, text)
    asked = None if profile is None else await service.profiles.get(employer.id, profile)
    if shown.link is not None:
        return await service.link(shown.link, employer, asked)
    if shown.presentation:
        return await service.shown(shown.sources[0], employer, asked)
    return await service.file(shown.sources, employer, asked, printed=shown.printed)


def _link_in(data: bytes) -> str:
    found = data.decode("ascii", "replace")
    return found if looks_like_link(found) else ""


async def _bounded(file: UploadFile) -> bytes:
    data = await file.read(CARRIER.pdf + 1)
    if len(data) > CARRIER.pdf:
        raise BodyTooLarge(limit=CARRIER.pdf)
    return data
