"""Routes of a renewed list of occupations: what it means for the person."""

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse

from passport.web import language_of
from wallet.core.taxonomy_upgrade import keep_release_seen
from wallet.desktop.api import desk_of
from wallet.desktop.html import html, renderer_of
from wallet.desktop.session import SEE_OTHER, our_form, ours
from wallet.views import taxonomy as views

router = APIRouter(include_in_schema=False)


@router.get("/taxonomy", dependencies=ours)
def get_taxonomy(request: Request) -> Response:
    desk = desk_of(request)
    with desk.wallet() as wallet:
        page = views.taxonomy_upgrade(renderer_of(request), language_of(request), wallet, desk.taxonomy)
        return html(page, request)


@router.post("/taxonomy/seen", dependencies=our_form)
def post_seen(request: Request) -> Response:
    """The person saw it: do not bring it up again."""
    desk = desk_of(request)
    with desk.wallet() as wallet:
        keep_release_seen(wallet, desk.taxonomy)
    return RedirectResponse("/match", SEE_OTHER)
