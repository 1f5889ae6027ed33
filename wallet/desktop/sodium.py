"""The vault's cryptography on a desktop: libsodium through PyNaCl, Argon2id through argon2-cffi."""

from argon2.low_level import Type, hash_secret_raw
from nacl.bindings import (
    crypto_aead_xchacha20poly1305_ietf_decrypt,
    crypto_aead_xchacha20poly1305_ietf_encrypt,
    crypto_scalarmult,
    crypto_scalarmult_base,
)
from nacl.exceptions import CryptoError
from nacl.exceptions import RuntimeError as SodiumRefused

_TAG = 16
_NONCE = 24


class Sodium:
    """Implements wallet.core.ports.Crypto."""

    def seal(self, key: bytes, nonce: bytes, plaintext: bytes, associated: bytes) -> bytes:
        return crypto_aead_xchacha20poly1305_ietf_encrypt(plaintext, associated, nonce, key)

    def unseal(self, key: bytes, nonce: bytes, sealed: bytes, associated: bytes) -> bytes | None:
        if len(nonce) != _NONCE or len(sealed) < _TAG:
            return None
        try:
            return crypto_aead_xchacha20poly1305_ietf_decrypt(sealed, associated, nonce, key)
        except CryptoError:
            return None

    def derive(self, passphrase: bytes, salt: bytes, *, memory: int, passes: int, lanes: int) -> bytes:
        return hash_secret_raw(passphrase, salt, passes, memory, lanes, 32, Type.ID)

    def public(self, private: bytes) -> bytes:
        return crypto_scalarmult_base(private)

    def agree(self, private: bytes, public: bytes) -> bytes | None:
        try:
            return crypto_scalarmult(private, public)
        except SodiumRefused:
            return None
