"""What the person is in the middle of, in memory for some minutes: new recovery words, an opened backup."""

import secrets
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from passport.clock import Clock
from wallet.core import limits
from wallet.core.recovery import RecoveryKey
from wallet.core.wallet import Wallet
from wallet.errors_leaving import NotOpenedFirst, WordsDiffer, WordsNoLongerShown


@dataclass(frozen=True, slots=True)
class NewWords:
    """Words that were shown, and the places of those to type back (from 1)."""

    recovery: RecoveryKey = field(repr=False)
    places: tuple[int, ...]
    until: datetime


@dataclass(frozen=True, slots=True)
class OpenedBackup:
    id: str
    wallet: Wallet = field(repr=False)
    by_holder: bool
    """As `archive.Archive` says it."""
    until: datetime


class Aside:
    """One of each; locking the wallet ends them."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._words: NewWords | None = None
        self._backup: OpenedBackup | None = None

    def show_words(self, recovery: RecoveryKey) -> None:
        """Remember new words until they are typed back."""
        count = len(recovery.words().split())
        places = sorted(secrets.SystemRandom().sample(range(1, count + 1), limits.WORDS_ASKED))
        until = self._clock() + timedelta(minutes=limits.WORDS_SHOWN_MINUTES)
        self._words = NewWords(recovery, tuple(places), until)

    @property
    def words(self) -> NewWords | None:
        self.expire()
        return self._words

    def check_words(self, typed: list[str]) -> None:
        """Raises WordsNoLongerShown, WordsDiffer."""
        shown = self.words
        if shown is None:
            raise WordsNoLongerShown
        every = shown.recovery.words().split()
        if [word.strip().lower() for word in typed] != [every[place - 1] for place in shown.places]:
            raise WordsDiffer
        self._words = None

    def open_backup(self, wallet: Wallet, *, by_holder: bool) -> OpenedBackup:
        until = self._clock() + timedelta(minutes=limits.ARCHIVE_OPEN_MINUTES)
        self._backup = OpenedBackup(secrets.token_hex(16), wallet, by_holder, until)
        return self._backup

    def opened_backup(self, identifier: str) -> OpenedBackup:
        """Raises NotOpenedFirst."""
        self.expire()
        if self._backup is None or self._backup.id != identifier:
            raise NotOpenedFirst
        return self._backup

    def close_backup(self) -> None:
        self._backup = None

    def expire(self) -> None:
        now = self._clock()
        if self._words is not None and now >= self._words.until:
            self._words = None
        if self._backup is not None and now >= self._backup.until:
            self._backup = None

    def clear(self) -> None:
        self._words = self._backup = None
