"""Routes for what is kept and for forgetting it: a file, a part of the journal, the whole wallet."""

from datetime import timedelta
from typing import Annotated

from fastapi import APIRouter, Form, Request, Response
from fastapi.responses import HTMLResponse, RedirectResponse

from passport.errors import PassportError
from passport.web import language_of
from passport.web.problems import status_of
from wallet.core.forget import forget_file, forget_journal
from wallet.desktop.api import desk_of
from wallet.desktop.days import read_day
from wallet.desktop.html import html, renderer_of, sentence
from wallet.desktop.session import SEE_OTHER, our_form, ours
from wallet.errors_leaving import JournalDays, NotConfirmed
from wallet.views import leaving

router = APIRouter(include_in_schema=False)

Text = Annotated[str, Form(max_length=4_096)]


@router.get("/stored", dependencies=ours)
def get_stored(request: Request) -> HTMLResponse:
    return _stored(request)


@router.post("/undo", dependencies=our_form)
def post_undo(request: Request) -> Response:
    """Put back what was forgotten less than a minute ago."""
    desk = desk_of(request)
    try:
        with desk.wallet() as wallet:
            desk.undo.put_back(wallet)
    except PassportError as error:
        return _stored(request, error)
    return RedirectResponse("/", SEE_OTHER)


@router.post("/stored/file", dependencies=our_form)
def post_file(request: Request, id: Text = "") -> Response:  # noqa: A002  # the field's name
    desk = desk_of(request)
    with desk.wallet() as wallet:
        desk.undo.keep(forget_file(wallet, id))
    return RedirectResponse("/stored", SEE_OTHER)


@router.post("/stored/journal", dependencies=our_form)
def post_journal(request: Request, since: Text = "", until: Text = "") -> Response:
    desk = desk_of(request)
    try:
        first, last = read_day(since), read_day(until)
        if first is not None and last is not None and last < first:
            raise JournalDays
        with desk.wallet() as wallet:
            after = None if last is None else last + timedelta(days=1)
            desk.undo.keep(forget_journal(wallet, first, after))
    except PassportError as error:
        return _stored(request, error)
    return RedirectResponse("/stored", SEE_OTHER)


@router.post("/stored/everything", dependencies=our_form)
def post_everything(request: Request, passphrase: Text = "", sure: Text = "") -> HTMLResponse:
    """Remove the whole wallet from this device."""
    desk = desk_of(request)
    try:
        if not sure:
            raise NotConfirmed
        desk.confirm(passphrase)
        desk.destroy()
    except PassportError as error:
        return _stored(request, error)
    return html(leaving.gone(renderer_of(request), language_of(request)), request)


def _stored(request: Request, error: PassportError | None = None) -> HTMLResponse:
    desk = desk_of(request)
    with desk.wallet() as wallet:
        page = leaving.stored(
            renderer_of(request),
            language_of(request),
            wallet,
            undo=desk.undo.offered,
            error="" if error is None else sentence(request, error),
            status=200 if error is None else status_of(error),
        )
    return html(page, request)
