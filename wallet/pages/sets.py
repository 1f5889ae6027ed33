"""Routes of published sets: follow an address, look again, take over again, stop."""

from typing import Annotated

from passport.errors import PassportError
from passport.http_status import status_of
from wallet.core.published_sets import stop_following
from wallet.desk.published import follow, take_again, update_all
from wallet.pages.answer import Answer, redirect
from wallet.pages.parameters import Form
from wallet.pages.routing import Router
from wallet.pages.visit import Visit
from wallet.views import sets as views

router = Router(prefix="/sets")


@router.get("")
def get_sets(visit: Visit) -> Answer:
    return _page(visit)


@router.post("")
def post_sets(visit: Visit, address: Annotated[str, Form(max_length=2_048)] = "") -> Answer:
    desk = visit.desk
    try:
        with desk.wallet() as wallet:
            follow(desk.outside, wallet, address)
    except PassportError as error:
        return _page(visit, error=error, about="address")
    return redirect("/sets")


@router.post("/update")
def post_update(visit: Visit) -> Answer:
    desk = visit.desk
    with desk.wallet() as wallet:
        failed = [error for _, error in update_all(desk.outside, wallet) if error is not None]
    if failed:
        return _page(visit, error=failed[0])
    return redirect("/sets")


@router.post("/{record}/take")
def post_take(visit: Visit, record: str) -> Answer:
    desk = visit.desk
    try:
        with desk.wallet() as wallet:
            take_again(desk.outside, wallet, record)
    except PassportError as error:
        return _page(visit, error=error)
    return redirect("/sets")


@router.post("/{record}/stop")
def post_stop(visit: Visit, record: str) -> Answer:
    desk = visit.desk
    try:
        with desk.wallet() as wallet:
            desk.undo.keep(stop_following(wallet, record))
    except PassportError as error:
        return _page(visit, error=error)
    return redirect("/sets")


def _page(visit: Visit, *, error: PassportError | None = None, about: str = "") -> Answer:
    desk = visit.desk
    with desk.wallet() as wallet:
        page = views.sets(
            visit.renderer,
            visit.language,
            wallet,
            undo=desk.undo.offered,
            error="" if error is None else visit.sentence(error, about),
            status=200 if error is None else status_of(error),
        )
        return visit.html(page)
