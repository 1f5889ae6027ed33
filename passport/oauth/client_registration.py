"""Dynamic Client Registration (RFC 7591): what a client says of itself, and what it is called from then."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from passport.errors.oauth import (
    InvalidClientMetadata,
    InvalidRedirectUri,
    InvalidScope,
    MalformedIssuerUrl,
    MalformedResponse,
)
from passport.json import JsonObject, parse_object
from passport.oauth.client_name import can_be_seen
from passport.oauth.redirect_uri import RedirectUri, check_redirect_uri
from passport.oauth.scope import parse_scope, write_scope
from passport.oauth.urls import check_url

_MOST_REDIRECTS = 16
_MOST = 16
_NAME_LENGTH = 200
_LENGTH = 512
_ADDRESSES = ("client_uri", "logo_uri", "tos_uri", "policy_uri")


@dataclass(frozen=True, slots=True, kw_only=True)
class ClientMetadata:
    """What a client says of itself (section 2). Nobody vouches for it; unknown members are left out."""

    redirect_uris: tuple[RedirectUri, ...] = ()
    client_name: str | None = None
    client_uri: str | None = None
    logo_uri: str | None = None
    tos_uri: str | None = None
    policy_uri: str | None = None
    software_id: str | None = None
    software_version: str | None = None
    scope: tuple[str, ...] = ()
    grant_types: tuple[str, ...] = ("authorization_code",)
    response_types: tuple[str, ...] = ("code",)
    token_endpoint_auth_method: str = "client_secret_basic"  # noqa: S105 - the default of section 2

    def to_json(self) -> JsonObject:
        written: JsonObject = {
            "redirect_uris": [each.text for each in self.redirect_uris],
            "grant_types": list(self.grant_types),
            "response_types": list(self.response_types),
            "token_endpoint_auth_method": self.token_endpoint_auth_method,
        }
        for name in ("client_name", *_ADDRESSES, "software_id", "software_version"):
            if getattr(self, name) is not None:
                written[name] = getattr(self, name)
        if self.scope:
            written["scope"] = write_scope(self.scope)
        return written


@dataclass(frozen=True, slots=True)
class RegisteredClient:
    """What a client is called, and its secret where it has one (section 3.2.1)."""

    client_id: str
    metadata: ClientMetadata
    client_secret: str | None = field(default=None, repr=False)
    client_id_issued_at: int | None = None
    client_secret_expires_at: int = 0
    """0: never."""

    def to_json(self) -> JsonObject:
        written: JsonObject = {"client_id": self.client_id, **self.metadata.to_json()}
        if self.client_id_issued_at is not None:
            written["client_id_issued_at"] = self.client_id_issued_at
        if self.client_secret is not None:
            written["client_secret"] = self.client_secret
            written["client_secret_expires_at"] = self.client_secret_expires_at
        return written


def parse_client_metadata(source: bytes | JsonObject) -> ClientMetadata:
    """Read a registration, as a server does.

    Raises:
        MalformedJson and its kinds.
        InvalidRedirectUri: one of the addresses, or none where the code flow needs one.
        InvalidClientMetadata: another member is not what it must be.
    """
    value = parse_object(source) if isinstance(source, bytes) else source
    grants = _texts(value, "grant_types", ("authorization_code",))
    redirects = _redirects(value.get("redirect_uris", []))
    if "authorization_code" in grants and not redirects:
        raise InvalidRedirectUri
    scope = value.get("scope", "")
    if not isinstance(scope, str):
        raise InvalidClientMetadata
    try:
        words = parse_scope(scope) if scope else ()
    except InvalidScope:
        raise InvalidClientMetadata from None
    return ClientMetadata(
        redirect_uris=redirects,
        client_name=_name(value),
        **{name: _address(value, name) for name in _ADDRESSES},
        software_id=_text(value, "software_id", _LENGTH),
        software_version=_text(value, "software_version", _LENGTH),
        scope=words,
        grant_types=grants,
        response_types=_texts(value, "response_types", ("code",)),
        token_endpoint_auth_method=_text(value, "token_endpoint_auth_method", _LENGTH)
        or "client_secret_basic",
    )


def parse_registered_client(source: bytes | JsonObject) -> RegisteredClient:
    """Read the answer, as a client does; raises MalformedResponse, or MalformedJson and its kinds."""
    value = parse_object(source) if isinstance(source, bytes) else source
    try:
        metadata = parse_client_metadata(value)
        client_id = _text(value, "client_id", _LENGTH)
        secret = _text(value, "client_secret", _LENGTH)
    except (InvalidClientMetadata, InvalidRedirectUri):
        raise MalformedResponse from None
    if client_id is None:
        raise MalformedResponse
    return RegisteredClient(
        client_id,
        metadata,
        secret,
        _number(value.get("client_id_issued_at")),
        _number(value.get("client_secret_expires_at")) or 0,
    )


def _redirects(value: Any) -> tuple[RedirectUri, ...]:
    if not isinstance(value, list) or len(value) > _MOST_REDIRECTS:
        raise InvalidRedirectUri
    if not all(isinstance(each, str) for each in value):
        raise InvalidRedirectUri
    return tuple(check_redirect_uri(each) for each in value)


def _texts(value: Mapping[str, Any], name: str, default: tuple[str, ...]) -> tuple[str, ...]:
    found = value.get(name, list(default))
    if not isinstance(found, list) or not 0 < len(found) <= _MOST:
        raise InvalidClientMetadata
    if not all(isinstance(each, str) and 0 < len(each) <= _LENGTH for each in found):
        raise InvalidClientMetadata
    return tuple(found)


def _text(value: Mapping[str, Any], name: str, most: int) -> str | None:
    if name not in value:
        return None
    found = value[name]
    if not isinstance(found, str) or not 0 < len(found) <= most or not found.isprintable():
        raise InvalidClientMetadata
    return found


def _name(value: Mapping[str, Any]) -> str | None:
    name = _text(value, "client_name", _NAME_LENGTH)
    if name is not None and not can_be_seen(name):
        raise InvalidClientMetadata
    return name


def _address(value: Mapping[str, Any], name: str) -> str | None:
    if name not in value:
        return None
    try:
        return check_url(value[name], query=True)
    except MalformedIssuerUrl:
        raise InvalidClientMetadata from None


def _number(value: Any) -> int | None:
    if value is None:
        return None
    if not isinstance(value, int) or isinstance(value, bool) or value < 0:
        raise MalformedResponse
    return value
