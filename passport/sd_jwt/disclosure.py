"""A disclosure: a claim or an array element with its salt (RFC 9901, section 4.2)."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from passport.encoding import base64url_decode, base64url_encode
from passport.errors import MalformedEncoding, MalformedJson
from passport.errors.sd_jwt import MalformedDisclosure, ReservedClaimName, UnsupportedDisclosureDigest
from passport.json import JsonObject, JsonValue, dump, parse_json

DIGESTS = "_sd"
ELEMENT = "..."
ALGORITHM = "_sd_alg"
RESERVED = frozenset({DIGESTS, ELEMENT, ALGORITHM})
DEFAULT = "sha-256"
_HASHES: dict[str, Callable[[bytes], "hashlib._Hash"]] = {
    "sha-256": hashlib.sha256,
    "sha-384": hashlib.sha384,
    "sha-512": hashlib.sha512,
}
"""By their names in the IANA registry of named information hashes (RFC 9901, section 4.1.1)."""
_OF_ELEMENT, _OF_CLAIM = 2, 3


@dataclass(frozen=True, slots=True)
class Disclosure:
    """`text` is what is sent and digested; `name` is None for an element of an array."""

    text: str
    salt: str
    name: str | None
    value: Any


def make_disclosure(salt: str, name: str | None, value: JsonValue) -> Disclosure:
    """Write a disclosure (RFC 9901, sections 4.2.1 and 4.2.2)."""
    content = [salt, value] if name is None else [salt, name, value]
    return Disclosure(base64url_encode(dump(content)), salt, name, value)


def parse_disclosure(text: str) -> Disclosure:
    """Read a disclosure.

    Raises:
        MalformedDisclosure: no array of two or three in canonical base64url, or no text where there must be.
        ReservedClaimName: it names a claim `_sd` or `...`.
        TooLarge: JSON beyond its limits.
    """
    try:
        content: Any = parse_json(base64url_decode(text))
    except (MalformedEncoding, MalformedJson):
        raise MalformedDisclosure from None
    if not isinstance(content, list) or len(content) not in (_OF_ELEMENT, _OF_CLAIM):
        raise MalformedDisclosure
    salt, *names, value = content
    if not isinstance(salt, str) or not all(isinstance(name, str) for name in names):
        raise MalformedDisclosure
    if not RESERVED.isdisjoint(names):
        raise ReservedClaimName
    return Disclosure(text, salt, names[0] if names else None, value)


def digest_algorithm(claims: JsonObject) -> str:
    """The `_sd_alg` of an issuer's claims (RFC 9901, section 4.1.1).

    Raises:
        UnsupportedDisclosureDigest: another hash, or no name of one.
    """
    found = claims.get(ALGORITHM, DEFAULT)
    if not isinstance(found, str) or found not in _HASHES:
        raise UnsupportedDisclosureDigest
    return found


def digest(text: str, algorithm: str = DEFAULT) -> str:
    """The digest of a disclosure, or of a whole presentation for `sd_hash`, over its characters."""
    return base64url_encode(_HASHES[algorithm](text.encode("ascii")).digest())
