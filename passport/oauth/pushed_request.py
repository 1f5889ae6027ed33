"""Pushed Authorization Requests: the answer, and the request that names it (RFC 9126, sections 2.2 and 4)."""

from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlencode

from passport.errors.oauth import InvalidAuthorizationRequest, MalformedResponse
from passport.json import JsonObject, parse_object
from passport.oauth.members import once, text
from passport.oauth.urls import check_url

PREFIX = "urn:ietf:params:oauth:request_uri:"
_LENGTH = 512


@dataclass(frozen=True, slots=True)
class PushedRequest:
    request_uri: str
    expires_in: int
    """Seconds."""

    def to_json(self) -> JsonObject:
        return {"request_uri": self.request_uri, "expires_in": self.expires_in}


@dataclass(frozen=True, slots=True)
class PushedReference:
    """An authorization request that only names what was pushed; what stands beside it counts for nothing."""

    client_id: str
    request_uri: str


def parse_pushed_response(source: bytes | JsonObject) -> PushedRequest:
    """Read the answer, as a client does; raises MalformedResponse, or MalformedJson and its kinds."""
    value = parse_object(source) if isinstance(source, bytes) else source
    request_uri, expires_in = value.get("request_uri"), value.get("expires_in")
    if not isinstance(request_uri, str) or not 0 < len(request_uri) <= _LENGTH:
        raise MalformedResponse
    if not isinstance(expires_in, int) or isinstance(expires_in, bool) or expires_in <= 0:
        raise MalformedResponse
    return PushedRequest(request_uri, expires_in)


def parse_pushed_reference(members: Iterable[tuple[str, str]]) -> PushedReference | None:
    """What was pushed; None for a request that brings its parameters itself.

    Raises:
        InvalidAuthorizationRequest: without `client_id`, or either of them twice.
    """
    form = once(members, ("client_id", "request_uri"), otherwise=InvalidAuthorizationRequest)
    if "request_uri" not in form:
        return None
    client_id = text(form, "client_id", otherwise=InvalidAuthorizationRequest)
    return PushedReference(client_id, text(form, "request_uri", otherwise=InvalidAuthorizationRequest))


def authorization_url(authorization_endpoint: str, parameters: dict[str, str]) -> str:
    """Where a client sends the person: the endpoint with its parameters added (RFC 6749, section 3.1)."""
    address = check_url(authorization_endpoint, query=True)
    return f"{address}{'&' if '?' in address else '?'}{urlencode(parameters)}"
