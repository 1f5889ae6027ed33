"""The open wallet on a phone: no secret key is ever kept in it, whatever records come in."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from passport.encoding import base64url_encode
from passport.keys import KeyType, PublicKey
from wallet.core.recovery import RecoveryKey
from wallet.core.vault import Vault
from wallet.core.vault.header import Header
from wallet.core.wallet import Kind, Records, Wallet, type_of_key
from wallet.errors import WrongPassphrase
from wallet.phone.host import Bridge
from wallet.phone.kept_keys import is_kept, raw_secrets, read_kept, seal_secret
from wallet.phone.keys import public_of


@dataclass(slots=True, kw_only=True)
class PhoneWallet(Wallet):
    """A Wallet whose secret keys are WebCrypto's."""

    bridge: Bridge = field(repr=False)
    proved: str | RecoveryKey | None = field(default=None, repr=False)
    """What the person typed just now to prove who they are; it goes with the request that it came with."""

    def save(
        self, put: Records = MappingProxyType({}), remove: frozenset[tuple[str, str]] = frozenset()
    ) -> None:
        """As a Wallet does; a raw secret key is handed to WebCrypto first, and only its record is kept."""
        kept = {key: self._kept(self.vault, key, data) for key, data in put.items()}
        gone = self._names(remove)
        Wallet.save(self, kept, remove)
        self._drop(gone)

    def erase(self, remove: frozenset[tuple[str, str]]) -> Records:
        gone = self._names(remove)
        removed = Wallet.erase(self, remove)
        self._drop(gone)
        return removed

    def adopt(self, vault: Vault, *, alone: bool = False) -> None:
        """As a Wallet does; new locks get the secret keys too, which takes what opened the old ones.

        Raises:
            WrongPassphrase: it is not known at this moment.
        """
        if _locks(vault.header) != _locks(self.vault.header):
            raw = self.secrets()
            vault = vault.change(
                {(Kind.SEED, record): self._sealed(vault, record, raw[record]) for record in raw}
            )
        Wallet.adopt(self, vault, alone=alone)

    def secrets(self) -> Mapping[str, bytes]:
        """Raises WrongPassphrase: the person did not prove just now who they are."""
        if self.proved is None:
            raise WrongPassphrase
        return raw_secrets(self.vault, self.proved, self._public_of)

    def _kept(self, vault: Vault, key: tuple[str, str], data: bytes) -> bytes:
        kind, record = key
        if kind != Kind.SEED or is_kept(data):
            return data
        key_type, public_key = type_of_key(record), self._public_of(type_of_key(record), data)
        self.bridge.ask(
            "keys.take", name=public_key.to_multikey(), type=str(key_type), jwk=_private_jwk(public_key, data)
        )
        return self._sealed(vault, record, data)

    def _sealed(self, vault: Vault, record: str, secret: bytes) -> bytes:
        return seal_secret(
            vault, self.random, self._public_of(type_of_key(record), secret), secret
        ).to_bytes()

    def _public_of(self, key_type: KeyType, secret: bytes) -> PublicKey:
        return public_of(self.bridge.host.cryptography, key_type, secret)

    def _names(self, remove: frozenset[tuple[str, str]]) -> list[str]:
        here = self.vault.of_kind(Kind.SEED)
        found = (here.get(record) for kind, record in remove if kind == Kind.SEED)
        return [read_kept(data).name for data in found if data is not None and is_kept(data)]

    def _drop(self, names: list[str]) -> None:
        if names:
            self.bridge.ask("keys.drop", names=names)


def _locks(header: Header) -> tuple[bytes, ...]:
    return tuple(lock.public for lock in header.locks)


def _private_jwk(public_key: PublicKey, secret: bytes) -> Mapping[str, str]:
    return {**public_key.to_jwk(), "d": base64url_encode(secret)}
