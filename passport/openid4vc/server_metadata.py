"""OAuth 2.0 Authorization Server Metadata (RFC 8414; OpenID4VCI 1.0, section 12.3)."""

from passport.errors.openid4vc import IssuerMetadataMismatch, MalformedIssuerMetadata, MalformedIssuerUrl
from passport.json import JsonObject, parse_object
from passport.oauth.token_request import PRE_AUTHORIZED_CODE
from passport.oauth.urls import check_url, well_known


def server_metadata(*, issuer: str, token_endpoint: str) -> JsonObject:
    """The metadata of a server that takes the pre-authorized code grant from wallets without a client id."""
    return {
        "issuer": issuer,
        "token_endpoint": token_endpoint,
        "token_endpoint_auth_methods_supported": ["none"],
        "grant_types_supported": [PRE_AUTHORIZED_CODE],
        "response_types_supported": [],
        "pre-authorized_grant_anonymous_access_supported": True,
    }


def server_metadata_url(issuer: str) -> str:
    return well_known(issuer, "oauth-authorization-server")


def parse_server_metadata(source: bytes | JsonObject, *, expected_issuer: str) -> str:
    """Read the token endpoint of `expected_issuer`.

    Raises:
        IssuerMetadataMismatch: it names another issuer (RFC 8414, section 3.3).
        MalformedIssuerMetadata: no token endpoint, or no pre-authorized code without a client id.
    """
    value = parse_object(source) if isinstance(source, bytes) else source
    if value.get("issuer") != expected_issuer:
        raise IssuerMetadataMismatch
    grants = value.get("grant_types_supported", [PRE_AUTHORIZED_CODE])
    if not isinstance(grants, list) or PRE_AUTHORIZED_CODE not in grants:
        raise MalformedIssuerMetadata
    try:
        return check_url(value.get("token_endpoint"), query=True)
    except MalformedIssuerUrl:
        raise MalformedIssuerMetadata from None
