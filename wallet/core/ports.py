"""What the pure core asks of its host: cryptography, randomness, a place for the vault, the time."""

from collections.abc import Callable
from typing import Protocol

Random = Callable[[int], bytes]
"""So many bytes from the operating system: `secrets.token_bytes`."""


class Sealer(Protocol):
    """XChaCha20-Poly1305 (draft-irtf-cfrg-xchacha): 32-byte key, 24-byte nonce, 16-byte tag."""

    def seal(self, key: bytes, nonce: bytes, plaintext: bytes, associated: bytes) -> bytes: ...

    def unseal(self, key: bytes, nonce: bytes, sealed: bytes, associated: bytes) -> bytes | None:
        """None when the tag does not fit."""
        ...


class Kdf(Protocol):
    """Argon2id (RFC 9106), 32 bytes out; memory in KiB. The caller has checked the bounds."""

    def derive(self, passphrase: bytes, salt: bytes, *, memory: int, passes: int, lanes: int) -> bytes: ...


class Agreement(Protocol):
    """X25519 (RFC 7748): 32-byte keys, a 32-byte shared secret."""

    def public(self, private: bytes) -> bytes: ...

    def agree(self, private: bytes, public: bytes) -> bytes | None:
        """None for a public key of low order (RFC 7748, section 6.1)."""
        ...


class Crypto(Sealer, Kdf, Agreement, Protocol):
    """All cryptography of the vault."""


class Store(Protocol):
    """The one place where the sealed vault lies."""

    def read(self) -> bytes:
        """Raises NoVault."""
        ...

    def write(self, data: bytes, revision: int) -> None:
        """All or nothing, durable when it returns; `revision` is noted so that an older vault is noticed.

        Raises:
            VaultNotSaved: the old content is still there.
        """
        ...

    def write_alone(self, data: bytes, revision: int) -> None:
        """The same, and no older copy stays here: for what must be gone, and for secrets that were replaced.

        Raises:
            VaultNotSaved: the old content is still there.
        """
        ...
