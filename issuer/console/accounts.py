"""Accounts and their API keys in the console, for owners: make, renew, switch off, see which are used."""

from typing import Annotated

from fastapi import APIRouter, Path, Request, Response

from issuer.console.forms import fields
from issuer.console.session import OwnerSignedIn
from issuer.errors import UnknownAccount
from issuer.limits import ACCOUNTS, NAME
from issuer.organisations.manage import add_account, disable_account, renew_key
from issuer.organisations.records import Account, Role
from issuer.routes.access import ServiceOf
from passport.errors.web import MalformedRequest
from passport.web.forms import same_origin

router = APIRouter(prefix="/console/accounts")
AccountId = Annotated[str, Path(pattern=r"^[0-9a-f]{16}$")]


@router.get("")
async def index(request: Request, account: OwnerSignedIn) -> Response:
    return await _page(request, account)


@router.post("", dependencies=[same_origin])
async def add(request: Request, account: OwnerSignedIn, service: ServiceOf) -> Response:
    form = await fields(request)
    name, role = form.get("name", ""), form.get("role", "")
    if not 0 < len(name) <= NAME or role not in set(Role):
        raise MalformedRequest(field="name", rule="text")
    made, key = await add_account(service, account, name, Role(role))
    return await _page(request, account, told=made, key=key)


@router.post("/{account_id}/key", dependencies=[same_origin])
async def renew(
    request: Request, account_id: AccountId, account: OwnerSignedIn, service: ServiceOf
) -> Response:
    """Shown in the answer itself and nowhere else; the page can't be asked for again."""
    key = await renew_key(service, account, account_id)
    found = await Account.get(account_id)
    if found is None:
        raise UnknownAccount
    return await _page(request, account, told=found, key=key)


@router.post("/{account_id}/off", dependencies=[same_origin])
async def switch_off(
    request: Request, account_id: AccountId, account: OwnerSignedIn, service: ServiceOf
) -> Response:
    await disable_account(service, account, account_id)
    return await _page(request, account)


async def _page(
    request: Request, account: Account, *, told: Account | None = None, key: str | None = None
) -> Response:
    response: Response = request.app.state.pages.respond(
        request,
        "accounts.html",
        accounts=await Account.of_organisation(account.organisation, ACCOUNTS),
        own=account.id,
        roles=tuple(reversed(Role)),
        told=told,
        key=key,
    )
    return response
