"""Routes for what is kept and for forgetting it: a file, a part of the journal, the whole wallet."""

from datetime import timedelta
from typing import Annotated

from passport.errors import PassportError
from passport.http_status import status_of
from wallet.core.forget import forget_file, forget_journal
from wallet.desk.days import read_day
from wallet.errors_leaving import JournalDays, NotConfirmed
from wallet.pages.answer import Answer, redirect
from wallet.pages.parameters import Form
from wallet.pages.routing import Router
from wallet.pages.visit import Visit
from wallet.views import leaving

router = Router()

Text = Annotated[str, Form(max_length=4_096)]


@router.get("/stored")
def get_stored(visit: Visit) -> Answer:
    return _stored(visit)


@router.post("/undo")
def post_undo(visit: Visit) -> Answer:
    """Put back what was forgotten less than a minute ago."""
    desk = visit.desk
    try:
        with desk.wallet() as wallet:
            desk.undo.put_back(wallet)
    except PassportError as error:
        return _stored(visit, error)
    return redirect("/")


@router.post("/stored/file")
def post_file(visit: Visit, id: Text = "") -> Answer:  # noqa: A002  # the field's name
    desk = visit.desk
    with desk.wallet() as wallet:
        desk.undo.keep(forget_file(wallet, id))
    return redirect("/stored")


@router.post("/stored/journal")
def post_journal(visit: Visit, since: Text = "", until: Text = "") -> Answer:
    desk = visit.desk
    try:
        first, last = read_day(since), read_day(until)
        if first is not None and last is not None and last < first:
            raise JournalDays
        with desk.wallet() as wallet:
            after = None if last is None else last + timedelta(days=1)
            desk.undo.keep(forget_journal(wallet, first, after))
    except PassportError as error:
        return _stored(visit, error)
    return redirect("/stored")


@router.post("/stored/everything")
def post_everything(visit: Visit, passphrase: Text = "", sure: Text = "") -> Answer:
    """Remove the whole wallet from this device."""
    desk = visit.desk
    try:
        if not sure:
            raise NotConfirmed
        desk.confirm(passphrase)
        desk.destroy()
    except PassportError as error:
        return _stored(visit, error)
    return visit.html(leaving.gone(visit.renderer, visit.language))


def _stored(visit: Visit, error: PassportError | None = None) -> Answer:
    desk = visit.desk
    with desk.wallet() as wallet:
        page = leaving.stored(
            visit.renderer,
            visit.language,
            wallet,
            undo=desk.undo.offered,
            error="" if error is None else visit.sentence(error),
            status=200 if error is None else status_of(error),
        )
    return visit.html(page)
