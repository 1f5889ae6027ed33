"""The door itself: host, size, encoding and time of a request; headers, id and log line of a response.

Plain ASGI, so that it bounds a body while it streams and sees every response, also those of errors.
"""

import asyncio
import logging
import time
import traceback
import uuid
from collections.abc import Callable
from fnmatch import fnmatchcase

from fastapi import Request, Response
from python_multipart.multipart import parse_options_header
from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import ClientDisconnect
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from passport.errors import PassportError
from passport.errors.web import (
    BodyTooLarge,
    BodyTooSlow,
    InternalError,
    MalformedRequest,
    UnknownHost,
    UnsupportedContentEncoding,
    UnsupportedMediaType,
)
from passport.web.settings import WebSettings

log = logging.getLogger("passport.web")

Refuse = Callable[[Request, PassportError], Response]

_POLICY = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self'",
    "form-action": "'self'",
    "base-uri": "'none'",
    "frame-ancestors": "'none'",
}


def security_headers(settings: WebSettings) -> dict[str, str]:
    policy = {**_POLICY, **settings.content_security_policy}
    headers = {
        "content-security-policy": "; ".join(f"{name} {value}" for name, value in policy.items()),
        "x-content-type-options": "nosniff",
        "x-frame-options": "DENY",
        "referrer-policy": "same-origin",
        "permissions-policy": "camera=(), geolocation=(), microphone=()",
        "cross-origin-opener-policy": "same-origin",
        "cache-control": "no-store",
    }
    if settings.secure:
        headers["strict-transport-security"] = "max-age=31536000; includeSubDomains"
    return headers


class Guard:
    def __init__(self, app: ASGIApp, *, settings: WebSettings, refuse: Refuse) -> None:
        self._app = app
        self._settings = settings
        self._refuse = refuse
        self._headers = security_headers(settings)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        await _Exchange(self, scope, receive, send).run()

    async def serve(self, scope: Scope, receive: Receive, send: Send) -> None:
        await self._app(scope, receive, send)

    def refuse(self, scope: Scope, error: PassportError) -> Response:
        return self._refuse(Request(scope), error)

    def add_headers(self, headers: MutableHeaders, request_id: str) -> None:
        for name, value in self._headers.items():
            headers.setdefault(name, value)
        # what any origin may read, any page may show as well, as pictures of badges
        readable = headers.get("access-control-allow-origin") == "*"
        headers.setdefault("cross-origin-resource-policy", "cross-origin" if readable else "same-origin")
        headers["x-request-id"] = request_id

    def body_limit(self, path: str) -> int:
        found = [most for pattern, most in self._settings.body_limits.items() if fnmatchcase(path, pattern)]
        return max(found, default=self._settings.body_limit)

    @property
    def body_seconds(self) -> float:
        return self._settings.body_seconds

    def check(self, scope: Scope) -> None:
        """What can be refused before a byte of the body is read."""
        headers = Headers(scope=scope)
        hosts = self._settings.hosts
        if "*" not in hosts and _host_name(headers.get("host", "")) not in hosts:
            raise UnknownHost
        if headers.get("content-encoding", "identity").lower() != "identity":
            raise UnsupportedContentEncoding
        length = headers.get("content-length", "0")
        if not (length.isascii() and length.isdigit()):
            raise MalformedRequest(field="content-length", rule="number")
        if int(length[:20]) > self.body_limit(scope["path"]):
            raise BodyTooLarge(limit=self.body_limit(scope["path"]))
        _check_form_charset(headers.get("content-type", ""))


class _Exchange:
    """One request and its response."""

    def __init__(self, guard: Guard, scope: Scope, receive: Receive, send: Send) -> None:
        self._guard, self._scope = guard, scope
        self._receive, self._send = receive, send
        self._id = str(uuid.uuid4())
        self._began = time.monotonic()
        self._received = 0
        self._complete = False
        self._refused: PassportError | None = None
        self._status = 0
        self._silenced = False
        scope.setdefault("state", {})["request_id"] = self._id

    async def run(self) -> None:
        try:
            self._guard.check(self._scope)
            await self._guard.serve(self._scope, self.receive, self.send)
        except PassportError as error:
            await self._answer(error)
        except ClientDisconnect:
            pass  # nobody is there to be answered, and nothing of ours broke
        except Exception as error:  # noqa: BLE001 - whatever it is, the peer gets one plain problem
            _log_failure(error, self._id)
            await self._answer(self._refused or InternalError())
        finally:
            self._log()

    async def receive(self) -> Message:
        if self._complete:
            return await self._receive()
        left = self._began + self._guard.body_seconds - time.monotonic()
        try:
            message = await asyncio.wait_for(self._receive(), max(left, 0.001))
        except TimeoutError:
            self._refused = BodyTooSlow()
            raise self._refused from None
        if message["type"] == "http.request":
            self._received += len(message.get("body", b""))
            self._complete = not message.get("more_body", False)
            most = self._guard.body_limit(self._scope["path"])
            if self._received > most:
                self._refused = BodyTooLarge(limit=most)
                raise self._refused
        return message

    async def send(self, message: Message) -> None:
        if self._silenced:
            return
        if message["type"] == "http.response.start":
            if self._refused is not None and self._status == 0:
                # FastAPI turns what a body reader raises into its own 400; the true reason wins
                self._silenced = True
                await self._write(self._guard.refuse(self._scope, self._refused))
                return
            self._status = message["status"]
            self._guard.add_headers(MutableHeaders(scope=message), self._id)
        await self._send(message)

    async def _answer(self, error: PassportError) -> None:
        if self._status == 0:
            await self._write(self._guard.refuse(self._scope, error))

    async def _write(self, response: Response) -> None:
        self._status = response.status_code
        self._guard.add_headers(response.headers, self._id)
        await response(self._scope, self._receive, self._send)

    def _log(self) -> None:
        """The route's template and not the path: paths name people's things."""
        route = self._scope.get("route")
        log.info(
            "%s %s %s %.0f ms %s",
            self._scope["method"] if str(self._scope["method"]).isalpha() else "?",
            getattr(route, "path", "-"),
            self._status,
            (time.monotonic() - self._began) * 1000,
            self._id,
        )


def _check_form_charset(content_type: str) -> None:
    """Fields of a form are decoded by the codec that its sender names: ours is UTF-8, as in all browsers.

    Others raise what no reader expects (`undefined`, `punycode`) or make lone surrogates of escapes.
    """
    media_type, parameters = parse_options_header(content_type)
    if not media_type.startswith(b"multipart/"):
        return
    if parameters.get(b"charset", b"utf-8").lower() != b"utf-8":
        raise UnsupportedMediaType(accepted="multipart/form-data")


def _host_name(host: str) -> str:
    if host.startswith("["):
        return host[1:].partition("]")[0]
    return host.partition(":")[0].lower()


def _log_failure(error: Exception, request_id: str) -> None:
    """Where it broke, without the message: that may hold what somebody sent."""
    frames = "".join(traceback.format_tb(error.__traceback__))
    log.error("unexpected %s in %s\n%s", type(error).__qualname__, request_id, frames)
