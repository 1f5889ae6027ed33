"""Routes for badge platforms: look, connect, fetch, send, disconnect."""

import hashlib
from typing import Annotated

from passport.errors import PassportError
from passport.http_status import status_of
from passport.json import JsonValue, dump
from passport.open_badges_api.scopes import BadgeScope
from wallet.core.badge_services.platforms import keep_platform, platform, platforms
from wallet.core.shelf import kept
from wallet.desk.connections import Seen
from wallet.desk.fetching import leave, look_at_platform, send_credential
from wallet.desk.platforms import PATH, begin, finish, look
from wallet.errors_claiming import SignInOver
from wallet.pages.answer import Answer, redirect
from wallet.pages.files import shown_look
from wallet.pages.parameters import Form
from wallet.pages.routing import Guard, Router
from wallet.pages.visit import Visit
from wallet.views import badge_services as views

router = Router()
Short = Annotated[str, Form(max_length=2_048)]


@router.get("/platforms")
def get_platforms(visit: Visit) -> Answer:
    return _list(visit)


@router.post("/platforms")
def post_platforms(visit: Visit, address: Short = "", accepted: Short = "", send: Short = "") -> Answer:
    """A platform is first looked at. After a yes the wallet registers, and the browser goes there."""
    desk = visit.desk
    try:
        with desk.wallet():  # only for who has it open
            pass
        seen = look(desk, address)
        if accepted != _mark(seen):
            page = views.platform(
                visit.renderer,
                visit.language,
                address=address,
                host=seen.host,
                title=seen.description.title,
                takes_badges=seen.takes_badges,
                terms=seen.description.terms_of_service,
                privacy=seen.description.privacy_policy,
                mark=_mark(seen),
            )
            return visit.html(page)
        place = desk.connections.place()
        connecting = begin(
            desk,
            seen,
            redirect_uri=desk.way_back(f"{PATH}{place}"),
            send=send == "yes" and seen.takes_badges,
        )
        desk.connections.put(place, connecting)
        # a page of ours leads there: nothing but a GET of the person's own browser goes to the platform
        go = connecting.url if desk.opens_beside else f"/platforms/go/{place}"
        page = views.to_platform(visit.renderer, visit.language, go=go, host=seen.host)
        return visit.html(page)
    except PassportError as error:
        return _list(visit, error, address=address)


@router.get("/platforms/go/{place}")
def get_go(visit: Visit, place: str) -> Answer:
    return redirect(visit.desk.connections.get(place).url)


@router.get(PATH + "{place}", guard=Guard.ELSEWHERE)
def get_connected(visit: Visit, place: str) -> Answer:
    """The answer of a platform. Another site sends the browser here, so without our cookie.

    What is let in instead: the one place that only the platform that was asked knows, once, with our state.
    """
    desk = visit.desk
    if not desk.is_open:
        raise SignInOver
    connecting = desk.connections.answered(place)
    made = finish(desk, connecting, desk.came_back(visit.url))
    with desk.wallet() as wallet:
        keep_platform(wallet, made)
    page = views.connected(visit.renderer, visit.language)
    # not a redirect: the browser would follow that as the other site's, without our cookie
    return visit.html(page, refresh="0; url=/platforms")


@router.post("/platforms/{identifier}/fetch")
def post_fetch(visit: Visit, identifier: str) -> Answer:
    """What the platform has, as what was found in files: ticked, and kept after a yes."""
    desk = visit.desk
    try:
        return shown_look(visit, look_at_platform(desk, identifier))
    except PassportError as error:
        return _list(visit, error)


@router.get("/platforms/{identifier}/send")
def get_send(visit: Visit, identifier: str) -> Answer:
    with visit.desk.wallet() as wallet:
        page = views.send(visit.renderer, visit.language, platform(wallet, identifier), kept(wallet))
        return visit.html(page)


@router.post("/platforms/{identifier}/send")
def post_send(visit: Visit, identifier: str, record: Short = "") -> Answer:
    desk = visit.desk
    try:
        sent = send_credential(desk, identifier, record)
    except PassportError as error:
        return _list(visit, error)
    return _list(visit, said=f"platform-sent-{sent}")


@router.post("/platforms/{identifier}/leave")
def post_leave(visit: Visit, identifier: str) -> Answer:
    desk = visit.desk
    heard = leave(desk, identifier)
    return _list(visit, said="platform-left" if heard else "platform-left-unheard")


def _mark(seen: Seen) -> str:
    """Names what the person saw: another host, name or list of what it takes is another platform."""
    shown: JsonValue = [
        seen.base,
        seen.description.title,
        seen.takes_badges,
        seen.description.authorization_url,
    ]
    return hashlib.sha256(dump(shown)).hexdigest()


def _list(visit: Visit, error: PassportError | None = None, *, said: str = "", address: str = "") -> Answer:
    with visit.desk.wallet() as wallet:
        page = views.platform_list(
            visit.renderer,
            visit.language,
            [(each, BadgeScope.CREDENTIAL_UPSERT in each.scope) for each in platforms(wallet)],
            address=address,
            said=said,
            error="" if error is None else visit.sentence(error),
            status=200 if error is None else status_of(error),
        )
        return visit.html(page)
