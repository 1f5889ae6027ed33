"""What owners do: organisations, accounts, signing keys. Each leaves a line in the audit log."""

import asyncio
import re
from dataclasses import dataclass

from issuer.audit.records import AuditEvent
from issuer.errors import (
    ChangedMeanwhile,
    LastOwner,
    MalformedSlug,
    TooManyAccounts,
    TooManyKeys,
    UnknownAccount,
)
from issuer.limits import ACCOUNTS
from issuer.organisations.accounts import new_account
from issuer.organisations.keyring import completed, first_keys, revoked, rotated
from issuer.organisations.records import Account, Organisation, Role
from issuer.service import Service
from issuer.status.records import StatusCounter, StatusListRecord
from passport.web.api_keys import new_api_key

_SLUG = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,38}[a-z0-9])")


@dataclass(frozen=True, slots=True)
class NewOrganisation:
    slug: str
    name: str
    url: str | None = None


async def create_organisation(service: Service, new: NewOrganisation) -> tuple[Organisation, Account, str]:
    """Make an organisation, its first signing keys and its owner; the last value is the owner's API key.

    The owner is written first: a crash in between leaves an account that nobody holds a key of, and not an
    organisation that nobody can enter.

    Raises:
        MalformedSlug, OrganisationExists
    """
    if not _SLUG.fullmatch(new.slug):
        raise MalformedSlug
    now = service.clock()
    owner, key = await new_account(new.slug, new.name, Role.OWNER, now)
    organisation = Organisation(
        id=new.slug,
        did=service.addresses.did(new.slug),
        name=new.name,
        url=new.url,
        created_at=now,
        keys=first_keys(service.master, new.slug, now),
    )
    await StatusCounter.start(new.slug)
    await owner.insert()
    try:
        await organisation.add()
    except BaseException:
        await owner.delete()
        raise
    await AuditEvent.of(new.slug, now, "service", "organisation.create", new.slug).write()
    return organisation, owner, key


async def recover_owner(service: Service, slug: str, name: str) -> tuple[Account, str]:
    """Another owner, for an organisation whose keys are all lost; raises UnknownOrganisation."""
    await Organisation.find_or_fail(slug)
    return await _add(service, slug, "service", name, Role.OWNER)


async def add_account(service: Service, actor: Account, name: str, role: Role) -> tuple[Account, str]:
    """Raises TooManyAccounts."""
    return await _add(service, actor.organisation, actor.id, name, role)


async def _add(service: Service, slug: str, actor: str, name: str, role: Role) -> tuple[Account, str]:
    if len(await Account.of_organisation(slug, ACCOUNTS)) >= ACCOUNTS:
        raise TooManyAccounts(limit=ACCOUNTS)
    now = service.clock()
    account, key = await new_account(slug, name, role, now)
    await AuditEvent.of(slug, now, actor, f"account.add.{role.value}", account.id).write()
    await account.insert()
    return account, key


async def renew_key(service: Service, actor: Account, account_id: str) -> str:
    """Raises UnknownAccount."""
    key, key_hash = await asyncio.to_thread(new_api_key, account_id)
    if not await Account.change(account_id, actor.organisation, {"key_hash": key_hash}):
        raise UnknownAccount
    now = service.clock()
    await AuditEvent.of(actor.organisation, now, actor.id, "account.renew-key", account_id).write()
    return key


async def disable_account(service: Service, actor: Account, account_id: str) -> None:
    """Raises UnknownAccount, LastOwner."""
    accounts = await Account.of_organisation(actor.organisation, ACCOUNTS)
    found = next((account for account in accounts if account.id == account_id), None)
    if found is None:
        raise UnknownAccount
    owners = [account for account in accounts if account.role is Role.OWNER and account.disabled_at is None]
    if [owner.id for owner in owners] == [account_id]:
        raise LastOwner
    now = service.clock()
    await AuditEvent.of(actor.organisation, now, actor.id, "account.disable", account_id).write()
    await Account.change(account_id, actor.organisation, {"disabled_at": now})


async def complete_signing_keys(service: Service) -> None:
    """Give each organisation the kinds of keys that it lacks. Two that start at once give them once."""
    async for organisation in Organisation.find_all():
        now = service.clock()
        try:
            keys = completed(service.master, organisation, now)
            if keys is None:
                continue
            await AuditEvent.of(organisation.id, now, "service", "key.add", organisation.id).write()
            await organisation.replace_keys(keys)
        except (ChangedMeanwhile, TooManyKeys):
            continue


async def rotate_signing_key(service: Service, actor: Account) -> Organisation:
    """Raises TooManyKeys, ChangedMeanwhile."""
    organisation = await Organisation.find_or_fail(actor.organisation)
    now = service.clock()
    await AuditEvent.of(organisation.id, now, actor.id, "key.rotate", organisation.current_key.id).write()
    await organisation.replace_keys(rotated(service.master, organisation, now))
    return organisation


async def revoke_signing_key(service: Service, actor: Account, key_id: str) -> Organisation:
    """Revoke a key that leaked, and sign every status list anew with the present one.

    Raises:
        UnknownKey, TooManyKeys, ChangedMeanwhile
    """
    organisation = await Organisation.find_or_fail(actor.organisation)
    now = service.clock()
    keys = revoked(service.master, organisation, key_id, now)
    await AuditEvent.of(organisation.id, now, actor.id, "key.revoke", key_id).write()
    await organisation.replace_keys(keys)
    await StatusListRecord.renew_all(organisation.id, now)
    return organisation
