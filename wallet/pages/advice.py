"""Routes of help from an adviser: the person's own, and those that an adviser can open meanwhile."""

from typing import Annotated

from matching.onet import load_onet
from passport.errors import PassportError
from passport.http_status import status_of
from wallet.core import advice
from wallet.core.advice import Sees
from wallet.core.wallet import Wallet
from wallet.errors_intake import NotShownToAdviser, UnknownAdvice
from wallet.pages.answer import Answer, redirect
from wallet.pages.intake import read_level
from wallet.pages.parameters import Form, Query
from wallet.pages.routing import Router
from wallet.pages.visit import Visit
from wallet.views import advice as views

router = Router()

Short = Annotated[str, Form(max_length=2_048)]
Words = Annotated[str, Form(max_length=4_096)]


@router.get("/intake/advice")
def get_advice(visit: Visit) -> Answer:
    return _advice(visit)


@router.post("/intake/advice")
def post_let_in(
    visit: Visit,
    *,
    name: Short = "",
    organisation: Short = "",
    sees: Annotated[list[Sees] | None, Form()] = None,
    proposes: Short = "",
    minutes: Annotated[int, Form()] = 60,
) -> Answer:
    """Let an adviser in: from here on this program shows only what was ticked."""
    desk = visit.desk
    try:
        with desk.wallet() as wallet:
            theirs = advice.let_in(
                wallet,
                name=name,
                organisation=organisation,
                sees=sees or (),
                proposes=bool(proposes),
                minutes=minutes,
            )
            desk.guest.begin(theirs)
    except PassportError as error:
        return _advice(visit, error)
    return redirect("/adviser")


@router.post("/intake/advice/{record}")
def post_decide(visit: Visit, record: str, answer: Short = "", level: Short = "") -> Answer:
    desk = visit.desk
    try:
        with desk.wallet() as wallet:
            advice.decide(wallet, record, desk.taxonomy, accept=answer == "yes", level=read_level(level))
    except PassportError as error:
        return _advice(visit, error)
    return redirect("/intake/advice")


@router.post("/intake/advice/visits/{record}/forget")
def post_forget(visit: Visit, record: str) -> Answer:
    desk = visit.desk
    with desk.wallet() as wallet:
        desk.undo.keep(advice.forget_visit(wallet, record))
    return redirect("/intake")


@router.get("/adviser")
def get_adviser(visit: Visit, proposed: Annotated[str, Query(max_length=8)] = "") -> Answer:
    with visit.desk.wallet() as wallet:
        return _for_adviser(visit, wallet, proposed=bool(proposed))


@router.get("/adviser/{what}")
def get_part(visit: Visit, what: str, q: Annotated[str, Query(max_length=200)] = "") -> Answer:
    """One thing that the person chose to show; each look is written in the log."""
    with visit.desk.wallet() as wallet:
        if what == "search":
            return _for_adviser(visit, wallet, query=q)
        theirs = _theirs(visit, wallet)
        if what not in theirs.sees:
            raise NotShownToAdviser
        advice.note_look(wallet, theirs.id, what)
        return _for_adviser(visit, wallet, what=Sees(what))


@router.post("/adviser/propose")
def post_propose(visit: Visit, skill: Short = "", words: Words = "") -> Answer:
    desk = visit.desk
    with desk.wallet() as wallet:
        try:
            theirs = _theirs(visit, wallet)
            advice.propose(wallet, theirs.id, desk.taxonomy, skill=skill, words=words)
        except PassportError as error:
            return _for_adviser(visit, wallet, error=error)
    return redirect("/adviser?proposed=yes")


@router.post("/adviser/end")
def post_end(visit: Visit) -> Answer:
    """Anybody may end a visit; only the passphrase opens the wallet again."""
    desk = visit.desk
    with desk.wallet() as wallet:
        advice.end_visit(wallet, _theirs(visit, wallet).id)
    desk.lock()
    return redirect("/unlock")


def _theirs(visit: Visit, wallet: Wallet) -> advice.Visit:
    """The visit that goes on; raises UnknownAdvice."""
    present = visit.desk.guest.visit
    if present is None:
        raise UnknownAdvice
    return advice.visit(wallet, present)


def _for_adviser(
    visit: Visit,
    wallet: Wallet,
    *,
    what: Sees | None = None,
    query: str = "",
    proposed: bool = False,
    error: PassportError | None = None,
) -> Answer:
    page = views.for_adviser(
        visit.renderer,
        visit.language,
        wallet,
        visit.desk.taxonomy,
        load_onet(),
        visit=_theirs(visit, wallet),
        what=what,
        query=query,
        proposed=proposed,
        error="" if error is None else visit.sentence(error),
        status=200 if error is None else status_of(error),
    )
    return visit.html(page)


def _advice(visit: Visit, error: PassportError | None = None) -> Answer:
    desk = visit.desk
    with desk.wallet() as wallet:
        page = views.advice(
            visit.renderer,
            visit.language,
            wallet,
            desk.taxonomy,
            error="" if error is None else visit.sentence(error),
            status=200 if error is None else status_of(error),
        )
        return visit.html(page)
