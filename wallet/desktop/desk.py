"""What runs behind the wallet's pages, its JSON interface and its command line: one wallet, one network."""

import secrets
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from typing import TypeVar

from matching.bundle import load_bundle
from matching.taxonomy.compact import Taxonomy
from passport.clock import Clock, utc_now
from passport.documents import Documents
from wallet.core.recovery import RecoveryKey
from wallet.core.settings_kept import lock_minutes, words_replaced
from wallet.core.trial import check_records
from wallet.core.vault import check_passphrase
from wallet.core.wallet import Records, Wallet
from wallet.desktop.aside import Aside
from wallet.desktop.attestation import read_attestation
from wallet.desktop.channel import Channel
from wallet.desktop.connections import Connections
from wallet.desktop.guest import Guest
from wallet.desktop.idle import Elapsed, Idle, since_boot
from wallet.desktop.keeper import Keeper, Secret
from wallet.desktop.looked_at import Incoming
from wallet.desktop.opening import Session
from wallet.desktop.outside import Outside
from wallet.desktop.programs import Programs
from wallet.desktop.settings import WalletSettings
from wallet.desktop.showing import Showing
from wallet.desktop.takings import Takings
from wallet.desktop.undo import Undo
from wallet.errors import WalletLocked

T = TypeVar("T")


class Desk:
    """Holds the wallet's folder for this program, and the wallet while it is open."""

    def __init__(
        self,
        settings: WalletSettings,
        *,
        keeper: Keeper | None = None,
        clock: Clock = utc_now,
        elapsed: Elapsed = since_boot,
    ) -> None:
        self.settings = settings
        self.keeper = keeper or Keeper(settings.folder, clock)
        self.outside = Outside(allow_loopback=settings.allow_loopback, clock=self.keeper.clock)
        self.session = Session(settings.token)
        self.showing = Showing(self.keeper.clock)
        self.undo = Undo(self.keeper.clock)
        self.aside = Aside(self.keeper.clock)
        self.takings = Takings(self.keeper.clock)
        self.incoming = Incoming(self.keeper.clock)
        self.connections = Connections(self.keeper.clock)
        self.programs = Programs(self.keeper.clock)
        self.guest = Guest(self.keeper.clock)
        self._idle = Idle(elapsed)
        self.opened_by_words = False
        """The passphrase was forgotten: a new one may be chosen without it."""
        self._wallet: Wallet | None = None
        self._held = ExitStack()
        self._holding = False
        self._turn = threading.RLock()

    @property
    def taxonomy(self) -> Taxonomy:
        return load_bundle()

    @property
    def exists(self) -> bool:
        return self.keeper.file.exists

    @property
    def is_open(self) -> bool:
        return self._wallet is not None

    @contextmanager
    def wallet(self) -> Iterator[Wallet]:
        """The open wallet, for one at a time.

        Raises:
            WalletLocked.
        """
        with self._turn:
            if self._wallet is None:
                raise WalletLocked
            yield self._wallet

    def create(self, passphrase: str, records: Records | None = None) -> RecoveryKey:
        """Make the wallet and open it; the recovery words are given once."""
        with self._turn:
            self.keeper.file.prepare()
            self._hold()  # before looking whether there is one: two programs could both find none
            wallet, recovery = self.keeper.create(passphrase, records)
            self._wallet = wallet
            self._idle.use()
            self.aside.show_words(recovery)
            return recovery

    def restore(self, passphrase: str, records: Records) -> RecoveryKey:
        """Make the wallet from a backup, in one write, when a wallet can work with everything in it.

        Raises:
            MalformedBackup, and as for `create`.
        """
        check_records(records, clock=self.keeper.clock, random=secrets.token_bytes)
        return self.create(passphrase, records)

    def unlock(self, secret: Secret, *, accept_older: bool = False) -> None:
        with self._turn:
            self._hold()
            self._wallet = self.keeper.unlock(secret, accept_older=accept_older)
            self.opened_by_words = isinstance(secret, RecoveryKey)
            self.guest.clear()
            self._idle.use()

    def lock(self) -> None:
        """Forget the wallet and all that came out of it; the folder stays held."""
        with self._turn:
            self._wallet = None
            self.opened_by_words = False
            self.showing.clear()
            self.undo.clear()
            self.aside.clear()
            self.takings.clear()
            self.incoming.clear()
            self.connections.clear()
            self.programs.clear()
            self.guest.clear()

    @property
    def lock_minutes(self) -> int:
        """After how many minutes without use the open wallet locks; 0 is never."""
        wallet = self._wallet
        return 0 if wallet is None or not self.settings.locks else lock_minutes(wallet)

    def use(self) -> None:
        """Somebody uses the wallet; when that is too long ago it is locked first."""
        with self._turn:
            self._lock_when_idle()
            self._idle.use()

    def look_at_the_clock(self) -> None:
        """Lock a wallet that nobody uses and drop what is over; whoever uses it now is not kept waiting."""
        if self._turn.acquire(blocking=False):
            try:
                self._lock_when_idle()
                self.undo.expire()
                self.aside.expire()
            finally:
                self._turn.release()

    def _lock_when_idle(self) -> None:
        if self._idle.longer_than(self.lock_minutes):
            self.lock()

    def confirm(self, passphrase: str) -> None:
        """Somebody else may sit at an open wallet: ask its passphrase again.

        Raises:
            WalletLocked, WrongPassphrase, UnlockThrottled, UnlockExhausted.
        """
        with self.wallet() as wallet:
            self.keeper.confirm(wallet, passphrase)

    def confirm_for_key(self, passphrase: str) -> None:
        """The secret key leaves this wallet only for who knows what opens it.

        Raises:
            WalletLocked, WrongPassphrase, UnlockThrottled, UnlockExhausted.
        """
        if not self.opened_by_words:
            self.confirm(passphrase)

    def change_passphrase(self, passphrase: str, *, old: str) -> None:
        """A new passphrase; the old one is asked, unless the recovery words opened the wallet.

        Raises:
            WrongPassphrase, UnlockThrottled, UnlockExhausted, PassphraseTooShort, PassphraseTooLong
            VaultNotSaved: the old one stays.
        """
        with self.wallet() as wallet:
            check_passphrase(passphrase)
            if not self.opened_by_words:
                self.keeper.confirm(wallet, old)
            wallet.adopt(wallet.vault.with_passphrase(passphrase), alone=True)
            self.opened_by_words = False

    def new_words(self, passphrase: str) -> RecoveryKey:
        """New recovery words, and the old ones open nothing any more; the passphrase is asked again.

        Raises:
            WrongPassphrase, UnlockThrottled, UnlockExhausted
            VaultNotSaved: the old words stay.
        """
        with self.wallet() as wallet:
            self.keeper.confirm(wallet, passphrase)
            vault, recovery = wallet.vault.change(remove=words_replaced()).with_recovery()
            wallet.adopt(vault, alone=True)
            self.aside.show_words(recovery)
            return recovery

    def destroy(self) -> None:
        """Remove the wallet from this device for good; there is none afterwards.

        Raises:
            VaultNotSaved
        """
        with self._turn:
            self.keeper.file.destroy()
            self.lock()

    def close(self) -> None:
        with self._turn:
            self.lock()
            self._held.close()
            self._holding = False

    def channel(self) -> Channel:
        """A new conversation with an issuer, with the wallet maker's word where it is in the folder."""
        return Channel(
            self.outside,
            self.keeper.clock,
            secrets.token_bytes,
            attestation=read_attestation(self.settings.folder),
        )

    def check(self, wallet: Wallet, check: Callable[[Documents], T]) -> T:
        """Run a check, fetch what it misses, and keep that for later."""
        cache = wallet.documents()
        result = self.outside.check(check, cache)
        wallet.keep_documents(cache)
        return result

    def examine(self, wallet: Wallet, check: Callable[[Documents], T]) -> T:
        """The same for something new: a key that was put in use since is looked up, not missed."""
        result, fresh = self.outside.run(self.outside.examine(check, wallet.documents()))
        wallet.keep_documents(fresh)
        return result

    def _hold(self) -> None:
        if not self._holding:
            self._held.enter_context(self.keeper.file.locked())
            self._holding = True
            self.keeper.file.sweep()
