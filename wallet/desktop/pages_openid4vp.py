"""Routes of requests by OpenID4VP: what would leave, the person's choices, and the decision."""

from typing import Annotated

from fastapi import APIRouter, Form, Query, Request, Response
from fastapi.responses import HTMLResponse, RedirectResponse

from passport.errors import PassportError
from passport.web import language_of
from passport.web.problems import status_of
from wallet.core.openid4vp_plan import Choices, read_choices
from wallet.desktop.api import desk_of
from wallet.desktop.html import html, renderer_of, sentence
from wallet.desktop.openid4vp import Sent, answer, look, refuse
from wallet.desktop.session import SEE_OTHER, our_form, ours
from wallet.errors import ConsentChanged
from wallet.views import openid4vp as views

router = APIRouter(include_in_schema=False)

Text = Annotated[str, Form(max_length=1_024)]
Chosen = Annotated[list[str] | None, Form(max_length=256)]
Asked = Annotated[list[str] | None, Query(max_length=256)]


@router.get("/vp/{identifier}", dependencies=ours)
def get_vp_request(
    request: Request,
    identifier: str,
    *,
    credential: Asked = None,
    option: Asked = None,
    without: Asked = None,
    refused: Asked = None,
) -> Response:
    choices = read_choices(credential or (), option or (), without or (), refused or ())
    return _consent(request, identifier, choices)


@router.post("/vp/{identifier}", dependencies=our_form)
def post_vp_decision(
    request: Request,
    identifier: str,
    *,
    decision: Text = "",
    mark: Text = "",
    credential: Chosen = None,
    option: Chosen = None,
    without: Chosen = None,
    refused: Chosen = None,
) -> Response:
    """The person's decision. Only `approve` lets anything out that is known of the person."""
    desk = desk_of(request)
    choices = read_choices(credential or (), option or (), without or (), refused or ())
    if decision == "approve":
        try:
            with desk.wallet() as wallet:
                sent = answer(desk, wallet, identifier, choices, mark=mark)
        except ConsentChanged as error:
            return _consent(request, identifier, choices, error)
        return _sent(request, sent)
    if decision in {"refuse", "refuse-tell"}:
        with desk.wallet() as wallet:
            told = refuse(desk, wallet, identifier, tell=decision == "refuse-tell")
        return RedirectResponse("/journal", SEE_OTHER) if told is None else _sent(request, told, refused=True)
    return _consent(request, identifier, choices)


def _consent(
    request: Request, identifier: str, choices: Choices, error: PassportError | None = None
) -> HTMLResponse:
    desk = desk_of(request)
    with desk.wallet() as wallet:
        page = views.vp_consent(
            renderer_of(request),
            language_of(request),
            wallet,
            look(desk, wallet, identifier, choices),
            choices,
            error="" if error is None else sentence(request, error),
            status=200 if error is None else status_of(error),
        )
    return html(page, request)


def _sent(request: Request, sent: Sent, *, refused: bool = False) -> HTMLResponse:
    page = views.vp_sent(
        renderer_of(request),
        language_of(request),
        sent=sent.sent,
        host=sent.answer.host,
        refused=refused,
        redirect_uri=sent.redirect_uri,
        redirect_host=sent.redirect_host,
    )
    return html(page, request)
