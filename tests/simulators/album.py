"""Every page for people that any test is answered with, kept in both languages for axe-core to judge.

Where PASSPORT_ALBUM names a folder, each service of the tests leaves its pages there: as it answered them, and in
the other language. What was asked for is asked for once more in that language; what answers a form is only
written anew from the same values, for a form is sent once. One file a kind of page: a service, a method, an
address without what names one thing, a status, a template, and whether there is much or little on it.
"""

import hashlib
import json
import os
import re
from collections.abc import Awaitable, Callable, MutableMapping
from contextvars import ContextVar
from functools import wraps
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlencode

from fastapi import FastAPI

from passport.texts import Language
from passport.web import refilled, refused_page
from passport.web.language import COOKIE
from passport.web.pages import Pages
from wallet.views.rendering import Page, Renderer

FOLDER = os.environ.get("PASSPORT_ALBUM")
_ONE = re.compile(r"^(?=.*[0-9])[A-Za-z0-9_.~-]{6,}$|%|^did:|^urn:|^z[A-Za-z0-9]{20,}$")
_TITLE = re.compile(r"<title>.* \u2013 (.*)</title>")
_ONCE = re.compile("^/(open|idle|adviser)|/authorize$")
"""Whoever asks for these a second time gets something else."""

Message = MutableMapping[str, Any]
Send = Callable[[Message], Awaitable[None]]


class Written:
    """The pages that one request had written: the template, and the page in the other language."""

    def __init__(self) -> None:
        self.template = ""
        self.language = Language.EN
        self.others: dict[Language, str] = {}


_now: ContextVar[Written | None] = ContextVar("what this request had written", default=None)


def kind(path: str) -> str:
    """An address without what names one thing, such as one badge."""
    return "/".join("…" if _ONE.search(each) else each for each in path.split("/"))


def keep_every_page() -> None:
    """From here on; nothing where no folder is named."""
    if FOLDER:
        _listen_to_templates()
        _listen_to_refusals()
        _listen_to_services(Path(FOLDER))


def _listen_to_templates() -> None:
    services, wallets = Pages.render, Renderer.page

    @wraps(services)
    def render(self: Pages, name: str, language: Language, **values: Any) -> str:
        _note(name, language, lambda other: services(self, name, other, **values))
        return services(self, name, language, **values)

    @wraps(wallets)
    def page(self: Renderer, name: str, language: Language, **values: Any) -> Page:
        _note(name, language, lambda other: wallets(self, name, other, **values).html)
        return wallets(self, name, language, **values)

    Pages.render = render  # type: ignore[method-assign]
    Renderer.page = page  # type: ignore[method-assign]


def _note(name: str, language: Language, write: Callable[[Language], str]) -> None:
    written = _now.get()
    if written is not None:
        written.template, written.language = name, language
        written.others = {other: write(other) for other in Language if other is not language}


def _listen_to_refusals() -> None:
    """A form's page that is shown again gets its refusal after it was written: in the other language too."""
    refill = refilled.refill

    @wraps(refill)
    def refilled_in_both(page: str, *given: Any) -> str | None:
        written = _now.get()
        if written is not None:
            again = {other: refill(html, *given) for other, html in written.others.items()}
            written.others = {other: html for other, html in again.items() if html is not None}
        return refill(page, *given)

    refused_page.refill = refilled_in_both  # type: ignore[assignment, attr-defined]


def _listen_to_services(folder: Path) -> None:
    answer = FastAPI.__call__

    @wraps(answer)
    async def listened(self: FastAPI, scope: Any, receive: Any, send: Send) -> None:
        if scope["type"] != "http" or _now.get() is not None:
            await answer(self, scope, receive, send)
            return
        asked, written = dict(scope), Written()
        put_back = _now.set(written)
        try:
            heard = _Heard(send)
            await answer(self, scope, receive, heard)
            if heard.is_page and written.template and b"<html" in heard.body:
                await _keep(folder, lambda *given: answer(self, *given), asked, heard, written)
        finally:
            _now.reset(put_back)

    FastAPI.__call__ = listened  # type: ignore[method-assign]


class _Heard:
    """What a service sends, handed on and remembered."""

    def __init__(self, send: Send | None) -> None:
        self._send = send
        self.status, self.body, self.is_page = 0, b"", False

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = {name.lower(): value for name, value in message["headers"]}
            self.status = message["status"]
            self.is_page = headers.get(b"content-type", b"").startswith(b"text/html")
        elif self.is_page:
            self.body += message.get("body", b"")
        if self._send is not None:
            await self._send(message)


async def _keep(
    folder: Path, answer: Callable[..., Awaitable[None]], asked: Any, heard: _Heard, written: Written
) -> None:
    first, others = written.language, written.others
    method, path = asked["method"], asked["path"]
    pages = {first.value: heard.body.decode("utf-8")}
    truly = method == "GET" and not _ONCE.search(path)
    for other, rewritten in others.items():
        pages[other.value] = rewritten
        if truly:
            again = _Heard(None)
            await answer(_in(other, asked), _nothing_more, again)
            its_own = b'<html lang="%s"' % other.value.encode() in again.body
            if again.is_page and again.status == heard.status and its_own:
                pages[other.value] = again.body.decode("utf-8")
    title = _TITLE.search(pages.get("en", ""))
    known = {
        "service": title[1] if title else "",
        "method": method,
        "path": path,
        "status": heard.status,
        "template": written.template,
    }
    of = [known["service"], method, kind(path), heard.status, written.template]
    if written.template == "problem.html":
        of = [known["service"], "problem.html", heard.status, "kept" if b"kept-1" in heard.body else ""]
    name = hashlib.sha256(json.dumps(of).encode()).hexdigest()[:16]
    _write(folder, name, {**known, "pages": pages}, len(heard.body))


def _write(folder: Path, name: str, kept: dict[str, Any], size: int) -> None:
    """The smallest and the largest page of its kind stay; what two processes do at once is no harm."""
    text = json.dumps(kept)
    for which, better in (("least", int.__lt__), ("most", int.__gt__)):
        there = sorted(folder.glob(f"{name}-{which}-*.json"))
        if not there or better(size, int(there[0].stem.rpartition("-")[2])):
            part = folder / f"{name}-{which}-{os.getpid()}.part"
            part.write_text(text, encoding="utf-8")
            part.rename(folder / f"{name}-{which}-{size}.json")
            for older in there:
                older.unlink(missing_ok=True)


def _in(language: Language, asked: Any) -> dict[str, Any]:
    query = [each for each in parse_qsl(asked["query_string"].decode("latin-1"), True) if each[0] != "lang"]
    headers = [(name, value) for name, value in asked["headers"] if name != b"if-none-match"]
    cookie = b"; ".join(value for name, value in headers if name == b"cookie")
    chosen = f"{COOKIE}={language.value}".encode()
    kept = re.sub(rb"(^|; *)lang=[^;]*", b"", cookie)
    return {
        **asked,
        "query_string": urlencode(query).encode(),
        "headers": [
            *(each for each in headers if each[0] != b"cookie"),
            (b"cookie", b"; ".join(filter(None, [kept.strip(b"; "), chosen]))),
        ],
        "state": dict(asked.get("state") or {}),
    }


async def _nothing_more() -> Message:
    return {"type": "http.request", "body": b"", "more_body": False}
