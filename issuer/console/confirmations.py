"""Requests for confirmation in the console: look, invite, take back, refuse, revoke, remove files."""

from typing import Annotated

from fastapi import APIRouter, Path, Request, Response
from fastapi.responses import RedirectResponse

from issuer.confirmations.ending import refuse, remove_files
from issuer.confirmations.endorse import EndorsementRecord
from issuer.confirmations.errors import NobodyInvited
from issuer.confirmations.files import ConfirmationFile, open_bytes, shown_file
from issuer.confirmations.forms import read_sent_form
from issuer.confirmations.handing_over import reason_of
from issuer.confirmations.invite import invite, invited_address, take_back
from issuer.confirmations.limits import CONFIRMATION
from issuer.confirmations.policy import ConfirmationPolicy, change_policy
from issuer.confirmations.records import OPEN, OVER, Confirmation
from issuer.confirmations.revoke import is_revoked, revoke_endorsement
from issuer.confirmations.statement import asked_of, reason_text, statement_of
from issuer.console.session import IssuerSignedIn, SignedIn
from issuer.errors import RoleNotEnough
from issuer.limits import PAGE
from issuer.mail.address import parse_address
from issuer.organisations.records import Role
from issuer.routes.access import ServiceOf
from issuer.routes.evidence import file_response
from issuer.service import Service
from passport.web.forms import same_origin

router = APIRouter(prefix="/console/confirmations")
ConfirmationId = Annotated[str, Path(pattern=r"^[0-9a-f]{32}$")]
EndorsementId = Annotated[str, Path(pattern=r"^[0-9a-f]{32}$")]


def _to(confirmation_id: str) -> Response:
    return RedirectResponse(f"/console/confirmations/{confirmation_id}", status_code=303)


@router.get("")
async def index(request: Request, account: SignedIn, service: ServiceOf) -> Response:
    found = await Confirmation.newest(account.organisation, PAGE)
    policy = await ConfirmationPolicy.of(account.organisation)
    response: Response = request.app.state.pages.respond(
        request,
        "confirmations.html",
        confirmations=[(item, _title(service, item)) for item in found],
        policy=policy,
        longest=CONFIRMATION.retention,
        owner=account.role is Role.OWNER,
    )
    return response


@router.post("/policy", dependencies=[same_origin])
async def set_policy(request: Request, account: IssuerSignedIn, service: ServiceOf) -> Response:
    if account.role is not Role.OWNER:
        raise RoleNotEnough
    fields = (await read_sent_form(request)).fields
    lines = [line for line in fields.get("allowed", "").splitlines() if line.strip()]
    days = fields.get("retention", "")
    await change_policy(service, account, lines, int(days) if days.isdecimal() and len(days) < 4 else 0)  # noqa: PLR2004
    return RedirectResponse("/console/confirmations", status_code=303)


@router.get("/{confirmation_id}")
async def show(
    request: Request, confirmation_id: ConfirmationId, account: IssuerSignedIn, service: ServiceOf
) -> Response:
    found = await Confirmation.find_or_fail(account.organisation, confirmation_id)
    asked = None if found.asked is None else asked_of(service, found)
    files = await ConfirmationFile.of(found.id)
    endorsements = await EndorsementRecord.of(found.id)
    invitation, mailer = found.invitation, service.mailer
    response: Response = request.app.state.pages.respond(
        request,
        "confirmation.html",
        confirmation=found,
        asked=asked,
        statement=statement_of(service, found) if found.state not in OPEN else None,
        told_why=reason_of(service, found),
        files=[shown_file(service, file) for file in files],
        endorsements=[(record, await is_revoked(record)) for record in endorsements],
        invited=None if invitation is None else invited_address(service, found),
        mail=None if invitation is None else await mailer.state(mailer.id_of(invitation.mail)),
        open=found.state in OPEN,
        over=found.state in OVER,
    )
    return response


@router.post("/{confirmation_id}/invite", dependencies=[same_origin])
async def send_invitation(
    request: Request, confirmation_id: ConfirmationId, account: IssuerSignedIn, service: ServiceOf
) -> Response:
    fields = (await read_sent_form(request)).fields
    if "email" not in fields:
        raise NobodyInvited
    found = await Confirmation.find_or_fail(account.organisation, confirmation_id)
    to = parse_address(fields["email"])
    await invite(service, found, to, account=account.id, did=fields.get("did"))
    return _to(confirmation_id)


@router.post("/{confirmation_id}/take-back", dependencies=[same_origin])
async def take_invitation_back(
    confirmation_id: ConfirmationId, account: IssuerSignedIn, service: ServiceOf
) -> Response:
    found = await Confirmation.find_or_fail(account.organisation, confirmation_id)
    await take_back(service, found, account.id)
    return _to(confirmation_id)


@router.post("/{confirmation_id}/refuse", dependencies=[same_origin])
async def refuse_request(
    request: Request, confirmation_id: ConfirmationId, account: IssuerSignedIn, service: ServiceOf
) -> Response:
    reason = reason_text((await read_sent_form(request)).fields)
    found = await Confirmation.find_or_fail(account.organisation, confirmation_id)
    await refuse(service, found, reason, by="coordinator", account=account.id)
    return _to(confirmation_id)


@router.post("/{confirmation_id}/endorsements/{endorsement_id}/revoke", dependencies=[same_origin])
async def revoke(
    confirmation_id: ConfirmationId,
    endorsement_id: EndorsementId,
    account: IssuerSignedIn,
    service: ServiceOf,
) -> Response:
    found = await Confirmation.find_or_fail(account.organisation, confirmation_id)
    await revoke_endorsement(service, found, endorsement_id, account.id)
    return _to(confirmation_id)


@router.post("/{confirmation_id}/remove-files", dependencies=[same_origin])
async def remove(confirmation_id: ConfirmationId, account: IssuerSignedIn, service: ServiceOf) -> Response:
    found = await Confirmation.find_or_fail(account.organisation, confirmation_id)
    await remove_files(service, found, account.id)
    return _to(confirmation_id)


@router.get("/{confirmation_id}/files/{number}")
async def show_file(
    confirmation_id: ConfirmationId,
    number: Annotated[int, Path(ge=1, le=CONFIRMATION.numbers)],
    account: IssuerSignedIn,
    service: ServiceOf,
) -> Response:
    found = await Confirmation.find_or_fail(account.organisation, confirmation_id)
    file = await ConfirmationFile.find_or_fail(found.id, number)
    return file_response(open_bytes(service, file), file.media_type)


def _title(service: Service, confirmation: Confirmation) -> str | None:
    return None if confirmation.asked is None else asked_of(service, confirmation).claim_name
