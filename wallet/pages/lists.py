"""Routes of the lists of recognised parties, which stand on the page of safety."""

from typing import Annotated

from passport.errors import PassportError
from passport.http_status import status_of
from wallet.core.shipped_lists import offered_lists, take_shipped
from wallet.core.trust_lists import decline_list, remove_list
from wallet.desk.lists import take_list
from wallet.pages.answer import Answer, redirect
from wallet.pages.parameters import Form
from wallet.pages.routing import Router
from wallet.pages.visit import Visit
from wallet.views import pages

router = Router()

Address = Annotated[str, Form(max_length=4_096)]


@router.post("/trust")
def post_trust(visit: Visit, address: Address = "") -> Answer:
    desk = visit.desk
    try:
        with desk.wallet() as wallet:
            take_list(desk, wallet, address.strip())
    except PassportError as error:
        return backup_page(visit, error, "address")
    return redirect("/backup")


@router.post("/trust/offered")
def post_offered(visit: Visit, list: Address = "", decision: Address = "") -> Answer:  # noqa: A002  # the field
    """Take a list that came with the wallet, or do not be asked about it again."""
    desk = visit.desk
    try:
        with desk.wallet() as wallet:
            if decision == "take":
                take_shipped(wallet, desk.came_with(), list)
            else:
                for one in offered_lists(wallet, desk.came_with()):
                    if one.content.id == list:
                        decline_list(wallet, list, one.content.version)
    except PassportError as error:
        return backup_page(visit, error)
    return redirect("/backup")


@router.post("/trust/remove")
def post_remove(visit: Visit, list: Address = "") -> Answer:  # noqa: A002  # the field's name
    """Use a list no longer; it can be put back for a moment."""
    desk = visit.desk
    with desk.wallet() as wallet:
        desk.undo.keep(remove_list(wallet, list))
    return redirect("/backup")


def backup_page(visit: Visit, error: PassportError | None = None, about: str = "") -> Answer:
    """The page of safety, with what was refused and `about` which field."""
    desk = visit.desk
    with desk.wallet() as wallet:
        page = pages.backup(
            visit.renderer,
            visit.language,
            wallet,
            opened_by_words=desk.opened_by_words,
            shipped=desk.came_with(),
            undo=desk.undo.offered,
            error="" if error is None else visit.sentence(error, about),
            status=200 if error is None else status_of(error),
        )
    return visit.html(page)
