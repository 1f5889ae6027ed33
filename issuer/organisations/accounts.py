"""API keys: made once and shown once, kept as argon2id hashes, checked with every request.

A key is `spk_<account id>_<secret>`. The secret has 256 random bits, so the hash is for a leaked store; a key
that was checked is remembered by its digest, so that not every request pays for argon2.
"""

import asyncio
import hashlib
import hmac
import secrets
from collections import OrderedDict
from datetime import datetime

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from issuer.errors import WrongApiKey
from issuer.organisations.records import Account, Role

PREFIX = "spk"
_REMEMBERED = 1_000
_AT_ONCE = 2
"""argon2 computations at a time: each takes 19 MiB and a core."""
_ORDER = (Role.READER, Role.ISSUER, Role.OWNER)


def may(role: Role, needed: Role) -> bool:
    return _ORDER.index(role) >= _ORDER.index(needed)


class ApiKeys:
    """Makes and checks API keys."""

    def __init__(self) -> None:
        self._hasher = PasswordHasher(time_cost=2, memory_cost=19_456, parallelism=1)
        self._good: OrderedDict[bytes, str] = OrderedDict()
        self._slots = asyncio.Semaphore(_AT_ONCE)

    async def create(self, slug: str, name: str, role: Role, now: datetime) -> tuple[Account, str]:
        """A new account, not yet stored, and its API key, which is told only now."""
        account_id, secret = secrets.token_hex(8), secrets.token_urlsafe(32)
        account = Account(
            id=account_id,
            organisation=slug,
            name=name,
            role=role,
            key_hash=await self._hash(secret),
            created_at=now,
        )
        return account, f"{PREFIX}_{account_id}_{secret}"

    async def replace(self, account_id: str) -> tuple[str, str]:
        """A new hash and key for an account."""
        secret = secrets.token_urlsafe(32)
        return await self._hash(secret), f"{PREFIX}_{account_id}_{secret}"

    async def check(self, key: str) -> Account:
        """The account that a key opens; raises WrongApiKey, whatever is wrong with it."""
        prefix, _, rest = key.partition("_")
        account_id, _, secret = rest.partition("_")
        if prefix != PREFIX or not account_id.isalnum() or not secret.isascii() or len(key) > 128:  # noqa: PLR2004
            raise WrongApiKey
        account = await Account.get(account_id)
        if account is None or account.disabled_at is not None:
            raise WrongApiKey
        if not await self._fits(account.key_hash, secret):
            raise WrongApiKey
        return account

    async def _fits(self, key_hash: str, secret: str) -> bool:
        digest = hashlib.sha256(secret.encode()).digest()
        remembered = self._good.get(digest)
        if remembered is not None and hmac.compare_digest(remembered, key_hash):
            self._good.move_to_end(digest)
            return True
        async with self._slots:
            try:
                await asyncio.to_thread(self._hasher.verify, key_hash, secret)
            except (VerificationError, InvalidHashError):
                return False
        self._good[digest] = key_hash
        while len(self._good) > _REMEMBERED:
            self._good.popitem(last=False)
        return True

    async def _hash(self, secret: str) -> str:
        async with self._slots:
            return await asyncio.to_thread(self._hasher.hash, secret)
