"""What owners do with people's accounts: invite, give another role, keep out and let in, sign out.

Each leaves a line in the audit log. An organisation keeps at least one owner who can get in, and nobody keeps
themselves out.
"""

import secrets

from issuer.audit.records import AuditEvent
from issuer.errors import LastOwner, TooManyAccounts, UnknownAccount
from issuer.limits import ACCOUNTS
from issuer.organisations.records import Account, Role
from issuer.service import Service
from issuer.sign_in.errors import OwnAccount
from issuer.sign_in.links import end_link, make_link
from issuer.sign_in.sessions import end_all


async def invite(service: Service, actor: Account, name: str, role: Role) -> tuple[Account, str]:
    """An account for a person, and the one-time link with which they choose how to sign in.

    Raises:
        TooManyAccounts
    """
    if len(await Account.of_organisation(actor.organisation, ACCOUNTS)) >= ACCOUNTS:
        raise TooManyAccounts(limit=ACCOUNTS)
    now = service.clock()
    account = Account(
        id=secrets.token_hex(8), organisation=actor.organisation, name=name, role=role, created_at=now
    )
    await _note(service, actor, f"account.add.{role.value}", account.id)
    await account.insert()
    return account, await make_link(service, actor, account.id)


async def change_role(service: Service, actor: Account, account_id: str, role: Role) -> None:
    """Raises UnknownAccount, OwnAccount, LastOwner."""
    found = await _another(actor, account_id)
    if found.role is Role.OWNER and role is not Role.OWNER:
        await _check_owner_left(found)
    await _note(service, actor, f"account.role.{role.value}", account_id)
    await Account.change(account_id, actor.organisation, {"role": role.value})


async def suspend(service: Service, actor: Account, account_id: str) -> None:
    """Raises UnknownAccount, OwnAccount, LastOwner."""
    found = await _another(actor, account_id)
    await _check_owner_left(found)
    await _note(service, actor, "account.suspend", account_id)
    await Account.change(account_id, actor.organisation, {"suspended_at": service.clock()})
    await end_link(account_id)
    await end_all(account_id)


async def resume(service: Service, actor: Account, account_id: str) -> None:
    """Raises UnknownAccount, OwnAccount."""
    await _another(actor, account_id)
    await _note(service, actor, "account.resume", account_id)
    await Account.change(account_id, actor.organisation, {"suspended_at": None})


async def sign_out(service: Service, actor: Account, account_id: str) -> None:
    """Raises UnknownAccount, OwnAccount: for oneself there is another button."""
    await _another(actor, account_id)
    await _note(service, actor, "account.sign-out", account_id)
    await end_all(account_id)


async def _another(actor: Account, account_id: str) -> Account:
    found = await Account.get(account_id)
    if found is None or found.organisation != actor.organisation or found.disabled_at is not None:
        raise UnknownAccount
    if found.id == actor.id:
        raise OwnAccount
    return found


async def _check_owner_left(account: Account) -> None:
    accounts = await Account.of_organisation(account.organisation, ACCOUNTS)
    if {each.id for each in accounts if each.role is Role.OWNER and each.active} == {account.id}:
        raise LastOwner


async def _note(service: Service, actor: Account, what: str, account_id: str) -> None:
    await AuditEvent.of(actor.organisation, service.clock(), actor.id, what, account_id).write()
