"""Nonce Response (OpenID4VCI 1.0, section 7.2)."""

from passport.errors.oauth import MalformedResponse
from passport.json import JsonObject, parse_object

_LENGTH = 512


def nonce_response(c_nonce: str) -> JsonObject:
    return {"c_nonce": c_nonce}


def parse_nonce_response(source: bytes | JsonObject) -> str:
    """The `c_nonce`; raises MalformedResponse."""
    value = parse_object(source) if isinstance(source, bytes) else source
    c_nonce = value.get("c_nonce")
    if not isinstance(c_nonce, str) or not 0 < len(c_nonce) <= _LENGTH:
        raise MalformedResponse
    return c_nonce
