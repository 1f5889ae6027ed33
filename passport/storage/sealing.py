"""Secrets at rest: sealed with XChaCha20-Poly1305 under a master key that is not in the store."""

import hashlib
import secrets

from nacl import bindings
from nacl.exceptions import CryptoError

from passport.errors.storage import SealBroken

_NONCE = bindings.crypto_aead_xchacha20poly1305_ietf_NPUBBYTES
_VERSION = b"\x01"


class MasterKey:
    """The key that seals a service's secrets. Its repr never shows it."""

    def __init__(self, text: str, service: str) -> None:
        """Args:

        text: of the operator's secret file, see `read_secret_file`.
        service: two services with one secret have different keys.
        """
        self._secret = hashlib.blake2b(
            service.encode(), key=hashlib.sha256(text.encode()).digest(), digest_size=32
        ).digest()

    def __repr__(self) -> str:
        return "MasterKey()"

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
