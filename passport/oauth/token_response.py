"""Successful Token Response (RFC 6749, 5.1; RFC 9449, section 5; OpenID4VCI 1.0, section 6.2)."""

import re
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from passport.errors.oauth import InvalidAuthorizationDetails, InvalidScope, MalformedResponse
from passport.json import JsonObject, parse_object
from passport.oauth.authorization_details import AuthorizationDetail, granted_details
from passport.oauth.limits import OAUTH
from passport.oauth.scope import parse_scope, write_scope

_TOKEN = re.compile(r"[A-Za-z0-9._~+/-]{1,4096}=*")
"""RFC 6750, section 2.1: it will stand in a header."""


class TokenType(StrEnum):
    BEARER = "Bearer"
    DPOP = "DPoP"


@dataclass(frozen=True, slots=True)
class TokenResponse:
    access_token: str = field(repr=False)
    expires_in: int
    """Seconds."""
    token_type: TokenType = TokenType.BEARER
    refresh_token: str | None = field(default=None, repr=False)
    scope: tuple[str, ...] = ()
    authorization_details: tuple[AuthorizationDetail, ...] = ()

    def to_json(self) -> JsonObject:
        written: JsonObject = {
            "access_token": self.access_token,
            "token_type": str(self.token_type),
            "expires_in": self.expires_in,
        }
        if self.refresh_token is not None:
            written["refresh_token"] = self.refresh_token
        if self.scope:
            written["scope"] = write_scope(self.scope)
        if self.authorization_details:
            written["authorization_details"] = [each.to_json() for each in self.authorization_details]
        return written


def parse_token_response(source: bytes | JsonObject) -> TokenResponse:
    """Read the answer, as a client does; a time beyond any token's is taken for the longest that we believe.

    Raises:
        MalformedResponse, or MalformedJson and its kinds.
    """
    value = parse_object(source) if isinstance(source, bytes) else source
    expires_in = value.get("expires_in", 0)
    if not isinstance(expires_in, int) or isinstance(expires_in, bool) or expires_in < 0:
        raise MalformedResponse
    refresh, scope = value.get("refresh_token"), value.get("scope")
    try:
        return TokenResponse(
            _token(value.get("access_token")),
            min(expires_in, OAUTH.expires_in),
            _type(value.get("token_type")),
            None if refresh is None else _token(refresh),
            parse_scope(scope) if isinstance(scope, str) and scope else (),
            granted_details(value.get("authorization_details", [])),
        )
    except (InvalidScope, InvalidAuthorizationDetails):
        raise MalformedResponse from None


def _token(value: Any) -> str:
    if not isinstance(value, str) or not _TOKEN.fullmatch(value):
        raise MalformedResponse
    return value


def _type(value: Any) -> TokenType:
    """The type in any case of letters (RFC 6749, section 5.1)."""
    for known in TokenType:
        if isinstance(value, str) and value.lower() == known.lower():
            return known
    raise MalformedResponse
