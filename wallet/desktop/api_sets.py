"""The JSON interface of published sets: the same actions as the page."""

from typing import Annotated

from fastapi import APIRouter, Request, Response
from pydantic import Field

from passport.json import JsonObject
from passport.web import Body, strict_body
from wallet.core.published_sets import followed, stop_following
from wallet.core.published_summary import followed_json
from wallet.desk.published import follow, take_again, update_all
from wallet.desktop.api import desk_of
from wallet.desktop.session import our_script

router = APIRouter(prefix="/api/sets", tags=["published sets"], dependencies=our_script)


class FollowBody(Body):
    address: Annotated[str, Field(max_length=2_048)]


@router.get("", summary="The addresses that are followed, and how old their sets are")
def get_sets(request: Request) -> JsonObject:
    with desk_of(request).wallet() as wallet:
        return {"followed": [followed_json(wallet, one) for one in followed(wallet)]}


@router.post("", summary="Follow an address, and take over what is published there")
def post_sets(request: Request, body: Annotated[FollowBody, strict_body(FollowBody)]) -> JsonObject:
    desk = desk_of(request)
    with desk.wallet() as wallet:
        return followed_json(wallet, follow(desk.outside, wallet, body.address))


@router.post("/update", summary="Look at every address, and fetch what changed")
def post_update(request: Request) -> JsonObject:
    desk = desk_of(request)
    with desk.wallet() as wallet:
        return {
            "followed": [
                followed_json(wallet, one) | {"error": None if error is None else error.code}
                for one, error in update_all(desk.outside, wallet)
            ]
        }


@router.post("/{record}/take", summary="Take everything over again; the address is not asked")
def post_take(request: Request, record: str) -> JsonObject:
    desk = desk_of(request)
    with desk.wallet() as wallet:
        return followed_json(wallet, take_again(desk.outside, wallet, record))


@router.delete("/{record}", status_code=204, summary="Stop following; what was taken over stays")
def delete_sets(request: Request, record: str) -> Response:
    with desk_of(request).wallet() as wallet:
        stop_following(wallet, record)
    return Response(status_code=204)
