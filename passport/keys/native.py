"""Cryptography on a server or desktop: PyNaCl for Ed25519, cryptography for ECDSA.

Ed25519 is verified with PyNaCl only: cryptography accepts low-order keys and other edge cases that
libsodium refuses.
"""

from dataclasses import dataclass, field
from functools import lru_cache

from cryptography.exceptions import InvalidSignature, InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature, encode_dss_signature
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from nacl.bindings import (
    crypto_sign,
    crypto_sign_BYTES,
    crypto_sign_keypair,
    crypto_sign_open,
    crypto_sign_seed_keypair,
    crypto_sign_SEEDBYTES,
)
from nacl.exceptions import BadSignatureError

from passport.errors import MalformedKey
from passport.keys.backend import AgreementKey, Signer
from passport.keys.public_key import KeyType, PublicKey

_CURVES: dict[KeyType, tuple[ec.EllipticCurve, hashes.HashAlgorithm, int]] = {
    KeyType.P256: (ec.SECP256R1(), hashes.SHA256(), 32),
    KeyType.P384: (ec.SECP384R1(), hashes.SHA384(), 48),
}


@dataclass(frozen=True, slots=True)
class Ed25519Signer:
    public_key: PublicKey
    secret: bytes = field(repr=False)
    """The 32-byte seed."""
    _key_pair: bytes = field(repr=False)
    """As libsodium wants it: the seed and the public key."""

    def sign(self, data: bytes) -> bytes:
        return crypto_sign(data, self._key_pair)[:crypto_sign_BYTES]


@dataclass(frozen=True, slots=True)
class EcdsaSigner:
    public_key: PublicKey
    secret: bytes = field(repr=False)
    """The private scalar, big-endian."""
    _key: ec.EllipticCurvePrivateKey = field(repr=False)

    def sign(self, data: bytes) -> bytes:
        """Deterministic (RFC 6979), as the ECDSA cryptosuites ask: one bad random number gives a key away."""
        _, digest, width = _CURVES[self.public_key.type]
        r, s = decode_dss_signature(self._key.sign(data, ec.ECDSA(digest, deterministic_signing=True)))
        return r.to_bytes(width, "big") + s.to_bytes(width, "big")


@dataclass(frozen=True, slots=True)
class EcdhKey:
    public_key: PublicKey
    secret: bytes = field(repr=False)

    def agree(self, other: PublicKey) -> bytes:
        scalar = int.from_bytes(self.secret, "big")
        return ec.derive_private_key(scalar, _CURVES[KeyType.P256][0]).exchange(ec.ECDH(), _point(other))


class NativeBackend:
    def verify(self, key: PublicKey, data: bytes, signature: bytes) -> bool:
        if key.type is KeyType.ED25519:
            return _verify_ed25519(key, data, signature)
        return _verify_ecdsa(key, data, signature)

    def generate(self, key_type: KeyType) -> Signer:
        if key_type is KeyType.ED25519:
            return _ed25519(*crypto_sign_keypair())
        return _ecdsa(key_type, ec.generate_private_key(_CURVES[key_type][0]))

    def load(self, key_type: KeyType, secret: bytes) -> Signer:
        if key_type is KeyType.ED25519:
            if len(secret) != crypto_sign_SEEDBYTES:
                raise MalformedKey
            return _ed25519(*crypto_sign_seed_keypair(secret))
        return _load_ecdsa(key_type, secret)

    def generate_agreement(self) -> AgreementKey:
        return _ecdh(_ecdsa(KeyType.P256, ec.generate_private_key(_CURVES[KeyType.P256][0])))

    def load_agreement(self, secret: bytes) -> AgreementKey:
        return _ecdh(_load_ecdsa(KeyType.P256, secret))

    def seal(self, key: bytes, nonce: bytes, plaintext: bytes, aad: bytes) -> bytes:
        return AESGCM(key).encrypt(nonce, plaintext, aad)

    def open_sealed(self, key: bytes, nonce: bytes, sealed: bytes, aad: bytes) -> bytes | None:
        try:
            return AESGCM(key).decrypt(nonce, sealed, aad)
        except InvalidTag:
            return None


def _ed25519(public: bytes, key_pair: bytes) -> Ed25519Signer:
    return Ed25519Signer(PublicKey(KeyType.ED25519, public), key_pair[:crypto_sign_SEEDBYTES], key_pair)


def _ecdsa(key_type: KeyType, key: ec.EllipticCurvePrivateKey) -> EcdsaSigner:
    point = key.public_key().public_bytes(Encoding.X962, PublicFormat.CompressedPoint)
    secret = key.private_numbers().private_value.to_bytes(_CURVES[key_type][2], "big")
    return EcdsaSigner(PublicKey(key_type, point), secret, key)


def _load_ecdsa(key_type: KeyType, secret: bytes) -> EcdsaSigner:
    curve, _, width = _CURVES[key_type]
    if len(secret) != width:
        raise MalformedKey
    try:
        return _ecdsa(key_type, ec.derive_private_key(int.from_bytes(secret, "big"), curve))
    except ValueError:
        raise MalformedKey from None


def _ecdh(signer: EcdsaSigner) -> EcdhKey:
    return EcdhKey(signer.public_key, signer.secret)


def _verify_ed25519(key: PublicKey, data: bytes, signature: bytes) -> bool:
    try:
        crypto_sign_open(signature + data, key.raw)
    except BadSignatureError:
        return False
    return True


def _verify_ecdsa(key: PublicKey, data: bytes, signature: bytes) -> bool:
    _, digest, width = _CURVES[key.type]
    r, s = int.from_bytes(signature[:width], "big"), int.from_bytes(signature[width:], "big")
    try:
        _point(key).verify(encode_dss_signature(r, s), data, ec.ECDSA(digest))
    except (InvalidSignature, ValueError):
        return False
    return True


@lru_cache(maxsize=64)
def _point(key: PublicKey) -> ec.EllipticCurvePublicKey:
    """Decompressed once: with ecdsa-sd-2023 one key verifies every statement of a document."""
    return ec.EllipticCurvePublicKey.from_encoded_point(_CURVES[key.type][0], key.raw)
