"""One-time links with which somebody chooses how to sign in: an invitation, or a way back in."""

import secrets
from datetime import timedelta

from issuer.audit.records import AuditEvent
from issuer.errors import UnknownAccount
from issuer.organisations.records import Account
from issuer.service import Service
from issuer.sign_in.errors import LinkOver
from issuer.sign_in.limits import SIGN_IN
from issuer.sign_in.passphrases import check_choice, hash_passphrase, set_passphrase
from issuer.sign_in.records import Passkey, SignIn, SignInLink
from issuer.sign_in.sessions import digest_of, end_all


async def make_link(service: Service, actor: Account, account_id: str) -> str:
    """An address that is told once. The former link of the account ends.

    Raises:
        UnknownAccount: or one that was switched off.
    """
    account = await Account.get(account_id)
    if account is None or account.organisation != actor.organisation or not account.active:
        raise UnknownAccount
    now, secret = service.clock(), secrets.token_urlsafe(32)
    await AuditEvent.of(actor.organisation, now, actor.id, "account.link", account_id).write()
    await end_link(account_id)
    await SignInLink(
        id=digest_of(secret),
        account=account_id,
        organisation=account.organisation,
        expires_at=now + timedelta(seconds=SIGN_IN.link_lifetime),
    ).insert()
    return f"{service.addresses.origin}/join/{secret}"


async def end_link(account_id: str) -> None:
    """Whoever has the link of an account gets in by it no more."""
    await SignInLink.find({"account": account_id}).delete()


async def invited(service: Service, secret: str) -> Account:
    """Whom a link is for; raises LinkOver."""
    link = await SignInLink.find_open(digest_of(secret), service.clock())
    account = await Account.get(link.account)
    if account is None or not account.active:
        raise LinkOver
    return account


async def join(service: Service, secret: str, name: str, passphrase: str) -> Account:
    """Choose a name and a passphrase by a link. All that opened the account before is closed.

    What is wrong with the form, and that many others are signing in, is said before the link is used up.

    Raises:
        LinkOver, SignInNameUnusable, PassphraseTooWeak, TooManyWrongTries
    """
    account = await invited(service, secret)
    await check_choice(service, account, name, passphrase)
    kept = await hash_passphrase(service, passphrase)
    await SignInLink.use(digest_of(secret), service.clock())
    await set_passphrase(service, account, name, kept)
    await Passkey.find({"account": account.id}).delete()
    await end_all(account.id)
    now = service.clock()
    await AuditEvent.of(account.organisation, now, account.id, "account.join", account.id).write()
    return await Account.find_or_fail(account.id)


async def ways_of(account_id: str) -> tuple[bool, int]:
    """Whether an account has a passphrase, and how many passkeys."""
    return await SignIn.of(account_id) is not None, len(await Passkey.of(account_id))
