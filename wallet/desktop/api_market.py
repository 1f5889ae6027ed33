"""The JSON interface of labour-market data: the same actions as the pages."""

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response

from matching.market.summary import outlook_json
from passport.json import JsonObject, dump
from passport.web import Body, strict_body
from wallet.core.market_kept import forget_market, keep_reach, outlooks, outlooks_by_source
from wallet.core.market_summary import state_json
from wallet.desk.market import take_market
from wallet.desktop.api import LARGE, desk_of, say_in
from wallet.desktop.bodies import Text
from wallet.desktop.session import our_script

router = APIRouter(prefix="/api/market", tags=["labour market"], dependencies=our_script)


class MarketBody(Body):
    market: JsonObject


class ReachBody(Body):
    home: Text
    kilometres: int = 0


@router.get("", summary="The sets, where the person wants to work, and their back-tests")
def get_market(request: Request) -> JsonObject:
    with desk_of(request).wallet() as wallet:
        return state_json(wallet)


@router.post("", summary="Load a signed set; an older one of its name gives way")
def post_market(request: Request, body: Annotated[MarketBody, strict_body(MarketBody, LARGE)]) -> JsonObject:
    desk = desk_of(request)
    with desk.wallet() as wallet:
        take_market(desk, wallet, dump(body.market))
        return state_json(wallet)


@router.delete("/sets/{record}", status_code=204, summary="Remove one set")
def delete_one(request: Request, record: str) -> Response:
    with desk_of(request).wallet() as wallet:
        forget_market(wallet, record)
    return Response(status_code=204)


@router.delete("", status_code=204, summary="Remove all sets")
def delete_market(request: Request) -> Response:
    with desk_of(request).wallet() as wallet:
        forget_market(wallet)
    return Response(status_code=204)


@router.put("/reach", summary="Where the person wants to work; an empty region is everywhere")
def put_reach(request: Request, body: Annotated[ReachBody, strict_body(ReachBody)]) -> JsonObject:
    with desk_of(request).wallet() as wallet:
        keep_reach(wallet, body.home, body.kilometres)
        return state_json(wallet)


@router.get("/occupation", summary="What is known of the demand for one occupation")
def get_occupation(request: Request, iri: Annotated[str, Query(max_length=2_048)]) -> JsonObject:
    desk = desk_of(request)
    with desk.wallet() as wallet:
        say = say_in(request)
        return {
            **outlook_json(outlooks(wallet, desk.taxonomy)(iri), say),
            "bySource": [outlook_json(each, say) for each in outlooks_by_source(wallet, desk.taxonomy, iri)],
        }
