"""Where a host keeps the wallet. Beside it: its way to the network (`outside`), and its `tools`."""

from typing import Protocol

from passport.clock import Clock
from wallet.core.recovery import RecoveryKey
from wallet.core.wallet import Records, Wallet

Secret = str | RecoveryKey
"""The passphrase, or the recovery words."""


class Keeper(Protocol):
    """Keeps the one wallet of this device."""

    @property
    def clock(self) -> Clock: ...

    @property
    def exists(self) -> bool:
        """Whether there is a wallet here."""
        ...

    def create(self, passphrase: str, records: Records | None = None) -> tuple[Wallet, RecoveryKey]:
        """A new wallet with a new holder key, or with the records of a backup.

        Raises:
            VaultExists, PassphraseTooShort, PassphraseTooLong, VaultNotSaved.
        """
        ...

    def unlock(self, secret: Secret, *, accept_older: bool = False) -> Wallet:
        """Open the wallet; a wrong passphrase is counted.

        Raises:
            NoVault, WrongPassphrase, UnlockThrottled, UnlockExhausted, RolledBackVault, and as open_vault.
        """
        ...

    def confirm(self, wallet: Wallet, passphrase: str) -> None:
        """Ask the passphrase of an open wallet again; a wrong one is counted.

        Raises:
            WrongPassphrase, UnlockThrottled, UnlockExhausted.
        """
        ...

    def destroy(self) -> None:
        """Remove the wallet from this device for good; raises VaultNotSaved."""
        ...
