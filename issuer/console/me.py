"""Somebody's own ways in: passphrase, passkeys, and where they are signed in."""

from typing import Annotated

from fastapi import APIRouter, Path, Request, Response
from fastapi.responses import RedirectResponse

from issuer.audit.records import AuditEvent
from issuer.console.forms import fields
from issuer.console.scripts import script_path
from issuer.console.session import FreshSession, OwnSession, SignedIn, close_session, open_session
from issuer.organisations.records import Account, Organisation
from issuer.routes.access import ServiceOf
from issuer.service import Service
from issuer.sign_in import sessions
from issuer.sign_in.errors import (
    LastWayIn,
    UnknownPasskey,
)
from issuer.sign_in.limits import SIGN_IN
from issuer.sign_in.links import end_link, ways_of
from issuer.sign_in.passkeys import ask_to_register, register
from issuer.sign_in.passphrases import check_choice, hash_passphrase, set_passphrase
from issuer.sign_in.records import ConsoleSession, Passkey
from passport.web.forms import same_origin

router = APIRouter(prefix="/console/me")
PasskeyId = Annotated[str, Path(pattern=r"^[A-Za-z0-9_-]{1,1400}$")]


@router.get("")
async def show(request: Request, mine: OwnSession, service: ServiceOf) -> Response:
    return await _page(request, service, *mine)


async def _page(request: Request, service: Service, session: ConsoleSession, account: Account) -> Response:
    passphrase, _ = await ways_of(account.id)
    organisation = await Organisation.find_or_fail(account.organisation)
    response: Response = request.app.state.pages.respond(
        request,
        "me.html",
        account=account,
        organisation=organisation.name,
        passphrase=passphrase,
        passkeys=await Passkey.of(account.id),
        sessions=await ConsoleSession.of(account.id),
        own=session.id,
        question=await ask_to_register(service, account),
        least=SIGN_IN.passphrase_least,
        script=script_path("passkeys"),
    )
    return response


@router.post("/passphrase", dependencies=[same_origin])
async def choose_passphrase(request: Request, mine: FreshSession, service: ServiceOf) -> Response:
    """Every other session ends, and a link that is out; this one goes on under a new secret."""
    session, account = mine
    form = await fields(request)
    name, passphrase = form.get("name", ""), form.get("passphrase", "")
    await check_choice(service, account, name, passphrase)
    await set_passphrase(service, account, name, await hash_passphrase(service, passphrase))
    await _note(service, account, "account.passphrase")
    await end_link(account.id)
    await sessions.end_all(account.id)
    response = RedirectResponse("/console/me", status_code=303)
    await open_session(request, service, await Account.find_or_fail(account.id), session.way, response)
    return response


@router.post("/passkeys", dependencies=[same_origin])
async def add_passkey(request: Request, mine: FreshSession, service: ServiceOf) -> Response:
    _, account = mine
    form = await fields(request)
    await register(
        service,
        account,
        note=form.get("note", ""),
        answer=form.get("answer", ""),
        name=form.get("passkey_name", "")[: SIGN_IN.passkey_name],
    )
    await _note(service, account, "account.passkey-add")
    return RedirectResponse("/console/me", status_code=303)


@router.post("/passkeys/{passkey_id}/remove", dependencies=[same_origin])
async def remove_passkey(passkey_id: PasskeyId, mine: FreshSession, service: ServiceOf) -> Response:
    _, account = mine
    found = await Passkey.get(passkey_id)
    if found is None or found.account != account.id:
        raise UnknownPasskey
    passphrase, passkeys = await ways_of(account.id)
    if not passphrase and passkeys == 1 and not account.key_hash:
        raise LastWayIn
    await _note(service, account, "account.passkey-remove")
    await found.delete()
    return RedirectResponse("/console/me", status_code=303)


@router.post("/sessions/end", dependencies=[same_origin])
async def sign_out_everywhere(request: Request, account: SignedIn, service: ServiceOf) -> Response:
    await _note(service, account, "account.sign-out")
    await sessions.end_all(account.id)
    response = RedirectResponse("/console", status_code=303)
    await close_session(request, service, response)
    return response


async def _note(service: Service, account: Account, what: str) -> None:
    now = service.clock()
    await AuditEvent.of(account.organisation, now, account.id, what, account.id).write()
