"""API keys: an account's name and 256 random bits, kept as an argon2 hash, and checked without a flood."""

import asyncio
import hashlib
import re
import secrets
import time
from collections import OrderedDict
from dataclasses import dataclass, field

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from fastapi import Request

from passport.errors import NotAuthenticated, RateLimited

_FORM = re.compile(r"([a-z0-9][a-z0-9-]{0,62})\.([A-Za-z0-9_-]{43})")
_REMEMBERED = 256
_REMEMBER_SECONDS = 300.0
_WAITING = 16
"""Checks that may wait: each takes 20 ms and 19 MiB, and a wrong key costs us as much as a right one."""


@dataclass(frozen=True, slots=True)
class ApiKey:
    """A key as it is sent: `<account>.<secret>`."""

    account: str
    text: str = field(repr=False)


def new_api_key(account: str) -> tuple[str, str]:
    """A new key for an account, to be shown once, and its hash, to be kept."""
    text = f"{account}.{secrets.token_urlsafe(32)}"
    return text, _HASHER.hash(text)


def parse_api_key(text: str) -> ApiKey:
    """Raises NotAuthenticated when it has not the form of a key."""
    match = _FORM.fullmatch(text)
    if match is None:
        raise NotAuthenticated
    return ApiKey(match[1], text)


def bearer(request: Request) -> str:
    """The token of `Authorization: Bearer …` (RFC 6750, section 2.1); raises NotAuthenticated."""
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not token:
        raise NotAuthenticated
    return token.strip()


def check_secret(sent: str, expected: str) -> None:
    """Compare a shared secret in constant time; an empty expected one never fits. Raises NotAuthenticated."""
    if not expected or not secrets.compare_digest(sent.encode(), expected.encode()):
        raise NotAuthenticated


class ApiKeyChecker:
    """Checks keys against their hashes, a few at a time, and remembers right ones for five minutes."""

    def __init__(self, at_once: int = 2) -> None:
        self._gate = asyncio.Semaphore(at_once)
        self._waiting = 0
        self._right: OrderedDict[bytes, float] = OrderedDict()

    async def check(self, key: ApiKey, hashes: tuple[str, ...]) -> None:
        """Raises NotAuthenticated unless the key fits one of the hashes; RateLimited when too many wait.

        An account that does not exist is given no hashes, and takes as long as one that does.
        """
        for kept in hashes:
            digest = hashlib.sha256(f"{kept} {key.text}".encode()).digest()
            if self._right.get(digest, 0.0) > time.monotonic():
                return
        if self._waiting >= _WAITING:
            raise RateLimited
        self._waiting += 1
        try:
            async with self._gate:
                for kept in hashes or (_NOBODY,):
                    if await asyncio.to_thread(_fits, kept, key.text) and kept is not _NOBODY:
                        self._remember(hashlib.sha256(f"{kept} {key.text}".encode()).digest())
                        return
        finally:
            self._waiting -= 1
        raise NotAuthenticated

    def _remember(self, digest: bytes) -> None:
        self._right[digest] = time.monotonic() + _REMEMBER_SECONDS
        while len(self._right) > _REMEMBERED:
            self._right.popitem(last=False)


def _fits(kept: str, text: str) -> bool:
    try:
        return _HASHER.verify(kept, text)
    except (VerificationError, InvalidHashError):
        return False


# 256 random bits can't be guessed, so the smallest of OWASP's argon2id settings is plenty
_HASHER = PasswordHasher(time_cost=2, memory_cost=19_456, parallelism=1)
_NOBODY = _HASHER.hash(secrets.token_urlsafe(32))
