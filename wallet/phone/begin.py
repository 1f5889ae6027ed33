"""Where the browser's worker comes in: `begin` once, then one call for each page that is asked for.

Importing this module reads the templates and the texts, so that a snapshot of Python's memory that is taken
afterwards has them and a phone need not read them again.
"""

import json
import random
import secrets
import time
from collections.abc import Callable
from datetime import datetime, timedelta, timezone
from http import HTTPStatus
from typing import Any
from urllib.parse import urlsplit

from passport.errors.web import BodyTooLarge
from passport.keys import use_backend
from passport.texts import Language
from wallet.core import limits
from wallet.core.shipped_lists import NOTHING_SHIPPED, Shipped, read_shipped
from wallet.desk.desk import Desk
from wallet.desk.outside import Outside
from wallet.desk.tools import Tools
from wallet.pages.answer import Answer
from wallet.pages.dispatch import answer, refusal
from wallet.pages.table import ROUTERS
from wallet.pages.visit import Upload, Visit
from wallet.phone.age import PhoneAge
from wallet.phone.host import Bridge, Host
from wallet.phone.keeper import PhoneKeeper
from wallet.phone.keys import PhoneBackend
from wallet.phone.open_wallet import PhoneWallet
from wallet.phone.outside import network_of
from wallet.phone.papers import PhonePapers
from wallet.phone.photos import PhonePhotos
from wallet.phone.pictures import PhonePictures
from wallet.views.door import door
from wallet.views.rendering import Renderer


class _Place:
    """The phone that this runs on, once there is one: its zone, and whether its wallet is open."""

    host: Host | None = None
    desk: Desk | None = None

    @classmethod
    def lock_minutes(cls) -> int:
        return 0 if cls.desk is None else cls.desk.lock_minutes

    @classmethod
    def local(cls, moment: datetime) -> datetime:
        assert cls.host is not None, "no page is made before the wallet begins"
        return moment.astimezone(timezone(timedelta(minutes=cls.host.zone(moment.timestamp()))))


_RENDERER = Renderer(stylesheet="phone", script="phone", local=_Place.local, lock_minutes=_Place.lock_minutes)
"""Read once: its templates and texts go into the snapshot."""
_MOST_STEPS = 8
"""Pages that lead on to another, one after the other."""

Answered = tuple[int, str, str, str, bytes]
"""Status, media type, headers as JSON, the address that answered in the end, body."""


def begin(host: Host, version: str) -> Callable[[str, str, Any, str], Answered]:
    """Start the wallet; what it gives answers one request after the other."""
    del version
    random.seed()  # a snapshot holds the state of the build; nothing secret ever comes from it
    bridge = Bridge(host)
    use_backend(PhoneBackend(host.cryptography, bridge))
    keeper = PhoneKeeper(bridge)
    pictures = PhonePictures()
    tools = Tools(
        pictures=pictures,
        papers=PhonePapers(bridge),
        photos=PhonePhotos(bridge),
        age=PhoneAge(host.cryptography, secrets.token_bytes),
    )
    outside = Outside(
        *network_of(bridge, keeper.clock, allow_loopback=host.loopback),
        clock=keeper.clock,
        allow_loopback=host.loopback,
    )
    desk = PhoneDesk(keeper, outside, tools=tools, elapsed=time.time)
    desk.app, desk.shipped = str(host.base), read_shipped(str(host.lists).encode("utf-8"))
    _Place.host, _Place.desk = host, desk

    def answering(method: str, url: str, form: Any, language: str) -> Answered:
        pictures.found.clear()
        given = [] if form is None else form.to_py()
        fields = [(name, _field(value, pictures)) for name, value in given]
        visit = Visit(
            method=method,
            url=url,
            form=fields,
            language=Language(language),
            desk=desk,
            renderer=_RENDERER,
        )
        if any(not isinstance(value, str) and value.get("large") for _, value in given):
            return _told(visit, refusal(visit, BodyTooLarge(limit=limits.BACKUP)))
        return _followed(visit)

    return answering


class PhoneDesk(Desk):
    """A Desk that forgets at the end of each request what the person typed to prove who they are.

    Other sites' pages open in a tab of their own: this one would lock on the way there. Who comes back
    comes to the app's one address, in that other tab, and it hands over what came along (src/back.js).
    """

    opens_beside = True
    app = ""
    shipped = NOTHING_SHIPPED

    def came_with(self) -> Shipped:
        return self.shipped

    def way_back(self, path: str) -> str:
        return f"{self.app}?at={path}"

    def came_back(self, url: str) -> str:
        return f"{self.app}?{urlsplit(url).query}"

    def settle(self) -> None:
        wallet = self._wallet
        if isinstance(wallet, PhoneWallet) and not self.opened_by_words:
            wallet.proved = None


def _followed(visit: Visit) -> Answered:
    """The answer, after the pages that only lead on to another."""
    for _ in range(_MOST_STEPS):
        assert isinstance(visit.desk, PhoneDesk)
        try:
            found = answer(visit, ROUTERS)
        finally:
            visit.desk.settle()
        leads = found.location
        if found.status == HTTPStatus.UNAUTHORIZED and not visit.desk.is_open:
            leads = "/unlock"  # asked for a page as if the wallet were open still, as after a reload
        if leads is None or not leads.startswith("/"):
            break
        visit = Visit(
            method="GET",
            url=leads,
            language=visit.language,
            desk=visit.desk,
            renderer=visit.renderer,
        )
    return _told(visit, found)


def _told(visit: Visit, found: Answer) -> Answered:
    return found.status, found.media_type, json.dumps(dict(found.headers)), visit.url, found.body


def _field(value: Any, pictures: PhonePictures) -> str | Upload:
    """A field of a form as the page sends it: text, or a file with the codes that were read from it."""
    if isinstance(value, str):
        return value
    upload = Upload(value["name"], bytes(value["bytes"]))
    pictures.note(upload.data, value.get("codes") or ())
    return upload


def warm() -> None:
    """Read what a first page needs: the build calls it before it takes a snapshot of the memory."""
    for language in Language:
        door(_RENDERER, language, "create")
        door(_RENDERER, language, "unlock")
