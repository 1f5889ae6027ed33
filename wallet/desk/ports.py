"""What a host brings: the place where the wallet is kept, and the way to the network."""

from typing import Protocol

from passport.clock import Clock
from passport.texts import Language
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


class Outside(Protocol):
    """The way to the network."""

    language: Language
    """In which issuers are asked for what they show to people: that of whoever is at the wallet."""
