"""Which grant an offer is taken with, and at which authorization server (OpenID4VCI 1.0, 4.1.1, 12.2.4)."""

from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import urlsplit

from passport.oauth.server_metadata import ServerMetadata
from passport.oauth.token_request import AUTHORIZATION_CODE, PRE_AUTHORIZED_CODE
from passport.oauth.token_response import TokenResponse, TokenType
from passport.openid4vc import CredentialOffer, IssuerMetadata
from wallet.errors import IssuerMismatch
from wallet.errors_claiming import NoGrant, ServerElsewhere, WeakSignIn


class Flow(StrEnum):
    """How the wallet gets an access token."""

    PRE_AUTHORIZED = "pre-authorized_code"
    """The offer itself is the permission, perhaps with a code that came by another way."""
    SIGN_IN = "authorization_code"
    """The person signs in at the issuer's place, in a browser."""


_GRANT = {Flow.PRE_AUTHORIZED: PRE_AUTHORIZED_CODE, Flow.SIGN_IN: AUTHORIZATION_CODE}


@dataclass(frozen=True, slots=True)
class Asked:
    """A flow, and the servers that may be asked for it, in order."""

    flow: Flow
    servers: tuple[str, ...]


def choose_flow(offer: CredentialOffer, metadata: IssuerMetadata) -> Asked:
    """The easiest flow that an offer allows; without a grant in it, the person signs in (section 4.1.1).

    Raises:
        IssuerMismatch: the offer names a server that the issuer's metadata does not (section 4.1.1).
    """
    listed = metadata.authorization_servers or (metadata.credential_issuer,)
    if offer.pre_authorized_code is not None:
        flow, named = Flow.PRE_AUTHORIZED, offer.authorization_server
    else:
        grant = offer.authorization_code
        flow, named = Flow.SIGN_IN, None if grant is None else grant.authorization_server
    if named is None:
        return Asked(flow, listed)
    if named not in metadata.authorization_servers:
        raise IssuerMismatch
    return Asked(flow, (named,))


def check_server(server: ServerMetadata, flow: Flow, *, credential_issuer: str) -> None:
    """Whether a server may be asked for this.

    A server on another host than the issuer's would give a token for whatever it serves to whoever called
    himself an issuer. That is taken only where the token is bound to a key of this wallet (DPoP): then it is
    of no use to him.

    Raises:
        NoGrant: it does not have this grant.
        IssuerMismatch: its endpoints are on another host than it is itself (RFC 8414, section 6.2).
        ServerElsewhere: it is on another host, and knows no DPoP.
        WeakSignIn: it knows no PKCE with S256 (RFC 7636), or has no place to sign in.
    """
    if _GRANT[flow] not in server.grant_types_supported:
        raise NoGrant
    for endpoint in (
        server.token_endpoint,
        server.authorization_endpoint,
        server.pushed_authorization_request_endpoint,
        server.challenge_endpoint,
    ):
        if endpoint is not None and not same_origin(endpoint, server.issuer):
            raise IssuerMismatch
    if not same_origin(server.issuer, credential_issuer) and not server.dpop_signing_alg_values_supported:
        raise ServerElsewhere
    if flow is Flow.SIGN_IN and (
        server.authorization_endpoint is None
        or (server.code_challenge_methods_supported and "S256" not in server.code_challenge_methods_supported)
    ):
        raise WeakSignIn


def check_token(token: TokenResponse, *, server: str, credential_issuer: str) -> None:
    """Whether a token may be shown to the issuer: what the server's metadata promised is held against it.

    Raises:
        ServerElsewhere: it is for whoever has it, and of a server on another host than the issuer's.
    """
    if token.token_type is not TokenType.DPOP and not same_origin(server, credential_issuer):
        raise ServerElsewhere


def same_origin(one: str, other: str) -> bool:
    """Whether two addresses are of one scheme, host and port (RFC 6454)."""
    here, there = urlsplit(one), urlsplit(other)
    return (here.scheme, here.netloc) == (there.scheme, there.netloc)
