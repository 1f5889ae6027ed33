"""What was found in the files that the person chose, in memory until they say what to keep."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from passport.clock import Clock
from wallet.core.incoming import Found
from wallet.errors_imports import ImportOver

_MINUTES = 15


@dataclass(frozen=True, slots=True)
class Look:
    """What was found in one go."""

    id: str
    found: tuple[Found, ...]
    links: tuple[str, ...]
    until: datetime


class Incoming:
    """The last look; a new one takes its place."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._look: Look | None = None

    def put(self, found: Sequence[Found], links: Sequence[str]) -> Look:
        until = self._clock() + timedelta(minutes=_MINUTES)
        self._look = Look(secrets.token_hex(16), tuple(found), tuple(links), until)
        return self._look

    def get(self, identifier: str) -> Look:
        """Raises ImportOver."""
        if self._look is None or self._look.id != identifier or self._clock() >= self._look.until:
            raise ImportOver
        return self._look

    def clear(self) -> None:
        self._look = None
