"""The vault: an envelope. A random data key seals every record; locks wrap the data key (see `locks`).

    header     not sealed: format, vault id, revision, locks (passphrase, recovery words)
    manifest   sealed, bound to the header's digest: each record's kind, id, revision and digest
    record …   sealed one by one, bound to vault, kind, id and the revision that wrote it

What it promises: whoever has the file without passphrase or words learns the number and sizes of records;
any change of any byte, a record from another vault or revision, and a missing record are refused. What it
can't: tell that the whole file is an older one of the same vault; `least_revision` is for that.
"""

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType

from passport.encoding import base64url_encode
from passport.json import JsonValue, canonicalize, parse_json
from passport.limits import JsonLimits
from wallet.core import limits
from wallet.core.ports import Crypto, Random
from wallet.core.recovery import ENTROPY_BYTES, RecoveryKey
from wallet.core.vault.container import join_parts, split_parts
from wallet.core.vault.header import VAULT_ID_BYTES, Header, Lock, parse_header
from wallet.core.vault.locks import passphrase_lock, recovery_lock, unlock, wrapped
from wallet.core.vault.sealing import RecordKey, manifest_context, record_context, seal, unseal
from wallet.errors import (
    MalformedVault,
    RolledBackVault,
    TamperedVault,
    UnknownRecord,
    VaultTooLarge,
)

_DATA_KEY_BYTES = 32
_MANIFEST = JsonLimits(size=33_554_432, array=limits.VAULT.records)


@dataclass(frozen=True, slots=True)
class Record:
    """One thing in the vault, open."""

    data: bytes = field(repr=False)
    revision: int
    sealed: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Vault:
    """An open vault, immutable: each change gives a new one with the next revision."""

    header: Header
    crypto: Crypto = field(repr=False)
    random: Random = field(repr=False)
    data_key: bytes = field(repr=False)
    records: Mapping[RecordKey, Record] = field(repr=False)

    @property
    def revision(self) -> int:
        return self.header.revision

    def get(self, kind: str, record_id: str) -> bytes:
        """Raises UnknownRecord."""
        found = self.records.get(RecordKey(kind, record_id))
        if found is None:
            raise UnknownRecord
        return found.data

    def of_kind(self, kind: str) -> dict[str, bytes]:
        """The records of one kind by id, in the order of their ids."""
        return {key.id: self.records[key].data for key in sorted(self._keys(kind))}

    def _keys(self, kind: str) -> Iterator[RecordKey]:
        return (key for key in self.records if key.kind == kind)

    def change(
        self,
        put: Mapping[tuple[str, str], bytes] = MappingProxyType({}),
        remove: frozenset[tuple[str, str]] = frozenset(),
        *,
        rotate: bool = False,
    ) -> "Vault":
        """All these changes in one revision; `rotate` also gives a new data key, as `rotated` does.

        Raises:
            VaultTooLarge: beyond a limit of VaultLimits.
        """
        revision = self.revision + 1
        records = {key: record for key, record in self.records.items() if (key.kind, key.id) not in remove}
        for (kind, record_id), data in put.items():
            key = RecordKey(kind, record_id)
            records[key] = self._sealed(key, data, revision, self.data_key)
        if len(records) > limits.VAULT.records:
            raise VaultTooLarge(limit=limits.VAULT.records)
        if rotate and self.can_rotate:
            return self._resealed(records, self.header.locks)
        return replace(
            self, header=replace(self.header, revision=revision), records=MappingProxyType(records)
        )

    @property
    def can_rotate(self) -> bool:
        """Whether the data key can be replaced without passphrase and words: not with locks of before."""
        return all(lock.public for lock in self.header.locks)

    def check_secret(self, secret: str | RecoveryKey) -> None:
        """Raises WrongPassphrase when this passphrase or these words do not open the vault."""
        unlock(self.header, self.crypto, secret)

    def with_passphrase(self, passphrase: str) -> "Vault":
        """Change the passphrase and the data key: an old copy with the old passphrase opens nothing new.

        Beside recovery words of an older vault the data key stays, until there are new words.

        Raises:
            PassphraseTooShort, PassphraseTooLong.
        """
        return self._with_lock(passphrase_lock(self.crypto, self.random, passphrase))

    def with_recovery(self) -> tuple["Vault", RecoveryKey]:
        """New recovery words, and a new data key; the old words open this vault no longer."""
        recovery = RecoveryKey(self.random(ENTROPY_BYTES))
        return self._with_lock(recovery_lock(self.crypto, self.header.vault_id, recovery)), recovery

    def rekeyed(self, passphrase: str) -> tuple["Vault", RecoveryKey]:
        """All new: passphrase, words and data key, for when an old copy may have been opened."""
        recovery = RecoveryKey(self.random(ENTROPY_BYTES))
        locks = (
            passphrase_lock(self.crypto, self.random, passphrase),
            recovery_lock(self.crypto, self.header.vault_id, recovery),
        )
        return self._resealed(self.records, locks), recovery

    def to_bytes(self) -> bytes:
        """The file's content; records that did not change keep their sealed text."""
        header = self.header.to_bytes()
        keys = sorted(self.records)
        listed: list[JsonValue] = [
            [
                key.kind,
                key.id,
                self.records[key].revision,
                base64url_encode(hashlib.sha256(self.records[key].sealed).digest()),
            ]
            for key in keys
        ]
        context = manifest_context(self.header.vault_id, header)
        manifest = seal(self.crypto, self.random, self.data_key, canonicalize(listed), context)
        return join_parts(header, (manifest, *(self.records[key].sealed for key in keys)))

    def _sealed(self, key: RecordKey, data: bytes, revision: int, data_key: bytes) -> Record:
        if len(data) > limits.VAULT.record or len(key.id) > limits.VAULT.identifier:
            raise VaultTooLarge(limit=limits.VAULT.record)
        context = record_context(self.header.vault_id, revision, key)
        return Record(data, revision, seal(self.crypto, self.random, data_key, data, context))

    def _with_lock(self, lock: Lock) -> "Vault":
        locks = (*(other for other in self.header.locks if type(other) is not type(lock)), lock)
        if all(each.public for each in locks):
            return self._resealed(self.records, locks)
        fresh = wrapped(self.crypto, self.random, self.header.vault_id, lock, self.data_key)
        return replace(self, header=Header(self.header.vault_id, self.revision + 1, (*locks[:-1], fresh)))

    def _resealed(self, records: Mapping[RecordKey, Record], locks: tuple[Lock, ...]) -> "Vault":
        """Everything sealed again under a new data key, which these locks wrap."""
        data_key, revision, vault_id = self.random(_DATA_KEY_BYTES), self.revision + 1, self.header.vault_id
        again = {key: self._sealed(key, record.data, revision, data_key) for key, record in records.items()}
        closed = tuple(wrapped(self.crypto, self.random, vault_id, lock, data_key) for lock in locks)
        header = Header(vault_id, revision, closed)
        return replace(self, header=header, data_key=data_key, records=MappingProxyType(again))


def create_vault(crypto: Crypto, random: Random, passphrase: str) -> tuple[Vault, RecoveryKey]:
    """A new empty vault and its recovery words, which are shown once and kept nowhere.

    Raises:
        PassphraseTooShort, PassphraseTooLong.
    """
    vault_id, data_key = random(VAULT_ID_BYTES), random(_DATA_KEY_BYTES)
    recovery = RecoveryKey(random(ENTROPY_BYTES))
    locks = (
        wrapped(crypto, random, vault_id, passphrase_lock(crypto, random, passphrase), data_key),
        wrapped(crypto, random, vault_id, recovery_lock(crypto, vault_id, recovery), data_key),
    )
    return Vault(Header(vault_id, 1, locks), crypto, random, data_key, MappingProxyType({})), recovery


def open_vault(
    data: bytes, *, crypto: Crypto, random: Random, secret: str | RecoveryKey, least_revision: int = 0
) -> Vault:
    """Open a vault with its passphrase or its recovery words and check every byte of it.

    Raises:
        MalformedVault, UnsupportedVault, KdfOutOfBounds, VaultTooLarge: no vault that this wallet reads.
        WrongPassphrase: neither passphrase nor words fit, or the lock was changed.
        TamperedVault: the secret fits and the content does not.
        RolledBackVault: an older vault than the `least_revision` that the caller knows of.
    """
    header_bytes, sealed = split_parts(data)
    header = parse_header(header_bytes)
    data_key = unlock(header, crypto, secret)
    context = manifest_context(header.vault_id, header_bytes)
    listed = _manifest(unseal(crypto, data_key, sealed[0], context))
    if len(listed) != len(sealed) - 1:
        raise TamperedVault
    records: dict[RecordKey, Record] = {}
    for (key, revision, digest), text in zip(listed, sealed[1:], strict=True):
        if base64url_encode(hashlib.sha256(text).digest()) != digest:
            raise TamperedVault
        plaintext = unseal(crypto, data_key, text, record_context(header.vault_id, revision, key))
        records[key] = Record(plaintext, revision, text)
    if header.revision < least_revision:
        raise RolledBackVault
    return Vault(header, crypto, random, data_key, MappingProxyType(records))


def _manifest(plaintext: bytes) -> list[tuple[RecordKey, int, str]]:
    listed = parse_json(plaintext, _MANIFEST)
    if not isinstance(listed, list):
        raise MalformedVault
    return [(RecordKey(kind, record_id), revision, digest) for kind, record_id, revision, digest in listed]
