"""Routes of share links: look at what anybody could read, make the link, show it, take it away."""

from typing import Annotated

from fastapi import APIRouter, Form, Query, Request, Response
from fastapi.responses import RedirectResponse

from passport.errors import PassportError
from passport.pictures.qr import draw_png
from passport.web import language_of
from passport.web.problems import status_of
from wallet.core.present import left_over
from wallet.core.sharing import DAYS, look_at, shared_link
from wallet.desktop.api import desk_of
from wallet.desktop.html import html, renderer_of, sentence
from wallet.desktop.session import SEE_OTHER, our_form, ours
from wallet.desktop.sharing import known_host, share, take_away
from wallet.errors_sharing import HostAway, HostRefused
from wallet.views import disclosing
from wallet.views import sharing as views

router = APIRouter(include_in_schema=False)
Ids = Annotated[list[str] | None, Form(max_length=256)]


@router.post("/share", dependencies=our_form)
def post_share(  # noqa: PLR0917  # the fields of one form
    request: Request,
    credential: Ids = None,
    hide: Ids = None,
    host: Annotated[str, Form(max_length=300)] = "",
    days: Annotated[int, Form()] = DAYS,
    mark: Annotated[str, Form(max_length=64)] = "",
) -> Response:
    """Without a mark: what it would be. With one: the person agreed to exactly that."""
    desk, language = desk_of(request), language_of(request)
    with desk.wallet() as wallet:
        try:
            sharing = look_at(wallet, credential or (), left_over(wallet, hide or ()))
        except PassportError as error:
            page = disclosing.show(
                renderer_of(request),
                language,
                wallet,
                error=sentence(request, error),
                status=status_of(error),
            )
            return html(page, request)
        refused: PassportError | None = None
        if mark:
            try:
                made = share(desk, wallet, sharing, host=host.strip(), days=days, mark=mark)
            except (HostAway, HostRefused) as error:
                return _listed(request, error)
            except PassportError as error:
                refused = error
            else:
                return RedirectResponse(f"/shared/{made.id}", SEE_OTHER)
        known = known_host(desk, wallet)
        page = views.share(
            renderer_of(request),
            language,
            wallet,
            sharing,
            hide=hide or (),
            host=host.strip() or known,
            known=known,
            days=days,
            error="" if refused is None else sentence(request, refused),
            status=200 if refused is None else status_of(refused),
        )
        return html(page, request)


@router.get("/shared", dependencies=ours)
def get_shared(request: Request, gone: Annotated[bool, Query()] = False) -> Response:
    with desk_of(request).wallet() as wallet:
        return html(views.links(renderer_of(request), language_of(request), wallet, gone=gone), request)


@router.get("/shared/{identifier}", dependencies=ours)
def get_link(request: Request, identifier: str) -> Response:
    with desk_of(request).wallet() as wallet:
        one = shared_link(wallet, identifier)
        return html(views.made(renderer_of(request), language_of(request), one), request)


@router.get("/shared/{identifier}/qr.png", dependencies=ours)
def get_picture(request: Request, identifier: str) -> Response:
    with desk_of(request).wallet() as wallet:
        return Response(draw_png(shared_link(wallet, identifier).link.text), media_type="image/png")


@router.post("/shared/{identifier}/end", dependencies=our_form)
def post_end(request: Request, identifier: str) -> Response:
    desk = desk_of(request)
    with desk.wallet() as wallet:
        try:
            take_away(desk, wallet, identifier)
        except (HostAway, HostRefused) as error:
            return _listed(request, error)
    return RedirectResponse("/shared?gone=true", SEE_OTHER)


def _listed(request: Request, error: PassportError) -> Response:
    with desk_of(request).wallet() as wallet:
        page = views.links(
            renderer_of(request),
            language_of(request),
            wallet,
            error=sentence(request, error),
            status=status_of(error),
        )
    return html(page, request)
