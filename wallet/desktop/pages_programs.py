"""Routes for programs on this machine: let one in or not, what it sent, what it may, and its end."""

from typing import Annotated

from fastapi import APIRouter, Depends, Form, Request, Response
from fastapi.responses import RedirectResponse

from passport.errors import PassportError
from passport.open_badges_api.paths import ROOT
from passport.web import language_of
from passport.web.problems import status_of
from wallet.core.badge_services.programs import end_program, program, programs
from wallet.core.shelf import kept
from wallet.desktop.api import desk_of
from wallet.desktop.html import html, renderer_of, sentence
from wallet.desktop.letting_in import agree, ask, refuse
from wallet.desktop.pages_offers import base_of
from wallet.desktop.serving_programs import accept, decline
from wallet.desktop.session import SEE_OTHER, check_host, our_form, ours
from wallet.views import programs as views

router = APIRouter(include_in_schema=False)
Short = Annotated[str, Form(max_length=512)]
Several = Annotated[list[Short] | None, Form(max_length=512)]


@router.get(f"{ROOT}/authorize", dependencies=[Depends(check_host)])
def get_authorize(request: Request) -> Response:
    """A program sends the browser here, so without our cookie; the page that asks has it again.

    Nothing is decided here, and only a program that registered on this machine gets this far.
    """
    desk = desk_of(request)
    with desk.wallet() as wallet:
        asked = ask(desk, wallet, request.query_params.multi_items())
    response = html(views.arrived(renderer_of(request), language_of(request), asked.id), request)
    # not a redirect: the browser would follow that as the other program's, without our cookie
    response.headers["Refresh"] = f"0; url=/programs/asks/{asked.id}"
    return response


@router.get("/programs", dependencies=ours)
def get_programs(request: Request) -> Response:
    return _list(request)


@router.get("/programs/asks/{identifier}", dependencies=ours)
def get_ask(request: Request, identifier: str) -> Response:
    return _ask(request, identifier)


@router.post("/programs/asks/{identifier}", dependencies=our_form)
def post_ask(
    request: Request, identifier: str, answer: Short = "", scope: Several = None, shared: Several = None
) -> Response:
    """Yes, with what was ticked, or no; either way the browser goes back to the program."""
    desk = desk_of(request)
    issuer = f"{base_of(request)}{ROOT}"
    asked = desk.programs.asked(identifier)
    if answer != "yes":
        return _back(request, refuse(desk, asked, issuer=issuer), yes=False)
    try:
        with desk.wallet() as wallet:
            here = [one.id for one in kept(wallet) if one.id in (shared or ())]
            address = agree(desk, wallet, asked, ticked=scope or (), shared=here, issuer=issuer)
    except PassportError as error:
        return _ask(request, identifier, error)
    return _back(request, address, yes=True)


@router.post("/programs/badges/{identifier}", dependencies=our_form)
def post_badge(request: Request, identifier: str, answer: Short = "") -> Response:
    """Keep what a program sent, or not."""
    desk = desk_of(request)
    try:
        with desk.wallet() as wallet:
            waiting = desk.programs.waiting(identifier)
            if answer == "yes":
                accept(desk, wallet, waiting)
            else:
                decline(desk, waiting)
    except PassportError as error:
        return _list(request, error)
    return RedirectResponse("/programs", SEE_OTHER)


@router.post("/programs/{client_id}/end", dependencies=our_form)
def post_end(request: Request, client_id: str) -> Response:
    desk = desk_of(request)
    with desk.wallet() as wallet:
        end_program(wallet, program(wallet, client_id).id)
        desk.programs.end(client_id)
    return RedirectResponse("/programs", SEE_OTHER)


def _back(request: Request, address: str, *, yes: bool) -> Response:
    """To the program, by a page of ours: what a form leads to is bound to our own origin."""
    page = views.answered(renderer_of(request), language_of(request), address, yes=yes)
    response = html(page, request)
    response.headers["Refresh"] = f"0; url={address}"
    return response


def _ask(request: Request, identifier: str, error: PassportError | None = None) -> Response:
    desk = desk_of(request)
    asked = desk.programs.asked(identifier)
    with desk.wallet() as wallet:
        page = views.ask(
            renderer_of(request),
            language_of(request),
            identifier=asked.id,
            program=asked.registration.name,
            redirect=asked.redirect_uri,
            scope=asked.scope,
            credentials=kept(wallet),
            error="" if error is None else sentence(request, error),
            status=200 if error is None else status_of(error),
        )
        return html(page, request)


def _list(request: Request, error: PassportError | None = None) -> Response:
    desk = desk_of(request)
    with desk.wallet() as wallet:
        here = programs(wallet)
        names = {each.id: each.name for each in here}
        page = views.program_list(
            renderer_of(request),
            language_of(request),
            here,
            waiting=[(each.id, names.get(each.client_id, ""), each.found) for each in desk.programs.inbox],
            asks=[(each.id, each.registration.name) for each in desk.programs.asks],
            base=base_of(request),
            error="" if error is None else sentence(request, error),
            status=200 if error is None else status_of(error),
        )
        return html(page, request)
