"""OpenID4VCI 1.0 for wallets: offer, nonce, credential, deferred credential, notification, evidence files."""

from typing import Final

from fastapi import APIRouter, Request, Response
from fastapi.responses import JSONResponse

from issuer.authorization.access import authorized
from issuer.errors import UnknownEvidence
from issuer.evidence.files import open_file
from issuer.evidence.records import EvidenceFile
from issuer.issuance.encryption import MEDIA_TYPE, decrypt_request, encrypt_response
from issuer.issuance.forms import form_of
from issuer.issuance.key_policy import terms_of
from issuer.offers.claim import Claimed, claim
from issuer.offers.codes import create_nonce
from issuer.offers.deferred import fetch
from issuer.offers.make import credential_offer
from issuer.offers.notify import notify
from issuer.offers.records import HANDED_OVER, Offer
from issuer.offers.sealed import claims_of
from issuer.organisations.records import Organisation
from issuer.routes.access import ServiceOf
from issuer.routes.evidence import file_response
from issuer.routes.oauth_errors import NO_STORE, oauth_errors
from issuer.service import Service
from passport.errors.oauth import InvalidAccessToken
from passport.errors.openid4vc import (
    InvalidCredentialRequest,
    InvalidEncryptionParameters,
    InvalidNotificationRequest,
    UnknownCredentialConfiguration,
)
from passport.json import dump
from passport.openid4vc import (
    Deferred,
    EncryptFor,
    credential_response,
    nonce_response,
    parse_credential_request,
    parse_deferred_request,
    parse_notification_request,
)
from passport.web.body import check_media_type

router = APIRouter(tags=["claiming"])
_JSON: Final = "application/json"


@router.get("/o/{slug}/offers/{offer_id}")
async def offer(slug: str, offer_id: str, service: ServiceOf) -> JSONResponse:
    """The Credential Offer (section 4.1.3), each time with a fresh code."""
    found = await Offer.find_or_fail(slug, offer_id)
    terms = await terms_of(slug)
    return JSONResponse(credential_offer(service, found, terms.forms).to_json(), headers=NO_STORE)


@router.post("/o/{slug}/nonce")
async def nonce(slug: str, service: ServiceOf) -> JSONResponse:
    """A fresh c_nonce (section 7)."""
    await Organisation.find_or_fail(slug)
    return JSONResponse(nonce_response(create_nonce(service.master, slug, service.clock())), headers=NO_STORE)


@router.post("/o/{slug}/credential")
@oauth_errors(InvalidCredentialRequest)
async def credential(request: Request, slug: str, service: ServiceOf) -> Response:
    """Prove keys and get the credential, a copy for each, or the promise of it (section 8)."""
    access = await authorized(service, slug, request)
    body, encrypted = await _body(service, slug, request)
    asked = parse_credential_request(body)
    _check_encrypted(asked.response_encryption, encrypted=encrypted)
    found, configuration = access.offer_of(
        configuration=asked.credential_configuration_id, identifier=asked.credential_identifier
    )
    terms, form = await terms_of(slug), form_of(found.achievement, configuration)
    if form is None or form not in found.forms or form not in terms.forms:
        raise UnknownCredentialConfiguration
    answer = await claim(service, found, form, asked, rules=terms.rules, client_id=access.client_id)
    service.faults.reach("before-reply")
    return _answered(answer, asked.response_encryption)


@router.post("/o/{slug}/deferred")
@oauth_errors(InvalidCredentialRequest)
async def deferred(request: Request, slug: str, service: ServiceOf) -> Response:
    """Ask again for what was promised (section 9)."""
    access = await authorized(service, slug, request)
    body, encrypted = await _body(service, slug, request)
    asked = parse_deferred_request(body)
    _check_encrypted(asked.response_encryption, encrypted=encrypted)
    answer = await fetch(service, access.offers, asked.transaction_id)
    service.faults.reach("before-reply")
    return _answered(answer, asked.response_encryption, notified=False)


@router.post("/o/{slug}/notification", status_code=204)
@oauth_errors(InvalidNotificationRequest)
async def notification(request: Request, slug: str, service: ServiceOf) -> Response:
    """Hear what became of the credential (section 11)."""
    access = await authorized(service, slug, request)
    check_media_type(request, (_JSON,))
    await notify(service, access.offers, parse_notification_request(await request.body()))
    service.faults.reach("before-reply")
    return Response(status_code=204, headers=NO_STORE)


@router.get("/o/{slug}/evidence/{evidence_id}", response_class=Response)
@oauth_errors(InvalidAccessToken)
async def evidence(request: Request, slug: str, evidence_id: str, service: ServiceOf) -> Response:
    """A file that the credential names, for its holder: with the access token, once it is issued."""
    access = await authorized(service, slug, request)
    handed_over = [offer for offer in access.offers if offer.state in HANDED_OVER]
    named = {file for offer in handed_over for file in claims_of(service.master, offer).files}
    if evidence_id not in named:
        raise UnknownEvidence
    file = await EvidenceFile.find_or_fail(slug, evidence_id)
    return file_response(open_file(service.master, file), file.media_type)


async def _body(service: Service, slug: str, request: Request) -> tuple[bytes, bool]:
    """The request's JSON, and whether it came encrypted (section 10)."""
    check_media_type(request, (_JSON, MEDIA_TYPE))
    body = await request.body()
    if request.headers["content-type"].partition(";")[0].strip().lower() == MEDIA_TYPE:
        return decrypt_request(service.master, slug, body), True
    return body, False


def _check_encrypted(wanted: EncryptFor | None, *, encrypted: bool) -> None:
    """A key for the answer must come encrypted, or somebody in between could name their own (section 8.2)."""
    if wanted is not None and not encrypted:
        raise InvalidEncryptionParameters


def _answered(answer: Claimed | Deferred, wanted: EncryptFor | None, *, notified: bool = True) -> Response:
    """Credentials or a promise, encrypted where that was asked for, whichever it is (section 8.3)."""
    if isinstance(answer, Deferred):
        body, status = dump(answer.to_json()), 202
    else:
        # after a deferral section 9.2 leaves it open, and a library that many wallets build on refuses it
        body, status = (
            credential_response(answer.credentials, answer.notification_id if notified else None),
            200,
        )
    if wanted is None:
        return Response(body, status_code=status, media_type=_JSON, headers=NO_STORE)
    return Response(
        encrypt_response(body, wanted), status_code=status, media_type=MEDIA_TYPE, headers=NO_STORE
    )
