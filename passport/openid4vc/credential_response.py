"""Credential Response: credentials, or a promise of them (OpenID4VCI 1.0, sections 8.3 and 9.2)."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from passport.errors.oauth import MalformedResponse
from passport.json import JsonObject, dump, parse_object
from passport.limits import PRESENTATION
from passport.openid4vc.limits import VCI

_LONGEST_WAIT = 31_536_000
"""Seconds (a year): whoever says more did not mean it."""


@dataclass(frozen=True, slots=True)
class CredentialResponse:
    credentials: tuple[bytes, ...] = field(repr=False)
    """Each as compact JSON with its members in the order they came, or as a token; at most one for a key."""
    notification_id: str | None = None

    @property
    def credential(self) -> bytes:
        """The one, where one was asked for."""
        (only,) = self.credentials
        return only


@dataclass(frozen=True, slots=True)
class Deferred:
    """Not issued yet: ask again at the deferred credential endpoint (section 9)."""

    transaction_id: str
    interval: int
    """Seconds to wait before asking."""

    def to_json(self) -> JsonObject:
        return {"transaction_id": self.transaction_id, "interval": self.interval}


def credential_response(credentials: Sequence[bytes], notification_id: str | None = None) -> bytes:
    """The body of the response; the bytes of a JSON credential go in as they are, a token as a string."""
    written = b",".join(b'{"credential":' + _written(credential) + b"}" for credential in credentials)
    notified = b"" if notification_id is None else b',"notification_id":' + dump(notification_id)
    return b'{"credentials":[' + written + b"]" + notified + b"}"


def parse_credential_response(source: bytes, *, most: int = 1) -> CredentialResponse | Deferred:
    """Read the answer to a request, or to a deferred one, for `most` keys.

    Raises:
        MalformedJson and its kinds.
        MalformedResponse: none, more than keys, credentials and a transaction, or no object and no token.
    """
    value: JsonObject = parse_object(source, PRESENTATION)
    credentials = value.get("credentials")
    if "transaction_id" in value:
        if credentials is not None:
            raise MalformedResponse
        return Deferred(_identifier(value["transaction_id"]), _interval(value.get("interval")))
    if not isinstance(credentials, list) or not 0 < len(credentials) <= most:
        raise MalformedResponse
    identifier = value.get("notification_id")
    return CredentialResponse(
        tuple(_credential(each) for each in credentials),
        None if identifier is None else _identifier(identifier),
    )


def _written(credential: bytes) -> bytes:
    return credential if credential.startswith(b"{") else json.dumps(credential.decode("ascii")).encode()


def _credential(value: Any) -> bytes:
    credential = value.get("credential") if isinstance(value, dict) else None
    if isinstance(credential, dict):
        return dump(credential)
    if isinstance(credential, str) and credential.isascii() and "." in credential:
        return credential.encode("ascii")
    raise MalformedResponse


def _identifier(value: Any) -> str:
    if not isinstance(value, str) or not 0 < len(value) <= VCI.identifier:
        raise MalformedResponse
    return value


def _interval(value: Any) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or not 0 < value <= _LONGEST_WAIT:
        raise MalformedResponse
    return value
