"""What an organisation says of itself as a provider of badges (Open Badges 3.0, section 6.3; RFC 8414)."""

from issuer.service import Service
from passport.oauth.pkce import METHOD
from passport.oauth.server_metadata import NONE, ServerMetadata
from passport.oauth.token_request import AUTHORIZATION_CODE, REFRESH_TOKEN
from passport.open_badges_api.paths import ROOT
from passport.open_badges_api.scopes import OFFLINE_ACCESS, BadgeScope
from passport.open_badges_api.service_description import ServiceDescription

SCOPES: tuple[str, ...] = (BadgeScope.CREDENTIAL_READONLY, BadgeScope.PROFILE_READONLY, OFFLINE_ACCESS)
"""An issuer gives what it issued. It keeps no badges of others and changes no profile, so it has no scope
for that."""


def root_of(service: Service, slug: str) -> str:
    """Where the endpoints are; the name of the authorization server as well (RFC 9207)."""
    return f"{service.addresses.issuer(slug)}{ROOT}"


def service_description(service: Service, slug: str, name: str) -> ServiceDescription:
    root = root_of(service, slug)
    return ServiceDescription(
        title=name,
        registration_url=f"{root}/register",
        authorization_url=f"{root}/authorize",
        token_url=f"{root}/token",
        refresh_url=f"{root}/token",
        revocation_url=f"{root}/revoke",
        scopes=SCOPES,
        terms_of_service=f"{root}/about",
        privacy_policy=f"{root}/about",
    )


def server_metadata(service: Service, slug: str) -> ServerMetadata:
    """The same for clients that know OAuth and not this API."""
    root = root_of(service, slug)
    return ServerMetadata(
        issuer=root,
        authorization_endpoint=f"{root}/authorize",
        token_endpoint=f"{root}/token",
        registration_endpoint=f"{root}/register",
        revocation_endpoint=f"{root}/revoke",
        grant_types_supported=(AUTHORIZATION_CODE, REFRESH_TOKEN),
        response_types_supported=("code",),
        scopes_supported=SCOPES,
        token_endpoint_auth_methods_supported=("client_secret_basic", NONE),
        code_challenge_methods_supported=(METHOD,),
        authorization_response_iss_parameter_supported=True,
    )
