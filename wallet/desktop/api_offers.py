"""The JSON interface for taking credentials from an issuer: begin, sign in, how far, decide, what is late."""

from typing import Annotated
from urllib.parse import urlsplit

from fastapi import APIRouter, Request, Response

from passport.clock import format_datetime
from passport.json import JsonObject
from passport.web import language_of, strict_body
from wallet.core.claiming.grants import Flow
from wallet.core.claiming.waiting import Waiting, stop_waiting, waiting
from wallet.desk.asking_again import ask_again
from wallet.desk.offering import Opened, open_issuer, open_offer
from wallet.desk.taking import decide, received, run_aside, start, stop
from wallet.desk.takings import Taking
from wallet.desktop import bodies
from wallet.desktop.api import desk_of, received_json, say_in
from wallet.desktop.session import our_script
from wallet.errors import NothingReceived

router = APIRouter(prefix="/api", tags=["wallet"], dependencies=our_script)


@router.post("/offers/look", summary="What an offer or an issuer has; nothing is asked of it")
def post_look(
    request: Request, body: Annotated[bodies.OfferBody, strict_body(bodies.OfferBody)]
) -> JsonObject:
    opened, language = _opened(request, body), str(language_of(request))
    code = opened.offer.tx_code
    return {
        "host": opened.host,
        "callsItself": opened.name_in(language),
        "signedBy": opened.signed_by,
        "signInAt": urlsplit(opened.server.issuer).netloc if opened.flow is Flow.SIGN_IN else None,
        "asksCode": code is not None and opened.flow is Flow.PRE_AUTHORIZED,
        "offers": [{"id": identifier, "name": name} for identifier, name in opened.offered_in(language)],
    }


@router.post("/offers", status_code=201, summary="Take an offer; with a sign-in a browser goes to signInUrl")
def post_offer(
    request: Request, body: Annotated[bodies.OfferBody, strict_body(bodies.OfferBody)]
) -> JsonObject:
    desk, opened = desk_of(request), _opened(request, body)
    if body.chosen is not None:
        opened = opened.only(frozenset(body.chosen))
    taking = start(desk, opened, tx_code=body.tx_code)
    if opened.flow is not Flow.SIGN_IN:
        run_aside(desk, taking)
    return _taking_json(request, taking)


@router.get("/offers/{identifier}", summary="How far it is, and what came of it")
def get_offer(request: Request, identifier: str) -> JsonObject:
    return _taking_json(request, desk_of(request).takings.one(identifier))


@router.post("/offers/{identifier}/decide", summary="Keep what these signed, or nothing")
def post_decide(
    request: Request, identifier: str, body: Annotated[bodies.SignersBody, strict_body(bodies.SignersBody)]
) -> JsonObject:
    desk = desk_of(request)
    taking = desk.takings.one(identifier)
    decide(desk, taking, yes=bool(body.signers), signers=body.signers)
    return _taking_json(request, taking)


@router.delete("/offers/{identifier}", status_code=204, summary="Stop; nothing is kept")
def delete_offer(request: Request, identifier: str) -> Response:
    desk = desk_of(request)
    stop(desk, desk.takings.one(identifier))
    return Response(status_code=204)


@router.get("/waiting", summary="What issuers promised for later")
def get_waiting(request: Request) -> JsonObject:
    with desk_of(request).wallet() as wallet:
        return {"waiting": [_waiting_json(one) for one in waiting(wallet)]}


@router.post("/waiting/{identifier}", summary="Ask for it again")
def post_waiting(
    request: Request, identifier: str, body: Annotated[bodies.AskBody, strict_body(bodies.AskBody)]
) -> JsonObject:
    desk = desk_of(request)
    with desk.wallet() as wallet:
        found = ask_again(desk, wallet, identifier, signers=tuple(body.signers), early=body.early)
    if found.received is None:
        return {"waiting": _waiting_json(found.waiting)}
    return {"received": received_json(found.received, say_in(request))}


@router.delete("/waiting/{identifier}", status_code=204, summary="No longer wait for it")
def delete_waiting(request: Request, identifier: str) -> Response:
    with desk_of(request).wallet() as wallet:
        stop_waiting(wallet, identifier)
    return Response(status_code=204)


def _opened(request: Request, body: bodies.OfferBody) -> Opened:
    desk = desk_of(request)
    with desk.wallet():  # only for who has it open
        pass
    if body.link is not None:
        return desk.outside.run(open_offer(body.link, desk.outside))
    if body.issuer is not None:
        return desk.outside.run(open_issuer(body.issuer, desk.outside))
    raise NothingReceived


def _taking_json(request: Request, taking: Taking) -> JsonObject:
    got, claimed, sign_in = received(taking), taking.claimed, taking.sign_in
    return {
        "id": taking.id,
        "step": str(taking.step),
        "host": taking.opened.host,
        "signInUrl": None if sign_in is None else sign_in.url,
        "signers": [] if claimed is None else list(claimed.untied),
        "error": None if taking.error is None else taking.error.code,
        "received": None if got is None else received_json(got, say_in(request)),
    }


def _waiting_json(one: Waiting) -> JsonObject:
    return {
        "id": one.id,
        "name": one.name,
        "issuer": one.credential_issuer,
        "state": str(one.state),
        "askFrom": format_datetime(one.ask_from),
    }
