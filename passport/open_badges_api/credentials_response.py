"""GetOpenBadgeCredentialsResponse: badges in JSON, and badges as signed tokens (section B.2.1)."""

from dataclasses import dataclass, field
from typing import Any

from passport import limits
from passport.errors.open_badges_api import MalformedBadgeList
from passport.json import JsonObject, dump, parse_object
from passport.limits import JsonLimits
from passport.open_badges_api.limits import OPEN_BADGES_API

_BOUNDS = JsonLimits(size=limits.FETCH.size, string=limits.CREDENTIAL.size)
_TOKENS = ("compactJwsString", "compactJwsStrings")
"""The data model's name; and the one of the specification's own example 7, which providers copied."""


@dataclass(frozen=True, slots=True)
class CredentialsResponse:
    """One page."""

    credential: tuple[JsonObject, ...] = ()
    """Those that bear their proof inside."""
    compact_jws_string: tuple[str, ...] = field(default=(), repr=False)
    """Those that are secured by VC-JWT."""

    def to_json(self) -> JsonObject:
        return {"credential": list(self.credential), "compactJwsString": list(self.compact_jws_string)}

    @property
    def sources(self) -> tuple[bytes, ...]:
        """Each of them by itself, to be examined."""
        return (
            *(dump(each) for each in self.credential),
            *(each.encode("ascii") for each in self.compact_jws_string),
        )


def parse_credentials_response(source: bytes | JsonObject) -> CredentialsResponse:
    """Read one page, as a client does; each badge is examined afterwards.

    Raises:
        MalformedBadgeList, or MalformedJson and its kinds.
    """
    value = parse_object(source, _BOUNDS) if isinstance(source, bytes) else source
    badges = _list(value.get("credential", []), dict)
    tokens = [token for name in _TOKENS for token in _list(value.get(name, []), str)]
    if not all(token.isascii() for token in tokens):
        raise MalformedBadgeList
    return CredentialsResponse(tuple(badges), tuple(tokens))


def _list(value: Any, kind: type) -> list[Any]:
    """One where a list belongs is taken as a list of one: some writers of JSON-LD do so."""
    found = [value] if isinstance(value, kind) else value
    if not isinstance(found, list) or len(found) > OPEN_BADGES_API.badges:
        raise MalformedBadgeList
    if not all(isinstance(each, kind) for each in found):
        raise MalformedBadgeList
    return found
