"""The JSON interface for requests: take one in, look at what would leave, approve or refuse."""

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response

from passport.json import JsonObject, dump
from passport.web import strict_body
from wallet.core.answering import refuse
from wallet.core.consent_summary import consent_json
from wallet.core.requests import open_requests
from wallet.desk.asking import answer, look, take, take_pictures, take_text
from wallet.desktop import bodies
from wallet.desktop.api import LARGE, desk_of, from_base64, say_in, shown_json
from wallet.desktop.session import our_script
from wallet.errors import NothingReceived

router = APIRouter(prefix="/api/requests", tags=["requests"], dependencies=our_script)


@router.post("", status_code=201, summary="Take in a request; gives what the person is asked to agree to")
def post_request(
    request: Request, body: Annotated[bodies.RequestBody, strict_body(bodies.RequestBody, LARGE)]
) -> JsonObject:
    desk = desk_of(request)
    with desk.wallet() as wallet:
        if body.request is not None:
            found = take(desk, wallet, dump(body.request))
        elif body.frames is not None:
            found = take_text(desk, wallet, "\n".join(body.frames))
        elif body.picture is not None:
            found = take_pictures(desk, wallet, [from_base64(body.picture)])
        else:
            raise NothingReceived
        return consent_json(look(desk, wallet, found.id), say_in(request))


@router.get("", summary="Requests that wait for the person")
def get_requests(request: Request) -> JsonObject:
    desk = desk_of(request)
    with desk.wallet() as wallet:
        return {"requests": [{"id": one.id, "host": one.host} for one in open_requests(wallet)]}


@router.get("/{identifier}", summary="What would leave, with some parts refused")
def get_request(
    request: Request, identifier: str, refused: Annotated[list[str] | None, Query(max_length=256)] = None
) -> JsonObject:
    desk = desk_of(request)
    with desk.wallet() as wallet:
        return consent_json(look(desk, wallet, identifier, refused or ()), say_in(request))


@router.post("/{identifier}/approve", summary="Agree: sign the answer, and deliver it where it is asked for")
def post_approve(
    request: Request,
    identifier: str,
    body: Annotated[bodies.ApproveBody, strict_body(bodies.ApproveBody)],
) -> JsonObject:
    desk = desk_of(request)
    with desk.wallet() as wallet:
        delivered = answer(desk, wallet, identifier, refused=body.refused, mark=body.mark, send=body.send)
        shown = desk.showing.add(delivered.response.presentation)
    return {
        **shown_json(shown),
        "sent": None if delivered.sent is None else str(delivered.sent),
        "sentStatus": delivered.status,
        "responseUri": delivered.response.response_uri,
    }


@router.post("/{identifier}/refuse", status_code=204, summary="Refuse; nothing is sent")
def post_refuse(request: Request, identifier: str) -> Response:
    with desk_of(request).wallet() as wallet:
        refuse(wallet, identifier)
    return Response(status_code=204)
