"""The desk of this host: the wallet's folder held for one program, and what goes over the network."""

import secrets
from collections.abc import Callable
from contextlib import ExitStack
from typing import TypeVar

from passport.clock import Clock, utc_now
from passport.documents import Documents
from wallet.core.wallet import Wallet
from wallet.desk import desk
from wallet.desk.idle import Elapsed, since_boot
from wallet.desktop.attestation import read_attestation
from wallet.desktop.channel import Channel
from wallet.desktop.connections import Connections
from wallet.desktop.keeper import Keeper
from wallet.desktop.looked_at import Incoming
from wallet.desktop.opening import Session
from wallet.desktop.outside import Outside
from wallet.desktop.programs import Programs
from wallet.desktop.settings import WalletSettings
from wallet.desktop.showing import Showing
from wallet.desktop.takings import Takings

T = TypeVar("T")


class Desk(desk.Desk):
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
        self.locks = settings.locks
        self.keeper = keeper or Keeper(settings.folder, clock)
        self.outside = Outside(allow_loopback=settings.allow_loopback, clock=self.keeper.clock)
        super().__init__(self.keeper, self.outside, elapsed=elapsed)
        self.session = Session(settings.token)
        self.showing = Showing(self.keeper.clock)
        self.takings = Takings(self.keeper.clock)
        self.incoming = Incoming(self.keeper.clock)
        self.connections = Connections(self.keeper.clock)
        self.programs = Programs(self.keeper.clock)
        self._held = ExitStack()
        self._holding = False

    def lock(self) -> None:
        with self._turn:
            super().lock()
            self.showing.clear()
            self.takings.clear()
            self.incoming.clear()
            self.connections.clear()
            self.programs.clear()

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

    def hold(self, *, new: bool = False) -> None:
        if new:
            self.keeper.file.prepare()
        if not self._holding:
            self._held.enter_context(self.keeper.file.locked())
            self._holding = True
            self.keeper.file.sweep()
