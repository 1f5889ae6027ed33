"""Routes of labour-market data: load a set, say where to work, look at occupations. Nothing of it leaves."""

from typing import Annotated

from passport.errors import PassportError
from passport.http_status import status_of
from wallet.core.market_kept import forget_market, keep_reach
from wallet.desk.market import take_example, take_market
from wallet.errors_matching import NoFileChosen
from wallet.pages.answer import Answer, redirect
from wallet.pages.parameters import File, Form, Query
from wallet.pages.routing import Router
from wallet.pages.visit import Visit
from wallet.views import market as views

router = Router(prefix="/market")

Query_ = Annotated[str, Query(max_length=2_048)]


@router.get("")
def get_market(visit: Visit, q: Query_ = "") -> Answer:
    return _page(visit, query=q)


@router.get("/occupation")
def get_occupation(visit: Visit, iri: Query_) -> Answer:
    desk = visit.desk
    with desk.wallet() as wallet:
        page = views.occupation(visit.renderer, visit.language, wallet, desk.taxonomy, iri)
        return visit.html(page)


@router.post("")
def post_market(visit: Visit, file: Annotated[bytes, File()] = b"") -> Answer:
    desk = visit.desk
    try:
        with desk.wallet() as wallet:
            if not file:
                raise NoFileChosen
            take_market(desk, wallet, file)
    except PassportError as error:
        return _page(visit, error=error, about="file")
    return redirect("/market")


@router.post("/example")
def post_example(visit: Visit) -> Answer:
    desk = visit.desk
    with desk.wallet() as wallet:
        take_example(desk, wallet)
    return redirect("/market")


@router.post("/reach")
def post_reach(
    visit: Visit,
    home: Annotated[str, Form(max_length=64)] = "",
    kilometres: Annotated[int, Form()] = 0,
) -> Answer:
    try:
        with visit.desk.wallet() as wallet:
            keep_reach(wallet, home, kilometres)
    except PassportError as error:
        return _page(visit, error=error)
    return redirect("/market#work")


@router.post("/remove")
def post_remove(
    visit: Visit,
    id: Annotated[str, Form(max_length=64)] = "",  # noqa: A002  # the field's name
) -> Answer:
    """Remove one set; without an id all of them."""
    desk = visit.desk
    try:
        with desk.wallet() as wallet:
            desk.undo.keep(forget_market(wallet, id or None))
    except PassportError as error:
        return _page(visit, error=error)
    return redirect("/market")


def _page(visit: Visit, *, query: str = "", error: PassportError | None = None, about: str = "") -> Answer:
    desk = visit.desk
    with desk.wallet() as wallet:
        page = views.market(
            visit.renderer,
            visit.language,
            wallet,
            desk.taxonomy,
            query=query,
            error="" if error is None else visit.sentence(error, about),
            status=200 if error is None else status_of(error),
        )
        return visit.html(page)
