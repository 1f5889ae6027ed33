"""Routes of published sets: follow an address, look again, take over again, stop."""

from typing import Annotated

from fastapi import APIRouter, Form, Request, Response
from fastapi.responses import RedirectResponse

from passport.errors import PassportError
from passport.web import language_of
from passport.web.problems import status_of
from wallet.core.published_sets import stop_following
from wallet.desktop.api import desk_of
from wallet.desktop.html import html, renderer_of, sentence
from wallet.desktop.published import follow, take_again, update_all
from wallet.desktop.session import SEE_OTHER, our_form, ours
from wallet.views import sets as views

router = APIRouter(prefix="/sets", include_in_schema=False)


@router.get("", dependencies=ours)
def get_sets(request: Request) -> Response:
    return _page(request)


@router.post("", dependencies=our_form)
def post_sets(request: Request, address: Annotated[str, Form(max_length=2_048)] = "") -> Response:
    desk = desk_of(request)
    try:
        with desk.wallet() as wallet:
            follow(desk.outside, wallet, address)
    except PassportError as error:
        return _page(request, error=error)
    return RedirectResponse("/sets", SEE_OTHER)


@router.post("/update", dependencies=our_form)
def post_update(request: Request) -> Response:
    desk = desk_of(request)
    with desk.wallet() as wallet:
        failed = [error for _, error in update_all(desk.outside, wallet) if error is not None]
    if failed:
        return _page(request, error=failed[0])
    return RedirectResponse("/sets", SEE_OTHER)


@router.post("/{record}/take", dependencies=our_form)
def post_take(request: Request, record: str) -> Response:
    desk = desk_of(request)
    try:
        with desk.wallet() as wallet:
            take_again(desk.outside, wallet, record)
    except PassportError as error:
        return _page(request, error=error)
    return RedirectResponse("/sets", SEE_OTHER)


@router.post("/{record}/stop", dependencies=our_form)
def post_stop(request: Request, record: str) -> Response:
    desk = desk_of(request)
    try:
        with desk.wallet() as wallet:
            desk.undo.keep(stop_following(wallet, record))
    except PassportError as error:
        return _page(request, error=error)
    return RedirectResponse("/sets", SEE_OTHER)


def _page(request: Request, *, error: PassportError | None = None) -> Response:
    desk = desk_of(request)
    with desk.wallet() as wallet:
        page = views.sets(
            renderer_of(request),
            language_of(request),
            wallet,
            undo=desk.undo.offered,
            error="" if error is None else sentence(request, error),
            status=200 if error is None else status_of(error),
        )
        return html(page, request)
