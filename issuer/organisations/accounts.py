"""Accounts and their API keys: a key is shown once and kept as an argon2id hash."""

import asyncio
import secrets
from datetime import datetime

from issuer.errors import WrongApiKey
from issuer.organisations.records import Account, Role
from passport.errors import NotAuthenticated
from passport.web.api_keys import ApiKeyChecker, new_api_key, parse_api_key

_ORDER = (Role.READER, Role.ISSUER, Role.OWNER)


def may(role: Role, needed: Role) -> bool:
    return _ORDER.index(role) >= _ORDER.index(needed)


async def new_account(slug: str, name: str, role: Role, now: datetime) -> tuple[Account, str]:
    """A new account, not yet stored, and its API key, which is told only now."""
    account_id = secrets.token_hex(8)
    key, key_hash = await asyncio.to_thread(new_api_key, account_id)
    account = Account(
        id=account_id, organisation=slug, name=name, role=role, key_hash=key_hash, created_at=now
    )
    return account, key


async def account_of(checker: ApiKeyChecker, text: str) -> Account:
    """The account that a key opens.

    Raises:
        WrongApiKey: whatever is wrong with it.
        RateLimited: too many keys are being checked.
    """
    try:
        key = parse_api_key(text)
        account = await Account.get(key.account)
        known = account is not None and account.active and account.key_hash
        await checker.check(key, (account.key_hash,) if account is not None and known else ())
    except NotAuthenticated:
        raise WrongApiKey from None
    assert account is not None
    return account
