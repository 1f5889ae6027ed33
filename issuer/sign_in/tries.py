"""Tries of passphrases, counted by name and network in the memory of this process, and a few at a time.

By name whether or not anybody has it, so that a refusal tells nothing of accounts. A passkey is not counted:
whoever keeps somebody out by wrong tries keeps them out of one way of two.
"""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from datetime import datetime

from issuer.sign_in.errors import TooManyWrongTries
from issuer.sign_in.limits import SIGN_IN, SignInLimits


class Tries:
    def __init__(self, limits: SignInLimits = SIGN_IN) -> None:
        self._limits = limits
        self._window = 0
        self._counts: Counter[str] = Counter()
        self._gate = asyncio.Semaphore(limits.at_once)
        self._waiting = 0

    def begin(self, place: str, networks: Sequence[str], now: datetime) -> None:
        """Count a try as a wrong one, until it is right: many at the same moment get no more than one by one.

        Raises:
            TooManyWrongTries: of this name or from this network, in this window.
        """
        self._turn(now)
        by_network = any(
            self._counts[f"from {network}"] >= self._limits.failures_by_network for network in networks
        )
        by_name = self._counts[_pair(place, networks)] >= self._limits.failures_by_name
        anywhere = self._counts[f"of {place}"] >= self._limits.failures_anywhere
        if by_network or by_name or anywhere or len(self._counts) >= self._limits.counted:
            raise TooManyWrongTries
        self._counts.update(_counted(place, networks))

    def was_right(self, place: str, networks: Sequence[str]) -> None:
        """It counts for nothing."""
        for each in _counted(place, networks):
            if self._counts[each] > 1:
                self._counts[each] -= 1
            else:  # none is left, or the window turned meanwhile
                del self._counts[each]

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

    def _turn(self, now: datetime) -> None:
        window = int(now.timestamp()) // self._limits.window
        if window != self._window:
            self._window = window
            self._counts.clear()


def _counted(place: str, networks: Sequence[str]) -> list[str]:
    return [f"of {place}", _pair(place, networks), *(f"from {network}" for network in networks)]


def _pair(place: str, networks: Sequence[str]) -> str:
    """A name from the widest network that somebody can have for nothing."""
    return f"of {place} from {networks[-1]}"
