"""Routes for badge platforms: look, connect, fetch, send, disconnect."""

import hashlib
from typing import Annotated

from fastapi import APIRouter, Depends, Form, Request, Response
from fastapi.responses import RedirectResponse

from passport.errors import PassportError
from passport.json import JsonValue, dump
from passport.open_badges_api.scopes import BadgeScope
from passport.web import language_of
from passport.web.problems import status_of
from wallet.core.badge_services.platforms import keep_platform, platform, platforms
from wallet.core.shelf import kept
from wallet.desktop.api import desk_of
from wallet.desktop.connections import Seen
from wallet.desktop.fetching import leave, look_at_platform, send_credential
from wallet.desktop.html import html, renderer_of, sentence
from wallet.desktop.pages_files import shown_look
from wallet.desktop.pages_offers import base_of
from wallet.desktop.platforms import PATH, begin, finish, look
from wallet.desktop.session import SEE_OTHER, check_host, our_form, ours
from wallet.errors_claiming import SignInOver
from wallet.views import badge_services as views

router = APIRouter(include_in_schema=False)
Short = Annotated[str, Form(max_length=2_048)]
_from_this_machine = [Depends(check_host)]


@router.get("/platforms", dependencies=ours)
def get_platforms(request: Request) -> Response:
    return _list(request)


@router.post("/platforms", dependencies=our_form)
def post_platforms(request: Request, address: Short = "", accepted: Short = "", send: Short = "") -> Response:
    """A platform is first looked at. After a yes the wallet registers, and the browser goes there."""
    desk = desk_of(request)
    try:
        with desk.wallet():  # only for who has it open
            pass
        seen = look(desk, address)
        if accepted != _mark(seen):
            page = views.platform(
                renderer_of(request),
                language_of(request),
                address=address,
                host=seen.host,
                title=seen.description.title,
                takes_badges=seen.takes_badges,
                terms=seen.description.terms_of_service,
                privacy=seen.description.privacy_policy,
                mark=_mark(seen),
            )
            return html(page, request)
        place = desk.connections.place()
        connecting = begin(
            desk,
            seen,
            redirect_uri=f"{base_of(request)}{PATH}{place}",
            send=send == "yes" and seen.takes_badges,
        )
        desk.connections.put(place, connecting)
        # a page of ours leads there: nothing but a GET of the person's own browser goes to the platform
        page = views.to_platform(renderer_of(request), language_of(request), place=place, host=seen.host)
        return html(page, request)
    except PassportError as error:
        return _list(request, error, address=address)


@router.get("/platforms/go/{place}", dependencies=ours)
def get_go(request: Request, place: str) -> Response:
    return RedirectResponse(desk_of(request).connections.get(place).url, SEE_OTHER)


@router.get(PATH + "{place}", dependencies=_from_this_machine)
def get_connected(request: Request, place: str) -> Response:
    """The answer of a platform. Another site sends the browser here, so without our cookie.

    What is let in instead: the one place that only the platform that was asked knows, once, with our state.
    """
    desk = desk_of(request)
    if not desk.is_open:
        raise SignInOver
    connecting = desk.connections.answered(place)
    made = finish(desk, connecting, str(request.url))
    with desk.wallet() as wallet:
        keep_platform(wallet, made)
    response = html(views.connected(renderer_of(request), language_of(request)), request)
    # not a redirect: the browser would follow that as the other site's, without our cookie
    response.headers["Refresh"] = "0; url=/platforms"
    return response


@router.post("/platforms/{identifier}/fetch", dependencies=our_form)
def post_fetch(request: Request, identifier: str) -> Response:
    """What the platform has, as what was found in files: ticked, and kept after a yes."""
    desk = desk_of(request)
    try:
        return shown_look(request, look_at_platform(desk, identifier))
    except PassportError as error:
        return _list(request, error)


@router.get("/platforms/{identifier}/send", dependencies=ours)
def get_send(request: Request, identifier: str) -> Response:
    with desk_of(request).wallet() as wallet:
        page = views.send(
            renderer_of(request), language_of(request), platform(wallet, identifier), kept(wallet)
        )
        return html(page, request)


@router.post("/platforms/{identifier}/send", dependencies=our_form)
def post_send(request: Request, identifier: str, record: Short = "") -> Response:
    desk = desk_of(request)
    try:
        sent = send_credential(desk, identifier, record)
    except PassportError as error:
        return _list(request, error)
    return _list(request, said=f"platform-sent-{sent}")


@router.post("/platforms/{identifier}/leave", dependencies=our_form)
def post_leave(request: Request, identifier: str) -> Response:
    desk = desk_of(request)
    heard = leave(desk, identifier)
    return _list(request, said="platform-left" if heard else "platform-left-unheard")


def _mark(seen: Seen) -> str:
    """Names what the person saw: another host, name or list of what it takes is another platform."""
    shown: JsonValue = [
        seen.base,
        seen.description.title,
        seen.takes_badges,
        seen.description.authorization_url,
    ]
    return hashlib.sha256(dump(shown)).hexdigest()


def _list(
    request: Request, error: PassportError | None = None, *, said: str = "", address: str = ""
) -> Response:
    with desk_of(request).wallet() as wallet:
        page = views.platform_list(
            renderer_of(request),
            language_of(request),
            [(each, BadgeScope.CREDENTIAL_UPSERT in each.scope) for each in platforms(wallet)],
            address=address,
            said=said,
            error="" if error is None else sentence(request, error),
            status=200 if error is None else status_of(error),
        )
        return html(page, request)
