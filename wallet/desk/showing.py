"""What is on show at this moment: presentations as QR pictures, in memory only, gone after a while."""

import secrets
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from passport import limits
from passport.clock import Clock
from passport.qr_text import pack
from wallet.errors import UnknownRecord

_MOST = 8
_LIFETIME = timedelta(seconds=limits.TIME.challenge_lifetime)


@dataclass(frozen=True, slots=True)
class OnShow:
    """One presentation as frames."""

    id: str
    presentation: bytes = field(repr=False)
    frames: tuple[str, ...] = field(repr=False)
    until: datetime
    answered: bool = False
    """Whether it answers somebody's request (ways B and C), or is shown unasked."""

    def frame(self, number: int) -> str:
        """Frame 1 to n, as the text of its code; raises UnknownRecord."""
        if not 0 < number <= len(self.frames):
            raise UnknownRecord
        return self.frames[number - 1]


class Showing:
    """The last few presentations on show."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._shown: dict[str, OnShow] = {}

    def add(self, presentation: bytes, *, answered: bool = False) -> OnShow:
        made = OnShow(
            secrets.token_hex(16), presentation, pack(presentation), self._clock() + _LIFETIME, answered
        )
        self._shown[made.id] = made
        for old in list(self._shown)[:-_MOST]:
            del self._shown[old]
        return made

    def get(self, identifier: str) -> OnShow:
        """Raises UnknownRecord when it is no longer on show."""
        found = self._shown.get(identifier)
        if found is None or found.until < self._clock():
            raise UnknownRecord
        return found

    def clear(self) -> None:
        self._shown.clear()
