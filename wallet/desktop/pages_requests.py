"""Routes of requests to organisations: choose, see what leaves, agree, follow, take in."""

from typing import Annotated

from fastapi import APIRouter, Depends, Form, Query, Request, Response
from fastapi.responses import HTMLResponse, RedirectResponse

from passport.errors import PassportError
from passport.web import language_of
from passport.web.problems import status_of
from wallet.core.asked import all_asked, forget_asked, one_asked
from wallet.core.asking import Draft, Sought, look
from wallet.core.wallet import Wallet
from wallet.desktop import organisation_requests as requests
from wallet.desktop.api import desk_of
from wallet.desktop.desk import Desk
from wallet.desktop.html import html, renderer_of, sentence
from wallet.desktop.organisation import organisation_address
from wallet.desktop.pages_offers import received_page
from wallet.desktop.session import SEE_OTHER, our_form, ours
from wallet.errors import TxCodeNeeded
from wallet.views import requests as views

router = APIRouter(include_in_schema=False)

Text = Annotated[str, Form(max_length=16_384)]
Ids = Annotated[list[str] | None, Form(max_length=64)]


async def chosen_in(
    *,
    at: Text = "",
    organisation: Text = "",
    claim: Ids = None,
    skill: Ids = None,
    endorsement: Ids = None,
    credential: Ids = None,
    file: Ids = None,
    message: Text = "",
    name: Text = "",
    supervisor: Text = "",
    adds_to: Text = "",
    renews: Text = "",
) -> views.Chosen:
    """What stands in the form."""
    return views.Chosen(
        at=at.strip(),
        organisation=organisation.strip(),
        claims=tuple(claim or ()),
        skills=tuple(skill or ()),
        endorsements=tuple(endorsement or ()),
        credentials=tuple(credential or ()),
        files=tuple(file or ()),
        message=message,
        name=name,
        supervisor=supervisor.strip(),
        adds_to=adds_to,
        renews=renews,
    )


Chosen = Annotated[views.Chosen, Depends(chosen_in)]


@router.get("/ask/{sought}", dependencies=ours)
def get_ask(
    request: Request,
    sought: Sought,
    claim: Annotated[list[str] | None, Query(max_length=64)] = None,
    at: Annotated[str, Query(max_length=2_048)] = "",
) -> Response:
    with desk_of(request).wallet() as wallet:
        return _choose(request, wallet, sought, views.Chosen(at=at, claims=tuple(claim or ())))


@router.get("/asked/{identifier}/more", dependencies=ours)
def get_more(request: Request, identifier: str) -> Response:
    """Choose what an open validation gets as well."""
    with desk_of(request).wallet() as wallet:
        one = one_asked(wallet, identifier)
        chosen = views.Chosen(at=one.url, claims=one.claims, adds_to=one.id)
        return _choose(request, wallet, Sought.VALIDATION, chosen)


@router.get("/asked/{identifier}/renew", dependencies=ours)
def get_renewal(request: Request, identifier: str) -> Response:
    """Ask again for what an earlier validation gave, and runs out."""
    with desk_of(request).wallet() as wallet:
        one = one_asked(wallet, identifier)
        chosen = views.Chosen(at=one.url, claims=one.claims, renews=one.id)
        return _choose(request, wallet, Sought.VALIDATION, chosen)


@router.post("/ask/{sought}/change", dependencies=our_form)
def post_change(request: Request, sought: Sought, chosen: Chosen) -> Response:
    with desk_of(request).wallet() as wallet:
        return _choose(request, wallet, sought, chosen)


@router.post("/ask/{sought}/look", dependencies=our_form)
def post_look(request: Request, sought: Sought, chosen: Chosen) -> Response:
    """Who the organisation is, by its own address, and what would leave. Nothing about the person is sent."""
    desk = desk_of(request)
    with desk.wallet() as wallet:
        try:
            found = look(wallet, _draft(desk, sought, chosen))
        except PassportError as error:
            return _choose(request, wallet, sought, chosen, error)
        return html(views.look(renderer_of(request), language_of(request), found, chosen), request)


@router.post("/ask/{sought}", dependencies=our_form)
def post_ask(request: Request, sought: Sought, chosen: Chosen, mark: Text = "") -> Response:
    """The person agreed."""
    desk = desk_of(request)
    with desk.wallet() as wallet:
        before = {each.id for each in all_asked(wallet)}
        try:
            sent = requests.ask(desk, wallet, _draft(desk, sought, chosen), mark=mark)
        except PassportError as error:
            left = [each for each in all_asked(wallet) if each.id not in before]
            if left:  # it left, and its own page says what is known of it
                return _shown(request, wallet, left[0].id, error=error)
            return _choose(request, wallet, sought, chosen, error)
        return RedirectResponse(f"/asked/{sent.id}", SEE_OTHER)


@router.get("/asked", dependencies=ours)
def get_all(request: Request) -> Response:
    with desk_of(request).wallet() as wallet:
        return html(views.asked(renderer_of(request), language_of(request), wallet), request)


@router.get("/asked/{identifier}", dependencies=ours)
def get_one(request: Request, identifier: str) -> Response:
    with desk_of(request).wallet() as wallet:
        return _shown(request, wallet, identifier)


@router.post("/asked/{identifier}/look", dependencies=our_form)
def post_follow(request: Request, identifier: str) -> Response:
    desk = desk_of(request)
    with desk.wallet() as wallet:
        try:
            followed = requests.follow(desk, wallet, identifier)
        except PassportError as error:
            return _shown(request, wallet, identifier, error=error)
        return _shown(request, wallet, identifier, fresh=len(followed.endorsements))


@router.post("/asked/{identifier}/fetch", dependencies=our_form)
def post_fetch(request: Request, identifier: str, tx_code: Text = "") -> Response:
    desk = desk_of(request)
    with desk.wallet() as wallet:
        try:
            received = requests.fetch_badge(desk, wallet, identifier, tx_code=tx_code.strip() or None)
        except PassportError as error:
            return _shown(request, wallet, identifier, error=error)
        return received_page(request, received, wallet)


@router.post("/asked/{identifier}/withdraw", dependencies=our_form)
def post_withdraw(request: Request, identifier: str) -> Response:
    desk = desk_of(request)
    with desk.wallet() as wallet:
        try:
            requests.withdraw(desk, wallet, identifier)
        except PassportError as error:
            return _shown(request, wallet, identifier, error=error)
    return RedirectResponse(f"/asked/{identifier}", SEE_OTHER)


@router.post("/asked/{identifier}/appeal", dependencies=our_form)
def post_appeal(request: Request, identifier: str, reason: Text = "") -> Response:
    desk = desk_of(request)
    with desk.wallet() as wallet:
        try:
            requests.appeal(desk, wallet, identifier, reason)
        except PassportError as error:
            return _shown(request, wallet, identifier, error=error)
    return RedirectResponse(f"/asked/{identifier}", SEE_OTHER)


@router.post("/asked/{identifier}/forget", dependencies=our_form)
def post_forget(request: Request, identifier: str) -> Response:
    desk = desk_of(request)
    with desk.wallet() as wallet:
        desk.undo.keep(forget_asked(wallet, identifier))
    return RedirectResponse("/asked", SEE_OTHER)


def _draft(desk: Desk, sought: Sought, chosen: views.Chosen) -> Draft:
    found = requests.find(desk, organisation_address(chosen.at, chosen.organisation))
    return Draft(
        sought=sought,
        organisation=found.organisation,
        claims=chosen.claims,
        skills=chosen.skills,
        endorsements=chosen.endorsements,
        credentials=chosen.credentials,
        files=chosen.files,
        message=chosen.message,
        name=chosen.name,
        supervisor=chosen.supervisor,
        adds_to=chosen.adds_to,
        renews=chosen.renews,
    )


def _choose(
    request: Request,
    wallet: Wallet,
    sought: Sought,
    chosen: views.Chosen,
    error: PassportError | None = None,
) -> HTMLResponse:
    page = views.ask(
        renderer_of(request),
        language_of(request),
        wallet,
        sought,
        chosen,
        error="" if error is None else sentence(request, error),
        status=200 if error is None else status_of(error),
    )
    return html(page, request)


def _shown(
    request: Request, wallet: Wallet, identifier: str, *, fresh: int = 0, error: PassportError | None = None
) -> HTMLResponse:
    page = views.one_asked(
        renderer_of(request),
        language_of(request),
        wallet,
        one_asked(wallet, identifier),
        fresh=fresh,
        ask_code=isinstance(error, TxCodeNeeded),
        error="" if error is None else sentence(request, error),
        status=200 if error is None else status_of(error),
    )
    return html(page, request)
