"""While an adviser sits at the person's device, only what the person chose can be opened.

Everything else is refused until the wallet was locked and its passphrase given again: the end of a
visit, by anybody or by its time, locks the wallet.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from passport.clock import Clock
from wallet.core.advice import Visit
from wallet.errors_intake import AdviserAtWork

BEGINNING = "/adviser"
_OPEN = frozenset({BEGINNING, "/idle", "/lock", "/unlock"})


@dataclass(frozen=True, slots=True)
class _Present:
    visit: str
    until: datetime


class Guest:
    """At most one adviser at a time, in memory; locking the wallet ends it."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._present: _Present | None = None

    def begin(self, visit: Visit) -> None:
        self._present = _Present(visit.id, visit.until)

    def clear(self) -> None:
        self._present = None

    @property
    def visit(self) -> str | None:
        """The visit that goes on."""
        return None if self._present is None else self._present.visit

    def check(self, path: str, lock: Callable[[], None]) -> None:
        """A visit that is over locks the wallet. Raises AdviserAtWork: this path is not for the adviser."""
        if self._present is None:
            return
        if self._clock() >= self._present.until:
            lock()
        elif path not in _OPEN and not path.startswith(f"{BEGINNING}/"):
            raise AdviserAtWork
