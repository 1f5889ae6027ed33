"""How an access token is shown to a resource (RFC 6750, section 2.1; RFC 9449, section 7.1)."""

from dataclasses import dataclass, field

from passport.errors.oauth import InvalidAccessToken
from passport.oauth.token_response import TokenType

_LENGTH = 4_096


@dataclass(frozen=True, slots=True)
class ShownToken:
    access_token: str = field(repr=False)
    token_type: TokenType


def authorization_header(token: ShownToken) -> str:
    """The value of the header `Authorization`."""
    return f"{token.token_type} {token.access_token}"


def parse_authorization_header(value: str | None) -> ShownToken:
    """Raises InvalidAccessToken: none, of another scheme, or more than one token."""
    scheme, _, token = (value or "").partition(" ")
    kind = next((known for known in TokenType if known.lower() == scheme.lower()), None)
    if kind is None or not 0 < len(token) <= _LENGTH or not token.isascii() or not token.isprintable():
        raise InvalidAccessToken
    if " " in token or "," in token:
        raise InvalidAccessToken
    return ShownToken(token, kind)
