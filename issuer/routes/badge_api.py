"""The Open Badges API of an organisation, as a provider (Open Badges 3.0, sections 6 and 7)."""

from fastapi import APIRouter, Request, Response
from fastapi.responses import JSONResponse

from issuer.authorization.access import Access, authorized
from issuer.open_badges_api.badges import one_page, profile_of
from issuer.open_badges_api.clients import register
from issuer.open_badges_api.description import root_of, server_metadata, service_description
from issuer.open_badges_api.tokens import redeem, revoke
from issuer.organisations.records import Organisation
from issuer.routes.access import ServiceOf
from issuer.routes.oauth_errors import NO_STORE, oauth_errors
from issuer.service import Service
from passport.errors.oauth import (
    InsufficientScope,
    InvalidAccessToken,
    InvalidClientMetadata,
    InvalidTokenRequest,
)
from passport.json import JsonObject
from passport.oauth.members import once, read_members, text
from passport.oauth.token_request import parse_token_request
from passport.open_badges_api.paging import paging_headers, parse_page
from passport.open_badges_api.paths import ROOT
from passport.open_badges_api.scopes import BadgeScope
from passport.web.body import check_media_type
from passport.web.imsx_errors import imsx_errors, not_offered

router = APIRouter(tags=["badges"])
_badges = APIRouter(prefix="/o/{slug}" + ROOT)
_FORM = "application/x-www-form-urlencoded"
_TOKEN_LENGTH = 4_096


@_badges.get("/discovery", operation_id="getServiceDescription")
@imsx_errors
async def discovery(slug: str, service: ServiceOf) -> JsonObject:
    """The Service Description Document: an OpenAPI document of its own, for clients (section 6.3)."""
    organisation = await Organisation.find_or_fail(slug)
    described = service_description(service, slug, organisation.name)
    return described.to_json(service.addresses.issuer(slug))


@router.get("/.well-known/oauth-authorization-server/o/{slug}" + ROOT)
async def metadata(slug: str, service: ServiceOf) -> JsonObject:
    """The same for clients that know OAuth (RFC 8414)."""
    await Organisation.find_or_fail(slug)
    return server_metadata(service, slug).to_json()


@_badges.post("/register", status_code=201)
@oauth_errors(InvalidClientMetadata)
async def post_register(request: Request, slug: str, service: ServiceOf) -> Response:
    """Register a program (RFC 7591). Nobody vouches for it, and learners are told so."""
    await Organisation.find_or_fail(slug)
    check_media_type(request, ("application/json",))
    service.registered.count(slug, service.networks_of(request), service.clock())
    registered = await register(service, slug, await request.body())
    return JSONResponse(registered.to_json(), status_code=201, headers=NO_STORE)


@_badges.post("/token")
@oauth_errors(InvalidTokenRequest)
async def post_token(request: Request, slug: str, service: ServiceOf) -> Response:
    """Exchange a code or a refresh token for an access token (sections 7.1.2.3 and 7.2)."""
    check_media_type(request, (_FORM,))
    members = read_members(await request.body(), otherwise=InvalidTokenRequest)
    response = await redeem(service, slug, request, parse_token_request(members))
    return JSONResponse(response.to_json(), headers=NO_STORE)


@_badges.post("/revoke")
@oauth_errors(InvalidTokenRequest)
async def post_revoke(request: Request, slug: str, service: ServiceOf) -> Response:
    """End a permission by one of its tokens (section 7.3; RFC 7009)."""
    check_media_type(request, (_FORM,))
    members = read_members(await request.body(), otherwise=InvalidTokenRequest)
    form = once(members, ("token", "token_type_hint", "client_id"), otherwise=InvalidTokenRequest)
    token = text(form, "token", otherwise=InvalidTokenRequest, most=_TOKEN_LENGTH)
    await revoke(service, slug, request, token, form.get("client_id"))
    return Response(headers=NO_STORE)


@_badges.get("/credentials", operation_id="getCredentials", response_class=JSONResponse)
@imsx_errors
async def get_credentials(request: Request, slug: str, service: ServiceOf) -> Response:
    """A page of the learner's badges: `limit`, `offset`, `since` (section 6.2.2)."""
    access = await _allowed(service, slug, request, BadgeScope.CREDENTIAL_READONLY)
    page = parse_page(request.query_params)
    organisation = await Organisation.find_or_fail(slug)
    assert access.learner is not None  # _allowed saw it
    total, listed = await one_page(service, organisation, access.learner, page)
    headers = paging_headers(f"{root_of(service, slug)}/credentials", page, total)
    return JSONResponse(listed.to_json(), headers=headers | NO_STORE)


@_badges.get("/profile", operation_id="getProfile", response_class=JSONResponse)
@imsx_errors
async def get_profile(request: Request, slug: str, service: ServiceOf) -> Response:
    """The learner's profile: a name for this program alone, and the address that they proved (6.2.4)."""
    access = await _allowed(service, slug, request, BadgeScope.PROFILE_READONLY)
    assert access.learner is not None  # _allowed saw it
    written = await profile_of(service, slug, access.learner, access.client_id or "")
    return JSONResponse(written, headers=NO_STORE)


@_badges.post("/credentials", operation_id="upsertCredential", include_in_schema=False)
async def post_credentials() -> Response:
    """An issuer gives what it signed itself, and keeps nothing of others."""
    return not_offered("GET")


@_badges.put("/profile", operation_id="putProfile", include_in_schema=False)
async def put_profile() -> Response:
    """An issuer knows a learner by what it wrote on an offer; nobody changes that from outside."""
    return not_offered("GET")


async def _allowed(service: Service, slug: str, request: Request, scope: BadgeScope) -> Access:
    access = await authorized(service, slug, request)
    if access.learner is None:
        raise InvalidAccessToken
    if scope not in access.scope:
        raise InsufficientScope
    return access


router.include_router(_badges)
