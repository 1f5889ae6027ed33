"""The JSON interface of labour-market data: the same actions as the pages."""

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response

from matching.market.backtest import backtest
from matching.market.summary import backtest_json, market_json, outlook_json
from passport.json import JsonObject, dump
from passport.web import Body, strict_body
from wallet.core.market_kept import (
    forget_market,
    keep_reach,
    market_in_use,
    outlooks,
    reach,
    regions_in_reach,
)
from wallet.core.wallet import Wallet
from wallet.desktop.api import LARGE, desk_of, say_in
from wallet.desktop.bodies import Text
from wallet.desktop.market import take_market
from wallet.desktop.session import our_script

router = APIRouter(prefix="/api/market", tags=["labour market"], dependencies=our_script)


class MarketBody(Body):
    market: JsonObject


class ReachBody(Body):
    home: Text
    kilometres: int = 0


@router.get("", summary="The set in use, where the person wants to work, and its back-test")
def get_market(request: Request) -> JsonObject:
    with desk_of(request).wallet() as wallet:
        return state_json(wallet)


@router.post("", summary="Load a signed set in the place of the one before")
def post_market(request: Request, body: Annotated[MarketBody, strict_body(MarketBody, LARGE)]) -> JsonObject:
    desk = desk_of(request)
    with desk.wallet() as wallet:
        take_market(desk, wallet, dump(body.market))
        return state_json(wallet)


@router.delete("", status_code=204, summary="Remove the set")
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
        return outlook_json(outlooks(wallet, desk.taxonomy)(iri), say_in(request))


def state_json(wallet: Wallet) -> JsonObject:
    """The set and its back-test over the regions that the person wants; `set` is null without one."""
    signed, wanted = market_in_use(wallet), reach(wallet)
    codes = () if signed is None else regions_in_reach(wallet, signed.market)
    return {
        "set": None if signed is None else market_json(signed.market),
        "signatureHolds": None if signed is None else str(signed.authentic),
        "inForce": None if signed is None else signed.market.in_force(wallet.now()),
        "reach": None if wanted is None else {"home": wanted.home, "kilometres": wanted.kilometres},
        "regions": list(codes),
        "backtest": None if signed is None else backtest_json(backtest(signed.market, codes)),
    }
