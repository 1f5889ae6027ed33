"""The one-time address with which this host opens the wallet in a browser."""

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response

from wallet.desktop.mounting import sent, visit_of
from wallet.desktop.session import check_host, enter
from wallet.errors import OpenedAlready
from wallet.views import door

router = APIRouter(include_in_schema=False)


@router.get("/open")
def get_open(request: Request, token: Annotated[str, Query(max_length=256)] = "") -> Response:
    """The opening address: the token works once and becomes the cookie.

    The page that answers leads on itself, so that the browser sends the strict cookie with the next request.
    """
    check_host(request)
    visit = visit_of(request)
    page = door.door(visit.renderer, visit.language, "opened")
    response = sent(request, visit.html(page, refresh="0; url=/"))
    try:
        enter(request, token, response)
    except OpenedAlready:
        return sent(request, visit.html(door.door(visit.renderer, visit.language, "token", status=401)))
    return response
