"""The JSON interface of a renewed list of occupations: the same actions as the page."""

from fastapi import APIRouter, Request, Response

from matching.upgrade.summary import personal_json
from passport.json import JsonObject
from passport.web import language_of
from wallet.core.taxonomy_upgrade import keep_release_seen, upgrade_of, upgrade_untold
from wallet.desktop.api import desk_of
from wallet.desktop.session import our_script

router = APIRouter(prefix="/api/taxonomy", tags=["taxonomy"], dependencies=our_script)


@router.get("", summary="What the renewed list of occupations means for the person")
def get_taxonomy(request: Request) -> JsonObject:
    desk, language = desk_of(request), language_of(request)
    with desk.wallet() as wallet:
        found = upgrade_of(wallet, desk.taxonomy, language=str(language))
        return {"untold": upgrade_untold(wallet, desk.taxonomy), **personal_json(found, language)}


@router.put("/seen", status_code=204, summary="The person saw it: do not bring it up again")
def put_seen(request: Request) -> Response:
    desk = desk_of(request)
    with desk.wallet() as wallet:
        keep_release_seen(wallet, desk.taxonomy)
    return Response(status_code=204)
