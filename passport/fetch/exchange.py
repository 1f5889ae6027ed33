"""One request to somebody else's service and its answer, by the same rules as fetching a document.

For protocols that post: a token request, a credential request, an answer to a challenge. Sent once: what was
posted may have been done, so it is never tried again by itself.
"""

import asyncio
import ssl
from collections.abc import Mapping

import httpx

from passport import limits
from passport.errors.fetch import (
    FetchedTooLarge,
    FetchTimedOut,
    Redirected,
    UnexpectedContentType,
    Unreachable,
)
from passport.fetch.authorities import usual_authorities
from passport.fetch.fetcher import Resolve, resolve_host
from passport.outbound.address import check_addresses, check_url
from passport.outbound.answered import HEADER, REDIRECTS, Answered
from passport.outbound.ports import NO_HEADERS

_TOLD = (
    "dpop-nonce",
    "link",
    "oauth-client-attestation-challenge",
    "retry-after",
    "www-authenticate",
    "x-total-count",
)
"""Headers of an answer that protocols read; the others are nobody's business."""


class Exchange:
    """Sends one request to a checked, pinned address. No proxy, no cookies, no redirects, no second try."""

    def __init__(
        self,
        *,
        allow_loopback: bool = False,
        bounds: limits.FetchLimits = limits.FETCH,
        resolve: Resolve = resolve_host,
        tls: ssl.SSLContext | None = None,
    ) -> None:
        self._allow_loopback = allow_loopback
        self._bounds = bounds
        self._resolve = resolve
        self._tls = tls or usual_authorities()

    async def post(
        self,
        url: str,
        body: bytes,
        *,
        media_type: str,
        accept: frozenset[str],
        authorization: str | None = None,
        headers: Mapping[str, str] = NO_HEADERS,
    ) -> Answered:
        """Post a body. Every status but a redirect is an answer.

        `accept` are the media types that a success may have (an empty body may have any), `authorization` is
        the whole header, `headers` are further ones, such as `DPoP`.

        Raises:
            NotFetched: one of the classes in passport.errors.fetch.
        """
        sent = {**headers, "Content-Type": media_type, **_authorized(authorization)}
        return await self._send("POST", url, body, sent, accept)

    async def get(
        self,
        url: str,
        *,
        accept: frozenset[str] | None,
        authorization: str,
        headers: Mapping[str, str] = NO_HEADERS,
    ) -> Answered:
        """Get something that is only for the bearer of a token; `accept` None takes any media type."""
        return await self._send("GET", url, b"", {**headers, **_authorized(authorization)}, accept)

    async def tell(self, url: str, body: bytes, *, media_type: str, headers: Mapping[str, str]) -> Answered:
        """Post something whose answer is its status: what else comes back is not read.

        Raises:
            NotFetched: one of the classes in passport.errors.fetch.
        """
        return await self._send("POST", url, body, {**headers, "Content-Type": media_type}, None, unread=True)

    async def _send(
        self,
        method: str,
        url: str,
        body: bytes,
        headers: dict[str, str],
        accept: frozenset[str] | None,
        *,
        unread: bool = False,
    ) -> Answered:
        target = check_url(url, allow_loopback=self._allow_loopback)
        try:
            async with asyncio.timeout(self._bounds.seconds):
                pinned = target.pinned or check_addresses(await self._resolve(target.host, target.port))
                address = f"[{pinned}]" if ":" in pinned else pinned
                request = httpx.Request(
                    method,
                    f"{target.scheme}://{address}:{target.port}{target.path}",
                    content=body or None,
                    headers={
                        "Host": target.authority,
                        "Accept": "*/*" if accept is None else ", ".join(sorted(accept)),
                        "Accept-Encoding": "identity",
                        "User-Agent": "skills-passport",
                        "Connection": "close",
                        **headers,
                    },
                    extensions={
                        "sni_hostname": target.host,
                        "timeout": httpx.Timeout(self._bounds.seconds).as_dict(),
                    },
                )
                async with httpx.AsyncHTTPTransport(
                    verify=self._tls, trust_env=False, http2=False
                ) as transport:
                    response = await transport.handle_async_request(request)
                    try:
                        return _status(response) if unread else await self._read(response, accept)
                    finally:
                        await response.aclose()
        except TimeoutError:
            raise FetchTimedOut(seconds=int(self._bounds.seconds)) from None
        except (httpx.HTTPError, httpx.InvalidURL, ssl.SSLError, OSError, ValueError):
            raise Unreachable from None

    async def _read(self, response: httpx.Response, accept: frozenset[str] | None) -> Answered:
        if response.status_code in REDIRECTS:
            raise Redirected
        if response.headers.get("content-encoding", "identity").strip().lower() != "identity":
            raise UnexpectedContentType
        assert isinstance(response.stream, httpx.AsyncByteStream)
        body = bytearray()
        async for part in response.stream:
            body += part
            if len(body) > self._bounds.size:
                raise FetchedTooLarge(limit=self._bounds.size)
        media_type = response.headers.get("content-type", "").partition(";")[0].strip().lower()
        answered = Answered(response.status_code, media_type, bytes(body), _told(response.headers))
        return answered.taken_as(accept)


def _status(response: httpx.Response) -> Answered:
    if response.status_code in REDIRECTS:
        raise Redirected
    return Answered(response.status_code, "", b"", _told(response.headers))


def _authorized(authorization: str | None) -> dict[str, str]:
    return {} if authorization is None else {"Authorization": authorization}


def _told(headers: httpx.Headers) -> Mapping[str, str]:
    found = {name: headers[name] for name in _TOLD if name in headers}
    return {name: text for name, text in found.items() if len(text) <= HEADER and text.isprintable()}
