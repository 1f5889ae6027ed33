"""Routes of labour-market data: load a set, say where to work, look at occupations. Nothing of it leaves."""

from typing import Annotated

from fastapi import APIRouter, File, Form, Query, Request, Response
from fastapi.responses import RedirectResponse

from passport.errors import PassportError
from passport.web import language_of
from passport.web.problems import status_of
from wallet.core.market_kept import forget_market, keep_reach
from wallet.desktop.api import desk_of
from wallet.desktop.html import html, renderer_of, sentence
from wallet.desktop.market import take_example, take_market
from wallet.desktop.session import SEE_OTHER, our_form, ours
from wallet.errors_matching import NoFileChosen
from wallet.views import market as views

router = APIRouter(prefix="/market", include_in_schema=False)

Query_ = Annotated[str, Query(max_length=2_048)]


@router.get("", dependencies=ours)
def get_market(request: Request, q: Query_ = "") -> Response:
    return _page(request, query=q)


@router.get("/occupation", dependencies=ours)
def get_occupation(request: Request, iri: Query_) -> Response:
    desk = desk_of(request)
    with desk.wallet() as wallet:
        page = views.occupation(renderer_of(request), language_of(request), wallet, desk.taxonomy, iri)
        return html(page, request)


@router.post("", dependencies=our_form)
def post_market(request: Request, file: Annotated[bytes, File()] = b"") -> Response:
    desk = desk_of(request)
    try:
        with desk.wallet() as wallet:
            if not file:
                raise NoFileChosen
            take_market(desk, wallet, file)
    except PassportError as error:
        return _page(request, error=error)
    return RedirectResponse("/market", SEE_OTHER)


@router.post("/example", dependencies=our_form)
def post_example(request: Request) -> Response:
    desk = desk_of(request)
    with desk.wallet() as wallet:
        take_example(desk, wallet)
    return RedirectResponse("/market", SEE_OTHER)


@router.post("/reach", dependencies=our_form)
def post_reach(
    request: Request,
    home: Annotated[str, Form(max_length=64)] = "",
    kilometres: Annotated[int, Form()] = 0,
) -> Response:
    try:
        with desk_of(request).wallet() as wallet:
            keep_reach(wallet, home, kilometres)
    except PassportError as error:
        return _page(request, error=error)
    return RedirectResponse("/market#work", SEE_OTHER)


@router.post("/remove", dependencies=our_form)
def post_remove(
    request: Request,
    id: Annotated[str, Form(max_length=64)] = "",  # noqa: A002  # the field's name
) -> Response:
    """Remove one set; without an id all of them."""
    desk = desk_of(request)
    try:
        with desk.wallet() as wallet:
            desk.undo.keep(forget_market(wallet, id or None))
    except PassportError as error:
        return _page(request, error=error)
    return RedirectResponse("/market", SEE_OTHER)


def _page(request: Request, *, query: str = "", error: PassportError | None = None) -> Response:
    desk = desk_of(request)
    with desk.wallet() as wallet:
        page = views.market(
            renderer_of(request),
            language_of(request),
            wallet,
            desk.taxonomy,
            query=query,
            error="" if error is None else sentence(request, error),
            status=200 if error is None else status_of(error),
        )
        return html(page, request)
