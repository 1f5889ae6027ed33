"""Credential Response with one credential in format `ldp_vc` (OpenID4VCI 1.0, section 8.3)."""

from passport.errors.openid4vc import MalformedResponse
from passport.json import JsonObject, dump, parse_object


def credential_response(credential: bytes) -> bytes:
    """The body of the response; the credential's bytes go in as they are."""
    return b'{"credentials":[{"credential":' + credential + b"}]}"


def parse_credential_response(source: bytes) -> bytes:
    """Read the one credential that was asked for, as compact JSON with its members in the order they came.

    Raises:
        MalformedResponse: none, several, deferred, or not an object; MalformedJson and its kinds.
    """
    value: JsonObject = parse_object(source)
    credentials = value.get("credentials")
    if not isinstance(credentials, list) or len(credentials) != 1 or not isinstance(credentials[0], dict):
        raise MalformedResponse
    credential = credentials[0].get("credential")
    if not isinstance(credential, dict):
        raise MalformedResponse
    return dump(credential)
