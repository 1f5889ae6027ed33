"""The vault's cryptography on a phone: libsodium in WebAssembly."""

from dataclasses import dataclass

from wallet.errors import KdfOutOfBounds
from wallet.phone.host import Cryptography

_TAG = 16
_NONCE = 24


@dataclass(frozen=True, slots=True)
class Sodium:
    """Implements wallet.core.ports.Crypto."""

    host: Cryptography

    def seal(self, key: bytes, nonce: bytes, plaintext: bytes, associated: bytes) -> bytes:
        return self.host.seal(key, nonce, plaintext, associated).to_bytes()

    def unseal(self, key: bytes, nonce: bytes, sealed: bytes, associated: bytes) -> bytes | None:
        if len(nonce) != _NONCE or len(sealed) < _TAG:
            return None
        opened = self.host.unseal(key, nonce, sealed, associated)
        return None if opened is None else opened.to_bytes()

    def derive(self, passphrase: bytes, salt: bytes, *, memory: int, passes: int, lanes: int) -> bytes:
        """Raises KdfOutOfBounds: libsodium works in one lane, as our own vaults are made."""
        if lanes != 1:
            raise KdfOutOfBounds
        return self.host.argon2id(passphrase, salt, memory, passes).to_bytes()

    def public(self, private: bytes) -> bytes:
        return self.host.x25519Public(private).to_bytes()

    def agree(self, private: bytes, public: bytes) -> bytes | None:
        shared = self.host.x25519(private, public)
        return None if shared is None else shared.to_bytes()
