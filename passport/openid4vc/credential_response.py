"""Credential Response with one credential, as an object or as a token (OpenID4VCI 1.0, section 8.3)."""

import json
from dataclasses import dataclass, field

from passport.errors.openid4vc import MalformedResponse
from passport.json import JsonObject, dump, parse_object
from passport.limits import PRESENTATION

_LENGTH = 512


@dataclass(frozen=True, slots=True)
class CredentialResponse:
    credential: bytes = field(repr=False)
    """Compact JSON with its members in the order they came, or a token."""
    notification_id: str | None = None


def credential_response(credential: bytes, notification_id: str | None = None) -> bytes:
    """The body of the response; the bytes of a JSON credential go in as they are, a token as a string."""
    written = credential if credential.startswith(b"{") else json.dumps(credential.decode("ascii")).encode()
    notified = b"" if notification_id is None else b',"notification_id":' + dump(notification_id)
    return b'{"credentials":[{"credential":' + written + b"}]" + notified + b"}"


def parse_credential_response(source: bytes) -> CredentialResponse:
    """Read the one credential that was asked for.

    Raises:
        MalformedJson and its kinds.
        MalformedResponse: none, several, deferred, or neither an object nor a token.
    """
    value: JsonObject = parse_object(source, PRESENTATION)
    credentials = value.get("credentials")
    if not isinstance(credentials, list) or len(credentials) != 1 or not isinstance(credentials[0], dict):
        raise MalformedResponse
    identifier = value.get("notification_id")
    if identifier is not None and not (isinstance(identifier, str) and 0 < len(identifier) <= _LENGTH):
        raise MalformedResponse
    credential = credentials[0].get("credential")
    if isinstance(credential, dict):
        return CredentialResponse(dump(credential), identifier)
    if isinstance(credential, str) and credential.isascii() and "." in credential:
        return CredentialResponse(credential.encode("ascii"), identifier)
    raise MalformedResponse
