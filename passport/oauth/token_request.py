"""Token Requests of the three grants (RFC 6749, 4.1.3 and 6; RFC 7636, 4.5; OpenID4VCI 1.0, section 6.1)."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from passport.errors.oauth import InvalidTokenRequest, UnsupportedGrantType
from passport.oauth.authorization_details import (
    AuthorizationDetail,
    parse_authorization_details,
    write_authorization_details,
)
from passport.oauth.members import text
from passport.oauth.scope import parse_scope, write_scope

PRE_AUTHORIZED_CODE = "urn:ietf:params:oauth:grant-type:pre-authorized_code"
AUTHORIZATION_CODE = "authorization_code"
REFRESH_TOKEN = "refresh_token"  # noqa: S105 - a grant type's name
_NAMES = frozenset(
    {
        "grant_type",
        "client_id",
        "pre-authorized_code",
        "tx_code",
        "code",
        "redirect_uri",
        "code_verifier",
        "refresh_token",
        "scope",
        "authorization_details",
    }
)
_LONG = {"redirect_uri": 2_048, "authorization_details": 16_384, "scope": 8_192}
_LENGTH = 512


@dataclass(frozen=True, slots=True)
class PreAuthorizedCodeGrant:
    pre_authorized_code: str = field(repr=False)
    tx_code: str | None = field(default=None, repr=False)
    client_id: str | None = None
    authorization_details: tuple[AuthorizationDetail, ...] = ()

    def to_form(self) -> dict[str, str]:
        """The members of the application/x-www-form-urlencoded body."""
        written = {"grant_type": PRE_AUTHORIZED_CODE, "pre-authorized_code": self.pre_authorized_code}
        if self.tx_code is not None:
            written["tx_code"] = self.tx_code
        if self.client_id is not None:
            written["client_id"] = self.client_id
        if self.authorization_details:
            written["authorization_details"] = write_authorization_details(self.authorization_details)
        return written


@dataclass(frozen=True, slots=True)
class AuthorizationCodeGrant:
    code: str = field(repr=False)
    redirect_uri: str
    code_verifier: str = field(repr=False)
    client_id: str | None = None
    authorization_details: tuple[AuthorizationDetail, ...] = ()

    def to_form(self) -> dict[str, str]:
        """The members of the application/x-www-form-urlencoded body."""
        written = {
            "grant_type": AUTHORIZATION_CODE,
            "code": self.code,
            "redirect_uri": self.redirect_uri,
            "code_verifier": self.code_verifier,
        }
        if self.client_id is not None:
            written["client_id"] = self.client_id
        if self.authorization_details:
            written["authorization_details"] = write_authorization_details(self.authorization_details)
        return written


@dataclass(frozen=True, slots=True)
class RefreshTokenGrant:
    refresh_token: str = field(repr=False)
    scope: tuple[str, ...] = ()
    client_id: str | None = None

    def to_form(self) -> dict[str, str]:
        """The members of the application/x-www-form-urlencoded body."""
        written = {"grant_type": REFRESH_TOKEN, "refresh_token": self.refresh_token}
        if self.scope:
            written["scope"] = write_scope(self.scope)
        if self.client_id is not None:
            written["client_id"] = self.client_id
        return written


TokenRequest = PreAuthorizedCodeGrant | AuthorizationCodeGrant | RefreshTokenGrant


def parse_token_request(members: Iterable[tuple[str, str]]) -> TokenRequest:
    """Read the members of the form, in the order they came.

    Members that we don't know are ignored (OpenID4VCI 1.0, section 6.1); one of ours twice is refused (RFC
    6749, section 3.2).

    Raises:
        UnsupportedGrantType
        InvalidTokenRequest: a member is missing, empty, too long or there twice.
        InvalidScope, InvalidAuthorizationDetails
    """
    ours = [(name, value) for name, value in members if name in _NAMES]
    form = dict(ours)
    if len(form) != len(ours):
        raise InvalidTokenRequest
    for name in form:
        text(form, name, otherwise=InvalidTokenRequest, most=_LONG.get(name, _LENGTH))
    grant_type = text(form, "grant_type", otherwise=InvalidTokenRequest)
    if grant_type == PRE_AUTHORIZED_CODE:
        return _pre_authorized(form)
    if grant_type == AUTHORIZATION_CODE:
        return _authorization_code(form)
    if grant_type == REFRESH_TOKEN:
        return RefreshTokenGrant(_needed(form, "refresh_token"), _scope(form), form.get("client_id"))
    raise UnsupportedGrantType


def _pre_authorized(form: dict[str, str]) -> PreAuthorizedCodeGrant:
    return PreAuthorizedCodeGrant(
        _needed(form, "pre-authorized_code"), form.get("tx_code"), form.get("client_id"), _details(form)
    )


def _authorization_code(form: dict[str, str]) -> AuthorizationCodeGrant:
    return AuthorizationCodeGrant(
        _needed(form, "code"),
        _needed(form, "redirect_uri"),
        _needed(form, "code_verifier"),
        form.get("client_id"),
        _details(form),
    )


def _needed(form: dict[str, str], name: str) -> str:
    return text(form, name, otherwise=InvalidTokenRequest, most=_LONG.get(name, _LENGTH))


def _details(form: dict[str, str]) -> tuple[AuthorizationDetail, ...]:
    found = form.get("authorization_details")
    return () if found is None else parse_authorization_details(found)


def _scope(form: dict[str, str]) -> tuple[str, ...]:
    found = form.get("scope")
    return () if found is None else parse_scope(found)
