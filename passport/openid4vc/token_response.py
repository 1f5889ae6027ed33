"""Successful Token Response (OpenID4VCI 1.0, section 6.2; RFC 6749, section 5.1)."""

import re
from dataclasses import dataclass, field

from passport.errors.openid4vc import MalformedResponse
from passport.json import JsonObject, parse_object

_TOKEN = re.compile(r"[A-Za-z0-9._~+/-]{1,4096}=*")
"""RFC 6750, section 2.1: it will stand in a header."""


@dataclass(frozen=True, slots=True)
class TokenResponse:
    access_token: str = field(repr=False)
    expires_in: int
    """Seconds."""

    def to_json(self) -> JsonObject:
        return {"access_token": self.access_token, "token_type": "Bearer", "expires_in": self.expires_in}


def parse_token_response(source: bytes | JsonObject) -> TokenResponse:
    """Raises MalformedResponse, or MalformedJson and its kinds."""
    value = parse_object(source) if isinstance(source, bytes) else source
    token, kind, expires_in = value.get("access_token"), value.get("token_type"), value.get("expires_in", 0)
    if not isinstance(token, str) or not _TOKEN.fullmatch(token):
        raise MalformedResponse
    if not isinstance(kind, str) or kind.lower() != "bearer":
        raise MalformedResponse
    if not isinstance(expires_in, int) or isinstance(expires_in, bool) or expires_in < 0:
        raise MalformedResponse
    return TokenResponse(token, expires_in)
