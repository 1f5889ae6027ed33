"""Signing and checking on a phone: kept keys sign in WebCrypto, which never gives them out.

A secret that `load` gets is a raw one, such as a backup brings, or the record of a kept key (see kept_keys).
"""

import secrets
from dataclasses import dataclass, field

from passport.errors import MalformedKey
from passport.keys import AgreementKey, KeyType, PublicKey, Signer
from wallet.phone.host import Bridge, Cryptography
from wallet.phone.kept_keys import KeptKey, is_kept, read_kept

WIDTH = {KeyType.ED25519: 32, KeyType.P256: 32, KeyType.P384: 48}


@dataclass(frozen=True, slots=True)
class KeptSigner:
    """Signs with a key of WebCrypto."""

    public_key: PublicKey
    _kept: KeptKey = field(repr=False)
    _bridge: Bridge = field(repr=False)

    def sign(self, data: bytes) -> bytes:
        """Raises NoHolderKey: this browser has it no more."""
        _, signature = self._bridge.ask(
            "keys.sign", data, name=self._kept.name, type=str(self.public_key.type)
        )
        return signature


@dataclass(frozen=True, slots=True)
class RawSigner:
    """Signs with a secret that is in memory for a moment: of a backup, or for a key that is used once."""

    public_key: PublicKey
    secret: bytes = field(repr=False)
    _host: Cryptography = field(repr=False)

    def sign(self, data: bytes) -> bytes:
        if self.public_key.type is KeyType.ED25519:
            return self._host.ed25519Sign(self.secret, data).to_bytes()
        return self._host.ecSign(str(self.public_key.type), self.secret, data).to_bytes()


@dataclass(frozen=True, slots=True)
class EcdhKey:
    """Agrees on a secret over P-256."""

    public_key: PublicKey
    secret: bytes = field(repr=False)
    _host: Cryptography = field(repr=False)

    def agree(self, other: PublicKey) -> bytes:
        shared = self._host.ecdh(self.secret, other.raw)
        assert shared is not None, "a public key is on its curve, or it is none"
        return shared.to_bytes()


@dataclass(frozen=True, slots=True)
class PhoneBackend:
    """Implements passport.keys.Backend."""

    host: Cryptography
    bridge: Bridge

    def verify(self, key: PublicKey, data: bytes, signature: bytes) -> bool:
        if key.type is KeyType.ED25519:
            return self.host.ed25519Verify(key.raw, data, signature)
        return self.host.ecVerify(str(key.type), key.raw, data, signature)

    def generate(self, key_type: KeyType) -> Signer:
        # a first byte of 1 is less than the order of every curve, and costs 8 of 256 bits
        first = b"" if key_type is KeyType.ED25519 else b"\x01"
        return self.load(key_type, first + secrets.token_bytes(WIDTH[key_type] - len(first)))

    def load(self, key_type: KeyType, secret: bytes) -> Signer:
        if is_kept(secret):
            kept = read_kept(secret)
            return KeptSigner(kept.public_key, kept, self.bridge)
        return RawSigner(public_of(self.host, key_type, secret), secret, self.host)

    def generate_agreement(self) -> AgreementKey:
        return self.load_agreement(b"\x01" + secrets.token_bytes(WIDTH[KeyType.P256] - 1))

    def load_agreement(self, secret: bytes) -> AgreementKey:
        return EcdhKey(public_of(self.host, KeyType.P256, secret), secret, self.host)

    def seal(self, key: bytes, nonce: bytes, plaintext: bytes, aad: bytes) -> bytes:
        return self.host.gcmSeal(key, nonce, plaintext, aad).to_bytes()

    def open_sealed(self, key: bytes, nonce: bytes, sealed: bytes, aad: bytes) -> bytes | None:
        opened = self.host.gcmUnseal(key, nonce, sealed, aad)
        return None if opened is None else opened.to_bytes()


def public_of(host: Cryptography, key_type: KeyType, secret: bytes) -> PublicKey:
    """Raises MalformedKey: no secret of this kind."""
    if len(secret) != WIDTH[key_type]:
        raise MalformedKey
    if key_type is KeyType.ED25519:
        return PublicKey(key_type, host.ed25519Public(secret).to_bytes())
    point = host.ecPublic(str(key_type), secret)
    if point is None:
        raise MalformedKey
    return PublicKey(key_type, point.to_bytes())
