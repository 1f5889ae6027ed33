"""The master secret and what is made from it: seals for what is stored, codes that need no storing.

XChaCha20-Poly1305 with a random 24-byte nonce; the associated data names the purpose and what it belongs to,
so that a sealed value moved to another organisation, key or file does not open.
"""

import hashlib
import hmac
import os
import secrets
from collections.abc import Sequence
from pathlib import Path

from nacl.bindings import (
    crypto_aead_xchacha20poly1305_ietf_decrypt,
    crypto_aead_xchacha20poly1305_ietf_encrypt,
    crypto_aead_xchacha20poly1305_ietf_NPUBBYTES,
)
from nacl.exceptions import CryptoError

from issuer.errors import KeySealBroken, SecretFile
from passport.json import canonicalize

_VERSION = b"\x01"
_NONCE = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES
_LEAST = 32
_MOST = 4_096


class MasterSecret:
    """Never shown: its repr is the class's."""

    def __init__(self, text: bytes) -> None:
        if len(text) < _LEAST:
            raise SecretFile
        self._root = hashlib.blake2b(text, digest_size=32, person=b"issuer-master").digest()

    def seal(self, data: bytes, *, purpose: str, bound_to: Sequence[str]) -> bytes:
        """Encrypt; `bound_to` are the ids that it belongs to and that `open` must be given again."""
        nonce = secrets.token_bytes(_NONCE)
        sealed = crypto_aead_xchacha20poly1305_ietf_encrypt(
            data, _associated(purpose, bound_to), nonce, self._key(f"seal {purpose}")
        )
        return _VERSION + nonce + sealed

    def open(self, sealed: bytes, *, purpose: str, bound_to: Sequence[str]) -> bytes:
        """Decrypt what `seal` made; raises KeySealBroken."""
        nonce, body = sealed[1 : 1 + _NONCE], sealed[1 + _NONCE :]
        if sealed[:1] != _VERSION or len(nonce) != _NONCE:
            raise KeySealBroken
        try:
            return crypto_aead_xchacha20poly1305_ietf_decrypt(
                body, _associated(purpose, bound_to), nonce, self._key(f"seal {purpose}")
            )
        except CryptoError:
            raise KeySealBroken from None

    def code(self, purpose: str, *parts: str) -> bytes:
        """32 bytes that only this service can make: ids and codes that a retry meets again."""
        data = _associated(purpose, parts)
        return hashlib.blake2b(data, key=self._key(f"code {purpose}"), digest_size=32).digest()

    def _key(self, name: str) -> bytes:
        return hmac.digest(self._root, name.encode(), "sha256")


def _associated(purpose: str, bound_to: Sequence[str]) -> bytes:
    return canonicalize(["issuer", 1, purpose, *bound_to])


def read_secret_file(path: Path) -> bytes:
    """The text of a secret file without the whitespace around it.

    Raises:
        SecretFile: missing, too short, or open to others than its owner.
    """
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
    except OSError:
        raise SecretFile from None
    with os.fdopen(descriptor, "rb") as file:
        if os.fstat(file.fileno()).st_mode & 0o077:
            raise SecretFile
        text = file.read(_MOST).strip()
    if len(text) < _LEAST:
        raise SecretFile
    return text


def create_secret_file(path: Path) -> bool:
    """Write a new secret with mode 0600; False when the file is there already.

    The whole file appears at once: a crash leaves no half secret that everything would then be sealed under.
    """
    if path.exists():
        return False
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    temporary = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
    descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(secrets.token_urlsafe(32).encode() + b"\n")
            file.flush()
            os.fsync(file.fileno())
        os.link(temporary, path)
    except FileExistsError:
        return False
    finally:
        temporary.unlink(missing_ok=True)
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
    return True
