"""What programs on this machine ask and send before the person has answered. In memory only.

registered → asks (the person is at our page) → granted a code → a Program in the vault with tokens
sent → waits in the inbox → kept, or refused

A lock of the wallet ends all of it: what waits is sent again, or asked again.
"""

import hashlib
import secrets
import threading
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from passport.clock import Clock
from passport.oauth.redirect_uri import RedirectUri
from wallet.core import limits
from wallet.core.incoming import Found
from wallet.errors_badge_services import ProgramAskOver, TooManyBadgesWaiting, UnknownBadgeWaiting

_CODE_SECONDS = 60
"""Seconds that a code lives: the program waits for it."""
_DECIDED = 256
"""Answers that are remembered for a program that asks what became of a badge."""


@dataclass(frozen=True, slots=True)
class Registration:
    """What a program says of itself; nobody vouches for it."""

    client_id: str
    name: str
    redirect_uris: tuple[str, ...]
    secret: str | None = field(repr=False)
    """Digest."""
    scope: tuple[str, ...]
    refreshes: bool
    until: datetime


@dataclass(frozen=True, slots=True)
class Ask:
    """A program waits for the person's answer."""

    id: str
    registration: Registration
    redirect_uri: RedirectUri
    code_challenge: str = field(repr=False)
    state: str | None = field(repr=False)
    scope: tuple[str, ...]
    until: datetime


@dataclass(frozen=True, slots=True)
class Granted:
    """A code that was given, for as long as it could be shown again."""

    client_id: str
    redirect_uri: str
    code_challenge: str = field(repr=False)
    until: datetime
    used: bool = False


@dataclass(frozen=True, slots=True)
class Waiting:
    """A badge that a program sent: examined, and kept nowhere."""

    id: str
    client_id: str
    digest: str
    found: Found


@dataclass(slots=True)
class Programs:
    clock: Clock
    _registered: dict[str, Registration] = field(default_factory=dict, repr=False)
    _asks: dict[str, Ask] = field(default_factory=dict, repr=False)
    _codes: dict[str, Granted] = field(default_factory=dict, repr=False)
    _inbox: dict[str, Waiting] = field(default_factory=dict, repr=False)
    _decided: dict[tuple[str, str], str] = field(default_factory=dict, repr=False)
    examining: threading.Lock = field(default_factory=threading.Lock, repr=False)
    """One badge at a time is examined for programs: that may ask other hosts, and nobody waits for it."""
    _turn: threading.RLock = field(default_factory=threading.RLock, repr=False)

    def register(self, registration: Registration) -> None:
        """Beyond the limit the oldest goes: a flood pushes itself out."""
        with self._turn:
            self._expire()
            self._registered[registration.client_id] = registration
            while len(self._registered) > limits.PROGRAMS:
                self._registered.pop(next(iter(self._registered)))

    def registration(self, client_id: str) -> Registration | None:
        with self._turn:
            self._expire()
            return self._registered.get(client_id)

    def ask(self, ask: Ask) -> None:
        """One question of a program at a time: its last."""
        with self._turn:
            self._expire()
            same = ask.registration.client_id
            self._asks = {
                key: each for key, each in self._asks.items() if each.registration.client_id != same
            }
            self._asks[ask.id] = ask
            while len(self._asks) > limits.TAKINGS:
                self._asks.pop(next(iter(self._asks)))

    def asked(self, identifier: str) -> Ask:
        """Raises ProgramAskOver."""
        with self._turn:
            self._expire()
            found = self._asks.get(identifier)
        if found is None:
            raise ProgramAskOver
        return found

    @property
    def asks(self) -> tuple[Ask, ...]:
        with self._turn:
            self._expire()
            return tuple(self._asks.values())

    def answer(self, identifier: str) -> Ask:
        """Take the question away, once. Raises ProgramAskOver."""
        with self._turn:
            found = self.asked(identifier)
            del self._asks[identifier]
            return found

    def grant(self, ask: Ask) -> str:
        """A code for a program that the person let in."""
        code = secrets.token_urlsafe(32)
        until = self.clock() + timedelta(seconds=_CODE_SECONDS)
        with self._turn:
            self._codes[digest_of(code.encode())] = Granted(
                ask.registration.client_id, ask.redirect_uri.text, ask.code_challenge, until
            )
        return code

    def granted(self, code: str) -> Granted | None:
        with self._turn:
            self._expire()
            return self._codes.get(digest_of(code.encode()))

    def use_code(self, code: str) -> bool:
        """Whether it was not used before; it is now."""
        with self._turn:
            found = self._codes[digest_of(code.encode())]
            self._codes[digest_of(code.encode())] = replace(found, used=True)
            return not found.used

    def put(self, client_id: str, source: bytes, found: Found) -> Waiting:
        """Raises TooManyBadgesWaiting."""
        with self._turn:
            self.check_room(client_id)
            made = Waiting(secrets.token_hex(16), client_id, digest_of(source), found)
            self._inbox[made.id] = made
            return made

    def check_room(self, client_id: str) -> None:
        """Raises TooManyBadgesWaiting: before anything is examined."""
        if sum(each.client_id == client_id for each in self.inbox) >= limits.BADGES_WAITING:
            raise TooManyBadgesWaiting

    @property
    def inbox(self) -> tuple[Waiting, ...]:
        with self._turn:
            return tuple(self._inbox.values())

    def waits(self, client_id: str, source: bytes) -> bool:
        digest = digest_of(source)
        return any(each.client_id == client_id and each.digest == digest for each in self.inbox)

    def waiting(self, identifier: str) -> Waiting:
        """Raises UnknownBadgeWaiting."""
        found = self._inbox.get(identifier)
        if found is None:
            raise UnknownBadgeWaiting
        return found

    def decide(self, waiting: Waiting, became: str) -> None:
        with self._turn:
            self._inbox.pop(waiting.id, None)
            self._decided[waiting.client_id, waiting.digest] = became
            while len(self._decided) > _DECIDED:
                self._decided.pop(next(iter(self._decided)))

    def became(self, client_id: str, source: bytes) -> str | None:
        """What the person decided of this very badge."""
        return self._decided.get((client_id, digest_of(source)))

    def told(self, client_id: str, source: bytes) -> None:
        with self._turn:
            self._decided.pop((client_id, digest_of(source)), None)

    def end(self, client_id: str) -> None:
        """The person takes back what the program was allowed: what waits of it goes as well."""
        with self._turn:
            self._codes = {key: each for key, each in self._codes.items() if each.client_id != client_id}
            self._inbox = {key: each for key, each in self._inbox.items() if each.client_id != client_id}

    def clear(self) -> None:
        """The wallet is locked."""
        with self._turn:
            for each in (self._registered, self._asks, self._codes, self._inbox, self._decided):
                each.clear()

    def _expire(self) -> None:
        now = self.clock()
        self._registered = {key: each for key, each in self._registered.items() if each.until >= now}
        self._asks = {key: each for key, each in self._asks.items() if each.until >= now}
        self._codes = {key: each for key, each in self._codes.items() if each.until >= now}


def digest_of(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
