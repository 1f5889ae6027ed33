"""Routes of help from an adviser: the person's own, and those that an adviser can open meanwhile."""

from typing import Annotated

from fastapi import APIRouter, Form, Query, Request, Response
from fastapi.responses import RedirectResponse

from matching.onet import load_onet
from passport.errors import PassportError
from passport.web import language_of
from passport.web.problems import status_of
from wallet.core import advice
from wallet.core.advice import Sees, Visit
from wallet.core.wallet import Wallet
from wallet.desktop.api import desk_of
from wallet.desktop.html import html, renderer_of, sentence
from wallet.desktop.pages_intake import read_level
from wallet.desktop.session import SEE_OTHER, our_form, ours
from wallet.errors_intake import NotShownToAdviser, UnknownAdvice
from wallet.views import advice as views

router = APIRouter(include_in_schema=False)

Short = Annotated[str, Form(max_length=2_048)]
Words = Annotated[str, Form(max_length=4_096)]


@router.get("/intake/advice", dependencies=ours)
def get_advice(request: Request) -> Response:
    return _advice(request)


@router.post("/intake/advice", dependencies=our_form)
def post_let_in(
    request: Request,
    *,
    name: Short = "",
    organisation: Short = "",
    sees: Annotated[list[Sees] | None, Form()] = None,
    proposes: Short = "",
    minutes: Annotated[int, Form()] = 60,
) -> Response:
    """Let an adviser in: from here on this program shows only what was ticked."""
    desk = desk_of(request)
    try:
        with desk.wallet() as wallet:
            visit = advice.let_in(
                wallet,
                name=name,
                organisation=organisation,
                sees=sees or (),
                proposes=bool(proposes),
                minutes=minutes,
            )
            desk.guest.begin(visit)
    except PassportError as error:
        return _advice(request, error)
    return RedirectResponse("/adviser", SEE_OTHER)


@router.post("/intake/advice/{record}", dependencies=our_form)
def post_decide(request: Request, record: str, answer: Short = "", level: Short = "") -> Response:
    desk = desk_of(request)
    try:
        with desk.wallet() as wallet:
            advice.decide(wallet, record, desk.taxonomy, accept=answer == "yes", level=read_level(level))
    except PassportError as error:
        return _advice(request, error)
    return RedirectResponse("/intake/advice", SEE_OTHER)


@router.post("/intake/advice/visits/{record}/forget", dependencies=our_form)
def post_forget(request: Request, record: str) -> Response:
    desk = desk_of(request)
    with desk.wallet() as wallet:
        desk.undo.keep(advice.forget_visit(wallet, record))
    return RedirectResponse("/intake", SEE_OTHER)


@router.get("/adviser", dependencies=ours)
def get_adviser(request: Request, proposed: Annotated[str, Query(max_length=8)] = "") -> Response:
    with desk_of(request).wallet() as wallet:
        return _for_adviser(request, wallet, proposed=bool(proposed))


@router.get("/adviser/{what}", dependencies=ours)
def get_part(request: Request, what: str, q: Annotated[str, Query(max_length=200)] = "") -> Response:
    """One thing that the person chose to show; each look is written in the log."""
    with desk_of(request).wallet() as wallet:
        if what == "search":
            return _for_adviser(request, wallet, query=q)
        visit = _visit(request, wallet)
        if what not in visit.sees:
            raise NotShownToAdviser
        advice.note_look(wallet, visit.id, what)
        return _for_adviser(request, wallet, what=Sees(what))


@router.post("/adviser/propose", dependencies=our_form)
def post_propose(request: Request, skill: Short = "", words: Words = "") -> Response:
    desk = desk_of(request)
    with desk.wallet() as wallet:
        try:
            visit = _visit(request, wallet)
            advice.propose(wallet, visit.id, desk.taxonomy, skill=skill, words=words)
        except PassportError as error:
            return _for_adviser(request, wallet, error=error)
    return RedirectResponse("/adviser?proposed=yes", SEE_OTHER)


@router.post("/adviser/end", dependencies=our_form)
def post_end(request: Request) -> Response:
    """Anybody may end a visit; only the passphrase opens the wallet again."""
    desk = desk_of(request)
    with desk.wallet() as wallet:
        advice.end_visit(wallet, _visit(request, wallet).id)
    desk.lock()
    return RedirectResponse("/unlock", SEE_OTHER)


def _visit(request: Request, wallet: Wallet) -> Visit:
    """The visit that goes on; raises UnknownAdvice."""
    present = desk_of(request).guest.visit
    if present is None:
        raise UnknownAdvice
    return advice.visit(wallet, present)


def _for_adviser(
    request: Request,
    wallet: Wallet,
    *,
    what: Sees | None = None,
    query: str = "",
    proposed: bool = False,
    error: PassportError | None = None,
) -> Response:
    page = views.for_adviser(
        renderer_of(request),
        language_of(request),
        wallet,
        desk_of(request).taxonomy,
        load_onet(),
        visit=_visit(request, wallet),
        what=what,
        query=query,
        proposed=proposed,
        error="" if error is None else sentence(request, error),
        status=200 if error is None else status_of(error),
    )
    return html(page, request)


def _advice(request: Request, error: PassportError | None = None) -> Response:
    desk = desk_of(request)
    with desk.wallet() as wallet:
        page = views.advice(
            renderer_of(request),
            language_of(request),
            wallet,
            desk.taxonomy,
            error="" if error is None else sentence(request, error),
            status=200 if error is None else status_of(error),
        )
        return html(page, request)
