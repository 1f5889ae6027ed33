"""Where a person is sent back to: an address of the web, of this machine, or of an app (RFC 8252, section 7).

It is compared character by character with what was asked before (RFC 6749, section 3.1.2.3; RFC 9700, 4.1.3),
so here is refused whatever two programs could read in two ways.
"""

import ipaddress
import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import urlsplit

from passport.errors.oauth import InvalidRedirectUri

_LENGTH = 2_048
_CHARACTERS = re.compile(r"(?:[A-Za-z0-9._~:/?@!$&'()+,;=-]|%[0-9A-Fa-f]{2})+", re.ASCII)
"""RFC 3986 without `#`, which would be a fragment, `[` and `]`, and `*`, which nobody means literally."""
_PRIVATE_SCHEME = re.compile(r"[a-z][a-z0-9+-]*(?:\.[a-z0-9+-]+)+", re.ASCII)
"""A name of a domain in reverse (RFC 8252, section 7.1): that leaves out javascript, data, file, intent …"""
_HOST = re.compile(
    r"(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?)(?:\.[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?)+"
)
_LOOPBACK = frozenset({"127.0.0.1", "localhost"})
_LOOPBACK_6 = "http://[::1]"
_DETOUR = re.compile(r"(?:^|/)\.{1,2}(?:/|$)|//|\\|%(?:2[EeFf]|5[Cc]|00|0[AaDd]|25)", re.ASCII)
"""In a path: `.` and `..`, an empty part, and the same written with escapes."""


class RedirectKind(StrEnum):
    WEB = "web"
    LOOPBACK = "loopback"
    """A program on the person's own machine, at whatever port it got (RFC 8252, section 7.3)."""
    PRIVATE = "private"
    """An app that the person's machine knows by this scheme."""


@dataclass(frozen=True, slots=True)
class RedirectUri:
    text: str
    kind: RedirectKind
    shown: str
    """Who gets the answer, as it can be shown: the host in ASCII and small letters, or the scheme."""

    @property
    def source(self) -> str:
        """As a source in a Content Security Policy: a scheme and host, or the scheme of an app."""
        if self.kind is RedirectKind.PRIVATE:
            return f"{self.shown}:"
        parts = urlsplit(self.text)
        return f"{parts.scheme}://{parts.netloc.lower()}"


def check_redirect_uri(text: str) -> RedirectUri:
    """Read an address to go back to.

    Raises:
        InvalidRedirectUri: http on another host, a scheme without a dot, user information, a fragment, a
            wildcard, detours in the path, an address by number, or characters that need escapes.
    """
    scheme, colon, rest = text.partition(":")
    if len(text) > _LENGTH or not colon:
        raise InvalidRedirectUri
    if scheme == "http":
        return _loopback(text)
    if not _CHARACTERS.fullmatch(text):
        raise InvalidRedirectUri
    if scheme == "https":
        return _web(text)
    if not _PRIVATE_SCHEME.fullmatch(scheme) or not rest:
        raise InvalidRedirectUri
    # the // before what looks like a host is as good as one / (RFC 8252, section 7.1)
    _check_path(f"/{rest.lstrip('/').partition('?')[0]}")
    if "@" in rest:
        raise InvalidRedirectUri
    return RedirectUri(text, RedirectKind.PRIVATE, scheme)


def is_registered(asked: RedirectUri, registered: Iterable[str]) -> bool:
    """Whether a client may be answered there: letter by letter one of those that it registered.

    On the person's own machine any port will do (RFC 8252, section 7.3).
    """
    for text in registered:
        known = check_redirect_uri(text)
        loopback = known.kind is asked.kind is RedirectKind.LOOPBACK
        if text == asked.text or (loopback and _without_port(known) == _without_port(asked)):
            return True
    return False


def _without_port(uri: RedirectUri) -> tuple[str, str, str]:
    parts = urlsplit(uri.text)
    return uri.shown, parts.path, parts.query


def _web(text: str) -> RedirectUri:
    host = _host(text)
    if not _HOST.fullmatch(host) or host.rpartition(".")[2].isdigit():
        raise InvalidRedirectUri
    return RedirectUri(text, RedirectKind.WEB, host.lower())


def _loopback(text: str) -> RedirectUri:
    six = text.startswith(_LOOPBACK_6)
    if not _CHARACTERS.fullmatch(text.replace(_LOOPBACK_6, "http://localhost", 1) if six else text):
        raise InvalidRedirectUri
    host = _host(text)
    if host not in _LOOPBACK and not (six and ipaddress.ip_address(host).is_loopback):
        raise InvalidRedirectUri
    return RedirectUri(text, RedirectKind.LOOPBACK, host)


def _host(text: str) -> str:
    """The host as it is written; raises InvalidRedirectUri for whatever stands beside a host and a port."""
    try:
        parts = urlsplit(text)
        host, port = parts.hostname, parts.port
    except ValueError:
        raise InvalidRedirectUri from None
    written = f"[{host}]" if host and ":" in host else host
    if not host or parts.netloc.lower() != (written if port is None else f"{written}:{port}"):
        raise InvalidRedirectUri
    _check_path(parts.path)
    return host


def _check_path(path: str) -> None:
    if _DETOUR.search(path):
        raise InvalidRedirectUri
