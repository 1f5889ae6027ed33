"""Slows a passer-by who guesses the passphrase at this device. A thief of the vault meets Argon2id."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Protocol, TypeVar

from passport.clock import Clock, format_datetime, parse_datetime
from passport.errors import MalformedDateTime
from wallet.core import limits
from wallet.errors import UnlockExhausted, UnlockThrottled, WrongPassphrase

T = TypeVar("T")


class Notes(Protocol):
    """The place beside the vault where wrong passphrases are noted."""

    def read(self) -> str | None:
        """None where nothing was noted; raises OSError or ValueError where that can't be told."""
        ...

    def write(self, text: str | None) -> None:
        """None takes the note away; raises where it can't be written."""
        ...


@dataclass(frozen=True, slots=True)
class Failures:
    count: int
    last: datetime


class UnlockThrottle:
    """Counts wrong passphrases in a row: ten are free, then the wait doubles, a hundred end it."""

    def __init__(self, notes: Notes, clock: Clock) -> None:
        self._notes = notes
        self._clock = clock

    def attempt(self, unlock: Callable[[], T]) -> T:
        """Try to unlock; the try is counted before it is made, so that stopping the program wins nothing.

        Raises:
            UnlockThrottled: too soon after the last failure.
            UnlockExhausted: only the recovery words open the vault.
        """
        failures = self._read()
        self._check(failures)
        self._write(Failures(failures.count + 1, self._clock()))
        try:
            opened = unlock()
        except WrongPassphrase:
            raise
        except BaseException:
            self._write(failures)
            raise
        self.clear()
        return opened

    def clear(self) -> None:
        self._notes.write(None)

    def _check(self, failures: Failures) -> None:
        bounds = limits.UNLOCK
        if failures.count >= bounds.total:
            raise UnlockExhausted
        beyond = failures.count - bounds.free
        if beyond < 0:
            return
        wait = min(bounds.wait * 2**beyond, bounds.most_wait)
        # a clock that was set back must not turn the wait into years
        left = min(failures.last + timedelta(seconds=wait) - self._clock(), timedelta(seconds=wait))
        if left > timedelta(0):
            raise UnlockThrottled(seconds=int(left.total_seconds()) + 1)

    def _read(self) -> Failures:
        try:
            text = self._notes.read()
            if text is None:
                return Failures(0, datetime.min.replace(tzinfo=UTC))
            kept = json.loads(text)
            return Failures(int(kept["failures"]), parse_datetime(kept["last"]))
        except (OSError, ValueError, KeyError, TypeError, MalformedDateTime):
            return Failures(limits.UNLOCK.free, self._clock())

    def _write(self, failures: Failures) -> None:
        if failures.count == 0:
            self.clear()
            return
        self._notes.write(json.dumps({"failures": failures.count, "last": format_datetime(failures.last)}))
