"""The parameters of a request, wherever they stood (OpenID4VP 1.0, sections 5.1, 5.2 and 8.2)."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from passport.errors import Invalid
from passport.errors.openid4vp import (
    MalformedVpRequest,
    NonceTooWeak,
    ResponseUriNotOfClient,
    ScopeRefused,
    TransactionDataRefused,
    UnsupportedResponseMode,
    UnsupportedResponseType,
)
from passport.json import JsonObject, parse_object
from passport.oauth.urls import check_url
from passport.openid4vp.client_id import ClientId, Prefix, parse_client_id
from passport.openid4vp.client_metadata import ClientMetadata, parse_client_metadata
from passport.openid4vp.dcql import DcqlQuery
from passport.openid4vp.dcql_parse import parse_dcql
from passport.openid4vp.limits import REQUEST, REQUEST_OBJECT

_URL_SAFE = re.compile(r"[A-Za-z0-9._~-]+")
_AS_JSON = ("dcql_query", "client_metadata", "transaction_data", "verifier_info")
"""Parameters that are JSON inside a link, and members inside a request object."""


_NO_METADATA = ClientMetadata({})
"""Of who says nothing about itself: any format, no encryption."""


class ResponseMode(StrEnum):
    DIRECT_POST = "direct_post"
    DIRECT_POST_JWT = "direct_post.jwt"


@dataclass(frozen=True, slots=True)
class AuthorizationRequest:
    """What is asked, by whom, and where the answer goes. Whether it is who it says is told elsewhere."""

    client_id: ClientId
    response_mode: ResponseMode
    response_uri: str
    nonce: str
    query: DcqlQuery
    state: str | None = None
    metadata: ClientMetadata = _NO_METADATA
    members: JsonObject = field(default_factory=dict, repr=False, compare=False)
    """All of it as it came, for extensions; of a signed request what was signed."""


def parse_link_parameters(parameters: Mapping[str, str]) -> AuthorizationRequest:
    """Read a request that stands in a link; raises as `parse_parameters`."""
    members: JsonObject = {
        name: _json(value) if name in _AS_JSON else value for name, value in parameters.items()
    }
    return parse_parameters(members)


def parse_parameters(members: JsonObject) -> AuthorizationRequest:
    """Read the parameters; what we don't know is ignored.

    Raises:
        UnsupportedResponseType, UnsupportedResponseMode, ScopeRefused, TransactionDataRefused
        NonceTooWeak, ResponseUriNotOfClient, MalformedVpRequest, MalformedDcqlQuery
        UnsupportedClientIdPrefix, MalformedClientId, MalformedClientMetadata
    """
    client_id = parse_client_id(members.get("client_id"))
    if members.get("response_type") != "vp_token":
        raise UnsupportedResponseType
    mode = _response_mode(members)
    if "scope" in members:
        raise ScopeRefused
    if "transaction_data" in members:
        raise TransactionDataRefused
    query = members.get("dcql_query")
    if not isinstance(query, dict):
        raise MalformedVpRequest(member="dcql_query")
    return AuthorizationRequest(
        client_id=client_id,
        response_mode=mode,
        response_uri=_response_uri(members, client_id),
        nonce=_nonce(members.get("nonce")),
        query=parse_dcql(query),
        state=_state(members),
        metadata=_metadata(members),
        members=members,
    )


def _response_mode(members: JsonObject) -> ResponseMode:
    """The modes of the Digital Credentials API have no place here, nor has `fragment`."""
    try:
        return ResponseMode(members.get("response_mode", "fragment"))
    except ValueError:
        raise UnsupportedResponseMode from None


def _response_uri(members: JsonObject, client_id: ClientId) -> str:
    if "redirect_uri" in members:
        raise MalformedVpRequest(member="redirect_uri")  # section 8.2
    if client_id.prefix is Prefix.REDIRECT_URI:
        if members.get("response_uri", client_id.identifier) != client_id.identifier:
            raise ResponseUriNotOfClient
        return client_id.identifier
    try:
        return check_url(members.get("response_uri"), query=True)
    except Invalid:
        raise MalformedVpRequest(member="response_uri") from None


def _nonce(value: Any) -> str:
    if not isinstance(value, str) or len(value) < REQUEST.nonce_least:
        raise NonceTooWeak
    if len(value) > REQUEST.nonce_most or not _URL_SAFE.fullmatch(value):
        raise MalformedVpRequest(member="nonce")
    return value


def _state(members: JsonObject) -> str | None:
    if "state" not in members:
        return None
    value = members["state"]
    if not isinstance(value, str) or len(value) > REQUEST.state or not _URL_SAFE.fullmatch(value):
        raise MalformedVpRequest(member="state")
    return value


def _metadata(members: JsonObject) -> ClientMetadata:
    if "client_metadata" not in members:
        return _NO_METADATA
    return parse_client_metadata(members["client_metadata"])


def _json(text: str) -> Any:
    try:
        return parse_object(b'{"value":' + text.encode("utf-8") + b"}", REQUEST_OBJECT)["value"]
    except Invalid:
        raise MalformedVpRequest from None
