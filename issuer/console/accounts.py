"""People and systems in the console, for owners: invite, roles, keep out, sign out, API keys.

Who lets somebody in has signed in just now; to keep somebody out nobody has to.
"""

from enum import StrEnum
from typing import Annotated

from fastapi import APIRouter, Path, Request, Response

from issuer.console.forms import fields
from issuer.console.session import FreshOwner, OwnerSignedIn
from issuer.limits import ACCOUNTS, NAME
from issuer.organisations import people
from issuer.organisations.manage import add_account, disable_account, renew_key
from issuer.organisations.records import Account, Role
from issuer.routes.access import ServiceOf
from issuer.sign_in.links import make_link
from issuer.sign_in.records import Passkey, SignIn
from issuer.validation.records import StaffMember
from passport.errors.web import MalformedRequest
from passport.web.forms import same_origin

router = APIRouter(prefix="/console/accounts")
AccountId = Annotated[str, Path(pattern=r"^[0-9a-f]{16}$")]
_FORM = [same_origin]


@router.get("")
async def index(request: Request, account: OwnerSignedIn) -> Response:
    return await _page(request, account)


@router.post("", dependencies=_FORM)
async def add(request: Request, account: FreshOwner, service: ServiceOf) -> Response:
    """A system with a key, which is shown in this answer and nowhere else."""
    name, role = await _name_and_role(request)
    made, key = await add_account(service, account, name, role)
    return await _page(request, account, told=made, key=key)


@router.post("/people", dependencies=_FORM)
async def invite(request: Request, account: FreshOwner, service: ServiceOf) -> Response:
    """A person with a link, which is shown in this answer and nowhere else."""
    name, role = await _name_and_role(request)
    made, link = await people.invite(service, account, name, role)
    return await _page(request, account, told=made, link=link)


@router.post("/{account_id}/link", dependencies=_FORM)
async def new_link(
    request: Request, account_id: AccountId, account: FreshOwner, service: ServiceOf
) -> Response:
    link = await make_link(service, account, account_id)
    return await _page(request, account, told=await Account.find_or_fail(account_id), link=link)


@router.post("/{account_id}/key", dependencies=_FORM)
async def renew(request: Request, account_id: AccountId, account: FreshOwner, service: ServiceOf) -> Response:
    """Shown in the answer itself and nowhere else; the page can't be asked for again."""
    key = await renew_key(service, account, account_id)
    return await _page(request, account, told=await Account.find_or_fail(account_id), key=key)


@router.post("/{account_id}/role", dependencies=_FORM)
async def change_role(
    request: Request, account_id: AccountId, account: FreshOwner, service: ServiceOf
) -> Response:
    form = await fields(request)
    await people.change_role(service, account, account_id, _role(form))
    return await _page(request, account)


@router.post("/{account_id}/resume", dependencies=_FORM)
async def resume(
    request: Request, account_id: AccountId, account: FreshOwner, service: ServiceOf
) -> Response:
    await people.resume(service, account, account_id)
    return await _page(request, account)


class KeepOut(StrEnum):
    """How somebody is kept out, from the mildest to what is for good."""

    SIGN_OUT = "sign-out"
    SUSPEND = "suspend"
    OFF = "off"


_KEEP_OUT = {KeepOut.SIGN_OUT: people.sign_out, KeepOut.SUSPEND: people.suspend, KeepOut.OFF: disable_account}


@router.post("/{account_id}/{how}", dependencies=_FORM)
async def keep_out(
    request: Request, account_id: AccountId, how: KeepOut, account: OwnerSignedIn, service: ServiceOf
) -> Response:
    await _KEEP_OUT[how](service, account, account_id)
    return await _page(request, account)


async def _name_and_role(request: Request) -> tuple[str, Role]:
    form = await fields(request)
    name = form.get("name", "")
    if not 0 < len(name) <= NAME:
        raise MalformedRequest(field="name", rule="text")
    return name, _role(form)


def _role(form: dict[str, str]) -> Role:
    role = form.get("role", "")
    if role not in set(Role):
        raise MalformedRequest(field="role", rule="text")
    return Role(role)


async def _page(
    request: Request,
    account: Account,
    *,
    told: Account | None = None,
    key: str | None = None,
    link: str | None = None,
) -> Response:
    accounts = await Account.of_organisation(account.organisation, ACCOUNTS)
    ids = [each.id for each in accounts]
    passkeys = await Passkey.find({"account": {"$in": ids}}).to_list()
    named = {each.account for each in await SignIn.find({"account": {"$in": ids}}).to_list()}
    staff = await StaffMember.of_organisation(account.organisation, ACCOUNTS)
    response: Response = request.app.state.pages.respond(
        request,
        "accounts.html",
        accounts=accounts,
        own=account.id,
        roles=tuple(reversed(Role)),
        told=told,
        key=key,
        link=link,
        named=named,
        passkeys={each: sum(one.account == each for one in passkeys) for each in ids},
        staff={each.id: each.roles for each in staff},
    )
    return response
