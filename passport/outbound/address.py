"""Which addresses may be fetched: the form of the URL, and the IP addresses behind its name.

A URL comes from a stranger's document. What it may reach is what anybody on the internet may reach.
"""

import ipaddress
import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from passport.errors.fetch import AddressNotPublic, AddressRefused

IPAddress = ipaddress.IPv4Address | ipaddress.IPv6Address

_LENGTH = 2048
_VISIBLE = re.compile(r"[!-~]+")
_LABEL = r"[a-z0-9](?:[a-z0-9_-]{0,61}[a-z0-9])?"
# the last label starts with a letter: no address in numbers in any spelling (127.1, 0x7f.1, 2130706433)
_HOST = re.compile(rf"(?:{_LABEL}\.)+[a-z](?:[a-z0-9-]{{0,61}}[a-z0-9])")
_HOST_LENGTH = 253
_SPECIAL_ENDINGS = (".localhost", ".local", ".internal", ".home.arpa", ".onion", ".localdomain", ".test")
_LOOPBACK_NAMES = {"localhost": "127.0.0.1", "127.0.0.1": "127.0.0.1", "[::1]": "::1"}
_PORTS = range(1, 65_536)

_GLOBAL_UNICAST = ipaddress.ip_network("2000::/3")
_EMBEDS_IPV4 = tuple(ipaddress.ip_network(text) for text in ("2001::/32", "2002::/16", "64:ff9b::/32"))
"""Teredo, 6to4 and NAT64: an IPv4 address inside, which would be reached behind the check's back."""
_RELAY = ipaddress.ip_network("192.88.99.0/24")
"""6to4 relays (RFC 7526): global by the registry of old, and a way round by now."""
_IETF = tuple(ipaddress.ip_network(text) for text in ("2001::/23", "2001:db8::/32", "3fff::/20"))


@dataclass(frozen=True, slots=True)
class Target:
    """Where to connect: a checked host, before or after its name is resolved."""

    scheme: str
    host: str
    port: int
    path: str
    pinned: str | None = None
    """The address of a loopback name, which is never resolved."""

    @property
    def authority(self) -> str:
        """The Host header."""
        usual = {"https": 443, "http": 80}[self.scheme]
        return self.host if self.port == usual else f"{self.host}:{self.port}"


def check_url(url: str, *, allow_loopback: bool) -> Target:
    """Take a URL apart if it may be fetched.

    With `allow_loopback` (development), http and https to localhost, 127.0.0.1 and [::1] are taken too, and
    both go as http.

    Raises:
        AddressRefused: another scheme, user info, a fragment, an address in numbers, a name without a dot,
            characters that parsers disagree about.
    """
    if len(url) > _LENGTH or not _VISIBLE.fullmatch(url) or "\\" in url:
        raise AddressRefused
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        raise AddressRefused from None
    if parts.fragment or url.endswith("#") or "@" in parts.netloc or parts.scheme not in {"https", "http"}:
        raise AddressRefused
    host = parts.netloc.lower()
    if port is not None or host.endswith(":"):
        host, _, digits = host.rpartition(":")
        if not (digits.isascii() and digits.isdigit()) or port not in _PORTS:
            raise AddressRefused
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    if allow_loopback and host in _LOOPBACK_NAMES:
        default = 443 if parts.scheme == "https" else 80
        return Target("http", host, port or default, path, _LOOPBACK_NAMES[host])
    if parts.scheme != "https" or len(host) > _HOST_LENGTH or not _HOST.fullmatch(host):
        raise AddressRefused
    if host.endswith(_SPECIAL_ENDINGS):
        raise AddressRefused
    return Target("https", host, port or 443, path)


def check_addresses(addresses: list[str]) -> str:
    """The address to connect to, when every one that a name leads to is public.

    Raises:
        AddressNotPublic: one of them is not, or there is none.
    """
    if not addresses:
        raise AddressNotPublic
    for text in addresses:
        try:
            address = ipaddress.ip_address(text)
        except ValueError:
            raise AddressNotPublic from None
        if not is_public(address):
            raise AddressNotPublic
    return addresses[0]


def is_public(address: IPAddress) -> bool:
    """Unicast on the public internet, and nothing that carries another address inside.

    `is_global` alone says yes to multicast, NAT64 and 6to4 forms of loopback.
    """
    if isinstance(address, ipaddress.IPv4Address):
        return (
            address.is_global and address not in _RELAY and not (address.is_multicast or address.is_reserved)
        )
    if address not in _GLOBAL_UNICAST or any(address in network for network in (*_EMBEDS_IPV4, *_IETF)):
        return False
    return address.is_global and not address.is_multicast
