"""Signing keys in the console, for owners: since when, what each signed; rotate and revoke."""

from typing import Annotated

from fastapi import APIRouter, Path, Request, Response
from fastapi.responses import RedirectResponse

from issuer.console.session import OwnerSignedIn
from issuer.issuance.records import Issuance
from issuer.organisations.manage import revoke_signing_key, rotate_signing_key
from issuer.organisations.records import KeyState, Organisation
from issuer.routes.access import ServiceOf
from passport.web.forms import same_origin

router = APIRouter(prefix="/console/keys")
KeyId = Annotated[str, Path(pattern=r"^[a-z0-9-]{1,32}$")]


@router.get("")
async def show(request: Request, account: OwnerSignedIn) -> Response:
    organisation = await Organisation.find_or_fail(account.organisation)
    signed = {key.id: await Issuance.count_signed(account.organisation, key.id) for key in organisation.keys}
    response: Response = request.app.state.pages.respond(
        request,
        "keys.html",
        organisation=organisation,
        signed=signed,
        states=tuple(KeyState),
    )
    return response


@router.post("/rotate", dependencies=[same_origin])
async def rotate(account: OwnerSignedIn, service: ServiceOf) -> Response:
    await rotate_signing_key(service, account)
    return RedirectResponse("/console/keys", status_code=303)


@router.post("/{key_id}/revoke", dependencies=[same_origin])
async def revoke(key_id: KeyId, account: OwnerSignedIn, service: ServiceOf) -> Response:
    await revoke_signing_key(service, account, key_id)
    return RedirectResponse("/console/keys", status_code=303)
