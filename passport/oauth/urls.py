"""Addresses in protocol messages: https, and http on this machine alone for development."""

from urllib.parse import urlsplit

from passport.errors.oauth import MalformedIssuerUrl

_LENGTH = 2_048
_LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})


def check_url(url: object, *, query: bool = False) -> str:
    """Return an address that a message may name (OpenID4VCI 1.0, sections 4.1 and 12.2.1).

    Whether a host may be reached at all is decided where it is fetched, not here.

    Raises:
        MalformedIssuerUrl: another scheme, user information, a fragment, or a query where none belongs.
    """
    if not isinstance(url, str) or len(url) > _LENGTH or not url.isascii() or not url.isprintable():
        raise MalformedIssuerUrl
    if any(mark in url for mark in ' "<>\\^`{|}#'):
        raise MalformedIssuerUrl
    try:
        parts = urlsplit(url)
        host, _ = parts.hostname, parts.port
    except ValueError:
        raise MalformedIssuerUrl from None
    if not host or "@" in parts.netloc or ("?" in url and not query):
        raise MalformedIssuerUrl
    if parts.scheme != "https" and not (parts.scheme == "http" and host in _LOOPBACK):
        raise MalformedIssuerUrl
    return url


def well_known(issuer: str, name: str) -> str:
    """Insert `/.well-known/<name>` between host and path (OpenID4VCI 1.0, 12.2.2; RFC 8414, section 3)."""
    parts = urlsplit(check_url(issuer))
    return f"{parts.scheme}://{parts.netloc}/.well-known/{name}{parts.path.rstrip('/')}"
