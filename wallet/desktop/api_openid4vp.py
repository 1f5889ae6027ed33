"""The JSON interface for requests by OpenID4VP: take one in, choose, approve or refuse."""

from typing import Annotated

from fastapi import APIRouter, Query, Request

from passport.json import JsonObject
from passport.web import strict_body
from wallet.core.openid4vp_plan import read_choices
from wallet.core.openid4vp_summary import vp_consent_json
from wallet.desk import openid4vp
from wallet.desktop import bodies
from wallet.desktop.api import desk_of, say_in
from wallet.desktop.session import our_script

router = APIRouter(prefix="/api/openid4vp", tags=["openid4vp"], dependencies=our_script)
Asked = Annotated[list[str] | None, Query(max_length=256)]


@router.post("", status_code=201, summary="Take in a request; gives what the person is asked to agree to")
def post_vp_link(
    request: Request, body: Annotated[bodies.VpLinkBody, strict_body(bodies.VpLinkBody)]
) -> JsonObject:
    desk = desk_of(request)
    with desk.wallet() as wallet:
        found = openid4vp.take_link(desk, wallet, body.link)
        return vp_consent_json(openid4vp.look(desk, wallet, found.id, read_choices()), say_in(request))


@router.get("/{identifier}", summary="What would leave, with the person's choices")
def get_vp_request(
    request: Request,
    identifier: str,
    *,
    credential: Asked = None,
    option: Asked = None,
    without: Asked = None,
    refused: Asked = None,
) -> JsonObject:
    desk = desk_of(request)
    choices = read_choices(credential or (), option or (), without or (), refused or ())
    with desk.wallet() as wallet:
        return vp_consent_json(openid4vp.look(desk, wallet, identifier, choices), say_in(request))


@router.post("/{identifier}/approve", summary="Agree: sign the answer and send it")
def post_vp_approve(
    request: Request,
    identifier: str,
    body: Annotated[bodies.VpApproveBody, strict_body(bodies.VpApproveBody)],
) -> JsonObject:
    desk = desk_of(request)
    choices = read_choices(body.credential, body.option, body.without, body.refused)
    with desk.wallet() as wallet:
        sent = openid4vp.answer(desk, wallet, identifier, choices, mark=body.mark)
    return _sent(sent)


@router.post("/{identifier}/refuse", summary="Refuse; nothing is sent unless `tell` says so")
def post_vp_refuse(
    request: Request, identifier: str, body: Annotated[bodies.VpRefuseBody, strict_body(bodies.VpRefuseBody)]
) -> JsonObject:
    desk = desk_of(request)
    with desk.wallet() as wallet:
        return _sent(openid4vp.refuse(desk, wallet, identifier, tell=body.tell))


def _sent(sent: openid4vp.Sent | None) -> JsonObject:
    """`redirectUri` is where the other side goes on; a program shows it to the person and opens nothing."""
    if sent is None:
        return {"sent": None, "redirectUri": None}
    return {"sent": str(sent.sent), "redirectUri": sent.redirect_uri}
