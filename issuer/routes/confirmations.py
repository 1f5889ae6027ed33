"""Requests for confirmation, for a wallet without an account; and whom an organisation invites by itself."""

from typing import Annotated, Any

from fastapi import APIRouter, Path, Request, Response
from fastapi.responses import JSONResponse
from pydantic import Field

from issuer.confirmations.ask import REQUEST, NewConfirmation, ask, authorized, withdraw_request
from issuer.confirmations.errors import UnknownConfirmation
from issuer.confirmations.files import ConfirmationFile, open_bytes
from issuer.confirmations.handing_over import answer_for_worker, bound_numbers
from issuer.confirmations.limits import CONFIRMATION
from issuer.confirmations.policy import ConfirmationPolicy, change_policy
from issuer.confirmations.records import Confirmation
from issuer.organisations.records import Organisation
from issuer.routes.access import Owner, Reader, ServiceOf
from issuer.routes.evidence import file_response
from passport.json import JsonObject
from passport.web import Body, strict_body

router = APIRouter(tags=["confirmations"])
ConfirmationId = Annotated[str, Path(pattern=r"^[0-9a-f]{32}$")]
_NO_STORE = {"Cache-Control": "no-store"}


@router.post("/o/{slug}/confirmations", status_code=201)
async def create(
    slug: str,
    body: Annotated[NewConfirmation, strict_body(NewConfirmation, REQUEST, values=CONFIRMATION.values)],
    service: ServiceOf,
) -> JSONResponse:
    """Ask a supervisor to confirm skills of a claim that the holder made. `token` is told only now."""
    await Organisation.find_or_fail(slug)
    made, token = await ask(service, slug, body)
    service.faults.reach("before-reply")
    shown = {
        "id": made.id,
        "url": service.addresses.confirmation(slug, made.id),
        "state": made.state.value,
        "token": token,
    }
    return JSONResponse(shown, status_code=201, headers=_NO_STORE)


@router.get("/o/{slug}/confirmations/{confirmation_id}")
async def show(
    request: Request, slug: str, confirmation_id: ConfirmationId, service: ServiceOf
) -> JSONResponse:
    """How far it is, and the signed endorsements once there are any."""
    found = await _asked(request, slug, confirmation_id)
    return JSONResponse(await answer_for_worker(service, found), headers=_NO_STORE)


@router.get("/o/{slug}/confirmations/{confirmation_id}/files/{number}", response_class=Response)
async def show_confirmation_file(
    request: Request,
    slug: str,
    confirmation_id: ConfirmationId,
    number: Annotated[int, Path(ge=1, le=CONFIRMATION.numbers)],
    service: ServiceOf,
) -> Response:
    """A record that an endorsement binds, for the worker to keep: the bytes of its digest."""
    found = await _asked(request, slug, confirmation_id)
    if number not in bound_numbers(service, found):
        raise UnknownConfirmation
    file = await ConfirmationFile.find_or_fail(found.id, number)
    return file_response(open_bytes(service, file), file.media_type)


@router.post("/o/{slug}/confirmations/{confirmation_id}/withdraw")
async def withdraw(
    request: Request, slug: str, confirmation_id: ConfirmationId, service: ServiceOf
) -> JSONResponse:
    """Take the request back while nobody answered it."""
    found = await withdraw_request(service, await _asked(request, slug, confirmation_id))
    return JSONResponse(await answer_for_worker(service, found), headers=_NO_STORE)


async def _asked(request: Request, slug: str, confirmation_id: str) -> Confirmation:
    return await authorized(slug, confirmation_id, request.headers.get("authorization"))


class PolicyBody(Body):
    """`allowed`: domains or addresses that are invited without the coordinator."""

    allowed: Annotated[list[Annotated[str, Field(max_length=254)]], Field(max_length=CONFIRMATION.allowed)]
    retention: int = CONFIRMATION.retention
    """Days that files stay after the end."""


def _policy_shown(policy: ConfirmationPolicy) -> dict[str, Any]:
    return {"allowed": policy.allowed, "retention": policy.retention}


@router.get("/api/confirmations/policy")
async def show_confirmation_policy(account: Reader) -> JsonObject:
    return _policy_shown(await ConfirmationPolicy.of(account.organisation))


@router.put("/api/confirmations/policy")
async def change_confirmation_policy(
    account: Owner, body: Annotated[PolicyBody, strict_body(PolicyBody)], service: ServiceOf
) -> JsonObject:
    """Say whom the service may invite by itself when a worker names them."""
    return _policy_shown(await change_policy(service, account, body.allowed, body.retention))
