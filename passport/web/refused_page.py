"""A refused form's page again, with the refusal beside its field and what was typed in place.

Whichever rule refuses, and wherever: the page that the form stood on is asked for as the browser would, by
the same person, and filled in again (passport.web.refilled; docs/decisions/0065). It is shown only if it has
that form; a page that can't be had again leaves the refusal to its own page.
"""

from collections.abc import Iterator
from http import HTTPStatus
from urllib.parse import urlsplit

from fastapi import Request, Response
from fastapi.responses import HTMLResponse
from starlette.datastructures import FormData
from starlette.exceptions import HTTPException
from starlette.types import Message, Scope

from passport.errors import PassportError
from passport.errors.web import MalformedRequest
from passport.texts import Catalogue
from passport.web.kept_form import sent_form
from passport.web.language import language_of
from passport.web.problems import headers_of, sentence_of, status_of
from passport.web.refilled import Told, refill

_OTHERWISE = frozenset(
    {HTTPStatus.UNAUTHORIZED, HTTPStatus.METHOD_NOT_ALLOWED, HTTPStatus.INTERNAL_SERVER_ERROR}
)
"""What no other filling in mends: who is not signed in is told so on a page of its own."""
_STEPS = 3
"""Addresses above the form's own that are looked at."""
_OF_A_REQUEST = (
    "app", "type", "asgi", "http_version", "scheme", "server", "client", "root_path", "extensions",
    "starlette.exception_handlers", "fastapi_middleware_astack",
)  # fmt: skip
_OF_A_BODY = frozenset({b"content-type", b"content-length", b"transfer-encoding"})


def for_a_person(request: Request) -> bool:
    """Whether a browser asks for a page, and not a program for data."""
    return "text/html" in request.headers.get("accept", "")


async def page_again(request: Request, error: PassportError, catalogue: Catalogue | None) -> Response | None:
    """The page of a form that was sent and refused; None where it can't be shown again."""
    if status_of(error) in _OTHERWISE:
        return None
    if request.method == "GET":
        return await _list_again(request, error, catalogue)
    form = await sent_form(request)
    if form is None:
        return None
    for path, query in _where_it_stood(request):
        page = await _asked(request, path, query)
        if page is not None:
            shown = _beside(request, page, form, error, catalogue)
            if shown is not None:
                return shown
    return None


async def _list_again(request: Request, error: PassportError, catalogue: Catalogue | None) -> Response | None:
    """The page of a filter in an address, all of it, with the filter as it was filled in."""
    if not request.query_params:
        return None
    page = await _asked(request, request.url.path, "")
    return None if page is None else _beside(request, page, FormData(request.query_params), error, catalogue)


async def beside_its_field(request: Request, page: Response, error: PassportError) -> Response:
    """A page that a handler made itself of a refused form, with the refusal in it.

    Raises:
        PassportError: the refusal itself, for a program, or where the page has no such form any more.
    """
    if not for_a_person(request):
        raise error
    form = await sent_form(request)
    shown = _beside(request, page, form or FormData(), error, request.app.state.pages.catalogue)
    if shown is None:
        raise error
    return shown


def _beside(
    request: Request, page: Response, form: FormData, error: PassportError, catalogue: Catalogue | None
) -> Response | None:
    typed = [(name, value) for name, value in form.multi_items() if isinstance(value, str)]
    language = language_of(request)
    beside = (
        request.app.state.pages.say("field-wrong", language) if isinstance(error, MalformedRequest) else ""
    )
    told = Told(sentence_of(error, language, catalogue), _about(error), beside)
    filled = refill(bytes(page.body).decode(), request.url.path, typed, told, request.method.lower())
    if filled is None:
        return None
    status = status_of(error)
    kept = {name: value for name, value in page.headers.items() if name.lower() != "content-length"}
    return HTMLResponse(filled, status_code=status, headers={**kept, **headers_of(status)})


def _about(error: PassportError) -> frozenset[str]:
    """The code, and the names of fields that the refusal tells."""
    named = (error.details.get(name) for name in ("field", "column"))
    steps = (step for each in named if isinstance(each, str) for step in each.split("/"))
    return frozenset({error.code, *steps})


def _where_it_stood(request: Request) -> Iterator[tuple[str, str]]:
    """The page that the browser says it was sent from, then the addresses above the one it was sent to."""
    path = request.url.path
    try:
        sender = urlsplit(request.headers.get("referer", ""))
    except ValueError:
        sender = urlsplit("")
    if sender.netloc == request.headers.get("host") and sender.path:
        yield sender.path, sender.query
    for _ in range(_STEPS):
        yield path, ""
        path = path.rpartition("/")[0]
        if not path:
            return


async def _asked(request: Request, path: str, query: str) -> Response | None:
    """The page at an address of ours, asked for by the same browser; None for anything but a page."""
    scope: Scope = {
        **{name: request.scope[name] for name in _OF_A_REQUEST if name in request.scope},
        "method": "GET",
        "path": path,
        "raw_path": path.encode(),
        "query_string": query.encode(),
        "headers": [each for each in request.scope["headers"] if each[0] not in _OF_A_BODY],
        "state": dict(request.scope.get("state", {})),
    }
    answer = _Answer()
    try:
        await request.app.router(scope, _nothing_more, answer.take)
    except (HTTPException, PassportError):  # nothing is read at that address
        return None
    page = Response(answer.body, status_code=answer.status)
    page.raw_headers = answer.headers
    html = page.headers.get("content-type", "").startswith("text/html")
    return page if answer.status == HTTPStatus.OK and html else None


class _Answer:
    """What the application sends back to itself."""

    def __init__(self) -> None:
        self.status, self.body = 0, b""
        self.headers: list[tuple[bytes, bytes]] = []

    async def take(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.status, self.headers = message["status"], list(message["headers"])
        elif message["type"] == "http.response.body":
            self.body += message.get("body", b"")


async def _nothing_more() -> Message:
    return {"type": "http.request", "body": b"", "more_body": False}
