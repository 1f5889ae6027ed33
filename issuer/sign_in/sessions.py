"""Sessions of the console: the cookie holds a secret, the store its digest and until when it is good.

Every way in makes a new secret, so that nobody can plant one beforehand. A session ends by itself after a
working day, by signing out, and at once for all of an account when its epoch is counted on.
"""

import hashlib
import hmac
import secrets
from datetime import datetime, timedelta

from issuer.limits import SESSION_SECONDS
from issuer.organisations.records import Account
from issuer.sign_in.errors import NotSignedIn
from issuer.sign_in.limits import SIGN_IN
from issuer.sign_in.records import ConsoleSession, Way

_SECRET = 43
"""Characters of `secrets.token_urlsafe(32)`."""


async def begin(account: Account, way: Way, now: datetime) -> str:
    """Open a session; what comes back goes into the cookie and nowhere else."""
    secret = secrets.token_urlsafe(32)
    await ConsoleSession(
        id=digest_of(secret),
        account=account.id,
        way=way,
        epoch=account.epoch,
        key=_fingerprint(account) if way is Way.KEY else None,
        opened_at=now,
        until=now + timedelta(seconds=SESSION_SECONDS),
    ).insert()
    for surplus in (await ConsoleSession.of(account.id))[SIGN_IN.sessions :]:
        await surplus.delete()
    return secret


async def find(secret: str, now: datetime) -> tuple[ConsoleSession, Account]:
    """Raises NotSignedIn: no such session, or it is over, or its account is closed."""
    session = await ConsoleSession.get(digest_of(secret)) if len(secret) == _SECRET else None
    if session is None or session.until <= now:
        raise NotSignedIn
    account = await Account.get(session.account)
    if account is None or not account.active or account.epoch != session.epoch:
        raise NotSignedIn
    if session.key is not None and not hmac.compare_digest(session.key, _fingerprint(account)):
        raise NotSignedIn
    return session, account


async def end(secret: str) -> None:
    """Sign out: the cookie is of no use any more, whoever kept a copy of it."""
    await ConsoleSession.find({"_id": digest_of(secret)}).delete()


async def end_all(account_id: str) -> None:
    """Sign out everywhere, at this moment, also what is being opened just now."""
    await Account.count_on(account_id)
    await ConsoleSession.find({"account": account_id}).delete()


def digest_of(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()


def _fingerprint(account: Account) -> str:
    return hashlib.sha256(account.key_hash.encode()).hexdigest()[:32]
