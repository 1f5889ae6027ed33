"""The part of the vault that is not sealed: how to open it. Its digest is bound into everything sealed."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from passport.encoding import base64url_decode, base64url_encode
from passport.errors import Invalid
from passport.json import JsonObject, canonicalize, parse_object
from wallet.core import limits
from wallet.errors import KdfOutOfBounds, MalformedVault, UnsupportedVault

FORMAT = 1
VAULT_ID_BYTES = 16
WRAPPED_BYTES = 24 + 32 + 16
"""Nonce, data key, tag."""


@dataclass(frozen=True, slots=True)
class PassphraseLock:
    """The data key wrapped by a passphrase through Argon2id."""

    salt: bytes
    memory: int
    passes: int
    lanes: int
    wrapped: bytes

    def parameters(self) -> JsonObject:
        return {
            "kind": "passphrase",
            "kdf": "argon2id",
            "salt": base64url_encode(self.salt),
            "memory": self.memory,
            "passes": self.passes,
            "lanes": self.lanes,
        }

    def check_bounds(self) -> None:
        """Before anything is allocated: a header is a stranger's text until its seal is checked.

        Raises:
            KdfOutOfBounds: weaker than the floor or heavier than the ceiling.
        """
        kdf = limits.KDF
        if (
            not kdf.memory <= self.memory <= kdf.most_memory
            or not kdf.passes <= self.passes <= kdf.most_passes
            or not kdf.lanes <= self.lanes <= kdf.most_lanes
            or len(self.salt) != kdf.salt
        ):
            raise KdfOutOfBounds


@dataclass(frozen=True, slots=True)
class RecoveryLock:
    """The data key wrapped by the recovery words."""

    wrapped: bytes

    def parameters(self) -> JsonObject:
        return {"kind": "recovery"}


Lock = PassphraseLock | RecoveryLock


@dataclass(frozen=True, slots=True)
class Header:
    vault_id: bytes
    revision: int
    locks: tuple[Lock, ...]

    def to_bytes(self) -> bytes:
        return canonicalize(
            {
                "format": FORMAT,
                "vault": base64url_encode(self.vault_id),
                "revision": self.revision,
                "locks": [
                    {**lock.parameters(), "wrapped": base64url_encode(lock.wrapped)} for lock in self.locks
                ],
            }
        )


def parse_header(data: bytes) -> Header:
    """Read a header in its one canonical form.

    Raises:
        MalformedVault, UnsupportedVault, KdfOutOfBounds.
    """
    try:
        document = parse_object(data)
        _check_format(document)
        header = Header(
            base64url_decode(document["vault"]),
            _number(document["revision"]),
            tuple(_lock(entry) for entry in document["locks"]),
        )
    except (MalformedVault, UnsupportedVault, KdfOutOfBounds):
        raise
    except (Invalid, KeyError, TypeError, AttributeError):
        raise MalformedVault from None
    if len(header.vault_id) != VAULT_ID_BYTES or not 0 < len(header.locks) <= limits.VAULT.locks:
        raise MalformedVault
    if header.revision < 1 or header.to_bytes() != data:
        raise MalformedVault
    return header


def wrap_context(vault_id: bytes, lock: Lock) -> bytes:
    """What a wrapped data key is bound to: this vault and every parameter of its lock."""
    return canonicalize([FORMAT, base64url_encode(vault_id), "data-key", lock.parameters()])


def _lock(entry: Mapping[str, Any]) -> Lock:
    wrapped = base64url_decode(entry["wrapped"])
    if len(wrapped) != WRAPPED_BYTES:
        raise MalformedVault
    if entry["kind"] == "recovery":
        return RecoveryLock(wrapped)
    if entry["kind"] != "passphrase" or entry["kdf"] != "argon2id":
        raise UnsupportedVault
    lock = PassphraseLock(
        base64url_decode(entry["salt"]),
        _number(entry["memory"]),
        _number(entry["passes"]),
        _number(entry["lanes"]),
        wrapped,
    )
    lock.check_bounds()
    return lock


def _check_format(document: JsonObject) -> None:
    if document.get("format") != FORMAT:
        raise UnsupportedVault


def _number(value: object) -> int:
    if not isinstance(value, int) or isinstance(value, bool):
        raise MalformedVault
    return value
