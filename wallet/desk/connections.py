"""Platforms that were looked at, and visits to them that have not come back yet. In memory only."""

import hmac
import secrets
import threading
from dataclasses import dataclass, field
from datetime import datetime

from passport.clock import Clock
from passport.oauth.client_registration import RegisteredClient
from passport.open_badges_api.paths import origin_of
from passport.open_badges_api.scopes import BadgeScope
from passport.open_badges_api.service_description import ServiceDescription
from wallet.core import limits
from wallet.errors_claiming import SignInOver, TooManyTakings


@dataclass(frozen=True, slots=True)
class Seen:
    """A platform that was looked at; nothing was asked of it."""

    base: str
    description: ServiceDescription

    @property
    def host(self) -> str:
        return origin_of(self.base)[1]

    @property
    def takes_badges(self) -> bool:
        return BadgeScope.CREDENTIAL_UPSERT in self.description.scopes


@dataclass(frozen=True, slots=True)
class Connecting:
    """One visit to a platform's pages. Its secrets live as long as it does, in memory only."""

    seen: Seen
    client: RegisteredClient = field(repr=False)
    scope: tuple[str, ...]
    url: str = field(repr=False)
    """Where the browser goes."""
    redirect_uri: str = field(repr=False)
    state: str = field(repr=False)
    verifier: str = field(repr=False)
    until: datetime


@dataclass(slots=True)
class Connections:
    """At most a few at a time; each place takes one answer."""

    clock: Clock
    talking: threading.Lock = field(default_factory=threading.Lock, repr=False)
    """One conversation with platforms at a time: a refresh token works once."""
    _found: dict[str, Connecting] = field(default_factory=dict, repr=False)
    _turn: threading.Lock = field(default_factory=threading.Lock, repr=False)

    def place(self) -> str:
        """A part of our address that nobody else knows. Raises TooManyTakings."""
        with self._turn:
            now = self.clock()
            self._found = {place: each for place, each in self._found.items() if each.until >= now}
            if len(self._found) >= limits.TAKINGS:
                raise TooManyTakings
        return secrets.token_urlsafe(16)

    def put(self, place: str, connecting: Connecting) -> None:
        with self._turn:
            self._found[place] = connecting

    def get(self, place: str) -> Connecting:
        """Raises SignInOver."""
        with self._turn:
            found = self._found.get(place)
        if found is None:
            raise SignInOver
        return found

    def answered(self, place: str) -> Connecting:
        """The one whose answer comes to this place, once. Raises SignInOver."""
        with self._turn:
            for known in self._found:
                if hmac.compare_digest(known.encode(), place.encode()):
                    return self._found.pop(known)
        raise SignInOver

    def clear(self) -> None:
        """The wallet is locked."""
        with self._turn:
            self._found.clear()
