"""The authorization server of an organisation for programs: metadata, pushed requests, tokens, policy."""

from typing import Annotated

from fastapi import APIRouter, Request, Response
from fastapi.responses import JSONResponse

from issuer.authorization.policy import AuthorizationPolicy, PolicyBody, policy_of, set_policy
from issuer.authorization.proofs import DPOP_HEADER, NONCE_HEADER, new_nonce
from issuer.authorization.requests import push
from issuer.authorization.tokens import redeem
from issuer.organisations.records import Organisation
from issuer.routes.access import Owner, Reader, ServiceOf
from issuer.routes.oauth_errors import NO_STORE, oauth_errors
from issuer.service import Service
from passport.errors.oauth import InvalidAuthorizationRequest, InvalidTokenRequest
from passport.json import JsonObject
from passport.oauth import authorization_details
from passport.oauth.members import read_members
from passport.oauth.pkce import METHOD
from passport.oauth.server_metadata import ATTESTED, NONE, ServerMetadata
from passport.oauth.token_request import (
    AUTHORIZATION_CODE,
    PRE_AUTHORIZED_CODE,
    REFRESH_TOKEN,
    parse_token_request,
)
from passport.web import strict_body
from passport.web.body import check_media_type

router = APIRouter()
_FORM = "application/x-www-form-urlencoded"


@router.get("/.well-known/oauth-authorization-server/o/{slug}", tags=["claiming"])
async def authorization_server_metadata(slug: str, service: ServiceOf) -> JsonObject:
    """OAuth 2.0 Authorization Server Metadata (RFC 8414)."""
    await Organisation.find_or_fail(slug)
    return server_metadata(service, await policy_of(slug)).to_json()


def server_metadata(service: Service, policy: AuthorizationPolicy) -> ServerMetadata:
    """What the authorization server of an organisation can, and asks."""
    issuer = service.addresses.issuer(policy.id)
    known = bool(policy.wallet_providers)
    methods = (() if policy.attestation_required else (NONE,)) + ((ATTESTED,) if known else ())
    return ServerMetadata(
        issuer=issuer,
        authorization_endpoint=f"{issuer}/authorize",
        token_endpoint=f"{issuer}/token",
        pushed_authorization_request_endpoint=f"{issuer}/par",
        require_pushed_authorization_requests=policy.haip or policy.attestation_required,
        grant_types_supported=(AUTHORIZATION_CODE, PRE_AUTHORIZED_CODE, REFRESH_TOKEN),
        response_types_supported=("code",),
        token_endpoint_auth_methods_supported=methods,
        code_challenge_methods_supported=(METHOD,),
        dpop_signing_alg_values_supported=policy.algorithms,
        authorization_details_types_supported=(authorization_details.TYPE,),
        authorization_response_iss_parameter_supported=True,
        pre_authorized_grant_anonymous_access_supported=not policy.attestation_required,
        client_attestation_signing_alg_values_supported=policy.algorithms if known else (),
        client_attestation_pop_signing_alg_values_supported=policy.algorithms if known else (),
    )


@router.post("/o/{slug}/par", status_code=201, tags=["claiming"])
@oauth_errors(InvalidAuthorizationRequest)
async def pushed_authorization_request(request: Request, slug: str, service: ServiceOf) -> Response:
    """Push an authorization request, so that it does not go through the browser (RFC 9126)."""
    await Organisation.find_or_fail(slug)
    check_media_type(request, (_FORM,))
    members = read_members(await request.body(), otherwise=InvalidAuthorizationRequest)
    pushed = await push(service, slug, request, members, networks=service.networks_of(request))
    return _answered(service, slug, request, pushed.to_json(), status=201)


@router.post("/o/{slug}/token", tags=["claiming"])
@oauth_errors(InvalidTokenRequest)
async def token(request: Request, slug: str, service: ServiceOf) -> Response:
    """Exchange a code or a refresh token for an access token (OpenID4VCI 1.0, section 6)."""
    await Organisation.find_or_fail(slug)
    check_media_type(request, (_FORM,))
    members = read_members(await request.body(), otherwise=InvalidTokenRequest)
    response = await redeem(service, slug, request, parse_token_request(members))
    return _answered(service, slug, request, response.to_json())


def _answered(
    service: Service, slug: str, request: Request, answer: JsonObject, *, status: int = 200
) -> Response:
    """With a nonce for the next proof, where the client makes proofs (RFC 9449, section 8.2)."""
    headers = dict(NO_STORE)
    if DPOP_HEADER in request.headers:
        headers[NONCE_HEADER] = new_nonce(service.master, slug, service.clock())
    return JSONResponse(answer, status_code=status, headers=headers)


@router.get("/api/authorization", tags=["organisations"])
async def show_policy(account: Reader) -> JsonObject:
    """What your organisation asks of wallets."""
    return _shown(await policy_of(account.organisation))


@router.put("/api/authorization", tags=["organisations"])
async def change_policy(
    account: Owner, body: Annotated[PolicyBody, strict_body(PolicyBody)], service: ServiceOf
) -> JsonObject:
    """Ask of wallets what HAIP 1.0 asks, recognise providers of wallets, take attested wallets only."""
    return _shown(await set_policy(service, account, body))


def _shown(policy: AuthorizationPolicy) -> JsonObject:
    return {
        "haip": policy.haip,
        "attestation_required": policy.attestation_required,
        "wallet_providers": [provider.model_dump() for provider in policy.wallet_providers],
    }
