"""Wrong passphrases, counted by name and by network in the memory of this process.

By name whether or not anybody has it, so that a refusal tells nothing of accounts. A passkey is not counted:
whoever keeps somebody out by wrong tries keeps them out of one way of two.
"""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime

from issuer.sign_in.errors import TooManyWrongTries
from issuer.sign_in.limits import SIGN_IN, SignInLimits


class WrongTries:
    def __init__(self, limits: SignInLimits = SIGN_IN) -> None:
        self._limits = limits
        self._window = 0
        self._counts: Counter[str] = Counter()

    def check(self, place: str, networks: Sequence[str], now: datetime) -> None:
        """Raises TooManyWrongTries: for this name or from this network, in this window."""
        self._turn(now)
        by_network = any(
            self._counts[f"from {network}"] >= self._limits.failures_by_network for network in networks
        )
        by_name = self._counts[f"of {place}"] >= self._limits.failures_by_name
        if by_network or by_name or len(self._counts) >= self._limits.counted:
            raise TooManyWrongTries

    def count(self, place: str, networks: Sequence[str], now: datetime) -> None:
        """One more that was wrong."""
        self._turn(now)
        self._counts.update([f"of {place}", *(f"from {network}" for network in networks)])

    def _turn(self, now: datetime) -> None:
        window = int(now.timestamp()) // self._limits.window
        if window != self._window:
            self._window = window
            self._counts.clear()
