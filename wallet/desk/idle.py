"""How long nobody used the wallet. Time that the computer slept counts as well."""

import time
from collections.abc import Callable

Elapsed = Callable[[], float]


def since_boot() -> float:
    """Seconds, also of sleep where the system tells them (Linux); no clock that people set."""
    return time.clock_gettime(getattr(time, "CLOCK_BOOTTIME", time.CLOCK_MONOTONIC))


class Idle:
    """The time since the last use."""

    def __init__(self, elapsed: Elapsed = since_boot) -> None:
        self._elapsed = elapsed
        self._used = elapsed()

    def use(self) -> None:
        self._used = self._elapsed()

    def longer_than(self, minutes: int) -> bool:
        """0 minutes is never."""
        return minutes > 0 and self._elapsed() - self._used >= minutes * 60
