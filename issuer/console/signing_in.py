"""Signing in at the console: by passphrase, passkey or API key; and the one-time link that gets somebody in.

Without JavaScript everything works but passkeys: a browser makes and uses these by a script alone.
"""

from typing import Annotated

from fastapi import APIRouter, Path, Request, Response
from fastapi.responses import RedirectResponse

from issuer.console.forms import fields
from issuer.console.scripts import script_path
from issuer.console.session import close_session, open_session
from issuer.errors import WrongApiKey
from issuer.organisations.accounts import account_of
from issuer.organisations.last_used import note_use
from issuer.organisations.records import Account, Organisation
from issuer.routes.access import ServiceOf
from issuer.service import Service
from issuer.sign_in.errors import (
    TooManyWrongTries,
    WrongPasskey,
    WrongPassphrase,
)
from issuer.sign_in.limits import SIGN_IN
from issuer.sign_in.links import invited, join
from issuer.sign_in.passkeys import account_by_passkey, ask_who
from issuer.sign_in.passphrases import account_by_passphrase
from issuer.sign_in.records import Way
from passport.web.forms import same_origin
from passport.web.refused_page import beside_its_field

router = APIRouter()
Secret = Annotated[str, Path(pattern=r"^[A-Za-z0-9_-]{43}$")]
_REFUSALS = (WrongApiKey, WrongPassphrase, WrongPasskey, TooManyWrongTries)


def sign_in_page(request: Request, service: Service) -> Response:
    response: Response = request.app.state.pages.respond(
        request,
        "sign_in.html",
        question=ask_who(service),
        script=script_path("passkeys"),
    )
    return response


@router.post("/console/session", dependencies=[same_origin])
async def sign_in(request: Request, service: ServiceOf) -> Response:
    form = await fields(request)
    try:
        account, way = await _account(request, service, form)
    except _REFUSALS as refused:
        return await beside_its_field(request, sign_in_page(request, service), refused)
    return await _let_in(request, service, account, way)


async def _account(request: Request, service: Service, form: dict[str, str]) -> tuple[Account, Way]:
    if "answer" in form:
        account, _ = await account_by_passkey(service, note=form.get("note", ""), answer=form["answer"])
        return account, Way.PASSKEY
    if "passphrase" in form:
        found = await account_by_passphrase(
            service, form.get("name", ""), form["passphrase"], service.networks_of(request), service.clock()
        )
        return found, Way.PASSPHRASE
    return await account_of(service.api_keys, form.get("api_key", "")), Way.KEY


async def _let_in(request: Request, service: Service, account: Account, way: Way) -> Response:
    await note_use(account, service.clock())
    response = RedirectResponse("/console", status_code=303)
    await open_session(request, service, account, way, response)
    return response


@router.post("/console/session/end", dependencies=[same_origin])
async def sign_out(request: Request, service: ServiceOf) -> Response:
    response = RedirectResponse("/console", status_code=303)
    await close_session(request, service, response)
    return response


@router.get("/join/{secret}")
async def show_invitation(request: Request, secret: Secret, service: ServiceOf) -> Response:
    """A GET uses nothing up: programs that look through mail follow links."""
    return await _join_page(request, await invited(service, secret))


@router.post("/join/{secret}", dependencies=[same_origin])
async def take_invitation(request: Request, secret: Secret, service: ServiceOf) -> Response:
    form = await fields(request)
    joined = await join(service, secret, form.get("name", ""), form.get("passphrase", ""))
    response = await _let_in(request, service, joined, Way.LINK)
    response.headers["location"] = "/console/me"
    return response


async def _join_page(request: Request, account: Account) -> Response:
    organisation = await Organisation.find_or_fail(account.organisation)
    response: Response = request.app.state.pages.respond(
        request,
        "join.html",
        organisation=organisation.name,
        account=account,
        least=SIGN_IN.passphrase_least,
    )
    return response
