"""The VC API of an organisation: issue what its own program wrote, and show a part of what it issued."""

import asyncio
from typing import Annotated

from fastapi import APIRouter

from issuer.errors import IssuerIsNotTheOrganisation, RoleNotEnough
from issuer.issuance.sealed import credential_of
from issuer.issuance.submitted import issue_submitted
from issuer.organisations.records import Account, Organisation
from issuer.routes.access import Issuer, Reader, ServiceOf
from passport.credentials import parse_credential
from passport.errors.web import MalformedRequest
from passport.json import JsonObject, parse_object
from passport.proofs.selective import derive
from passport.web import document_body
from passport.web.vc_api import VcApiRoute, read_body

router = APIRouter(prefix="/o/{slug}/credentials", tags=["vc-api"], route_class=VcApiRoute)
_Source = Annotated[bytes, document_body()]


@router.post("/issue", status_code=201, summary="Issue a credential as it stands (VC API)")
async def issue_credential(slug: str, account: Issuer, service: ServiceOf, source: _Source) -> JsonObject:
    """The issuer must be this organisation, and `options.credentialStatus` must ask for a status."""
    _check_own(slug, account)
    body = read_body(source, "credential")
    if body.options.mandatory_pointers:
        raise MalformedRequest(field="options/mandatoryPointers", rule="not here")
    issued = await issue_submitted(service, account, body.subject, body.options.credential_status)
    service.faults.reach("before-reply")
    return {"verifiableCredential": parse_object(credential_of(service.master, issued))}


@router.post("/derive", status_code=201, summary="Show a part of a credential with a base proof (VC API)")
async def derive_credential(slug: str, account: Reader, source: _Source) -> JsonObject:
    """`options.selectivePointers` select from a credential of this organisation with ecdsa-sd-2023."""
    _check_own(slug, account)
    body = read_body(source, "verifiableCredential")
    badge = await asyncio.to_thread(parse_credential, body.subject)
    organisation = await Organisation.find_or_fail(slug)
    if badge.issuer.id != organisation.did:
        raise IssuerIsNotTheOrganisation
    shown = await asyncio.to_thread(derive, body.subject, selective_pointers=body.options.selective_pointers)
    return {"verifiableCredential": shown}


def _check_own(slug: str, account: Account) -> None:
    if account.organisation != slug:
        raise RoleNotEnough
