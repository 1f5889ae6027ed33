"""Opens and makes the wallet of this browser: wallet.desk.ports.Keeper."""

import secrets
from dataclasses import dataclass, field

from passport.clock import Clock, utc_now
from wallet.core.recovery import RecoveryKey
from wallet.core.settings_kept import words_replaced
from wallet.core.vault import Vault, create_vault, open_vault
from wallet.core.wallet import Records, Wallet, seed_records
from wallet.desk.ports import Secret
from wallet.desk.throttle import UnlockThrottle
from wallet.errors import VaultExists
from wallet.phone.cryptography import Sodium
from wallet.phone.host import Bridge
from wallet.phone.open_wallet import PhoneWallet
from wallet.phone.store import PhoneStore

_SEED_BYTES = 32


@dataclass(frozen=True, slots=True)
class _Notes:
    bridge: Bridge

    def read(self) -> str | None:
        found = self.bridge.ask("small.get", name="unlock")[0]["value"]
        return None if found is None else str(found)

    def write(self, text: str | None) -> None:
        self.bridge.ask("small.put", name="unlock", value=text)


@dataclass(frozen=True, slots=True)
class PhoneKeeper:
    """The wallet of this browser."""

    bridge: Bridge = field(repr=False)
    clock: Clock = utc_now

    @property
    def exists(self) -> bool:
        return PhoneStore(self.bridge).exists

    def create(self, passphrase: str, records: Records | None = None) -> tuple[PhoneWallet, RecoveryKey]:
        """As wallet.desk.ports.Keeper. The key goes to WebCrypto; it is in no record of the vault."""
        store = PhoneStore(self.bridge)
        if store.exists:
            raise VaultExists
        vault, recovery = create_vault(self._crypto, secrets.token_bytes, passphrase)
        wallet = self._wallet(store, vault)
        kept = dict(seed_records(secrets.token_bytes(_SEED_BYTES)) if records is None else records)
        for place in words_replaced():  # these words are new: nobody wrote them down yet
            kept.pop(place, None)
        wallet.save(kept)
        return wallet, recovery

    def unlock(self, secret: Secret, *, accept_older: bool = False) -> PhoneWallet:
        """As wallet.desk.ports.Keeper."""
        store = PhoneStore(self.bridge)
        data = store.read()
        least = 0 if accept_older else store.known_revision

        def unlock() -> Vault:
            return open_vault(
                data, crypto=self._crypto, random=secrets.token_bytes, secret=secret, least_revision=least
            )

        if isinstance(secret, RecoveryKey):  # 256 bits are not guessed, and they end a lockout
            vault = unlock()
            self._throttle.clear()
        else:
            vault = self._throttle.attempt(unlock)
        store.stand_on(vault.revision)
        wallet = self._wallet(store, vault)
        if isinstance(secret, RecoveryKey):
            wallet.proved = secret  # a new passphrase may be chosen, and it gets the keys too
        return wallet

    def confirm(self, wallet: Wallet, passphrase: str) -> None:
        """As wallet.desk.ports.Keeper; for the rest of this request the wallet knows who asks."""
        self._throttle.attempt(lambda: wallet.vault.check_secret(passphrase))
        assert isinstance(wallet, PhoneWallet)
        wallet.proved = passphrase

    def destroy(self) -> None:
        """As wallet.desk.ports.Keeper: the vault, its keys and all that was noted go in one step."""
        PhoneStore(self.bridge).destroy()

    @property
    def _crypto(self) -> Sodium:
        return Sodium(self.bridge.host.cryptography)

    @property
    def _throttle(self) -> UnlockThrottle:
        return UnlockThrottle(_Notes(self.bridge), self.clock)

    def _wallet(self, store: PhoneStore, vault: Vault) -> PhoneWallet:
        return PhoneWallet(vault, store, self.clock, secrets.token_bytes, bridge=self.bridge)
