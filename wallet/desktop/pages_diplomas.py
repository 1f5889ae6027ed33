"""Routes of diplomas: take one in, look at it, tick what follows from it; maps and licences."""

from collections.abc import Callable
from typing import Annotated

from fastapi import APIRouter, File, Form, Query, Request, Response, UploadFile
from fastapi.responses import HTMLResponse, RedirectResponse

from passport.errors import PassportError
from passport.evidence.derived import DerivedSkill
from passport.web import language_of
from passport.web.problems import status_of
from wallet.core.deriving import derivable, derive, ground_of_credential, ground_of_file
from wallet.core.imported import (
    Described,
    Imported,
    imported_file,
    imported_one,
    remove_imported,
)
from wallet.core.learning_route import LearningRoute
from wallet.core.shelf import kept_one
from wallet.core.wallet import Wallet
from wallet.desktop.api import desk_of, say_in
from wallet.desktop.html import html, renderer_of, sentence
from wallet.desktop.importing import import_file, take_map
from wallet.desktop.session import SEE_OTHER, our_form, ours
from wallet.desktop.stacking import ask_for_stack, look_at_stack
from wallet.errors import NothingReceived
from wallet.views import diplomas as views
from wallet.views import door

router = APIRouter(prefix="/diplomas", include_in_schema=False)

Short = Annotated[str, Form(max_length=2_048)]
Asked = Annotated[str, Query(max_length=2_048)]
Ticked = Annotated[list[str] | None, Form(max_length=128)]


@router.get("", dependencies=ours)
def get_diplomas(request: Request) -> Response:
    with desk_of(request).wallet() as wallet:
        return html(views.diplomas(renderer_of(request), language_of(request), wallet), request)


@router.post("", dependencies=our_form)
def post_diploma(
    request: Request,
    file: Annotated[UploadFile, File()],
    *,
    title: Short = "",
    institution: Short = "",
    date: Short = "",
    qualification: Short = "",
    route: Short = "formal",
) -> Response:
    """A credential goes its usual way; everything else is kept as evidence, and said to be unchecked."""
    desk = desk_of(request)
    way = LearningRoute(route) if route in set(LearningRoute) else LearningRoute.FORMAL
    described = Described(title, institution, date, qualification, way)
    with desk.wallet() as wallet:
        try:
            taken = import_file(desk, wallet, file.file.read(), file.filename or "", described)
        except PassportError as error:
            return _again(request, wallet, error, described)
        if isinstance(taken, Imported):
            return RedirectResponse(f"/diplomas/{taken.id}", SEE_OTHER)
        page = door.received(
            renderer_of(request),
            language_of(request),
            taken.credentials,
            did=wallet.did,
            files=taken.files,
            evidence=taken.evidence,
            left_out=bool(taken.left_out),
        )
        return html(page, request)


@router.post("/maps", dependencies=our_form)
def post_map(request: Request, file: Annotated[bytes, File()] = b"") -> Response:
    """Use a map from qualifications to skills."""
    desk = desk_of(request)
    with desk.wallet() as wallet:
        try:
            if not file:
                raise NothingReceived
            take_map(desk, wallet, file)
        except PassportError as error:
            return _again(request, wallet, error)
    return RedirectResponse("/diplomas", SEE_OTHER)


@router.get("/stack", dependencies=ours)
def get_stack(request: Request) -> Response:
    with desk_of(request).wallet():
        return html(views.stack(renderer_of(request), language_of(request)), request)


@router.post("/stack", dependencies=our_form)
def post_stack(request: Request, address: Short = "", mark: Short = "") -> Response:
    """First what the organisation asks and what would leave; with the mark of that, send it."""
    desk, renderer, language = desk_of(request), renderer_of(request), language_of(request)
    with desk.wallet() as wallet:
        try:
            if mark:
                received = ask_for_stack(desk, wallet, address, mark=mark)
                page = door.received(
                    renderer,
                    language,
                    received.credentials,
                    did=wallet.did,
                    files=received.files,
                    evidence=received.evidence,
                    left_out=bool(received.left_out),
                )
                return html(page, request)
            asked = look_at_stack(desk, wallet, address)
        except PassportError as error:
            page = views.stack(
                renderer,
                language,
                address=address,
                error=sentence(request, error),
                status=status_of(error),
            )
            return html(page, request)
        page = views.stack(
            renderer,
            language,
            address=asked.stack.url,
            host=asked.host,
            organisation=asked.found.organisation.name,
            found=asked.here,
        )
        return html(page, request)


def _of_file(wallet: Wallet, record: str, asked: views.Asked) -> views.Subject:
    one = imported_one(wallet, record)
    return views.Subject(ground_of_file(one), asked, f"/diplomas/{record}", one)


def _of_credential(wallet: Wallet, record: str, asked: views.Asked) -> views.Subject:
    ground = ground_of_credential(kept_one(wallet, record))
    return views.Subject(ground, asked, f"/diplomas/credential/{record}")


def _pages_of(path: str, subject_of: Callable[[Wallet, str, views.Asked], views.Subject]) -> None:
    """What follows from it: the skills to tick, and the claim of those that were ticked."""

    @router.get(path, dependencies=ours)
    def look(
        request: Request, record: str, q: Asked = "", occupation: Asked = "", qualification: Asked = ""
    ) -> Response:
        asked = views.Asked(occupation, q, qualification)
        with desk_of(request).wallet() as wallet:
            return _shown(request, wallet, subject_of(wallet, record, asked))

    @router.post(path, dependencies=our_form)
    def claim(
        request: Request,
        record: str,
        skill: Ticked = None,
        occupation: Short = "",
        qualification: Short = "",
    ) -> Response:
        asked = views.Asked(occupation, "", qualification)
        with desk_of(request).wallet() as wallet:
            return _derived(request, wallet, subject_of(wallet, record, asked), skill or [])


_pages_of("/{record}", _of_file)
_pages_of("/credential/{record}", _of_credential)


@router.get("/{record}/file", dependencies=ours)
def get_file(request: Request, record: str) -> Response:
    """A copy, to be saved: whatever stands in it, no page of ours shows or runs it."""
    with desk_of(request).wallet() as wallet:
        data = imported_file(wallet, record)
    return Response(
        data,
        media_type="application/octet-stream",
        headers={"Content-Disposition": 'attachment; filename="diploma"'},
    )


@router.post("/{record}/remove", dependencies=our_form)
def post_remove(request: Request, record: str) -> Response:
    desk = desk_of(request)
    with desk.wallet() as wallet:
        try:
            desk.undo.keep(remove_imported(wallet, record))
        except PassportError as error:
            return _again(request, wallet, error)
    return RedirectResponse("/diplomas", SEE_OTHER)


def _offered(request: Request, wallet: Wallet, subject: views.Subject) -> tuple[DerivedSkill, ...]:
    return derivable(
        wallet,
        subject.ground,
        desk_of(request).taxonomy,
        language=language_of(request),
        occupation=subject.asked.occupation,
        qualification=subject.asked.qualification,
    )


def _shown(
    request: Request,
    wallet: Wallet,
    subject: views.Subject,
    *,
    ticked: list[str] | None = None,
    error: PassportError | None = None,
) -> HTMLResponse:
    page = views.diploma(
        renderer_of(request),
        language_of(request),
        subject,
        _offered(request, wallet, subject),
        desk_of(request).taxonomy,
        ticked=ticked or (),
        error="" if error is None else sentence(request, error),
        status=200 if error is None else status_of(error),
    )
    return html(page, request)


def _derived(request: Request, wallet: Wallet, subject: views.Subject, skills: list[str]) -> Response:
    language = language_of(request)
    offered = _offered(request, wallet, subject)
    try:
        made = derive(wallet, subject.ground, skills, offered, language=language, say=say_in(request))
    except PassportError as error:
        return _shown(request, wallet, subject, ticked=skills, error=error)
    return RedirectResponse(f"/credentials/{made.id}", SEE_OTHER)


def _again(
    request: Request, wallet: Wallet, error: PassportError, described: Described | None = None
) -> HTMLResponse:
    page = views.diplomas(
        renderer_of(request),
        language_of(request),
        wallet,
        described=described,
        error=sentence(request, error),
        status=status_of(error),
    )
    return html(page, request)
