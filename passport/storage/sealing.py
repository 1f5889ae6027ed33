"""Secrets at rest: sealed with XChaCha20-Poly1305 under a master key that is not in the store."""

import os
import secrets
from pathlib import Path

from nacl import bindings
from nacl.exceptions import CryptoError

from passport.errors.storage import MasterKeyFile, SealBroken

_KEY = bindings.crypto_aead_xchacha20poly1305_ietf_KEYBYTES
_NONCE = bindings.crypto_aead_xchacha20poly1305_ietf_NPUBBYTES
_VERSION = b"\x01"
_OTHERS = 0o077


class MasterKey:
    """The key that seals a service's secrets. Its repr never shows it."""

    def __init__(self, secret: bytes) -> None:
        """Raises MasterKeyFile unless `secret` has 32 bytes."""
        if len(secret) != _KEY:
            raise MasterKeyFile
        self._secret = secret

    def __repr__(self) -> str:
        return "MasterKey()"

    @classmethod
    def load(cls, path: Path, *, create: bool = False) -> "MasterKey":
        """Read the key from a file that holds 64 hexadecimal digits, as only its owner may read.

        Args:
            path: the file; keep it, and its backup, apart from the store's.
            create: make the file with a new key where there is none.

        Raises:
            MasterKeyFile: missing, malformed, or readable for others.
        """
        if create and not path.exists():
            _create(path)
        try:
            if path.stat().st_mode & _OTHERS:
                raise MasterKeyFile
            return cls(bytes.fromhex(path.read_text(encoding="ascii").strip()))
        except (OSError, ValueError):
            raise MasterKeyFile from None

    def seal(self, secret: bytes, place: str) -> bytes:
        """Seal a secret for one place: what is sealed for one record can't be moved to another."""
        nonce = secrets.token_bytes(_NONCE)
        sealed = bindings.crypto_aead_xchacha20poly1305_ietf_encrypt(
            secret, _VERSION + place.encode(), nonce, self._secret
        )
        return _VERSION + nonce + sealed

    def unseal(self, sealed: bytes, place: str) -> bytes:
        """Raises SealBroken: changed, moved, or sealed under another key."""
        if sealed[:1] != _VERSION:
            raise SealBroken
        try:
            return bindings.crypto_aead_xchacha20poly1305_ietf_decrypt(
                sealed[1 + _NONCE :], _VERSION + place.encode(), sealed[1 : 1 + _NONCE], self._secret
            )
        except (CryptoError, ValueError, TypeError):
            raise SealBroken from None


def _create(path: Path) -> None:
    """Written whole and made durable before anything is sealed with it; never over an existing file."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        os.write(file, secrets.token_hex(_KEY).encode("ascii"))
        os.fsync(file)
    finally:
        os.close(file)
