"""The link or QR text that brings a request to a wallet (OpenID4VP 1.0, sections 5.4, 5.7 and 9)."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from urllib.parse import parse_qsl, urlsplit

from passport.errors import Invalid
from passport.errors.openid4vp import (
    MalformedRequestLink,
    RequestNotSigned,
    UnsupportedRequestUriMethod,
)
from passport.oauth.urls import check_url
from passport.openid4vp.client_id import ClientId, parse_client_id
from passport.openid4vp.limits import REQUEST

SCHEMES = ("openid4vp", "haip-vp")
"""Of section 13.1.2 and of HAIP 1.0, section 5.1."""


class Method(StrEnum):
    """How a request object is fetched."""

    GET = "get"
    POST = "post"


@dataclass(frozen=True, slots=True)
class RequestLink:
    """Who asks, and where or what the request is: exactly one of `uri`, `token` and `parameters` is there."""

    client_id: ClientId
    uri: str | None = None
    method: Method = Method.GET
    token: str | None = field(default=None, repr=False)
    """A request object by value."""
    parameters: Mapping[str, str] | None = field(default=None, repr=False)
    """The request itself, which nobody signed."""


def is_request_link(text: str) -> bool:
    """Whether a text looks like a link to a request, whatever is in it."""
    scheme, colon, rest = text.strip().partition(":")
    if colon and scheme.lower() in SCHEMES:
        return True
    return scheme == "https" and "client_id=" in rest and ("request" in rest or "dcql_query=" in rest)


def parse_request_link(text: str) -> RequestLink:
    """Read a link. By `redirect_uri` the request stands in it; all others are signed, and fetched or given.

    Raises:
        MalformedRequestLink: another scheme, a member twice, two ways at once, an address that is no https.
        UnsupportedClientIdPrefix, MalformedClientId: `client_id`.
        UnsupportedRequestUriMethod
        RequestNotSigned: the request stands in the link though its `client_id` must be proved.
    """
    text = text.strip()
    if len(text) > REQUEST.link or not is_request_link(text):
        raise MalformedRequestLink
    try:
        query = parse_qsl(
            urlsplit(text).query, strict_parsing=True, max_num_fields=REQUEST.parameters, errors="strict"
        )
    except ValueError:
        raise MalformedRequestLink from None
    members = dict(query)
    if len(members) != len(query) or {"request", "request_uri"} <= members.keys():
        raise MalformedRequestLink
    client_id = parse_client_id(members.get("client_id"))
    if "request_uri" in members:
        return RequestLink(client_id, uri=_uri(members["request_uri"]), method=_method(members))
    if "request" in members:
        return RequestLink(client_id, token=members["request"])
    if client_id.prefix.is_signed:
        raise RequestNotSigned
    return RequestLink(client_id, parameters=members)


def _uri(text: str) -> str:
    try:
        return check_url(text, query=True)
    except Invalid:
        raise MalformedRequestLink from None


def _method(members: Mapping[str, str]) -> Method:
    """`get` and `post`, in small letters only (section 5.1)."""
    try:
        return Method(members.get("request_uri_method", "get"))
    except ValueError:
        raise UnsupportedRequestUriMethod from None
