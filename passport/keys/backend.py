"""The one door to cryptography: native libraries on a server or desktop, an injected backend on the phone."""

from typing import Protocol

from passport.errors import DecryptionFailed, NoCryptography, SignatureMismatch
from passport.keys.public_key import KeyType, PublicKey

_SIGNATURE_LENGTH = {KeyType.ED25519: 64, KeyType.P256: 64, KeyType.P384: 96}


class Signer(Protocol):
    """Holds one private key and signs with it. Its repr never shows the key."""

    @property
    def public_key(self) -> PublicKey: ...

    def sign(self, data: bytes) -> bytes:
        """Sign some bytes: Ed25519 (RFC 8032), or ECDSA as r and s joined (IEEE P1363).

        ECDSA hashes with SHA-256 for P-256 and SHA-384 for P-384.
        """
        ...


class AgreementKey(Protocol):
    """A private key of P-256 that agrees on a secret with somebody else's public key, and signs nothing."""

    @property
    def public_key(self) -> PublicKey: ...

    @property
    def secret(self) -> bytes:
        """The big-endian scalar, for who must keep the key until an answer comes. Its repr never shows it."""
        ...

    def agree(self, other: PublicKey) -> bytes:
        """The shared secret Z of ECDH: the x of the point, 32 bytes (NIST SP 800-56A, section 5.7.1.2)."""
        ...


class Backend(Protocol):
    """What a host must bring."""

    def verify(self, key: PublicKey, data: bytes, signature: bytes) -> bool: ...

    def generate(self, key_type: KeyType) -> Signer: ...

    def load(self, key_type: KeyType, secret: bytes) -> Signer: ...

    def generate_agreement(self) -> AgreementKey: ...

    def load_agreement(self, secret: bytes) -> AgreementKey: ...

    def seal(self, key: bytes, nonce: bytes, plaintext: bytes, aad: bytes) -> bytes: ...

    def open_sealed(self, key: bytes, nonce: bytes, sealed: bytes, aad: bytes) -> bytes | None: ...


class _Chosen:
    backend: Backend | None = None


def use_backend(backend: Backend | None) -> Backend | None:
    """Inject the host's cryptography; None is the native libraries.

    Returns:
        What was in use, for who wants to put it back.
    """
    before, _Chosen.backend = _Chosen.backend, backend
    return before


def _backend() -> Backend:
    if _Chosen.backend is None:
        try:
            from passport.keys.native import NativeBackend
        except ImportError:
            raise NoCryptography from None
        _Chosen.backend = NativeBackend()
    return _Chosen.backend


def verify_signature(key: PublicKey, data: bytes, signature: bytes) -> None:
    """Check a signature; the same lengths and forms as `Signer.sign` writes.

    Raises:
        SignatureMismatch: it does not fit.
        NoCryptography: this host can't check it.
    """
    if len(signature) != _SIGNATURE_LENGTH[key.type]:
        raise SignatureMismatch
    if not _backend().verify(key, data, signature):
        raise SignatureMismatch


def generate_signer(key_type: KeyType = KeyType.ED25519) -> Signer:
    """Make a new key pair from the operating system's randomness."""
    return _backend().generate(key_type)


def load_signer(key_type: KeyType, secret: bytes) -> Signer:
    """Load a private key: the 32-byte seed of Ed25519, the big-endian scalar of P-256 (32) or P-384 (48)."""
    return _backend().load(key_type, secret)


def generate_agreement_key() -> AgreementKey:
    """Make a new key pair of P-256 for key agreement from the operating system's randomness."""
    return _backend().generate_agreement()


def load_agreement_key(secret: bytes) -> AgreementKey:
    """Load a private key for key agreement: the big-endian scalar of P-256; raises MalformedKey."""
    return _backend().load_agreement(secret)


def seal(key: bytes, *, nonce: bytes, plaintext: bytes, aad: bytes) -> bytes:
    """AES-GCM with a key of 16 or 32 bytes and a nonce of 12: the ciphertext, then the tag of 16 bytes."""
    return _backend().seal(key, nonce, plaintext, aad)


def open_sealed(key: bytes, *, nonce: bytes, sealed: bytes, aad: bytes) -> bytes:
    """What `seal` sealed.

    Raises:
        DecryptionFailed: another key, or something was changed: which of both is not told.
    """
    opened = _backend().open_sealed(key, nonce, sealed, aad)
    if opened is None:
        raise DecryptionFailed
    return opened
