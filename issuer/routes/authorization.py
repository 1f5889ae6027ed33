"""The authorization server of an organisation: its metadata and its token endpoint."""

from urllib.parse import parse_qsl

from fastapi import APIRouter, Request, Response
from fastapi.responses import JSONResponse

from issuer.offers.claim import redeem
from issuer.organisations.records import Organisation
from issuer.routes.access import ServiceOf
from issuer.routes.oauth_errors import NO_STORE, oauth_errors
from passport.errors.openid4vc import InvalidTokenRequest
from passport.json import JsonObject
from passport.openid4vc import parse_token_request, server_metadata
from passport.web.body import check_media_type

router = APIRouter(tags=["claiming"])
_FIELDS = 32


@router.get("/.well-known/oauth-authorization-server/o/{slug}")
async def authorization_server_metadata(slug: str, service: ServiceOf) -> JsonObject:
    """OAuth 2.0 Authorization Server Metadata (RFC 8414)."""
    await Organisation.find_or_fail(slug)
    issuer = service.addresses.issuer(slug)
    return server_metadata(issuer=issuer, token_endpoint=f"{issuer}/token")


@router.post("/o/{slug}/token")
@oauth_errors(InvalidTokenRequest)
async def token(request: Request, slug: str, service: ServiceOf) -> Response:
    """Exchange a pre-authorized code for an access token (section 6)."""
    await Organisation.find_or_fail(slug)
    check_media_type(request, ("application/x-www-form-urlencoded",))
    try:
        text = (await request.body()).decode("ascii")
        members = parse_qsl(text, keep_blank_values=True, max_num_fields=_FIELDS, errors="strict")
    except ValueError:
        raise InvalidTokenRequest from None
    response = await redeem(service, slug, parse_token_request(members))
    return JSONResponse(response.to_json(), headers=NO_STORE)
