"""Routes of requests by OpenID4VP: what would leave, the person's choices, and the decision."""

from typing import Annotated

from passport.errors import PassportError
from passport.http_status import status_of
from wallet.core.openid4vp_plan import Choices, read_choices
from wallet.desk.openid4vp import Sent, answer, look, refuse
from wallet.errors import ConsentChanged
from wallet.pages.answer import Answer, redirect
from wallet.pages.parameters import Form, Query
from wallet.pages.routing import Router
from wallet.pages.visit import Visit
from wallet.views import openid4vp as views

router = Router()

Text = Annotated[str, Form(max_length=1_024)]
Chosen = Annotated[list[str] | None, Form(max_length=256)]
Asked = Annotated[list[str] | None, Query(max_length=256)]


@router.get("/vp/{identifier}")
def get_vp_request(
    visit: Visit,
    identifier: str,
    *,
    credential: Asked = None,
    option: Asked = None,
    without: Asked = None,
    refused: Asked = None,
) -> Answer:
    choices = read_choices(credential or (), option or (), without or (), refused or ())
    return _consent(visit, identifier, choices)


@router.post("/vp/{identifier}")
def post_vp_decision(
    visit: Visit,
    identifier: str,
    *,
    decision: Text = "",
    mark: Text = "",
    credential: Chosen = None,
    option: Chosen = None,
    without: Chosen = None,
    refused: Chosen = None,
) -> Answer:
    """The person's decision. Only `approve` lets anything out that is known of the person."""
    desk = visit.desk
    choices = read_choices(credential or (), option or (), without or (), refused or ())
    if decision == "approve":
        try:
            with desk.wallet() as wallet:
                sent = answer(desk, wallet, identifier, choices, mark=mark)
        except ConsentChanged as error:
            return _consent(visit, identifier, choices, error)
        return _sent(visit, sent)
    if decision in {"refuse", "refuse-tell"}:
        with desk.wallet() as wallet:
            told = refuse(desk, wallet, identifier, tell=decision == "refuse-tell")
        return redirect("/journal") if told is None else _sent(visit, told, refused=True)
    return _consent(visit, identifier, choices)


def _consent(visit: Visit, identifier: str, choices: Choices, error: PassportError | None = None) -> Answer:
    desk = visit.desk
    with desk.wallet() as wallet:
        page = views.vp_consent(
            visit.renderer,
            visit.language,
            wallet,
            look(desk, wallet, identifier, choices),
            choices,
            error="" if error is None else visit.sentence(error),
            status=200 if error is None else status_of(error),
        )
    return visit.html(page)


def _sent(visit: Visit, sent: Sent, *, refused: bool = False) -> Answer:
    page = views.vp_sent(
        visit.renderer,
        visit.language,
        sent=sent.sent,
        host=sent.answer.host,
        refused=refused,
        redirect_uri=sent.redirect_uri,
        redirect_host=sent.redirect_host,
    )
    return visit.html(page)
