"""Tries of passphrases, counted by name and network for all processes together, and a few at a time in each.

By name whether or not anybody has it, so that a refusal tells nothing of accounts. A passkey is not counted:
whoever keeps somebody out by wrong tries keeps them out of one way of two. What is counted stands in the
store under a code that only this service can make of a name or a network, and is forgotten with its window.
"""

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime

from issuer.sign_in.errors import TooManyWrongTries
from issuer.sign_in.limits import SIGN_IN, SignInLimits
from passport.storage.counted import Counts

Code = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Try:
    """What was counted for one try."""

    names: tuple[str, ...]


class Tries:
    def __init__(self, counts: Counts, code: Code, limits: SignInLimits = SIGN_IN) -> None:
        """Args:

        counts: where all processes of the service count.
        code: what a name or a network is called there.
        limits: how many are too many.
        """
        self._counts, self._code, self._limits = counts, code, limits
        self._gate = asyncio.Semaphore(limits.at_once)
        self._waiting = 0

    async def begin(self, place: str, networks: Sequence[str], now: datetime) -> Try:
        """Count a try as a wrong one, until it is right: many at the same moment get no more than one by one.

        Raises:
            TooManyWrongTries: of this name or from this network, in this window.
        """
        window = int(now.timestamp()) // self._limits.window
        until = datetime.fromtimestamp((window + 1) * self._limits.window, UTC)
        counted: list[str] = []
        for what, most in self._counted(place, networks):
            name = f"sign-in:{window}:{self._code(what)}"
            if not await self._counts.up(name, most=most, keep_until=until):
                await self.was_right(Try(tuple(counted)))  # what is refused counts for nothing
                raise TooManyWrongTries
            counted.append(name)
        return Try(tuple(counted))

    async def was_right(self, counted: Try) -> None:
        """It counts for nothing."""
        for name in counted.names:
            await self._counts.down(name)

    @asynccontextmanager
    async def hashing(self) -> AsyncIterator[None]:
        """A turn to hash: each takes memory and time, and a wrong passphrase as much as a right one.

        Raises:
            TooManyWrongTries: too many wait.
        """
        if self._waiting >= self._limits.waiting:
            raise TooManyWrongTries
        self._waiting += 1
        try:
            async with self._gate:
                yield
        finally:
            self._waiting -= 1

    def _counted(self, place: str, networks: Sequence[str]) -> list[tuple[str, int]]:
        """What one try counts for, and how many of each are too many. What a flood fills first stands first.

        A pair is of a name and the widest network that somebody can have for nothing.
        """
        return [
            ("all", self._limits.counted),
            *((f"from {network}", self._limits.failures_by_network) for network in networks),
            (f"of {place} from {networks[-1]}", self._limits.failures_by_name),
            (f"of {place}", self._limits.failures_anywhere),
        ]
