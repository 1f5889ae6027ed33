"""Routes before the wallet is open: the one-time address, unlock, create, restore, lock."""

from typing import Annotated

from fastapi import APIRouter, File, Form, Query, Request, Response
from fastapi.responses import HTMLResponse, RedirectResponse

from passport.errors import PassportError
from passport.web import language_of
from passport.web.problems import status_of
from wallet.core.recovery import RecoveryKey
from wallet.desktop.api import desk_of
from wallet.desktop.backup import open_backup
from wallet.desktop.html import html, renderer_of, sentence
from wallet.desktop.session import SEE_OTHER, check_host, enter, our_form, ours
from wallet.errors import NothingReceived, OpenedAlready, RolledBackVault
from wallet.views import door

router = APIRouter(include_in_schema=False)

Secret = Annotated[str, Form(max_length=4_096)]


@router.get("/open")
def get_open(request: Request, token: Annotated[str, Query(max_length=256)] = "") -> Response:
    """The opening address: the token works once and becomes the cookie.

    The page that answers leads on itself, so that the browser sends the strict cookie with the next request.
    """
    check_host(request)
    language = language_of(request)
    try:
        page = door.door(renderer_of(request), language, "opened")
        response = html(page, request)
        enter(request, token, response)
    except OpenedAlready:
        return html(door.door(renderer_of(request), language, "token", status=401), request)
    response.headers["Refresh"] = "0; url=/"
    return response


@router.get("/unlock", dependencies=ours)
def get_unlock(request: Request, idle: Annotated[str, Query(max_length=8)] = "") -> Response:
    desk = desk_of(request)
    if desk.is_open:
        return RedirectResponse("/", SEE_OTHER)
    which = "unlock" if desk.exists else "create"
    return html(door.door(renderer_of(request), language_of(request), which, idle=bool(idle)), request)


@router.post("/unlock", dependencies=our_form)
def post_unlock(
    request: Request, passphrase: Secret = "", words: Secret = "", accept_older: Secret = ""
) -> Response:
    desk = desk_of(request)
    try:
        secret = RecoveryKey.from_words(words) if words.strip() else passphrase
        desk.unlock(secret, accept_older=bool(accept_older) and bool(words.strip()))
    except PassportError as error:
        return _again(request, "unlock", error, unfolded=bool(words.strip()), typed=words.strip())
    return RedirectResponse("/passphrase" if desk.opened_by_words else "/", SEE_OTHER)


@router.post("/create", dependencies=our_form)
def post_create(request: Request, passphrase: Secret = "") -> Response:
    try:
        recovery = desk_of(request).create(passphrase)
    except PassportError as error:
        return _again(request, "create", error)
    return _words(request, recovery)


@router.post("/restore", dependencies=our_form)
def post_restore(
    request: Request,
    file: Annotated[bytes, File()] = b"",
    backup_passphrase: Secret = "",
    passphrase: Secret = "",
) -> Response:
    try:
        if not file:
            raise NothingReceived
        recovery = desk_of(request).restore(passphrase, open_backup(file, backup_passphrase))
    except PassportError as error:
        return _again(request, "create", error, unfolded=True)
    return _words(request, recovery)


@router.post("/lock", dependencies=our_form)
def post_lock(request: Request) -> Response:
    desk_of(request).lock()
    return RedirectResponse("/unlock", SEE_OTHER)


def _words(request: Request, recovery: RecoveryKey) -> HTMLResponse:
    page = door.door(renderer_of(request), language_of(request), "words", words=recovery.words().split())
    return html(page, request)


def _again(
    request: Request, which: str, error: PassportError, *, unfolded: bool = False, typed: str = ""
) -> HTMLResponse:
    """The door once more; `unfolded`: what was tried is the form that lies folded up."""
    page = door.door(
        renderer_of(request),
        language_of(request),
        which,
        error=sentence(request, error),
        rolled_back=isinstance(error, RolledBackVault),
        unfolded=unfolded or isinstance(error, RolledBackVault),
        typed=typed,
        status=status_of(error),
    )
    return html(page, request)
