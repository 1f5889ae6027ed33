"""The Service Description Document: an OpenAPI document that names the OAuth endpoints (section 6.3, B.4)."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from passport.errors.oauth import MalformedIssuerUrl
from passport.errors.open_badges_api import EndpointsApart, MalformedServiceDescription
from passport.json import JsonObject, parse_object
from passport.limits import JsonLimits
from passport.oauth.client_name import can_be_seen
from passport.oauth.urls import check_url
from passport.open_badges_api.limits import OPEN_BADGES_API
from passport.open_badges_api.operations import operations
from passport.open_badges_api.paths import ROOT, origin_of
from passport.open_badges_api.scopes import DESCRIPTIONS

OPENAPI = "3.0.1"
_VERSION = "1.0"
_NAME_LENGTH = 200
_BOUNDS = JsonLimits(size=OPEN_BADGES_API.description, string=65_536)
_REVOCATION = "x-revocationUrl"
"""Section 7.3 asks for revocation and names no member for its address; B.4.4 allows members of one's own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceDescription:
    """What a provider says of itself and of where permission is asked."""

    title: str
    registration_url: str
    """RFC 7591."""
    authorization_url: str
    token_url: str
    refresh_url: str
    scopes: tuple[str, ...]
    terms_of_service: str | None = None
    privacy_policy: str | None = None
    revocation_url: str | None = None
    """RFC 7009."""

    def to_json(self, base: str) -> JsonObject:
        """The document of the provider at `base`, with the operations that these scopes open."""
        return {
            "openapi": OPENAPI,
            "info": {
                "title": self.title,
                "version": _VERSION,
                "termsOfService": self.terms_of_service,
                "x-imssf-privacyPolicyUrl": self.privacy_policy,
            },
            "servers": [{"url": f"{base}{ROOT}"}],
            **operations(self.scopes),
            "components": {
                "securitySchemes": {
                    "OAuth2ACG": {
                        "type": "oauth2",
                        "description": "OAuth 2.0 Authorization Code Grant with PKCE (S256)",
                        "x-imssf-name": self.title,
                        "x-imssf-privacyPolicyUrl": self.privacy_policy,
                        "x-imssf-termsOfServiceUrl": self.terms_of_service,
                        "x-imssf-registrationUrl": self.registration_url,
                        _REVOCATION: self.revocation_url,
                        "flows": {
                            "authorizationCode": {
                                "authorizationUrl": self.authorization_url,
                                "tokenUrl": self.token_url,
                                "refreshUrl": self.refresh_url,
                                "scopes": {scope: DESCRIPTIONS[scope] for scope in self.scopes},
                            }
                        },
                    }
                }
            },
        }


def parse_service_description(source: bytes | JsonObject, *, base: str) -> ServiceDescription:
    """Read the document of the provider at `base`, as a client does.

    Every endpoint must be on the host of `base`. Who could name a sign-in of somebody else beside a token
    endpoint or a resource of their own would be handed what the person gave the other one: nothing in this
    API tells a client which server a token is for (RFC 9700, sections 4.4 and 4.9.1).

    Raises:
        MalformedServiceDescription, or MalformedJson and its kinds
        EndpointsApart
    """
    value = parse_object(source, _BOUNDS) if isinstance(source, bytes) else source
    scheme = _object(_object(value, "components", "securitySchemes"), "OAuth2ACG")
    flow = _object(scheme, "flows", "authorizationCode")
    if scheme.get("type") != "oauth2":
        raise MalformedServiceDescription
    info, token_url = _object(value, "info"), _url(flow.get("tokenUrl"))
    read = ServiceDescription(
        title=_title(info.get("title")),
        registration_url=_url(scheme.get("x-imssf-registrationUrl")),
        authorization_url=_url(flow.get("authorizationUrl")),
        token_url=token_url,
        refresh_url=_url(flow["refreshUrl"]) if flow.get("refreshUrl") is not None else token_url,
        scopes=_scopes(flow.get("scopes")),
        terms_of_service=_optional(info.get("termsOfService")),
        privacy_policy=_optional(info.get("x-imssf-privacyPolicyUrl")),
        revocation_url=_url(scheme[_REVOCATION]) if scheme.get(_REVOCATION) is not None else None,
    )
    endpoints = [read.registration_url, read.authorization_url, read.token_url, read.refresh_url]
    if read.revocation_url is not None:
        endpoints.append(read.revocation_url)
    if any(origin_of(endpoint) != origin_of(base) for endpoint in endpoints):
        raise EndpointsApart
    return read


def _object(value: Mapping[str, Any], *names: str) -> Mapping[str, Any]:
    for name in names:
        found = value.get(name)
        if not isinstance(found, dict):
            raise MalformedServiceDescription
        value = found
    return value


def _url(value: Any) -> str:
    try:
        return check_url(value, query=True)
    except MalformedIssuerUrl:
        raise MalformedServiceDescription from None


def _optional(value: Any) -> str | None:
    """Shown to nobody unless it is an address: an odd one is as good as none."""
    try:
        return check_url(value, query=True)
    except MalformedIssuerUrl:
        return None


def _title(value: Any) -> str:
    if not isinstance(value, str) or not can_be_seen(value[:_NAME_LENGTH]):
        raise MalformedServiceDescription
    return value[:_NAME_LENGTH]


def _scopes(value: Any) -> tuple[str, ...]:
    """Those of ours; a provider may have others, which we ask nothing of."""
    if not isinstance(value, dict):
        raise MalformedServiceDescription
    return tuple(scope for scope in DESCRIPTIONS if scope in value)
