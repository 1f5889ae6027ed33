"""The network on a phone: one request at a time through the keeper, by the rules of every host.

What a browser does by itself and a server must be told: it resolves names, and it keeps pages of the
internet from networks that are not theirs (Private Network Access). What it can't do: reach a service that
does not let web pages ask it (CORS); that is Unreachable.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from passport.clock import Clock
from passport.documents import Fetched
from passport.errors.fetch import Redirected, UnexpectedContentType, UnexpectedStatus
from passport.limits import FETCH
from passport.outbound.address import check_url
from passport.outbound.answered import HEADER, REDIRECTS, Answered
from passport.outbound.media_types import PUBLISHED_TYPES
from passport.outbound.ports import NO_HEADERS
from wallet.phone.host import Bridge

_OK, _NOT_MODIFIED = 200, 304
_ETAG = 256
_PLAIN = 128
"""Bytes of a CORS-safelisted request-header."""
_ANY_DOCUMENT = "application/json, application/ld+json, application/did+json, */*;q=0.5"


@dataclass(frozen=True, slots=True)
class _Network:
    bridge: Bridge = field(repr=False)
    allow_loopback: bool

    def send(
        self, method: str, url: str, headers: Mapping[str, str], body: bytes = b"", *, unread: bool = False
    ) -> Answered:
        """Raises NotFetched."""
        target = check_url(url, allow_loopback=self.allow_loopback)
        values, data = self.bridge.ask(
            "network.send",
            body,
            method=method,
            url=f"{target.scheme}://{target.authority}{target.path}",
            headers=dict(headers),
            seconds=FETCH.seconds,
            most=FETCH.size,
            unread=unread,
        )
        status, told = int(values["status"]), dict(values["headers"])
        if status in REDIRECTS:
            raise Redirected
        media_type = str(told.pop("content-type", "")).partition(";")[0].strip().lower()
        short = {name: text for name, text in told.items() if len(text) <= HEADER and text.isprintable()}
        return Answered(status, media_type, data, short)


@dataclass(frozen=True, slots=True)
class PhoneFetcher:
    """Implements passport.outbound.ports.Fetching."""

    network: _Network
    clock: Clock

    async def get(
        self,
        url: str,
        accept: frozenset[str] = PUBLISHED_TYPES,
        *,
        known: Fetched | None = None,
        languages: str = "",
    ) -> Fetched:
        """As the port says; without `If-None-Match`, which would cost each service a question more."""
        headers = {"Accept": _asked_plainly(accept)}
        if languages:
            headers["Accept-Language"] = languages
        found = self.network.send("GET", url, headers)
        if found.status == _NOT_MODIFIED and known is not None:
            return replace(known, fetched_at=self.clock())
        if found.status != _OK:
            raise UnexpectedStatus(status=found.status)
        if found.media_type not in accept:
            raise UnexpectedContentType
        etag = found.headers.get("etag", "")
        return Fetched(url, found.body, self.clock(), found.media_type, etag if len(etag) <= _ETAG else "")


@dataclass(frozen=True, slots=True)
class PhoneExchange:
    """Implements passport.outbound.ports.Exchanging."""

    network: _Network

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
        sent = {**headers, "Content-Type": media_type, "Accept": ", ".join(sorted(accept))}
        return self.network.send("POST", url, _authorized(sent, authorization), body).taken_as(accept)

    async def get(
        self,
        url: str,
        *,
        accept: frozenset[str] | None,
        authorization: str,
        headers: Mapping[str, str] = NO_HEADERS,
    ) -> Answered:
        sent = {**headers, "Accept": "*/*" if accept is None else ", ".join(sorted(accept))}
        return self.network.send("GET", url, _authorized(sent, authorization)).taken_as(accept)

    async def tell(self, url: str, body: bytes, *, media_type: str, headers: Mapping[str, str]) -> Answered:
        return self.network.send("POST", url, {**headers, "Content-Type": media_type}, body, unread=True)


def network_of(bridge: Bridge, clock: Clock, *, allow_loopback: bool) -> tuple[PhoneFetcher, PhoneExchange]:
    """What fetches and what exchanges, over one way out."""
    network = _Network(bridge, allow_loopback)
    return PhoneFetcher(network, clock), PhoneExchange(network)


def _authorized(headers: Mapping[str, str], authorization: str | None) -> Mapping[str, str]:
    return headers if authorization is None else {**headers, "Authorization": authorization}


def _asked_plainly(accept: frozenset[str]) -> str:
    """So short that a browser asks at once: a longer one must first be allowed (Fetch, section 2.2.2)."""
    whole = ", ".join(sorted(accept))
    return whole if len(whole) <= _PLAIN else _ANY_DOCUMENT
