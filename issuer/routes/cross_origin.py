"""Wallets in a browser: the protocol's endpoints answer pages of other origins (Fetch, section 3.2).

Nothing there goes by a cookie: whoever asks brings a code or a token of their own, so any origin may. The
pages for people and the API of the organisation are not among these paths.
"""

import re
from collections.abc import Iterable

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

_OPEN = re.compile(
    r"/\.well-known/(?:openid-credential-issuer|oauth-authorization-server)/o/[^/]+(?:/ims/ob/v3p0)?"
    r"|/o/[^/]+/ims/ob/v3p0/(?:discovery|register|token|revoke|credentials|profile)"
    r"|/o/[^/]+/(?:offers/[^/]+|evidence/[^/]+|par|token|nonce|credential|deferred|notification)"
)
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
    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or not _OPEN.fullmatch(scope["path"]):
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
