"""Secret keys that this phone can use and nobody can read out of it.

The working key is one of WebCrypto that can't be exported. The record in the vault, where a desktop has
the secret itself, is the public key and the secret sealed once more for each lock of the vault: for the
passphrase and for the recovery words. An open wallet can't open that. Who types the passphrase or the words
can, and so takes the same key to another phone.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from passport.encoding import base64url_decode, base64url_encode
from passport.keys import KeyType, PublicKey
from wallet.core.ports import Crypto, Random
from wallet.core.recovery import RecoveryKey
from wallet.core.vault import Vault
from wallet.core.vault.header import Header, parse_header
from wallet.core.vault.locks import unlock, wrapped
from wallet.core.wallet import Kind, type_of_key
from wallet.errors import TamperedVault

_BEGIN = b"passport key kept by WebCrypto\n"

Raw = Mapping[str, bytes]
"""Secrets by the names of their records, for a moment."""


@dataclass(frozen=True, slots=True)
class KeptKey:
    """What the vault holds of a kept key."""

    public_key: PublicKey
    sealed: bytes = field(repr=False)
    """A header of its own, as the vault has one: locks with the secret in them."""

    @property
    def name(self) -> str:
        """Under which WebCrypto's key lies in the browser's database."""
        return self.public_key.to_multikey()

    def to_bytes(self) -> bytes:
        document = {"public": self.public_key.to_multikey(), "sealed": base64url_encode(self.sealed)}
        return _BEGIN + json.dumps(document, sort_keys=True).encode()


def is_kept(record: bytes) -> bool:
    """Whether a record of the vault is of a kept key, and not a raw secret."""
    return record.startswith(_BEGIN)


def read_kept(record: bytes) -> KeptKey:
    """A record that `KeptKey.to_bytes` wrote; it comes out of a sealed vault."""
    document = json.loads(record[len(_BEGIN) :])
    return KeptKey(PublicKey.from_multikey(document["public"]), base64url_decode(document["sealed"]))


def seal_secret(vault: Vault, random: Random, public_key: PublicKey, secret: bytes) -> KeptKey:
    """The secret for each lock that the vault has at this moment."""
    vault_id = vault.header.vault_id
    locks = tuple(wrapped(vault.crypto, random, vault_id, lock, secret) for lock in vault.header.locks)
    return KeptKey(public_key, Header(vault_id, 1, locks).to_bytes())


def raw_secrets(
    vault: Vault, secret: str | RecoveryKey, public_of: Callable[[KeyType, bytes], PublicKey]
) -> Raw:
    """Every secret of the vault, opened with its passphrase or its recovery words.

    Raises:
        WrongPassphrase
        TamperedVault: what was sealed is not the key whose name stands beside it.
    """
    found = {}
    for record, data in vault.of_kind(Kind.SEED).items():
        if is_kept(data):
            kept = read_kept(data)
            raw = _opened(vault.crypto, kept, secret)
            if public_of(type_of_key(record), raw) != kept.public_key:
                raise TamperedVault
            found[record] = raw
        else:
            found[record] = data
    return found


def _opened(crypto: Crypto, kept: KeptKey, secret: str | RecoveryKey) -> bytes:
    return unlock(parse_header(kept.sealed), crypto, secret)
