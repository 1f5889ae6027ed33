"""Authorization details of type `openid_credential` (RFC 9396; OpenID4VCI 1.0, sections 5.1.1 and 6.2)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from passport import limits
from passport.errors import PassportError
from passport.errors.oauth import InvalidAuthorizationDetails
from passport.json import JsonObject, dump, parse_json

TYPE = "openid_credential"
_BOUNDS = limits.JsonLimits(size=16_384, depth=8, array=64, string=2_048)
_MOST = 64
_LENGTH = 512


@dataclass(frozen=True, slots=True)
class AuthorizationDetail:
    """One kind of credential that is asked for, or granted with the identifiers of what may be fetched."""

    credential_configuration_id: str
    credential_identifiers: tuple[str, ...] = ()
    """In a token response only."""
    locations: tuple[str, ...] = ()
    """The Credential Issuer, where the authorization server serves several."""

    def to_json(self) -> JsonObject:
        written: JsonObject = {"type": TYPE, "credential_configuration_id": self.credential_configuration_id}
        if self.locations:
            written["locations"] = list(self.locations)
        if self.credential_identifiers:
            written["credential_identifiers"] = list(self.credential_identifiers)
        return written


def write_authorization_details(details: Sequence[AuthorizationDetail]) -> str:
    """As a request parameter: a JSON array as text."""
    return dump([detail.to_json() for detail in details]).decode("utf-8")


def parse_authorization_details(source: str) -> tuple[AuthorizationDetail, ...]:
    """Read the request parameter, as a server does.

    Raises:
        InvalidAuthorizationDetails: malformed, empty, or of another type than ours (RFC 9396, section 5).
    """
    try:
        value = parse_json(source.encode("utf-8"), _BOUNDS)
    except (PassportError, UnicodeEncodeError):
        raise InvalidAuthorizationDetails from None
    if not isinstance(value, list) or not 0 < len(value) <= _MOST:
        raise InvalidAuthorizationDetails
    return tuple(_detail(item) for item in value)


def granted_details(value: Any) -> tuple[AuthorizationDetail, ...]:
    """Read what a token response grants, as a wallet does; other types are left out.

    Raises:
        InvalidAuthorizationDetails: no list, or one of ours without identifiers (OpenID4VCI 1.0, 6.2).
    """
    if not isinstance(value, list) or len(value) > _MOST:
        raise InvalidAuthorizationDetails
    ours = [item for item in value if isinstance(item, Mapping) and item.get("type") == TYPE]
    granted = tuple(_detail(item) for item in ours)
    if not all(detail.credential_identifiers for detail in granted):
        raise InvalidAuthorizationDetails
    return granted


def _detail(value: Any) -> AuthorizationDetail:
    if not isinstance(value, Mapping) or value.get("type") != TYPE:
        raise InvalidAuthorizationDetails
    return AuthorizationDetail(
        _text(value.get("credential_configuration_id")),
        _texts(value.get("credential_identifiers", [])),
        _texts(value.get("locations", [])),
    )


def _texts(value: Any) -> tuple[str, ...]:
    if not isinstance(value, list) or len(value) > _MOST:
        raise InvalidAuthorizationDetails
    return tuple(_text(item) for item in value)


def _text(value: Any) -> str:
    if not isinstance(value, str) or not 0 < len(value) <= _LENGTH or not value.isprintable():
        raise InvalidAuthorizationDetails
    return value
