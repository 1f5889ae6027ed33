"""The JSON interface of a renewed list of occupations: the same actions as the page."""

from fastapi import APIRouter, Request, Response

from passport.json import JsonObject
from passport.web import language_of
from wallet.core.taxonomy_in_use import use_shipped
from wallet.core.taxonomy_summary import taxonomy_json
from wallet.core.taxonomy_upgrade import keep_release_seen, take_offer
from wallet.desktop.api import desk_of
from wallet.desktop.session import our_script

router = APIRouter(prefix="/api/taxonomy", tags=["taxonomy"], dependencies=our_script)


@router.get("", summary="What the renewed list of occupations means for the person")
def get_taxonomy(request: Request) -> JsonObject:
    desk, language = desk_of(request), language_of(request)
    with desk.wallet() as wallet:
        return taxonomy_json(wallet, desk.taxonomy, language)


@router.put("/seen", status_code=204, summary="The person saw it: do not bring it up again")
def put_seen(request: Request) -> Response:
    desk = desk_of(request)
    with desk.wallet() as wallet:
        keep_release_seen(wallet, desk.taxonomy)
    return Response(status_code=204)


@router.put("/offered", summary="Count with the newer list that was fetched")
def put_offered(request: Request) -> JsonObject:
    desk = desk_of(request)
    with desk.wallet() as wallet:
        take_offer(wallet)
        return taxonomy_json(wallet, desk.taxonomy, language_of(request))


@router.delete("/offered", summary="Back to the program's own list")
def delete_offered(request: Request) -> JsonObject:
    desk = desk_of(request)
    with desk.wallet() as wallet:
        use_shipped(wallet)
        return taxonomy_json(wallet, desk.taxonomy, language_of(request))
