"""The supervisor's first pages: what this is, and the proof of the mailbox or of a wallet.

A GET changes nothing here: programs that look through mail follow links. The link alone shows which
organisation asks; who asks, and what for, is shown to whoever proved that they were invited.
"""

from fastapi import APIRouter, Request, Response

from issuer.confirmations.errors import (
    InvitationUnusable,
    MailboxNotProved,
    WalletNotProved,
    WrongMailboxCode,
)
from issuer.confirmations.forms import read_sent_form
from issuer.confirmations.invite import INVITED, invited_address
from issuer.confirmations.limits import CONFIRMATION
from issuer.confirmations.prove import (
    check_code,
    check_session,
    open_session,
    prove_wallet,
    send_code,
    wallet_challenge,
)
from issuer.confirmations.records import Confirmation
from issuer.mail.address import parse_address
from issuer.organisations.records import Organisation
from issuer.routes.access import ServiceOf
from issuer.routes.confirming_access import Linked, led_to, shown
from issuer.service import Service
from passport.web.forms import same_origin
from passport.web.refused_page import beside_its_field

router = APIRouter(prefix="/confirm/{confirmation_id}/{secret}", include_in_schema=False)


@router.get("")
async def welcome(request: Request, confirmation: Linked, service: ServiceOf) -> Response:
    """What this is about, without anybody's data; whoever proved it already is led on."""
    if _has_session(service, confirmation, request):
        return led_to(request, "statement" if confirmation.state in INVITED else "done")
    _check_open(confirmation)
    assert confirmation.invitation is not None  # the link led here
    return await shown(
        request,
        "confirm_welcome.html",
        confirmation,
        mailbox=_mailbox(service, confirmation),
        until=confirmation.invitation.expires_at,
        wallet=confirmation.invitation.did is not None,
    )


@router.post("/code", dependencies=[same_origin])
async def mail_code(request: Request, confirmation: Linked, service: ServiceOf) -> Response:
    await send_code(service, confirmation)
    return led_to(request, "code")


@router.get("/code")
async def show_code(request: Request, confirmation: Linked, service: ServiceOf) -> Response:
    _check_open(confirmation)
    return await _code_page(request, confirmation, service)


@router.post("/session", dependencies=[same_origin])
async def prove_mailbox(request: Request, confirmation: Linked, service: ServiceOf) -> Response:
    form = await read_sent_form(request)
    try:
        await check_code(service, confirmation, form.fields.get("code", "").replace(" ", ""))
    except WrongMailboxCode as error:
        return await beside_its_field(request, await _code_page(request, confirmation, service), error)
    response = led_to(request, "statement")
    open_session(service, confirmation, response)
    return response


@router.get("/wallet")
async def show_wallet(request: Request, confirmation: Linked, service: ServiceOf) -> Response:
    """A question for the wallet. It is made of itself: nothing is stored for it."""
    _check_wallet_asked(service, confirmation, request)
    return await _wallet_page(request, confirmation, service)


@router.post("/wallet", dependencies=[same_origin])
async def take_wallet(request: Request, confirmation: Linked, service: ServiceOf) -> Response:
    _check_wallet_asked(service, confirmation, request)
    session = _has_session(service, confirmation, request)
    form = await read_sent_form(request)
    try:
        named = await prove_wallet(
            service, confirmation, form.fields.get("presentation", ""), any_wallet=session
        )
    except WalletNotProved as error:
        return await beside_its_field(request, await _wallet_page(request, confirmation, service), error)
    response = led_to(request, "preview" if confirmation.statement is not None else "statement")
    if named:
        open_session(service, confirmation, response)
    return response


def _check_open(confirmation: Confirmation) -> None:
    """Raises InvitationUnusable once it was answered: the link opens nothing then without a session."""
    if confirmation.state not in INVITED:
        raise InvitationUnusable


def _check_wallet_asked(service: Service, confirmation: Confirmation, request: Request) -> None:
    """A wallet is asked for by whoever proved the mailbox, or where the coordinator named one."""
    _check_open(confirmation)
    if confirmation.invitation is None or confirmation.invitation.did is None:
        check_session(service, confirmation, request)


def _has_session(service: Service, confirmation: Confirmation, request: Request) -> bool:
    try:
        check_session(service, confirmation, request)
    except MailboxNotProved:
        return False
    return True


def _mailbox(service: Service, confirmation: Confirmation) -> str:
    return parse_address(invited_address(service, confirmation)).masked


async def _code_page(request: Request, confirmation: Confirmation, service: Service) -> Response:
    return await shown(
        request,
        "confirm_code.html",
        confirmation,
        mailbox=_mailbox(service, confirmation),
        minutes=CONFIRMATION.code_lifetime // 60,
        digits=CONFIRMATION.code_digits,
    )


async def _wallet_page(request: Request, confirmation: Confirmation, service: Service) -> Response:
    organisation = await Organisation.find_or_fail(confirmation.organisation)
    return await shown(
        request,
        "confirm_wallet.html",
        confirmation,
        challenge=wallet_challenge(service, confirmation),
        domain=organisation.did,
    )
