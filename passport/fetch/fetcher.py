"""Fetch one document: resolve, check, pin, ask once, read a bounded body in bounded time."""

import asyncio
import socket
import ssl
from collections.abc import Awaitable, Callable
from dataclasses import replace

import httpx

from passport import limits
from passport.clock import Clock, utc_now
from passport.documents import Fetched
from passport.errors.fetch import (
    FetchedTooLarge,
    FetchTimedOut,
    HostUnknown,
    Redirected,
    UnexpectedContentType,
    UnexpectedStatus,
    Unreachable,
)
from passport.fetch.authorities import usual_authorities
from passport.outbound.address import Target, check_addresses, check_url
from passport.outbound.media_types import PUBLISHED_TYPES

Resolve = Callable[[str, int], Awaitable[list[str]]]

_ATTEMPTS = 2
_ETAG_LENGTH = 256
_NOT_MODIFIED = 304
_OK = 200
_REDIRECTS = range(300, 400)


async def resolve_host(host: str, port: int) -> list[str]:
    """Every address of a name, from the system's resolver; raises HostUnknown."""
    loop = asyncio.get_running_loop()
    try:
        found = await loop.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        raise HostUnknown from None
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


class Fetcher:
    """The outbound door.

    A name is resolved once, its addresses are checked, and the connection goes to the checked address while
    TLS and the Host header keep the name: a name that changes its mind in between changes nothing. No
    connection is kept, since a kept one is found by its address alone. No proxy, no cookies, no redirects.
    """

    def __init__(
        self,
        *,
        allow_loopback: bool = False,
        clock: Clock = utc_now,
        bounds: limits.FetchLimits = limits.FETCH,
        resolve: Resolve = resolve_host,
        tls: ssl.SSLContext | None = None,
    ) -> None:
        """Args:

        allow_loopback: development only: http to this machine, also for https://localhost.
        tls: whose certificates are trusted; by default the usual authorities.
        """
        self._allow_loopback = allow_loopback
        self._clock = clock
        self._bounds = bounds
        self._resolve = resolve
        self._tls = tls or usual_authorities()

    async def get(
        self,
        url: str,
        accept: frozenset[str] = PUBLISHED_TYPES,
        *,
        known: Fetched | None = None,
        languages: str = "",
    ) -> Fetched:
        """Fetch a document.

        Args:
            url: https, a public host name.
            accept: the media types that are taken, exactly.
            known: an older copy; when its ETag still holds it is returned with the present time.
            languages: what is said as Accept-Language; nothing where a document is the same for everybody.

        Raises:
            NotFetched: one of the classes in passport.errors.fetch.
        """
        target = check_url(url, allow_loopback=self._allow_loopback)
        try:
            async with asyncio.timeout(self._bounds.seconds):
                pinned = target.pinned or check_addresses(await self._resolve(target.host, target.port))
                for attempt in range(_ATTEMPTS):
                    try:
                        return await self._ask(url, target, pinned, accept, known=known, languages=languages)
                    except (httpx.ConnectError, httpx.RemoteProtocolError, httpx.ReadError):
                        if attempt + 1 == _ATTEMPTS:
                            raise
        except TimeoutError:
            raise FetchTimedOut(seconds=int(self._bounds.seconds)) from None
        except (httpx.HTTPError, httpx.InvalidURL, ssl.SSLError, OSError, ValueError):
            raise Unreachable from None
        raise Unreachable

    async def _ask(
        self,
        url: str,
        target: Target,
        pinned: str,
        accept: frozenset[str],
        *,
        known: Fetched | None,
        languages: str,
    ) -> Fetched:
        address = f"[{pinned}]" if ":" in pinned else pinned
        headers = {
            "Host": target.authority,
            "Accept": ", ".join(sorted(accept)),
            "Accept-Encoding": "identity",
            "User-Agent": "skills-passport",
            "Connection": "close",
        }
        if known is not None and known.etag:
            headers["If-None-Match"] = known.etag
        if languages:
            headers["Accept-Language"] = languages
        request = httpx.Request(
            "GET",
            f"{target.scheme}://{address}:{target.port}{target.path}",
            headers=headers,
            extensions={
                "sni_hostname": target.host,
                "timeout": httpx.Timeout(self._bounds.seconds).as_dict(),
            },
        )
        async with httpx.AsyncHTTPTransport(verify=self._tls, trust_env=False, http2=False) as transport:
            response = await transport.handle_async_request(request)
            try:
                return await self._read(url, response, accept, known)
            finally:
                await response.aclose()

    async def _read(
        self, url: str, response: httpx.Response, accept: frozenset[str], known: Fetched | None
    ) -> Fetched:
        status = response.status_code
        if status == _NOT_MODIFIED and known is not None:
            return replace(known, fetched_at=self._clock())
        if status in _REDIRECTS:
            raise Redirected
        if status != _OK:
            raise UnexpectedStatus(status=status)
        media_type = response.headers.get("content-type", "").partition(";")[0].strip().lower()
        if media_type not in accept:
            raise UnexpectedContentType
        if response.headers.get("content-encoding", "identity").strip().lower() != "identity":
            raise UnexpectedContentType
        body = await self._bounded(response)
        etag = response.headers.get("etag", "")
        return Fetched(url, body, self._clock(), media_type, etag if len(etag) <= _ETAG_LENGTH else "")

    async def _bounded(self, response: httpx.Response) -> bytes:
        assert isinstance(response.stream, httpx.AsyncByteStream)
        body = bytearray()
        async for part in response.stream:
            body += part
            if len(body) > self._bounds.size:
                raise FetchedTooLarge(limit=self._bounds.size)
        return bytes(body)
