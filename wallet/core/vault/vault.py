"""The vault: an envelope. A random data key seals every record; locks wrap the data key.

    header     not sealed: format, vault id, revision, locks (passphrase, recovery words)
    manifest   sealed, bound to the header's digest: each record's kind, id, revision and digest
    record …   sealed one by one, bound to vault, kind, id and the revision that wrote it

What it promises: whoever has the file without passphrase or words learns the number and sizes of records;
any change of any byte, a record from another vault or revision, and a missing record are refused. What it
can't: tell that the whole file is an older one of the same vault; `least_revision` is for that.
"""

import hashlib
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType

from passport.encoding import base64url_encode
from passport.json import JsonValue, canonicalize, parse_json
from passport.limits import JsonLimits
from wallet.core import limits
from wallet.core.ports import Crypto, Random
from wallet.core.recovery import ENTROPY_BYTES, RecoveryKey
from wallet.core.vault.container import join_parts, split_parts
from wallet.core.vault.header import (
    VAULT_ID_BYTES,
    Header,
    Lock,
    PassphraseLock,
    RecoveryLock,
    parse_header,
    wrap_context,
)
from wallet.core.vault.sealing import RecordKey, manifest_context, record_context, seal, unseal
from wallet.errors import (
    MalformedVault,
    PassphraseTooLong,
    PassphraseTooShort,
    RolledBackVault,
    TamperedVault,
    UnknownRecord,
    VaultTooLarge,
    WrongPassphrase,
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
        return {key.id: self.records[key].data for key in sorted(self.records) if key.kind == kind}

    def change(
        self,
        put: Mapping[tuple[str, str], bytes] = MappingProxyType({}),
        remove: frozenset[tuple[str, str]] = frozenset(),
    ) -> "Vault":
        """All these changes in one revision.

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
        return replace(
            self, header=replace(self.header, revision=revision), records=MappingProxyType(records)
        )

    def with_passphrase(self, passphrase: str) -> "Vault":
        """Change the passphrase: a new salt and a new wrapping of the same data key."""
        lock = _passphrase_lock(self.crypto, self.random, self.header.vault_id, passphrase, self.data_key)
        return self._with_lock(lock)

    def with_recovery(self) -> tuple["Vault", RecoveryKey]:
        """New recovery words; the old ones open this vault no longer."""
        recovery = RecoveryKey(self.random(ENTROPY_BYTES))
        lock = _recovery_lock(self.crypto, self.random, self.header.vault_id, recovery, self.data_key)
        return self._with_lock(lock), recovery

    def rekeyed(self, passphrase: str) -> tuple["Vault", RecoveryKey]:
        """A new data key with everything sealed again, for when an old copy may have been opened."""
        data_key = self.random(_DATA_KEY_BYTES)
        revision = self.revision + 1
        recovery = RecoveryKey(self.random(ENTROPY_BYTES))
        vault_id = self.header.vault_id
        locks = (
            _passphrase_lock(self.crypto, self.random, vault_id, passphrase, data_key),
            _recovery_lock(self.crypto, self.random, vault_id, recovery, data_key),
        )
        records = {
            key: self._sealed(key, record.data, revision, data_key) for key, record in self.records.items()
        }
        header = Header(vault_id, revision, locks)
        return replace(self, header=header, data_key=data_key, records=MappingProxyType(records)), recovery

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
        kept = tuple(other for other in self.header.locks if type(other) is not type(lock))
        header = Header(self.header.vault_id, self.revision + 1, (*kept, lock))
        return replace(self, header=header)


def create_vault(crypto: Crypto, random: Random, passphrase: str) -> tuple[Vault, RecoveryKey]:
    """A new empty vault and its recovery words, which are shown once and kept nowhere.

    Raises:
        PassphraseTooShort, PassphraseTooLong.
    """
    vault_id, data_key = random(VAULT_ID_BYTES), random(_DATA_KEY_BYTES)
    recovery = RecoveryKey(random(ENTROPY_BYTES))
    locks = (
        _passphrase_lock(crypto, random, vault_id, passphrase, data_key),
        _recovery_lock(crypto, random, vault_id, recovery, data_key),
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
    data_key = _unlock(header, crypto, secret)
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


def check_passphrase(passphrase: str) -> None:
    """Raises PassphraseTooShort or PassphraseTooLong."""
    if len(passphrase) < limits.PASSPHRASE.least:
        raise PassphraseTooShort(least=limits.PASSPHRASE.least)
    if len(passphrase) > limits.PASSPHRASE.most:
        raise PassphraseTooLong(most=limits.PASSPHRASE.most)


def _manifest(plaintext: bytes) -> list[tuple[RecordKey, int, str]]:
    listed = parse_json(plaintext, _MANIFEST)
    if not isinstance(listed, list):
        raise MalformedVault
    return [(RecordKey(kind, record_id), revision, digest) for kind, record_id, revision, digest in listed]


def _unlock(header: Header, crypto: Crypto, secret: str | RecoveryKey) -> bytes:
    for lock in header.locks:
        if isinstance(secret, RecoveryKey) and isinstance(lock, RecoveryLock):
            wrapping = secret.wrapping_key(header.vault_id)
        elif isinstance(secret, str) and isinstance(lock, PassphraseLock):
            if len(secret) > limits.PASSPHRASE.most:
                raise PassphraseTooLong(most=limits.PASSPHRASE.most)
            wrapping = _derive(crypto, secret, lock)
        else:
            continue
        try:
            return unseal(crypto, wrapping, lock.wrapped, wrap_context(header.vault_id, lock))
        except TamperedVault:
            raise WrongPassphrase from None
    raise WrongPassphrase


def _derive(crypto: Crypto, passphrase: str, lock: PassphraseLock) -> bytes:
    text = unicodedata.normalize("NFC", passphrase).encode("utf-8", "surrogatepass")
    return crypto.derive(text, lock.salt, memory=lock.memory, passes=lock.passes, lanes=lock.lanes)


def _passphrase_lock(
    crypto: Crypto, random: Random, vault_id: bytes, passphrase: str, data_key: bytes
) -> PassphraseLock:
    check_passphrase(passphrase)
    kdf = limits.KDF
    lock = PassphraseLock(random(kdf.salt), kdf.memory, kdf.passes, kdf.lanes, b"")
    wrapping = _derive(crypto, passphrase, lock)
    return replace(lock, wrapped=seal(crypto, random, wrapping, data_key, wrap_context(vault_id, lock)))


def _recovery_lock(
    crypto: Crypto, random: Random, vault_id: bytes, recovery: RecoveryKey, data_key: bytes
) -> RecoveryLock:
    lock = RecoveryLock(b"")
    wrapping = recovery.wrapping_key(vault_id)
    return replace(lock, wrapped=seal(crypto, random, wrapping, data_key, wrap_context(vault_id, lock)))
