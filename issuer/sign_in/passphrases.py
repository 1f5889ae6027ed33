"""Passphrases: argon2id, as slow for a name that nobody has as for one that somebody has."""

import asyncio
import secrets
import unicodedata
from collections.abc import Sequence
from datetime import datetime

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from issuer.organisations.records import Account
from issuer.service import Service
from issuer.sign_in.errors import PassphraseTooWeak, SignInNameUnusable, WrongPassphrase
from issuer.sign_in.limits import SIGN_IN
from issuer.sign_in.records import SignIn

_LEAST_NAME = 3
# the first of OWASP's settings for argon2id: as costly for who guesses as the others, and short
_HASHER = PasswordHasher(time_cost=1, memory_cost=47_104, parallelism=1)
_NOBODY = _HASHER.hash(secrets.token_urlsafe(32))


def read_name(text: str) -> str:
    """A sign-in name as it is compared: without capitals, in one Unicode form.

    Raises:
        SignInNameUnusable
    """
    name = unicodedata.normalize("NFKC", text).strip().casefold()
    if not _LEAST_NAME <= len(name) <= SIGN_IN.name or not name.isprintable() or " " in name:
        raise SignInNameUnusable
    return name


def place_of(service: Service, name: str) -> str:
    """Where a sign-in name is kept: only this service can make it of the name."""
    return service.master.code("sign-in-name", name).hex()


async def check_choice(service: Service, account: Account, name: str, passphrase: str) -> None:
    """What is wrong with a name and a passphrase, before anything is done.

    Raises:
        SignInNameUnusable: also for one that somebody else has. Only who has an account learns that.
        PassphraseTooWeak
    """
    name = read_name(name)
    _check_strength(_as_typed(passphrase), name)
    holder = await SignIn.get(place_of(service, name))
    if holder is not None and holder.account != account.id:
        raise SignInNameUnusable


async def hash_passphrase(service: Service, passphrase: str) -> str:
    """What is kept of a passphrase; raises TooManyWrongTries: too many wait for theirs."""
    async with service.tries.hashing():
        return await asyncio.to_thread(_HASHER.hash, _as_typed(passphrase))


async def set_passphrase(service: Service, account: Account, name: str, kept: str) -> None:
    """Keep a choice that was checked and hashed. Sessions that were open are ended by who calls this.

    Raises:
        SignInNameUnusable: somebody else took the name at this moment.
    """
    await SignIn(
        id=place_of(service, read_name(name)),
        account=account.id,
        passphrase_hash=kept,
        changed_at=service.clock(),
    ).take()


async def account_by_passphrase(
    service: Service, name: str, passphrase: str, networks: Sequence[str], now: datetime
) -> Account:
    """The account that a name and a passphrase open.

    Raises:
        WrongPassphrase: whatever is wrong, in the same words and after the same work.
        TooManyWrongTries
    """
    try:
        place = place_of(service, read_name(name))
    except SignInNameUnusable:
        place = place_of(service, "")
    counted = await service.tries.begin(place, networks, now)
    found = await SignIn.get(place)
    kept = _NOBODY if found is None else found.passphrase_hash
    async with service.tries.hashing():
        right = await asyncio.to_thread(_fits, kept, _as_typed(passphrase))
    account = None if found is None else await Account.get(found.account)
    if not right or account is None or not account.active:
        raise WrongPassphrase
    await service.tries.was_right(counted)
    return account


def _as_typed(passphrase: str) -> str:
    """Keyboards write accents in two ways (NIST SP 800-63B-4, section 3.1.1.2)."""
    return unicodedata.normalize("NFKC", passphrase[: SIGN_IN.passphrase_most + 1])


def _check_strength(written: str, name: str) -> None:
    if not SIGN_IN.passphrase_least <= len(written) <= SIGN_IN.passphrase_most:
        raise PassphraseTooWeak
    plain = written.casefold()
    if len(set(plain)) < SIGN_IN.passphrase_different or name in plain or name.partition("@")[0] in plain:
        raise PassphraseTooWeak


def _fits(kept: str, written: str) -> bool:
    try:
        _HASHER.verify(kept, written)
    except (VerificationError, InvalidHashError):
        return False
    return kept is not _NOBODY
