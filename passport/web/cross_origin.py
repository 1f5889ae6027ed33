"""Wallets in a browser: the endpoints that they need answer pages of other origins (Fetch, section 3.2).

Nothing there goes by a cookie: whoever asks brings a code, a token or a proof, so any origin may. Which paths
these are a service says itself; its pages for people and the API of an organisation are not among them.
"""

import re
from collections.abc import Iterable

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

_ANY = {"Access-Control-Allow-Origin": "*"}
_READABLE = "DPoP-Nonce, WWW-Authenticate, ETag, Retry-After, Link, X-Total-Count"
_PREFLIGHT = {
    **_ANY,
    "Access-Control-Allow-Methods": "GET, POST",
    "Access-Control-Allow-Headers": (
        "Accept, Accept-Language, Authorization, Content-Type, DPoP, If-None-Match, "
        "OAuth-Client-Attestation, OAuth-Client-Attestation-PoP"
    ),
    "Access-Control-Max-Age": "3600",
}


class CrossOrigin:
    """Answers preflights for these paths and lets every origin read what they answer, refusals too."""

    def __init__(self, app: ASGIApp, *, paths: re.Pattern[str]) -> None:
        self._app, self._paths = app, paths

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or not self._paths.fullmatch(scope["path"]):
            await self._app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        if scope["method"] == "OPTIONS" and "access-control-request-method" in headers:
            await Response(status_code=204, headers=_PREFLIGHT)(scope, receive, send)
            return

        async def answer(message: Message) -> None:
            if message["type"] == "http.response.start":
                _add(MutableHeaders(scope=message), _ANY.items())
                _add(MutableHeaders(scope=message), [("Access-Control-Expose-Headers", _READABLE)])
            await send(message)

        await self._app(scope, receive, answer)


def _add(headers: MutableHeaders, members: Iterable[tuple[str, str]]) -> None:
    for name, value in members:
        headers[name] = value
