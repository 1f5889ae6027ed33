"""OpenID4VCI 1.0 for wallets: metadata, offer, nonce, credential, notification, evidence files."""

from fastapi import APIRouter, Request, Response
from fastapi.responses import JSONResponse

from issuer.achievements.records import AchievementRecord
from issuer.authorization.access import authorized
from issuer.errors import UnknownEvidence
from issuer.evidence.files import open_file
from issuer.evidence.records import EvidenceFile
from issuer.issuance.forms import configurations
from issuer.offers.claim import claim
from issuer.offers.codes import create_nonce
from issuer.offers.make import credential_offer
from issuer.offers.notify import notification_id, notify
from issuer.offers.records import HANDED_OVER, Offer
from issuer.organisations.records import Organisation
from issuer.routes.access import ServiceOf
from issuer.routes.evidence import file_response
from issuer.routes.oauth_errors import NO_STORE, oauth_errors
from passport.errors.openid4vc import (
    InvalidAccessToken,
    InvalidCredentialRequest,
    InvalidNotificationRequest,
)
from passport.json import JsonObject
from passport.openid4vc import (
    IssuerMetadata,
    credential_response,
    nonce_response,
    parse_credential_request,
    parse_notification_request,
)
from passport.web.body import check_media_type

router = APIRouter(tags=["claiming"])

_ACHIEVEMENTS = 1_000


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


@router.get("/o/{slug}/offers/{offer_id}")
async def offer(slug: str, offer_id: str, service: ServiceOf) -> JSONResponse:
    """The Credential Offer (section 4.1.3), each time with a fresh code."""
    found = await Offer.find_or_fail(slug, offer_id)
    return JSONResponse(credential_offer(service, found).to_json(), headers=NO_STORE)


@router.post("/o/{slug}/nonce")
async def nonce(slug: str, service: ServiceOf) -> JSONResponse:
    """A fresh c_nonce (section 7)."""
    await Organisation.find_or_fail(slug)
    return JSONResponse(nonce_response(create_nonce(service.master, slug, service.clock())), headers=NO_STORE)


@router.post("/o/{slug}/credential")
@oauth_errors(InvalidCredentialRequest)
async def credential(request: Request, slug: str, service: ServiceOf) -> Response:
    """Prove a key and get the credential (section 8)."""
    access = await authorized(service, slug, request)
    check_media_type(request, ("application/json",))
    asked = parse_credential_request(await request.body())
    found, configuration = access.offer_of(
        configuration=asked.credential_configuration_id, identifier=asked.credential_identifier
    )
    source = await claim(service, found, configuration, asked)
    service.faults.reach("before-reply")
    answer = credential_response([source], notification_id(service, found, configuration))
    return Response(answer, media_type="application/json", headers=NO_STORE)


@router.post("/o/{slug}/notification", status_code=204)
@oauth_errors(InvalidNotificationRequest)
async def notification(request: Request, slug: str, service: ServiceOf) -> Response:
    """Hear what became of the credential (section 11)."""
    access = await authorized(service, slug, request)
    check_media_type(request, ("application/json",))
    await notify(service, access.offers, parse_notification_request(await request.body()))
    service.faults.reach("before-reply")
    return Response(status_code=204, headers=NO_STORE)


@router.get("/o/{slug}/evidence/{evidence_id}", response_class=Response)
@oauth_errors(InvalidAccessToken)
async def evidence(request: Request, slug: str, evidence_id: str, service: ServiceOf) -> Response:
    """A file that the credential names, for its holder: with the access token, once it is issued."""
    access = await authorized(service, slug, request)
    handed_over = [offer for offer in access.offers if offer.state in HANDED_OVER]
    named = {item["file"] for offer in handed_over for item in offer.claims["evidence"]}
    if evidence_id not in named:
        raise UnknownEvidence
    file = await EvidenceFile.find_or_fail(slug, evidence_id)
    return file_response(open_file(service.master, file), file.media_type)
