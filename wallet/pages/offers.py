"""Routes for taking credentials from an issuer: look, sign in, progress, decide, and what is late."""

import hashlib
from dataclasses import replace
from typing import Annotated
from urllib.parse import urlsplit

from passport import answers
from passport.errors import PassportError
from passport.http_status import status_of
from passport.json import dump
from passport.keys import KeyType
from wallet.core.claiming.grants import Flow
from wallet.core.claiming.key_use import key_type_for
from wallet.core.claiming.waiting import stop_waiting, waiting
from wallet.core.shelf import trust
from wallet.core.wallet import FIRST, SECOND, Wallet
from wallet.desk.asking_again import ask_again
from wallet.desk.offering import Opened, open_issuer
from wallet.desk.progress import Step
from wallet.desk.receiving import Received
from wallet.desk.taking import PATH, answer, decide, received, run_aside, start, stop
from wallet.desk.takings import Taking
from wallet.errors import NothingChosen
from wallet.errors_claiming import SignerNotTied, SignInOver
from wallet.pages.answer import Answer, redirect
from wallet.pages.parameters import Form
from wallet.pages.routing import Guard, Router
from wallet.pages.visit import Visit
from wallet.views import door, offers
from wallet.views.rendering import Page

router = Router()

Text = Annotated[str, Form(max_length=16_384)]
Several = Annotated[list[Text] | None, Form(max_length=64)]
_PATIENCE = 3.0
"""Seconds that a page waits for an issuer before it shows how far it is."""


@router.get("/issuers")
def get_issuers(visit: Visit) -> Answer:
    with visit.desk.wallet():
        return visit.html(offers.issuer(visit.renderer, visit.language))


@router.post("/issuers")
def post_issuers(visit: Visit, address: Text = "", accepted: Text = "", chosen: Several = None) -> Answer:
    """An issuer is first looked at: what it has. What the person chose is then asked for, after a sign-in."""
    desk = visit.desk
    try:
        opened = desk.outside.run(open_issuer(address, desk.outside))
        with desk.wallet() as wallet:
            did = for_whom(opened, wallet)
        if accepted == mark_of(opened) and chosen:
            return take(visit, opened.only(frozenset(chosen)))
        page = offers.issuer(
            visit.renderer,
            visit.language,
            address=address,
            look=look_at(opened, visit.language),
            mark=mark_of(opened),
            did=did,
            ticked=chosen or (),
            error=visit.sentence(NothingChosen()) if accepted else "",
        )
    except PassportError as error:
        page = offers.issuer(
            visit.renderer,
            visit.language,
            address=address,
            error=visit.sentence(error),
            status=status_of(error),
        )
    return visit.html(page)


def take(visit: Visit, opened: Opened, *, tx_code: str | None = None) -> Answer:
    """Begin to take what the person said yes to; raises what went wrong at once."""
    desk = visit.desk
    taking = start(desk, opened, tx_code=tx_code)
    if opened.flow is not Flow.SIGN_IN:
        run_aside(desk, taking)
        taking.done.wait(_PATIENCE)
        if taking.error is not None:
            desk.takings.drop(taking.id)
            raise taking.error
    return redirect(f"/takings/{taking.id}")


@router.get("/takings/{identifier}")
def get_taking(visit: Visit, identifier: str) -> Answer:
    desk = visit.desk
    taking = desk.takings.one(identifier)
    done = received(taking)
    if done is not None:
        with desk.wallet() as wallet:
            return received_page(visit, done, wallet)
    if taking.step is Step.SIGN_IN and taking.sign_in is None:
        taking.step = Step.TOKEN
    goes_on = taking.step in {Step.TOKEN, Step.CREDENTIAL, Step.FILES}
    return visit.html(_taking_page(visit, taking), refresh="1" if goes_on else "")


@router.get("/takings/{identifier}/go")
def get_go(visit: Visit, identifier: str) -> Answer:
    """To the issuer's pages: the address that the server's own metadata named, and the page before this."""
    taking = visit.desk.takings.one(identifier)
    if taking.sign_in is None:
        raise SignInOver
    return redirect(taking.sign_in.url)


@router.post("/takings/{identifier}/stop")
def post_stop(visit: Visit, identifier: str) -> Answer:
    desk = visit.desk
    taking = desk.takings.one(identifier)
    stop(desk, taking)
    taking.done.wait(_PATIENCE)
    return visit.html(_taking_page(visit, taking))


@router.post("/takings/{identifier}/decide")
def post_decide(visit: Visit, identifier: str, answer: Text = "", signer: Several = None) -> Answer:
    desk = visit.desk
    taking = desk.takings.one(identifier)
    decide(desk, taking, yes=answer == "yes", signers=signer or ())
    return redirect(f"/takings/{identifier}")


@router.get(PATH + "{place}", guard=Guard.ELSEWHERE)
def get_signed_in(visit: Visit, place: str) -> Answer:
    """The answer of an issuer's sign-in. Another site sends the browser here, so without our cookie.

    What is let in instead: the one place that only the server that was asked knows, once, with our state.
    """
    desk = visit.desk
    if not desk.is_open:
        raise SignInOver
    taking, signed_in = answer(desk, place, desk.came_back(visit.url))
    if signed_in is not None:
        run_aside(desk, taking, signed_in)
    page = offers.signed_in(visit.renderer, visit.language, taking.id)
    # not a redirect: the browser would follow that as the other site's, without our cookie
    return visit.html(page, refresh=f"0; url=/takings/{taking.id}")


@router.get("/waiting")
def get_waiting(visit: Visit) -> Answer:
    with visit.desk.wallet() as wallet:
        return visit.html(_waiting_page(visit, wallet))


@router.post("/waiting/{identifier}/ask")
def post_ask(visit: Visit, identifier: str, signer: Text = "", early: Text = "") -> Answer:
    desk = visit.desk
    with desk.wallet() as wallet:
        try:
            found = ask_again(
                desk, wallet, identifier, signers=(signer,) if signer else (), early=bool(early)
            )
        except SignerNotTied as error:
            return visit.html(
                _waiting_page(visit, wallet, error, signers=((identifier, str(error.details["signer"])),))
            )
        except PassportError as error:
            return visit.html(_waiting_page(visit, wallet, error))
        if found.received is not None:
            return received_page(visit, found.received, wallet)
        said = visit.renderer.say("waiting-not-yet", visit.language)
        return visit.html(_waiting_page(visit, wallet, said=said))


@router.post("/waiting/{identifier}/stop")
def post_stop_waiting(visit: Visit, identifier: str) -> Answer:
    with visit.desk.wallet() as wallet:
        stop_waiting(wallet, identifier)
    return redirect("/waiting")


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


def received_page(visit: Visit, got: Received, wallet: Wallet) -> Answer:
    """What was kept."""
    lists, now = trust(wallet), wallet.now()
    unknown = {
        one.id
        for one in got.credentials
        if one.report.parsed is not None
        and one.answer is not answers.Answer.NO
        and one.report.parsed.issuer.id != wallet.did
        and not lists.recognitions(one.report.parsed.issuer.id, now)
    }
    page = door.received(
        visit.renderer,
        visit.language,
        got.credentials,
        did=wallet.did,
        files=got.files,
        evidence=got.evidence,
        left_out=bool(got.left_out),
        endorsements=got.endorsements,
        unknown=unknown,
        waiting=[one.name for one in got.waiting],
    )
    return visit.html(page)


def _taking_page(visit: Visit, taking: Taking) -> Page:
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
    error, sign_in = taking.error, taking.sign_in
    if visit.desk.opens_beside and sign_in is not None:
        under = replace(under, go=sign_in.url)
    return offers.taking(
        visit.renderer,
        visit.language,
        under,
        error="" if error is None else visit.sentence(error),
        status=200 if error is None else status_of(error),
    )


def _waiting_page(
    visit: Visit,
    wallet: Wallet,
    error: PassportError | None = None,
    *,
    said: str = "",
    signers: tuple[tuple[str, str], ...] = (),
) -> Page:
    return offers.waiting(
        visit.renderer,
        visit.language,
        waiting(wallet),
        now=wallet.now(),
        error=said if error is None else visit.sentence(error),
        signers=signers,
        status=200 if error is None or signers else status_of(error),
    )
