"""Routes for what opens the wallet: a new passphrase, new recovery words, and when it locks by itself."""

from typing import Annotated

from fastapi import APIRouter, Form, Request, Response
from fastapi.responses import HTMLResponse, RedirectResponse

from passport.errors import PassportError
from passport.web import language_of
from passport.web.problems import status_of
from wallet.core.settings_kept import keep_lock_minutes, keep_words_checked
from wallet.desktop.api import desk_of
from wallet.desktop.html import html, renderer_of, sentence
from wallet.desktop.session import SEE_OTHER, our_form, ours, ours_unused
from wallet.errors_leaving import WordsDiffer
from wallet.views import door, leaving

router = APIRouter(include_in_schema=False)

Secret = Annotated[str, Form(max_length=4_096)]
Words = Annotated[list[str] | None, Form(max_length=24)]


@router.get("/passphrase", dependencies=ours)
def get_passphrase(request: Request) -> HTMLResponse:
    return _passphrase(request)


@router.post("/passphrase", dependencies=our_form)
def post_passphrase(request: Request, passphrase: Secret = "", old: Secret = "") -> HTMLResponse:
    """The old one is asked, unless it was forgotten and the words opened the wallet."""
    desk = desk_of(request)
    try:
        desk.change_passphrase(passphrase, old=old)
    except PassportError as error:
        return _passphrase(request, error)
    page = leaving.passphrase(renderer_of(request), language_of(request), forgotten=False, changed=True)
    return html(page, request)


@router.get("/recovery", dependencies=ours)
def get_recovery(request: Request) -> HTMLResponse:
    return _recovery(request)


@router.post("/recovery", dependencies=our_form)
def post_recovery(request: Request, passphrase: Secret = "") -> HTMLResponse:
    """New words, shown once."""
    desk = desk_of(request)
    try:
        recovery = desk.new_words(passphrase)
    except PassportError as error:
        return _recovery(request, error)
    words = recovery.words().split()
    return html(door.door(renderer_of(request), language_of(request), "words", words=words), request)


@router.get("/recovery/check", dependencies=ours)
def get_check(request: Request) -> Response:
    shown = desk_of(request).aside.words
    if shown is None:
        return RedirectResponse("/recovery", SEE_OTHER)
    return html(leaving.recovery_check(renderer_of(request), language_of(request), shown.places), request)


@router.post("/recovery/check", dependencies=our_form)
def post_check(request: Request, word: Words = None) -> Response:
    desk = desk_of(request)
    try:
        with desk.wallet() as wallet:
            desk.aside.check_words(word or [])
            keep_words_checked(wallet)
    except WordsDiffer as error:
        shown = desk.aside.words
        assert shown is not None, "a wrong word ends nothing"
        page = leaving.recovery_check(
            renderer_of(request),
            language_of(request),
            shown.places,
            typed=word or [],
            error=sentence(request, error),
            status=status_of(error),
        )
        return html(page, request)
    except PassportError as error:
        return _recovery(request, error)
    return RedirectResponse("/recovery", SEE_OTHER)


@router.post("/lock-time", dependencies=our_form)
def post_lock_time(request: Request, minutes: Annotated[int, Form()] = -1) -> Response:
    with desk_of(request).wallet() as wallet:
        keep_lock_minutes(wallet, minutes)
    return RedirectResponse("/backup#lock", SEE_OTHER)


@router.post("/stay", dependencies=our_form)
def post_stay(request: Request) -> Response:
    """Somebody types or touches: that is use, so that nothing typed is lost (WCAG 2.2, 2.2.1)."""
    if desk_of(request).is_open:
        return Response(status_code=204)
    return RedirectResponse("/unlock?idle=1", SEE_OTHER)


@router.get("/idle", dependencies=ours_unused)
def get_idle(request: Request) -> Response:
    """Where a page that nobody used leads: to the door, or nowhere when another page was used meanwhile."""
    desk = desk_of(request)
    desk.look_at_the_clock()
    if desk.is_open:
        return Response(status_code=204)
    return RedirectResponse("/unlock?idle=1", SEE_OTHER)


def _passphrase(request: Request, error: PassportError | None = None) -> HTMLResponse:
    desk = desk_of(request)
    with desk.wallet():
        page = leaving.passphrase(
            renderer_of(request),
            language_of(request),
            forgotten=desk.opened_by_words,
            error="" if error is None else sentence(request, error),
            status=200 if error is None else status_of(error),
        )
    return html(page, request)


def _recovery(request: Request, error: PassportError | None = None) -> HTMLResponse:
    with desk_of(request).wallet() as wallet:
        page = leaving.recovery(
            renderer_of(request),
            language_of(request),
            wallet,
            error="" if error is None else sentence(request, error),
            status=200 if error is None else status_of(error),
        )
    return html(page, request)
