"""What runs behind the wallet's pages on every host: one wallet, and what its person is in the middle of."""

import secrets
import threading
from collections.abc import Callable, Coroutine, Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

from matching.bundle import load_bundle
from matching.taxonomy.compact import Taxonomy
from passport.clock import Clock
from passport.documents import DocumentCache, Documents
from passport.texts import Language
from passport.x509 import Certificates
from wallet.core.recovery import RecoveryKey
from wallet.core.settings_kept import keep_backup_made, lock_minutes, words_replaced
from wallet.core.shipped_lists import NOTHING_SHIPPED, Shipped, keep_all_shipped
from wallet.core.taxonomy_in_use import taxonomy_in_use
from wallet.core.trial import check_records
from wallet.core.vault import check_passphrase
from wallet.core.wallet import Records, Wallet
from wallet.desk.aside import Aside
from wallet.desk.attestation import WalletAttestation
from wallet.desk.channel import Channel
from wallet.desk.connections import Connections
from wallet.desk.guest import Guest
from wallet.desk.idle import Elapsed, Idle, since_boot
from wallet.desk.looked_at import Incoming
from wallet.desk.outside import Outside
from wallet.desk.ports import Keeper, Secret
from wallet.desk.programs import Programs
from wallet.desk.showing import Showing
from wallet.desk.takings import Takings
from wallet.desk.tools import LACKING, Tools
from wallet.desk.undo import Undo
from wallet.errors import WalletLocked

T = TypeVar("T")


class Desk:
    """Holds the wallet while it is open. A host makes one, with its own keeper and its own way outside."""

    locks = True
    """Whether a wallet that nobody uses locks by itself here."""
    base = ""
    """The origin of the wallet's own pages, where other sites send the browser back to."""
    opens_beside = False
    """Whether other sites' pages open beside the wallet's, whose page then names their address itself."""
    links_host = ""
    """Where a new share link goes if the person says nothing."""
    certificates: Certificates = LACKING
    """This host's way to check chains of certificates."""

    def __init__(
        self,
        keeper: Keeper,
        outside: Outside,
        *,
        tools: Tools | None = None,
        elapsed: Elapsed = since_boot,
    ) -> None:
        self._kept_by = keeper
        self.outside = outside
        self.tools = tools or Tools()
        self.showing = Showing(keeper.clock)
        self.takings = Takings(keeper.clock)
        self.incoming = Incoming(keeper.clock)
        self.connections = Connections(keeper.clock)
        self.programs = Programs(keeper.clock)
        self.undo = Undo(keeper.clock)
        self.aside = Aside(keeper.clock)
        self.guest = Guest(keeper.clock)
        self.asked_again: set[str] = set()
        """What is asked of an issuer at this moment that promised it: each once at a time."""
        self._idle = Idle(elapsed)
        self.opened_by_words = False
        """The passphrase was forgotten: a new one may be chosen without it."""
        self._wallet: Wallet | None = None
        self._turn = threading.RLock()
        self._used_by: int | None = None
        """The thread that has the wallet; only for that thread are the three below true."""
        self._depth = 0
        self._in_use: Wallet | None = None
        self._lost = False
        """Whether it was locked while that thread had let go of it."""
        outside.away = self.let_go

    @property
    def clock(self) -> Clock:
        return self._kept_by.clock

    def way_back(self, path: str) -> str:
        """The address at which another site sends the browser back to our page at this path."""
        return f"{self.base}{path}"

    def came_back(self, url: str) -> str:
        """The address at which the browser came back, where our page was asked for at `url`."""
        return url

    @property
    def taxonomy(self) -> Taxonomy:
        """What the open wallet counts with; the program's own while there is none."""
        wallet = self._wallet
        return load_bundle() if wallet is None else taxonomy_in_use(wallet)

    @property
    def exists(self) -> bool:
        return self._kept_by.exists

    @property
    def is_open(self) -> bool:
        return self._wallet is not None

    def came_with(self) -> Shipped:
        """The trust lists that this program brings, as whoever set it up chose them."""
        return NOTHING_SHIPPED

    def hold(self, *, new: bool = False) -> None:
        """Keep the wallet from other programs; `new`: there may be no place for it yet.

        Raises:
            VaultInUse, VaultNotSaved.
        """

    def beside(self, work: Callable[[], None]) -> None:
        """Do work while the pages go on, where the host can; else at once. It raises nothing."""
        work()

    def attestation(self) -> WalletAttestation | None:
        """The wallet maker's word for this wallet, where there is one; raises AttestationUnreadable."""
        return None

    def speak(self, language: Language) -> None:
        """From here on issuers are asked in the language of whoever asks."""
        self.outside.language = language

    @contextmanager
    def wallet(self) -> Iterator[Wallet]:
        """The open wallet, for one at a time.

        Raises:
            WalletLocked.
        """
        with self._turn:
            if self._wallet is None:
                raise WalletLocked
            if not self._depth:
                self._used_by, self._in_use, self._lost = threading.get_ident(), self._wallet, False
            self._depth += 1
            try:
                yield self._wallet
            finally:
                self._depth -= 1
                if not self._depth:
                    self._used_by = self._in_use = None
                    if self._lost:  # whatever was made of it is not shown
                        raise WalletLocked

    @contextmanager
    def let_go(self) -> Iterator[None]:
        """Let others have the wallet while something slow goes on that does not touch it; then have it back.

        Whoever does not have it just goes on.

        Raises:
            WalletLocked: it was locked meanwhile, so that whoever had it has it no longer.
        """
        if self._used_by != threading.get_ident():
            yield
            return
        wallet, depth = self._in_use, self._depth
        self._used_by, self._in_use, self._depth = None, None, 0
        for _ in range(depth):
            self._turn.release()
        try:
            yield
        finally:
            for _ in range(depth):
                self._turn.acquire()
            self._used_by, self._in_use, self._depth = threading.get_ident(), wallet, depth
            self._lost = self._wallet is not wallet
            if self._lost:
                raise WalletLocked

    def reach(self, work: Coroutine[Any, Any, T]) -> T:
        """Network work that does not touch the wallet: other pages go on meanwhile. Raises WalletLocked."""
        return self.outside.reach(work)

    def create(self, passphrase: str, records: Records | None = None) -> RecoveryKey:
        """Make the wallet and open it; the recovery words are given once."""
        with self._turn:
            # a wallet that comes back has lists of its own, and is offered these
            lists = NOTHING_SHIPPED if records is not None else self.came_with()
            self.hold(new=True)  # before looking whether there is one: two programs could both find none
            wallet, recovery = self._kept_by.create(passphrase, records)
            self._wallet = wallet
            self._idle.use()
            self.aside.show_words(recovery)
            keep_all_shipped(wallet, lists)
            return recovery

    def restore(self, passphrase: str, records: Records) -> RecoveryKey:
        """Make the wallet from a backup, in one write, when a wallet can work with everything in it.

        Raises:
            MalformedBackup, and as for `create`.
        """
        check_records(records, clock=self._kept_by.clock, random=secrets.token_bytes)
        words = self.create(passphrase, records)
        with self.wallet() as wallet:
            keep_backup_made(wallet)
        return words

    def unlock(self, secret: Secret, *, accept_older: bool = False) -> None:
        with self._turn:
            self.hold()
            self._wallet = self._kept_by.unlock(secret, accept_older=accept_older)
            self.opened_by_words = isinstance(secret, RecoveryKey)
            self.guest.clear()
            self._idle.use()

    def lock(self) -> None:
        """Forget the wallet and all that came out of it; the folder stays held."""
        with self._turn:
            if self._wallet is not None:
                self._wallet.closed = True
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
        return 0 if wallet is None or not self.locks else lock_minutes(wallet)

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
            self._kept_by.confirm(wallet, passphrase)

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
                self._kept_by.confirm(wallet, old)
            wallet.adopt(wallet.vault.with_passphrase(passphrase), alone=True)
            self.opened_by_words = False

    def new_words(self, passphrase: str) -> RecoveryKey:
        """New recovery words, and the old ones open nothing any more; the passphrase is asked again.

        Raises:
            WrongPassphrase, UnlockThrottled, UnlockExhausted
            VaultNotSaved: the old words stay.
        """
        with self.wallet() as wallet:
            self._kept_by.confirm(wallet, passphrase)
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
            self._kept_by.destroy()
            self.lock()

    def channel(self) -> Channel:
        """A new conversation with an issuer."""
        return Channel(self.outside, self.clock, secrets.token_bytes, attestation=self.attestation())

    def check(self, wallet: Wallet, check: Callable[[Documents], T], cache: DocumentCache | None = None) -> T:
        """Run a check, fetch what it misses, and keep that for later.

        Others may use the wallet while it fetches. Where one of them removed something for good, nothing that
        was fetched is kept: it may be what went with it.
        """
        cache, erased = wallet.documents() if cache is None else cache, wallet.erased
        result = self.outside.check(check, cache)
        if wallet.erased == erased:
            wallet.keep_documents(cache)
        return result

    def examine(self, wallet: Wallet, check: Callable[[Documents], T]) -> T:
        """The same for something new: a key that was put in use since is looked up, not missed."""
        erased = wallet.erased
        result, fresh = self.outside.run(self.outside.examine(check, wallet.documents()))
        if wallet.erased == erased:
            wallet.keep_documents(fresh)
        return result
