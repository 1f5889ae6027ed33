"""Routes for taking credentials from an issuer: look, sign in, progress, decide, and what is late."""

import hashlib
from typing import Annotated
from urllib.parse import urlsplit

from fastapi import APIRouter, Depends, Form, Request, Response
from fastapi.responses import RedirectResponse

from passport.answers import Answer
from passport.errors import PassportError
from passport.json import dump
from passport.keys import KeyType
from passport.web import language_of
from passport.web.problems import status_of
from wallet.core.claiming.grants import Flow
from wallet.core.claiming.key_use import key_type_for
from wallet.core.claiming.waiting import stop_waiting, waiting
from wallet.core.shelf import trust
from wallet.core.wallet import FIRST, SECOND, Wallet
from wallet.desktop.api import desk_of
from wallet.desktop.asking_again import ask_again
from wallet.desktop.desk import Desk
from wallet.desktop.html import html, renderer_of, sentence
from wallet.desktop.offering import Opened, open_issuer
from wallet.desktop.progress import Step
from wallet.desktop.receiving import Received
from wallet.desktop.session import SEE_OTHER, check_host, our_form, ours
from wallet.desktop.taking import PATH, answer, decide, received, run_aside, start, stop
from wallet.desktop.takings import Taking
from wallet.errors import NothingChosen
from wallet.errors_claiming import SignerNotTied, SignInOver
from wallet.views import door, offers
from wallet.views.rendering import Page

router = APIRouter(include_in_schema=False)

Text = Annotated[str, Form(max_length=16_384)]
Several = Annotated[list[Text] | None, Form(max_length=64)]
_PATIENCE = 3.0
"""Seconds that a page waits for an issuer before it shows how far it is."""
_from_this_machine = [Depends(check_host)]


@router.get("/issuers", dependencies=ours)
def get_issuers(request: Request) -> Response:
    with desk_of(request).wallet():
        return html(offers.issuer(renderer_of(request), language_of(request)), request)


@router.post("/issuers", dependencies=our_form)
def post_issuers(
    request: Request, address: Text = "", accepted: Text = "", chosen: Several = None
) -> Response:
    """An issuer is first looked at: what it has. What the person chose is then asked for, after a sign-in."""
    desk = desk_of(request)
    try:
        opened = desk.outside.run(open_issuer(address, desk.outside))
        with desk.wallet() as wallet:
            did = for_whom(opened, wallet)
        if accepted == mark_of(opened) and chosen:
            return take(request, opened.only(frozenset(chosen)))
        page = offers.issuer(
            renderer_of(request),
            language_of(request),
            address=address,
            look=look_at(opened, language_of(request)),
            mark=mark_of(opened),
            did=did,
            ticked=chosen or (),
            error=sentence(request, NothingChosen()) if accepted else "",
        )
    except PassportError as error:
        page = offers.issuer(
            renderer_of(request),
            language_of(request),
            address=address,
            error=sentence(request, error),
            status=status_of(error),
        )
    return html(page, request)


def take(request: Request, opened: Opened, *, tx_code: str | None = None) -> Response:
    """Begin to take what the person said yes to; raises what went wrong at once."""
    desk = desk_of(request)
    taking = start(desk, opened, base=base_of(request), tx_code=tx_code)
    if opened.flow is not Flow.SIGN_IN:
        run_aside(desk, taking)
        taking.done.wait(_PATIENCE)
        if taking.error is not None:
            desk.takings.drop(taking.id)
            raise taking.error
    return RedirectResponse(f"/takings/{taking.id}", SEE_OTHER)


@router.get("/takings/{identifier}", dependencies=ours)
def get_taking(request: Request, identifier: str) -> Response:
    desk = desk_of(request)
    taking = desk.takings.one(identifier)
    done = received(taking)
    if done is not None:
        with desk.wallet() as wallet:
            return received_page(request, done, wallet)
    if taking.step is Step.SIGN_IN and taking.sign_in is None:
        taking.step = Step.TOKEN
    response = html(_taking_page(request, taking), request)
    if taking.step in {Step.TOKEN, Step.CREDENTIAL, Step.FILES}:
        response.headers["Refresh"] = "1"
    return response


@router.get("/takings/{identifier}/go", dependencies=ours)
def get_go(request: Request, identifier: str) -> Response:
    """To the issuer's pages: the address that the server's own metadata named, and the page before this."""
    taking = desk_of(request).takings.one(identifier)
    if taking.sign_in is None:
        raise SignInOver
    return RedirectResponse(taking.sign_in.url, SEE_OTHER)


@router.post("/takings/{identifier}/stop", dependencies=our_form)
def post_stop(request: Request, identifier: str) -> Response:
    desk = desk_of(request)
    taking = desk.takings.one(identifier)
    stop(desk, taking)
    taking.done.wait(_PATIENCE)
    return html(_taking_page(request, taking), request)


@router.post("/takings/{identifier}/decide", dependencies=our_form)
def post_decide(request: Request, identifier: str, answer: Text = "", signer: Several = None) -> Response:
    desk = desk_of(request)
    taking = desk.takings.one(identifier)
    decide(desk, taking, yes=answer == "yes", signers=signer or ())
    return RedirectResponse(f"/takings/{identifier}", SEE_OTHER)


@router.get(PATH + "{place}", dependencies=_from_this_machine)
def get_signed_in(request: Request, place: str) -> Response:
    """The answer of an issuer's sign-in. Another site sends the browser here, so without our cookie.

    What is let in instead: the one place that only the server that was asked knows, once, with our state.
    """
    desk = desk_of(request)
    if not desk.is_open:
        raise SignInOver
    taking, signed_in = answer(desk, place, str(request.url))
    if signed_in is not None:
        run_aside(desk, taking, signed_in)
    response = html(offers.signed_in(renderer_of(request), language_of(request), taking.id), request)
    # not a redirect: the browser would follow that as the other site's, without our cookie
    response.headers["Refresh"] = f"0; url=/takings/{taking.id}"
    return response


@router.get("/waiting", dependencies=ours)
def get_waiting(request: Request) -> Response:
    with desk_of(request).wallet() as wallet:
        return html(_waiting_page(request, wallet), request)


@router.post("/waiting/{identifier}/ask", dependencies=our_form)
def post_ask(request: Request, identifier: str, signer: Text = "", early: Text = "") -> Response:
    desk = desk_of(request)
    with desk.wallet() as wallet:
        try:
            found = ask_again(
                desk, wallet, identifier, signers=(signer,) if signer else (), early=bool(early)
            )
        except SignerNotTied as error:
            return html(
                _waiting_page(request, wallet, error, signers=((identifier, str(error.details["signer"])),)),
                request,
            )
        except PassportError as error:
            return html(_waiting_page(request, wallet, error), request)
        if found.received is not None:
            return received_page(request, found.received, wallet)
        said = renderer_of(request).say("waiting-not-yet", language_of(request))
        return html(_waiting_page(request, wallet, said=said), request)


@router.post("/waiting/{identifier}/stop", dependencies=our_form)
def post_stop_waiting(request: Request, identifier: str) -> Response:
    with desk_of(request).wallet() as wallet:
        stop_waiting(wallet, identifier)
    return RedirectResponse("/waiting", SEE_OTHER)


def look_at(opened: Opened, language: str) -> offers.Look:
    """What a page shows of an offer."""
    tx_code = opened.offer.tx_code if opened.flow is Flow.PRE_AUTHORIZED else None
    return offers.Look(
        host=opened.host,
        calls_itself=opened.name_in(language),
        signed=opened.signed_by is not None,
        sign_in_at=urlsplit(opened.server.issuer).netloc if opened.flow is Flow.SIGN_IN else None,
        offered=opened.offered_in(language),
        code=None if tx_code is None else tx_code.description or "",
        digits=None if tx_code is None else tx_code.length,
        numeric=tx_code is not None and tx_code.input_mode == "numeric",
    )


def for_whom(opened: Opened, wallet: Wallet) -> str:
    """The DIDs that the credentials will name; empty for a key that is still to be made."""
    known = {SECOND: "", **wallet.own_dids}
    types = {key_type_for((one.first, *one.helping)) for one in opened.wanted}
    records = [FIRST] if KeyType.ED25519 in types else []
    records += [SECOND] if KeyType.P256 in types else []
    return " ".join(known[record] for record in records)


def mark_of(opened: Opened) -> str:
    """Names what the person saw: another issuer, place to sign in or list of credentials is another offer."""
    offered = [
        [one.first.id, one.first.name, [each.name for each in one.first.display]] for one in opened.wanted
    ]
    seen = [opened.offer.credential_issuer, str(opened.flow), opened.server.issuer, offered]
    return hashlib.sha256(dump(seen)).hexdigest()


def received_page(request: Request, got: Received, wallet: Wallet) -> Response:
    """What was kept."""
    lists, now = trust(wallet), wallet.now()
    unknown = {
        one.id
        for one in got.credentials
        if one.report.parsed is not None
        and one.answer is not Answer.NO
        and one.report.parsed.issuer.id != wallet.did
        and not lists.recognitions(one.report.parsed.issuer.id, now)
    }
    page = door.received(
        renderer_of(request),
        language_of(request),
        got.credentials,
        did=wallet.did,
        files=got.files,
        evidence=got.evidence,
        left_out=bool(got.left_out),
        endorsements=got.endorsements,
        unknown=unknown,
        waiting=[one.name for one in got.waiting],
    )
    return html(page, request)


def _taking_page(request: Request, taking: Taking) -> Page:
    claimed = taking.claimed
    parsed = [] if claimed is None else [one.report.parsed for one in claimed.examined]
    under = offers.Under(
        id=taking.id,
        step=str(taking.step),
        host=taking.opened.host,
        number=taking.number,
        of=taking.of,
        sign_in_at=urlsplit(taking.opened.server.issuer).netloc,
        signers=() if claimed is None else claimed.untied,
        names=[one.subject.achievement.name for one in parsed if one is not None],
    )
    error = taking.error
    return offers.taking(
        renderer_of(request),
        language_of(request),
        under,
        error="" if error is None else sentence(request, error),
        status=200 if error is None else status_of(error),
    )


def _waiting_page(
    request: Request,
    wallet: Wallet,
    error: PassportError | None = None,
    *,
    said: str = "",
    signers: tuple[tuple[str, str], ...] = (),
) -> Page:
    return offers.waiting(
        renderer_of(request),
        language_of(request),
        waiting(wallet),
        now=wallet.now(),
        error=said if error is None else sentence(request, error),
        signers=signers,
        status=200 if error is None or signers else status_of(error),
    )


def base_of(request: Request) -> str:
    """Where this program listens: by number, for a name could be pointed elsewhere (RFC 8252, 8.3)."""
    desk: Desk = desk_of(request)
    port = desk.settings.port or request.url.port or 80
    return f"http://127.0.0.1:{port}"
