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
PUBLIC_BYTES = 32
"""A public key of X25519 (RFC 7748)."""
_TO_A_PUBLIC_KEY = "-x25519"
_KINDS = frozenset(kind + ending for kind in ("passphrase", "recovery") for ending in ("", _TO_A_PUBLIC_KEY))


@dataclass(frozen=True, slots=True)
class PassphraseLock:
    """The data key wrapped for whoever knows the passphrase: Argon2id gives the private key to `public`.

    Without `public` Argon2id gives the wrapping key itself, as older vaults have it.
    """

    salt: bytes
    memory: int
    passes: int
    lanes: int
    wrapped: bytes
    public: bytes = b""

    def parameters(self) -> JsonObject:
        return {
            **_named("passphrase", self.public),
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
    """The data key wrapped for whoever has the recovery words; `public` as for a passphrase."""

    wrapped: bytes
    public: bytes = b""

    def parameters(self) -> JsonObject:
        return _named("recovery", self.public)


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


def _named(kind: str, public: bytes) -> JsonObject:
    return {"kind": kind + _TO_A_PUBLIC_KEY, "public": base64url_encode(public)} if public else {"kind": kind}


def _lock(entry: Mapping[str, Any]) -> Lock:
    kind = entry["kind"]
    if kind not in _KINDS:
        raise UnsupportedVault
    to_a_public_key = kind.endswith(_TO_A_PUBLIC_KEY)
    public = base64url_decode(entry["public"]) if to_a_public_key else b""
    wrapped = base64url_decode(entry["wrapped"])
    # a wrapping for a public key begins with a public key of its own, used once
    if len(public) != PUBLIC_BYTES * to_a_public_key or len(wrapped) != len(public) + WRAPPED_BYTES:
        raise MalformedVault
    if kind.startswith("recovery"):
        return RecoveryLock(wrapped, public)
    if entry["kdf"] != "argon2id":
        raise UnsupportedVault
    lock = PassphraseLock(
        base64url_decode(entry["salt"]),
        _number(entry["memory"]),
        _number(entry["passes"]),
        _number(entry["lanes"]),
        wrapped,
        public,
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
