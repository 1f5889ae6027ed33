"""How your organisation issues to wallets: how it looks there, what keys it asks for, its certificates."""

from datetime import datetime
from typing import Annotated
from urllib.parse import urlsplit

from fastapi import APIRouter, Response
from pydantic import Field

from issuer.audit.records import AuditEvent
from issuer.issuance.key_policy import KeyPolicyBody, key_policy_of, set_key_policy
from issuer.limits import CERTIFICATE_SIZE, CERTIFICATES
from issuer.organisations.appearance import Look, appearance_of, set_appearance
from issuer.organisations.certificates import checked_chain, key_to_certify, signing_request
from issuer.organisations.keyring import open_key
from issuer.organisations.records import Account, Organisation
from issuer.routes.access import Owner, Reader, ServiceOf
from passport.json import JsonObject
from passport.web import Body, strict_body

router = APIRouter(prefix="/api", tags=["organisations"])
_PEM = 2 * CERTIFICATE_SIZE


class ChainBody(Body):
    certificates: Annotated[
        str,
        Field(
            max_length=_PEM,
            description=f"At most {CERTIFICATES} certificates as PEM, the key's own first; empty: none.",
        ),
    ]


@router.get("/appearance")
async def show_appearance(account: Reader) -> Look:
    """What wallets show of your organisation."""
    return await appearance_of(account.organisation)


@router.put("/appearance")
async def change_appearance(
    account: Owner, body: Annotated[Look, strict_body(Look)], service: ServiceOf
) -> Look:
    """Choose names, logo and colours."""
    await _audit(service.clock(), account, "appearance.change", account.organisation)
    await set_appearance(account.organisation, body)
    return body


@router.get("/key-policy")
async def show_key_policy(account: Reader) -> KeyPolicyBody:
    """What holders' keys must be."""
    return await key_policy_of(account.organisation)


@router.put("/key-policy")
async def change_key_policy(
    account: Owner, body: Annotated[KeyPolicyBody, strict_body(KeyPolicyBody)], service: ServiceOf
) -> KeyPolicyBody:
    """Ask that a recognised provider of wallets attests the keys."""
    await _audit(service.clock(), account, "key-policy.change", account.organisation)
    await set_key_policy(account.organisation, body)
    return body


@router.get("/keys/{key_id}/signing-request", response_class=Response)
async def show_signing_request(account: Owner, key_id: str, service: ServiceOf) -> Response:
    """A certificate signing request for your P-256 key, to hand to a certificate authority."""
    organisation = await Organisation.find_or_fail(account.organisation)
    signer = open_key(service.master, organisation.id, key_to_certify(organisation, key_id))
    host = urlsplit(service.addresses.origin).hostname or ""
    request = signing_request(organisation, signer, host)
    return Response(request, media_type="application/x-pem-file")


@router.put("/keys/{key_id}/certificates")
async def change_certificates(
    account: Owner, key_id: str, body: Annotated[ChainBody, strict_body(ChainBody)], service: ServiceOf
) -> JsonObject:
    """Show a chain of certificates with what the key signs from now on."""
    organisation, now = await Organisation.find_or_fail(account.organisation), service.clock()
    key = key_to_certify(organisation, key_id)
    chain = checked_chain(body.certificates, key, now) if body.certificates.strip() else []
    await _audit(now, account, "key.certify", key_id)
    certified = key.model_copy(update={"certificates": chain})
    await organisation.replace_keys([certified if each.id == key_id else each for each in organisation.keys])
    return {"id": key_id, "certificates": len(chain)}


async def _audit(now: datetime, account: Account, action: str, what: str) -> None:
    await AuditEvent.of(account.organisation, now, account.id, action, what).write()
