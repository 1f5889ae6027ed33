"""Routes for programs on this machine: let one in or not, what it sent, what it may, and its end."""

from typing import Annotated

from passport.errors import PassportError
from passport.http_status import status_of
from passport.open_badges_api.paths import ROOT
from wallet.core.badge_services.programs import end_program, program, programs
from wallet.core.shelf import kept
from wallet.desk.letting_in import agree, ask, refuse
from wallet.desk.serving_programs import accept, decline
from wallet.pages.answer import Answer, redirect
from wallet.pages.parameters import Form
from wallet.pages.routing import Guard, Router
from wallet.pages.visit import Visit
from wallet.views import programs as views

router = Router()
Short = Annotated[str, Form(max_length=512)]
Several = Annotated[list[Short] | None, Form(max_length=512)]


@router.get(f"{ROOT}/authorize", guard=Guard.ELSEWHERE)
def get_authorize(visit: Visit) -> Answer:
    """A program sends the browser here, so without our cookie; the page that asks has it again.

    Nothing is decided here, and only a program that registered on this machine gets this far.
    """
    desk = visit.desk
    with desk.wallet() as wallet:
        asked = ask(desk, wallet, visit.query)
    page = views.arrived(visit.renderer, visit.language, asked.id)
    # not a redirect: the browser would follow that as the other program's, without our cookie
    return visit.html(page, refresh=f"0; url=/programs/asks/{asked.id}")


@router.get("/programs")
def get_programs(visit: Visit) -> Answer:
    return _list(visit)


@router.get("/programs/asks/{identifier}")
def get_ask(visit: Visit, identifier: str) -> Answer:
    return _ask(visit, identifier)


@router.post("/programs/asks/{identifier}")
def post_ask(
    visit: Visit, identifier: str, answer: Short = "", scope: Several = None, shared: Several = None
) -> Answer:
    """Yes, with what was ticked, or no; either way the browser goes back to the program."""
    desk = visit.desk
    issuer = f"{visit.desk.base}{ROOT}"
    asked = desk.programs.asked(identifier)
    if answer != "yes":
        return _back(visit, refuse(desk, asked, issuer=issuer), yes=False)
    try:
        with desk.wallet() as wallet:
            here = [one.id for one in kept(wallet) if one.id in (shared or ())]
            address = agree(desk, wallet, asked, ticked=scope or (), shared=here, issuer=issuer)
    except PassportError as error:
        return _ask(visit, identifier, error)
    return _back(visit, address, yes=True)


@router.post("/programs/badges/{identifier}")
def post_badge(visit: Visit, identifier: str, answer: Short = "") -> Answer:
    """Keep what a program sent, or not."""
    desk = visit.desk
    try:
        with desk.wallet() as wallet:
            waiting = desk.programs.waiting(identifier)
            if answer == "yes":
                accept(desk, wallet, waiting)
            else:
                decline(desk, waiting)
    except PassportError as error:
        return _list(visit, error)
    return redirect("/programs")


@router.post("/programs/{client_id}/end")
def post_end(visit: Visit, client_id: str) -> Answer:
    desk = visit.desk
    with desk.wallet() as wallet:
        end_program(wallet, program(wallet, client_id).id)
        desk.programs.end(client_id)
    return redirect("/programs")


def _back(visit: Visit, address: str, *, yes: bool) -> Answer:
    """To the program, by a page of ours: what a form leads to is bound to our own origin."""
    page = views.answered(visit.renderer, visit.language, address, yes=yes)
    return visit.html(page, refresh=f"0; url={address}")


def _ask(visit: Visit, identifier: str, error: PassportError | None = None) -> Answer:
    desk = visit.desk
    asked = desk.programs.asked(identifier)
    with desk.wallet() as wallet:
        page = views.ask(
            visit.renderer,
            visit.language,
            identifier=asked.id,
            program=asked.registration.name,
            redirect=asked.redirect_uri,
            scope=asked.scope,
            credentials=kept(wallet),
            error="" if error is None else visit.sentence(error),
            status=200 if error is None else status_of(error),
        )
        return visit.html(page)


def _list(visit: Visit, error: PassportError | None = None) -> Answer:
    desk = visit.desk
    with desk.wallet() as wallet:
        here = programs(wallet)
        names = {each.id: each.name for each in here}
        page = views.program_list(
            visit.renderer,
            visit.language,
            here,
            waiting=[(each.id, names.get(each.client_id, ""), each.found) for each in desk.programs.inbox],
            asks=[(each.id, each.registration.name) for each in desk.programs.asks],
            base=visit.desk.base,
            error="" if error is None else visit.sentence(error),
            status=200 if error is None else status_of(error),
        )
        return visit.html(page)
