"""Opens and makes wallets on disk: vault file, lock, throttle and cryptography together."""

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from passport.clock import Clock, utc_now
from wallet.core.ports import Crypto
from wallet.core.recovery import RecoveryKey
from wallet.core.settings_kept import words_replaced
from wallet.core.vault import Vault, create_vault, open_vault
from wallet.core.wallet import Records, Wallet, seed_records
from wallet.desk.ports import Secret
from wallet.desktop.authorities import TrustedAuthorities
from wallet.desktop.sodium import Sodium
from wallet.desktop.throttle import UnlockThrottle
from wallet.desktop.vault_file import VaultFile

SEED_BYTES = 32


@dataclass(frozen=True, slots=True)
class Keeper:
    """The wallet of one folder."""

    folder: Path
    clock: Clock = utc_now
    crypto: Crypto = field(default_factory=Sodium)

    @property
    def file(self) -> VaultFile:
        return VaultFile(self.folder)

    @property
    def exists(self) -> bool:
        return self.file.exists

    def create(self, passphrase: str, records: Records | None = None) -> tuple[Wallet, RecoveryKey]:
        """A new wallet with a new holder key, or with the records of a backup.

        Raises:
            VaultExists, PassphraseTooShort, PassphraseTooLong, VaultNotSaved.
        """
        file = self.file
        file.create()
        vault, recovery = create_vault(self.crypto, secrets.token_bytes, passphrase)
        wallet = self._wallet(file, vault)
        kept = dict(seed_records(secrets.token_bytes(SEED_BYTES)) if records is None else records)
        for place in words_replaced():  # these words are new: nobody wrote them down yet
            kept.pop(place, None)
        wallet.save(kept)
        return wallet, recovery

    def unlock(self, secret: Secret, *, accept_older: bool = False) -> Wallet:
        """Open the wallet; a wrong passphrase is counted.

        Raises:
            NoVault, WrongPassphrase, UnlockThrottled, UnlockExhausted, RolledBackVault, and as open_vault.
        """
        file = self.file
        data = file.read()
        least = 0 if accept_older else file.known_revision()

        def unlock() -> Vault:
            return open_vault(
                data, crypto=self.crypto, random=secrets.token_bytes, secret=secret, least_revision=least
            )

        throttle = UnlockThrottle(self.folder, self.clock)
        if isinstance(secret, RecoveryKey):  # 256 bits are not guessed, and they end a lockout
            vault = unlock()
            throttle.clear()
        else:
            vault = throttle.attempt(unlock)
        if accept_older:
            file.acknowledge(vault.revision)
        return self._wallet(file, vault)

    def confirm(self, wallet: Wallet, passphrase: str) -> None:
        """Ask the passphrase of an open wallet again; a wrong one is counted.

        Raises:
            WrongPassphrase, UnlockThrottled, UnlockExhausted.
        """
        UnlockThrottle(self.folder, self.clock).attempt(lambda: wallet.vault.check_secret(passphrase))

    def destroy(self) -> None:
        """Remove the wallet from its folder; raises VaultNotSaved."""
        self.file.destroy()

    @contextmanager
    def opened(self, secret: Secret) -> Iterator[Wallet]:
        """The wallet, held for this program alone."""
        with self.file.locked():
            self.file.sweep()
            yield self.unlock(secret)

    def _wallet(self, file: VaultFile, vault: Vault) -> Wallet:
        return Wallet(
            vault, file, self.clock, secrets.token_bytes, certificates=TrustedAuthorities(self.folder)
        )
