"""OAuth 2.0 Authorization Server Metadata (RFC 8414), with what its extensions announce."""

from dataclasses import dataclass
from typing import Any

from passport import limits
from passport.errors.oauth import MalformedIssuerUrl
from passport.errors.openid4vc import IssuerMetadataMismatch, MalformedIssuerMetadata
from passport.json import JsonObject, parse_object
from passport.oauth.token_request import AUTHORIZATION_CODE, PRE_AUTHORIZED_CODE
from passport.oauth.urls import check_url, well_known

ATTESTED = "attest_jwt_client_auth"
"""Attestation-based client authentication, as a method of the token endpoint."""
NONE = "none"
_MOST = 128
_LENGTH = 512
_ENDPOINTS = (
    "token_endpoint",
    "authorization_endpoint",
    "pushed_authorization_request_endpoint",
    "challenge_endpoint",
    "registration_endpoint",
    "revocation_endpoint",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ServerMetadata:
    """What a server says of itself. An absent member has the default that its specification gives it."""

    issuer: str
    token_endpoint: str
    authorization_endpoint: str | None = None
    pushed_authorization_request_endpoint: str | None = None
    """RFC 9126, section 5."""
    challenge_endpoint: str | None = None
    registration_endpoint: str | None = None
    """RFC 7591."""
    revocation_endpoint: str | None = None
    """RFC 7009."""
    require_pushed_authorization_requests: bool = False
    grant_types_supported: tuple[str, ...] = (AUTHORIZATION_CODE,)
    response_types_supported: tuple[str, ...] = ()
    scopes_supported: tuple[str, ...] = ()
    token_endpoint_auth_methods_supported: tuple[str, ...] = (NONE,)
    code_challenge_methods_supported: tuple[str, ...] = ()
    """RFC 7636: none named means that PKCE is not known there."""
    dpop_signing_alg_values_supported: tuple[str, ...] = ()
    """RFC 9449, section 5.1: none named means that DPoP is not known there."""
    authorization_details_types_supported: tuple[str, ...] = ()
    """RFC 9396, section 10."""
    authorization_response_iss_parameter_supported: bool = False
    """RFC 9207, section 3."""
    pre_authorized_grant_anonymous_access_supported: bool = False
    """OpenID4VCI 1.0, section 12.3."""
    client_attestation_signing_alg_values_supported: tuple[str, ...] = ()
    client_attestation_pop_signing_alg_values_supported: tuple[str, ...] = ()

    def to_json(self) -> JsonObject:
        written: JsonObject = {"issuer": self.issuer}
        for name in _ENDPOINTS:
            if getattr(self, name) is not None:
                written[name] = getattr(self, name)
        for name in _LISTS:
            found = getattr(self, name)
            if found or name in _ALWAYS:
                written[name] = list(found)
        for name, member in _FLAGS.items():
            if getattr(self, name):
                written[member] = True
        return written


_LISTS = (
    "grant_types_supported",
    "response_types_supported",
    "scopes_supported",
    "token_endpoint_auth_methods_supported",
    "code_challenge_methods_supported",
    "dpop_signing_alg_values_supported",
    "authorization_details_types_supported",
    "client_attestation_signing_alg_values_supported",
    "client_attestation_pop_signing_alg_values_supported",
)
_ALWAYS = frozenset(
    {"grant_types_supported", "response_types_supported", "token_endpoint_auth_methods_supported"}
)
_FLAGS = {
    "require_pushed_authorization_requests": "require_pushed_authorization_requests",
    "authorization_response_iss_parameter_supported": "authorization_response_iss_parameter_supported",
    "pre_authorized_grant_anonymous_access_supported": "pre-authorized_grant_anonymous_access_supported",
}
_DEFAULTS: dict[str, tuple[str, ...]] = {
    # RFC 8414, section 2; a server that says nothing of grants is taken to know the code of an offer, too
    "grant_types_supported": (AUTHORIZATION_CODE, "implicit", PRE_AUTHORIZED_CODE),
    "token_endpoint_auth_methods_supported": ("client_secret_basic",),
}


def server_metadata_url(issuer: str) -> str:
    """Where a server's metadata is (RFC 8414, section 3.1)."""
    return well_known(issuer, "oauth-authorization-server")


def read_server_metadata(source: bytes | JsonObject, *, expected_issuer: str) -> ServerMetadata:
    """Read the metadata of `expected_issuer`, as a client does; members that we don't know are ignored.

    Raises:
        IssuerMetadataMismatch: it names another issuer (RFC 8414, section 3.3).
        MalformedIssuerMetadata: no token endpoint, an address that is none, or a list that is none.
    """
    value = parse_object(source, limits.PUBLISHED) if isinstance(source, bytes) else source
    if value.get("issuer") != expected_issuer:
        raise IssuerMetadataMismatch
    read: dict[str, Any] = {name: _address(value.get(name)) for name in _ENDPOINTS if name in value}
    if "token_endpoint" not in read:
        raise MalformedIssuerMetadata
    read |= {name: _texts(value[name]) if name in value else _DEFAULTS.get(name, ()) for name in _LISTS}
    read |= {name: value.get(member) is True for name, member in _FLAGS.items()}
    return ServerMetadata(issuer=expected_issuer, **read)


def _address(value: Any) -> str:
    try:
        return check_url(value, query=True)
    except MalformedIssuerUrl:
        raise MalformedIssuerMetadata from None


def _texts(value: Any) -> tuple[str, ...]:
    if not isinstance(value, list):
        raise MalformedIssuerMetadata
    if not all(isinstance(item, str) and len(item) <= _LENGTH for item in value[:_MOST]):
        raise MalformedIssuerMetadata
    return tuple(value[:_MOST])
