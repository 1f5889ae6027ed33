"""OpenID4VCI 1.0 for wallets: metadata, offer, token, nonce, credential, notification, evidence files."""

from collections.abc import Awaitable, Callable
from functools import wraps
from typing import Any, ParamSpec
from urllib.parse import parse_qsl

from fastapi import APIRouter, Request, Response
from fastapi.responses import JSONResponse

from issuer.achievements.records import AchievementRecord
from issuer.errors import UnknownEvidence
from issuer.evidence.files import open_file
from issuer.evidence.records import EvidenceFile
from issuer.issuance.forms import configurations
from issuer.offers.claim import authorized_offer, claim, redeem
from issuer.offers.codes import create_nonce
from issuer.offers.make import credential_offer
from issuer.offers.notify import notification_id, notify
from issuer.offers.records import HANDED_OVER, Offer
from issuer.organisations.records import Organisation
from issuer.routes.access import ServiceOf
from issuer.routes.evidence import file_response
from passport.errors import Invalid
from passport.errors.openid4vc import (
    InvalidAccessToken,
    InvalidCredentialRequest,
    InvalidNotificationRequest,
    InvalidTokenRequest,
    OAuthError,
)
from passport.json import JsonObject
from passport.openid4vc import (
    IssuerMetadata,
    credential_response,
    error_response,
    nonce_response,
    parse_credential_request,
    parse_notification_request,
    parse_token_request,
    server_metadata,
)
from passport.web.body import check_media_type

router = APIRouter(tags=["claiming"])

P = ParamSpec("P")
_NO_STORE = {"Cache-Control": "no-store"}
_ACHIEVEMENTS = 1_000
_FIELDS = 32


def _oauth(
    otherwise: type[OAuthError],
) -> Callable[[Callable[P, Awaitable[Any]]], Callable[P, Awaitable[Any]]]:
    """Refuse as OAuth error responses; `otherwise` stands for whatever else is wrong with the request."""

    def decorate(route: Callable[P, Awaitable[Any]]) -> Callable[P, Awaitable[Any]]:
        @wraps(route)
        async def wrapped(*args: P.args, **kwargs: P.kwargs) -> Any:
            try:
                return await route(*args, **kwargs)
            except OAuthError as error:
                return _refused(error)
            except Invalid:
                return _refused(otherwise())

        return wrapped

    return decorate


def _refused(error: OAuthError) -> Response:
    if isinstance(error, InvalidAccessToken):
        headers = {**_NO_STORE, "WWW-Authenticate": 'Bearer error="invalid_token"'}
        return JSONResponse(error_response(error), status_code=401, headers=headers)
    return JSONResponse(error_response(error), status_code=400, headers=_NO_STORE)


@router.get("/.well-known/openid-credential-issuer/o/{slug}")
async def issuer_metadata(slug: str, service: ServiceOf) -> JsonObject:
    """Credential Issuer Metadata (section 12.2)."""
    organisation = await Organisation.find_or_fail(slug)
    issuer = service.addresses.issuer(slug)
    records = await AchievementRecord.of_organisation(slug, _ACHIEVEMENTS)
    return IssuerMetadata(
        credential_issuer=issuer,
        credential_endpoint=f"{issuer}/credential",
        nonce_endpoint=f"{issuer}/nonce",
        notification_endpoint=f"{issuer}/notification",
        name=organisation.name,
        configurations=configurations(
            (record.id, record.name, service.addresses.credential_type(slug, record.id)) for record in records
        ),
    ).to_json()


@router.get("/.well-known/oauth-authorization-server/o/{slug}")
async def authorization_server_metadata(slug: str, service: ServiceOf) -> JsonObject:
    """OAuth 2.0 Authorization Server Metadata (RFC 8414)."""
    await Organisation.find_or_fail(slug)
    issuer = service.addresses.issuer(slug)
    return server_metadata(issuer=issuer, token_endpoint=f"{issuer}/token")


@router.get("/o/{slug}/offers/{offer_id}")
async def offer(slug: str, offer_id: str, service: ServiceOf) -> JSONResponse:
    """The Credential Offer (section 4.1.3), each time with a fresh code."""
    found = await Offer.find_or_fail(slug, offer_id)
    return JSONResponse(credential_offer(service, found).to_json(), headers=_NO_STORE)


@router.post("/o/{slug}/token")
@_oauth(InvalidTokenRequest)
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
    return JSONResponse(response.to_json(), headers=_NO_STORE)


@router.post("/o/{slug}/nonce")
async def nonce(slug: str, service: ServiceOf) -> JSONResponse:
    """A fresh c_nonce (section 7)."""
    await Organisation.find_or_fail(slug)
    return JSONResponse(
        nonce_response(create_nonce(service.master, slug, service.clock())), headers=_NO_STORE
    )


@router.post("/o/{slug}/credential")
@_oauth(InvalidCredentialRequest)
async def credential(request: Request, slug: str, service: ServiceOf) -> Response:
    """Prove a key and get the credential (section 8)."""
    found = await authorized_offer(service, slug, request.headers.get("authorization"))
    check_media_type(request, ("application/json",))
    asked = parse_credential_request(await request.body())
    source = await claim(service, found, asked)
    service.faults.reach("before-reply")
    answer = credential_response(source, notification_id(service, found, asked.credential_configuration_id))
    return Response(answer, media_type="application/json", headers=_NO_STORE)


@router.post("/o/{slug}/notification", status_code=204)
@_oauth(InvalidNotificationRequest)
async def notification(request: Request, slug: str, service: ServiceOf) -> Response:
    """Hear what became of the credential (section 11)."""
    found = await authorized_offer(service, slug, request.headers.get("authorization"))
    check_media_type(request, ("application/json",))
    await notify(service, found, parse_notification_request(await request.body()))
    service.faults.reach("before-reply")
    return Response(status_code=204, headers=_NO_STORE)


@router.get("/o/{slug}/evidence/{evidence_id}", response_class=Response)
@_oauth(InvalidAccessToken)
async def evidence(request: Request, slug: str, evidence_id: str, service: ServiceOf) -> Response:
    """A file that the credential names, for its holder: with the access token, once it is issued."""
    found = await authorized_offer(service, slug, request.headers.get("authorization"))
    named = {item["file"] for item in found.claims["evidence"]}
    if found.state not in HANDED_OVER or evidence_id not in named:
        raise UnknownEvidence
    file = await EvidenceFile.find_or_fail(slug, evidence_id)
    return file_response(open_file(service.master, file), file.media_type)
