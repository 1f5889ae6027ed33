"""Signing in at an issuer: the authorization code flow of a program on this machine (RFC 8252) or a web page.

PKCE by S256 (RFC 7636), pushed where the server takes that (RFC 9126), an answer to one address that nobody
else knows, once, with our state and the server's name (RFC 9207). The key of DPoP is named to the server
before the code exists (`dpop_jkt`, RFC 9449, section 10), so a stolen code is of no use to a thief.
"""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from passport.encoding import base64url_encode
from passport.errors.oauth import (
    AuthorizationRefused,
    AuthorizationResponseMismatch,
    AuthorizationServerMismatch,
    InvalidRedirectUri,
)
from passport.oauth.authorization_details import AuthorizationDetail
from passport.oauth.authorization_request import AuthorizationRequest
from passport.oauth.authorization_response import parse_authorization_response
from passport.oauth.pkce import code_challenge, create_code_verifier
from passport.oauth.pushed_request import authorization_url, parse_pushed_response
from passport.oauth.redirect_uri import RedirectKind, check_redirect_uri
from passport.oauth.thumbprint import jwk_thumbprint
from wallet.core import limits
from wallet.desk.channel import Channel
from wallet.desk.offering import Opened
from wallet.errors_claiming import SignInMismatch, SignInOver, SignInRefused

CLIENT_ID = "skills-passport-wallet"
"""What this wallet is called at a server that knows it by no attestation: a public client (RFC 8252, 8.4)."""
OPENID_CREDENTIAL = "openid_credential"
_SECRET = 32


@dataclass(frozen=True, slots=True)
class SignIn:
    """One visit to an issuer's pages. Its secrets live as long as it does, in memory only."""

    opened: Opened
    channel: Channel = field(repr=False)
    url: str = field(repr=False)
    """Where the browser goes."""
    redirect_uri: str = field(repr=False)
    client_id: str
    state: str = field(repr=False)
    verifier: str = field(repr=False)
    until: datetime


@dataclass(frozen=True, slots=True)
class SignedIn:
    """The code that came back, for the token endpoint of the server that was asked."""

    sign_in: SignIn
    code: str = field(repr=False)


async def begin_sign_in(opened: Opened, channel: Channel, *, redirect_uri: str) -> SignIn:
    """Make the request and, where it can be pushed, push it; the person goes to `url` afterwards.

    Args:
        opened: with the configurations that the person chose.
        channel: a new conversation.
        redirect_uri: an address of this wallet's own pages that is known to nobody yet.

    Raises:
        WalletNotAccepted, OfferRefused, IssuerUnreachable, AddressNotAllowed: of what was pushed.
    """
    checked = check_redirect_uri(redirect_uri)
    if checked.kind is RedirectKind.PRIVATE:
        raise InvalidRedirectUri
    server = opened.server
    channel.bind(server)
    attestation = channel.attested_to(server)
    client_id = CLIENT_ID if attestation is None else attestation.client_id
    state, verifier = _secret(channel), create_code_verifier(channel.random(_SECRET))
    grant = opened.offer.authorization_code
    request = AuthorizationRequest(
        client_id=client_id,
        redirect_uri=checked,
        code_challenge=code_challenge(verifier),
        state=state,
        scope=_scope(opened),
        authorization_details=_details(opened),
        issuer_state=None if grant is None else grant.issuer_state,
        dpop_jkt=None if channel.dpop is None else jwk_thumbprint(channel.dpop.public_key),
    )
    form = request.to_form()
    if server.pushed_authorization_request_endpoint is not None:
        pushed = parse_pushed_response(
            await channel.post_form(server.pushed_authorization_request_endpoint, form, server=server)
        )
        form = {"client_id": client_id, "request_uri": pushed.request_uri}
    assert server.authorization_endpoint is not None  # check_server saw it
    return SignIn(
        opened=opened,
        channel=channel,
        url=authorization_url(server.authorization_endpoint, form),
        redirect_uri=redirect_uri,
        client_id=client_id,
        state=state,
        verifier=verifier,
        until=channel.clock() + timedelta(seconds=limits.SIGN_IN),
    )


def read_sign_in(sign_in: SignIn, url: str) -> SignedIn:
    """What a browser brought back, held against what was asked.

    Raises:
        SignInOver: too late.
        SignInMismatch: another address, state or server, or a parameter twice: injected, or a mix-up.
        SignInRefused: the server says no, or the person did.
    """
    if sign_in.channel.clock() > sign_in.until:
        raise SignInOver
    server = sign_in.opened.server
    try:
        code = parse_authorization_response(
            url,
            redirect_uri=sign_in.redirect_uri,
            expected_state=sign_in.state,
            expected_issuer=server.issuer,
            iss_promised=server.authorization_response_iss_parameter_supported,
        )
    except AuthorizationRefused as error:
        raise SignInRefused from error
    except (AuthorizationResponseMismatch, AuthorizationServerMismatch) as error:
        raise SignInMismatch from error
    return SignedIn(sign_in, code)


def _details(opened: Opened) -> tuple[AuthorizationDetail, ...]:
    """By the id of each form, for servers that know such details, or whose issuer names no scope for it."""
    known = opened.server.authorization_details_types_supported
    if OPENID_CREDENTIAL not in known and _scope(opened):
        return ()
    servers = opened.metadata.authorization_servers
    locations = (opened.metadata.credential_issuer,) if servers else ()
    return tuple(AuthorizationDetail(one.id, locations=locations) for one in opened.configurations)


def _scope(opened: Opened) -> tuple[str, ...]:
    """The scopes of what is asked for, where every one has one and the server knows no details."""
    if OPENID_CREDENTIAL in opened.server.authorization_details_types_supported:
        return ()
    scopes = [one.scope for one in opened.configurations]
    return tuple(dict.fromkeys(one for one in scopes if one is not None)) if all(scopes) else ()


def _secret(channel: Channel) -> str:
    return base64url_encode(channel.random(_SECRET))
