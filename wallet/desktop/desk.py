"""The desk of this host: the wallet's folder held for one program, and what a desktop has."""

import threading
from collections.abc import Callable
from contextlib import ExitStack

from passport.clock import Clock, utc_now
from wallet.core.shipped_lists import Shipped
from wallet.desk import desk
from wallet.desk.attestation import WalletAttestation, read_attestation
from wallet.desk.idle import Elapsed, since_boot
from wallet.desktop.authorities import TrustedAuthorities
from wallet.desktop.keeper import Keeper
from wallet.desktop.opening import Session
from wallet.desktop.outside import Outside
from wallet.desktop.settings import WalletSettings
from wallet.desktop.tools import TOOLS
from wallet.site.shipping import shipped_from


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
        self.keeper = keeper or Keeper(settings.folder, clock)
        outside = Outside(allow_loopback=settings.allow_loopback, clock=self.keeper.clock)
        super().__init__(self.keeper, outside, tools=TOOLS, elapsed=elapsed)
        self.locks = settings.locks
        # by number: a name could be pointed elsewhere (RFC 8252, 8.3)
        self.base = f"http://127.0.0.1:{settings.port}"
        self.links_host = settings.links_host
        self.certificates = TrustedAuthorities(settings.folder)
        self.session = Session(settings.token)
        self._shipped: Shipped | None = None
        self._held = ExitStack()
        self._holding = False

    def close(self) -> None:
        with self._turn:
            self.lock()
            self._held.close()
            self._holding = False

    def beside(self, work: Callable[[], None]) -> None:
        threading.Thread(target=work, daemon=True).start()

    def attestation(self) -> WalletAttestation | None:
        return read_attestation(self.settings.folder)

    def came_with(self) -> Shipped:
        """The lists of the settings, read once.

        Raises:
            OSError, TooLarge, ShippedListsTooLarge
            PassportError: one is not its publisher's, as far as that can be told here.
        """
        if self._shipped is None:
            self._shipped = shipped_from(
                self.settings.trust_lists, allow_loopback=self.settings.allow_loopback, strict=False
            )
        return self._shipped

    def hold(self, *, new: bool = False) -> None:
        if new:
            self.keeper.file.prepare()
        if not self._holding:
            self._held.enter_context(self.keeper.file.locked())
            self._holding = True
            self.keeper.file.sweep()
