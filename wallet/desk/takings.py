"""The offers that this program is taking in: whose person is signing in, or that are being fetched.

In memory only. An offer that the person leaves is over after a while, and nothing of it is kept.
"""

import hmac
import secrets
import threading
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from passport.clock import Clock
from passport.errors import PassportError
from wallet.core import limits
from wallet.desk.claiming import Claimed
from wallet.desk.offering import Opened
from wallet.desk.progress import Step
from wallet.desk.signing_in import SignIn
from wallet.errors_claiming import SignInOver, TakingCancelled, TooManyTakings, UnknownTaking

_ID = 16
RUNNING = frozenset({Step.SIGN_IN, Step.TOKEN, Step.CREDENTIAL, Step.FILES, Step.DECIDE})


@dataclass(slots=True)
class Taking:
    """One offer on its way in."""

    id: str
    opened: Opened
    until: datetime
    step: Step = Step.TOKEN
    number: int = 0
    of: int = 0
    tx_code: str | None = field(default=None, repr=False)
    sign_in: SignIn | None = field(default=None, repr=False)
    """Set while the person is at the issuer's pages; taken away by the first answer."""
    place: str = field(default="", repr=False)
    """The part of our address that an answer must come to: nobody else knows it, and it works once."""
    claimed: Claimed | None = field(default=None, repr=False)
    received: object = None
    """What was kept: a `wallet.desk.receiving.Received`."""
    error: PassportError | None = None
    stop: threading.Event = field(default_factory=threading.Event, repr=False)
    done: threading.Event = field(default_factory=threading.Event, repr=False)

    def __call__(self, step: Step, number: int = 0, of: int = 0) -> None:
        """Say how far it is (`wallet.desk.progress.Progress`); raises TakingCancelled."""
        if self.stop.is_set():
            raise TakingCancelled
        self.step, self.number, self.of = step, number, of

    @property
    def is_running(self) -> bool:
        return self.step in RUNNING


class Takings:
    """At most a few at a time."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._turn = threading.Lock()
        self._found: dict[str, Taking] = {}

    def add(self, opened: Opened) -> Taking:
        """Raises TooManyTakings."""
        with self._turn:
            self._expire()
            if sum(one.is_running for one in self._found.values()) >= limits.TAKINGS:
                raise TooManyTakings
            until = self._clock() + timedelta(seconds=limits.SIGN_IN)
            made = Taking(secrets.token_hex(_ID), opened, until, place=secrets.token_urlsafe(_ID))
            self._found[made.id] = made
            return made

    def one(self, identifier: str) -> Taking:
        """Raises UnknownTaking."""
        with self._turn:
            self._expire()
            found = self._found.get(identifier)
        if found is None:
            raise UnknownTaking
        return found

    def answered(self, place: str) -> tuple[Taking, SignIn]:
        """The sign-in whose answer comes to this address; each place takes one answer, whatever is in it.

        Raises:
            SignInOver: nobody waits here, or no longer.
        """
        with self._turn:
            self._expire()
            for one in self._found.values():
                if hmac.compare_digest(one.place.encode(), place.encode()) and one.sign_in is not None:
                    sign_in, one.sign_in = one.sign_in, None
                    return one, sign_in
        raise SignInOver

    def drop(self, identifier: str) -> None:
        with self._turn:
            self._found.pop(identifier, None)

    def clear(self) -> None:
        """The wallet is locked: whatever is under way stops, and nothing of it is kept."""
        with self._turn:
            for one in self._found.values():
                one.stop.set()
            self._found.clear()

    def _expire(self) -> None:
        now = self._clock()
        for identifier in [key for key, one in self._found.items() if one.until < now]:
            self._found.pop(identifier).stop.set()
