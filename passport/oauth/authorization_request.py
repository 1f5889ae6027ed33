"""Authorization Request of the code flow, pushed or not (RFC 6749, 4.1.1; RFC 7636; RFC 9126).

With what OpenID4VCI 1.0 (section 5.1) and DPoP (RFC 9449, section 10) add.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field

from passport.errors.oauth import (
    InvalidAuthorizationRequest,
    RequestObjectNotSupported,
    UnsupportedResponseType,
)
from passport.oauth.authorization_details import (
    AuthorizationDetail,
    parse_authorization_details,
    write_authorization_details,
)
from passport.oauth.members import once, optional_text, text
from passport.oauth.pkce import METHOD, check_challenge
from passport.oauth.redirect_uri import RedirectUri, check_redirect_uri
from passport.oauth.scope import parse_scope, write_scope
from passport.oauth.thumbprint import is_thumbprint

CODE = "code"
_NAMES = (
    "response_type",
    "client_id",
    "redirect_uri",
    "code_challenge",
    "code_challenge_method",
    "state",
    "scope",
    "authorization_details",
    "issuer_state",
    "dpop_jkt",
    "request",
    "request_uri",
)
_REDIRECT_LENGTH = 2_048
_DETAILS_LENGTH = 16_384
_SCOPE_LENGTH = 8_192


@dataclass(frozen=True, slots=True)
class AuthorizationRequest:
    """What a client asks the person's permission for."""

    client_id: str
    redirect_uri: RedirectUri
    code_challenge: str
    """By S256."""
    state: str | None = field(default=None, repr=False)
    scope: tuple[str, ...] = ()
    authorization_details: tuple[AuthorizationDetail, ...] = ()
    issuer_state: str | None = field(default=None, repr=False)
    dpop_jkt: str | None = None
    """The key that the code is for (RFC 9449, section 10)."""

    def to_form(self) -> dict[str, str]:
        """The parameters, for the body of a pushed request or the query of an authorization request."""
        written = {
            "response_type": CODE,
            "client_id": self.client_id,
            "redirect_uri": self.redirect_uri.text,
            "code_challenge": self.code_challenge,
            "code_challenge_method": METHOD,
        }
        if self.state is not None:
            written["state"] = self.state
        if self.scope:
            written["scope"] = write_scope(self.scope)
        if self.authorization_details:
            written["authorization_details"] = write_authorization_details(self.authorization_details)
        if self.issuer_state is not None:
            written["issuer_state"] = self.issuer_state
        if self.dpop_jkt is not None:
            written["dpop_jkt"] = self.dpop_jkt
        return written


def parse_authorization_request(members: Iterable[tuple[str, str]]) -> AuthorizationRequest:
    """Read the parameters, in the order they came; those that we don't know are ignored.

    Raises:
        InvalidAuthorizationRequest: one is missing, malformed, there twice, or PKCE is not S256.
        RequestObjectNotSupported: a `request`, or a `request_uri` among other parameters.
        UnsupportedResponseType, InvalidRedirectUri, InvalidScope, InvalidAuthorizationDetails
    """
    refused = InvalidAuthorizationRequest
    form = once(members, _NAMES, otherwise=refused)
    if "request" in form or "request_uri" in form:
        raise RequestObjectNotSupported
    if text(form, "response_type", otherwise=refused) != CODE:
        raise UnsupportedResponseType
    details = optional_text(form, "authorization_details", otherwise=refused, most=_DETAILS_LENGTH)
    scope = optional_text(form, "scope", otherwise=refused, most=_SCOPE_LENGTH)
    jkt = optional_text(form, "dpop_jkt", otherwise=refused)
    if jkt is not None and not is_thumbprint(jkt):
        raise InvalidAuthorizationRequest
    return AuthorizationRequest(
        client_id=text(form, "client_id", otherwise=refused),
        redirect_uri=check_redirect_uri(text(form, "redirect_uri", otherwise=refused, most=_REDIRECT_LENGTH)),
        code_challenge=check_challenge(form.get("code_challenge"), form.get("code_challenge_method")),
        state=optional_text(form, "state", otherwise=refused),
        scope=() if scope is None else parse_scope(scope),
        authorization_details=() if details is None else parse_authorization_details(details),
        issuer_state=optional_text(form, "issuer_state", otherwise=refused),
        dpop_jkt=jkt,
    )
