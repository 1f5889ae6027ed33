"""Routes of requests to organisations: choose, see what leaves, agree, follow, take in."""

from typing import Annotated

from passport.errors import PassportError
from passport.http_status import status_of
from wallet.core.asked import all_asked, forget_asked, one_asked
from wallet.core.asking import Draft, Sought, look
from wallet.core.wallet import Wallet
from wallet.desk import organisation_requests as requests
from wallet.desk.desk import Desk
from wallet.desk.organisation import organisation_address
from wallet.errors import TxCodeNeeded
from wallet.pages.answer import Answer, redirect
from wallet.pages.offers import received_page
from wallet.pages.parameters import Form, Gathered, Query
from wallet.pages.routing import Router
from wallet.pages.visit import Visit
from wallet.views import requests as views

router = Router()

Text = Annotated[str, Form(max_length=16_384)]
Ids = Annotated[list[str] | None, Form(max_length=64)]


def chosen_in(
    *,
    at: Text = "",
    organisation: Text = "",
    claim: Ids = None,
    skill: Ids = None,
    endorsement: Ids = None,
    credential: Ids = None,
    file: Ids = None,
    message: Text = "",
    name: Text = "",
    supervisor: Text = "",
    adds_to: Text = "",
    renews: Text = "",
) -> views.Chosen:
    """What stands in the form."""
    return views.Chosen(
        at=at.strip(),
        organisation=organisation.strip(),
        claims=tuple(claim or ()),
        skills=tuple(skill or ()),
        endorsements=tuple(endorsement or ()),
        credentials=tuple(credential or ()),
        files=tuple(file or ()),
        message=message,
        name=name,
        supervisor=supervisor.strip(),
        adds_to=adds_to,
        renews=renews,
    )


Chosen = Annotated[views.Chosen, Gathered(chosen_in)]


@router.get("/ask/{sought}")
def get_ask(
    visit: Visit,
    sought: Sought,
    claim: Annotated[list[str] | None, Query(max_length=64)] = None,
    at: Annotated[str, Query(max_length=2_048)] = "",
) -> Answer:
    with visit.desk.wallet() as wallet:
        return _choose(visit, wallet, sought, views.Chosen(at=at, claims=tuple(claim or ())))


@router.get("/asked/{identifier}/more")
def get_more(visit: Visit, identifier: str) -> Answer:
    """Choose what an open validation gets as well."""
    with visit.desk.wallet() as wallet:
        one = one_asked(wallet, identifier)
        chosen = views.Chosen(at=one.url, claims=one.claims, adds_to=one.id)
        return _choose(visit, wallet, Sought.VALIDATION, chosen)


@router.get("/asked/{identifier}/renew")
def get_renewal(visit: Visit, identifier: str) -> Answer:
    """Ask again for what an earlier validation gave, and runs out."""
    with visit.desk.wallet() as wallet:
        one = one_asked(wallet, identifier)
        chosen = views.Chosen(at=one.url, claims=one.claims, renews=one.id)
        return _choose(visit, wallet, Sought.VALIDATION, chosen)


@router.post("/ask/{sought}/change")
def post_change(visit: Visit, sought: Sought, chosen: Chosen) -> Answer:
    with visit.desk.wallet() as wallet:
        return _choose(visit, wallet, sought, chosen)


@router.post("/ask/{sought}/look")
def post_look(visit: Visit, sought: Sought, chosen: Chosen) -> Answer:
    """Who the organisation is, by its own address, and what would leave. Nothing about the person is sent."""
    desk = visit.desk
    with desk.wallet() as wallet:
        try:
            found = look(wallet, _draft(desk, sought, chosen))
        except PassportError as error:
            return _choose(visit, wallet, sought, chosen, error)
        return visit.html(views.look(visit.renderer, visit.language, wallet, found, chosen))


@router.post("/ask/{sought}")
def post_ask(visit: Visit, sought: Sought, chosen: Chosen, mark: Text = "") -> Answer:
    """The person agreed."""
    desk = visit.desk
    with desk.wallet() as wallet:
        before = {each.id for each in all_asked(wallet)}
        try:
            sent = requests.ask(desk, wallet, _draft(desk, sought, chosen), mark=mark)
        except PassportError as error:
            left = [each for each in all_asked(wallet) if each.id not in before]
            if left:  # it left, and its own page says what is known of it
                return _shown(visit, wallet, left[0].id, error=error)
            return _choose(visit, wallet, sought, chosen, error)
        return redirect(f"/asked/{sent.id}")


@router.get("/asked")
def get_all(visit: Visit) -> Answer:
    with visit.desk.wallet() as wallet:
        return visit.html(views.asked(visit.renderer, visit.language, wallet))


@router.get("/asked/{identifier}")
def get_one(visit: Visit, identifier: str) -> Answer:
    with visit.desk.wallet() as wallet:
        return _shown(visit, wallet, identifier)


@router.post("/asked/{identifier}/look")
def post_follow(visit: Visit, identifier: str) -> Answer:
    desk = visit.desk
    with desk.wallet() as wallet:
        try:
            followed = requests.follow(desk, wallet, identifier)
        except PassportError as error:
            return _shown(visit, wallet, identifier, error=error)
        return _shown(visit, wallet, identifier, fresh=len(followed.endorsements))


@router.post("/asked/{identifier}/fetch")
def post_fetch(visit: Visit, identifier: str, tx_code: Text = "") -> Answer:
    desk = visit.desk
    with desk.wallet() as wallet:
        try:
            received = requests.fetch_badge(desk, wallet, identifier, tx_code=tx_code.strip() or None)
        except PassportError as error:
            return _shown(visit, wallet, identifier, error=error)
        return received_page(visit, received, wallet)


@router.post("/asked/{identifier}/withdraw")
def post_withdraw(visit: Visit, identifier: str) -> Answer:
    desk = visit.desk
    with desk.wallet() as wallet:
        try:
            requests.withdraw(desk, wallet, identifier)
        except PassportError as error:
            return _shown(visit, wallet, identifier, error=error)
    return redirect(f"/asked/{identifier}")


@router.post("/asked/{identifier}/appeal")
def post_appeal(visit: Visit, identifier: str, reason: Text = "") -> Answer:
    desk = visit.desk
    with desk.wallet() as wallet:
        try:
            requests.appeal(desk, wallet, identifier, reason)
        except PassportError as error:
            return _shown(visit, wallet, identifier, error=error, about="appeal")
    return redirect(f"/asked/{identifier}")


@router.post("/asked/{identifier}/forget")
def post_forget(visit: Visit, identifier: str) -> Answer:
    desk = visit.desk
    with desk.wallet() as wallet:
        desk.undo.keep(forget_asked(wallet, identifier))
    return redirect("/asked")


def _draft(desk: Desk, sought: Sought, chosen: views.Chosen) -> Draft:
    found = requests.find(desk, organisation_address(chosen.at, chosen.organisation))
    return Draft(
        sought=sought,
        organisation=found.organisation,
        claims=chosen.claims,
        skills=chosen.skills,
        endorsements=chosen.endorsements,
        credentials=chosen.credentials,
        files=chosen.files,
        message=chosen.message,
        name=chosen.name,
        supervisor=chosen.supervisor,
        adds_to=chosen.adds_to,
        renews=chosen.renews,
    )


def _choose(
    visit: Visit,
    wallet: Wallet,
    sought: Sought,
    chosen: views.Chosen,
    error: PassportError | None = None,
) -> Answer:
    page = views.ask(
        visit.renderer,
        visit.language,
        wallet,
        sought,
        chosen,
        error="" if error is None else visit.sentence(error),
        status=200 if error is None else status_of(error),
    )
    return visit.html(page)


def _shown(
    visit: Visit,
    wallet: Wallet,
    identifier: str,
    *,
    fresh: int = 0,
    error: PassportError | None = None,
    about: str = "",
) -> Answer:
    page = views.one_asked(
        visit.renderer,
        visit.language,
        wallet,
        one_asked(wallet, identifier),
        fresh=fresh,
        ask_code=isinstance(error, TxCodeNeeded),
        error="" if error is None else visit.sentence(error, about),
        status=200 if error is None else status_of(error),
    )
    return visit.html(page)
