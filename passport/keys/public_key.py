"""Public keys and their two text forms: Multikey (Controlled Identifiers 1.0, 2.2.2) and JWK (RFC 7517)."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from passport.encoding import base64url_decode, base64url_encode, multibase_decode, multibase_encode
from passport.errors import EncodingTooLong, MalformedEncoding, MalformedKey, WeakKey


class KeyType(StrEnum):
    ED25519 = "Ed25519"
    P256 = "P-256"
    P384 = "P-384"

    __hash__ = str.__hash__  # Enum's own is no C: keys look their type up several times for a signature


_MULTICODEC = {KeyType.ED25519: b"\xed\x01", KeyType.P256: b"\x80\x24", KeyType.P384: b"\x81\x24"}
_LENGTH = {KeyType.ED25519: 32, KeyType.P256: 33, KeyType.P384: 49}
_CURVE = {
    # p and b of y^2 = x^3 - 3x + b (SEC 2, sections 2.4.2 and 2.5.1)
    KeyType.P256: (
        2**256 - 2**224 + 2**192 + 2**96 - 1,
        0x5AC635D8AA3A93E7B3EBBD55769886BC651D06B0CC53B0F63BCE3C3E27D2604B,
    ),
    KeyType.P384: (
        2**384 - 2**128 - 2**96 + 2**32 - 1,
        0xB3312FA7E23EE7E4988E056BE3F82D19181D9C6EFE8141120314088F5013875AC656398D8A2ED19D2A85C8EDD3EC2AEF,
    ),
}
_ALGORITHMS = {
    KeyType.ED25519: ("EdDSA", "Ed25519"),
    KeyType.P256: ("ES256",),
    KeyType.P384: ("ES384",),
}
"""What a JWK may say in `alg`: RFC 8037, RFC 9864, RFC 7518."""
_P25519 = 2**255 - 19
_ORDER_8_Y = 0x05FC536D880238B13933C6D305ACDFD5F098EFF289F4C345B027B2C28F95E826
_LOW_ORDER_Y = frozenset({0, 1, _P25519 - 1, _ORDER_8_Y, _P25519 - _ORDER_8_Y})
"""The y of the eight points whose order divides 8: for them one signature fits every message."""


@dataclass(frozen=True, slots=True)
class PublicKey:
    """A public key: Ed25519 as 32 bytes, P-256 and P-384 as a compressed point (33 and 49 bytes)."""

    type: KeyType
    raw: bytes

    def __post_init__(self) -> None:
        if len(self.raw) != _LENGTH[self.type]:
            raise MalformedKey
        if self.type is KeyType.ED25519:
            _check_ed25519(self.raw)
        else:
            _decompress(self.type, self.raw)

    def to_multikey(self) -> str:
        """The `publicKeyMultibase` of a Multikey."""
        return multibase_encode(_MULTICODEC[self.type] + self.raw, "z")

    @classmethod
    def from_multikey(cls, text: str) -> "PublicKey":
        """Read a `publicKeyMultibase`; raises MalformedKey."""
        if text[:1] != "z":
            raise MalformedKey
        try:
            data = multibase_decode(text)
        except (MalformedEncoding, EncodingTooLong):
            raise MalformedKey from None
        for key_type, prefix in _MULTICODEC.items():
            if data.startswith(prefix):
                return cls(key_type, data[len(prefix) :])
        raise MalformedKey

    def to_jwk(self) -> dict[str, str]:
        """The public JWK (RFC 8037 for Ed25519, RFC 7518 section 6.2 for the others)."""
        if self.type is KeyType.ED25519:
            return {"kty": "OKP", "crv": "Ed25519", "x": base64url_encode(self.raw)}
        x, y = _decompress(self.type, self.raw)
        width = _LENGTH[self.type] - 1
        return {
            "kty": "EC",
            "crv": str(self.type),
            "x": base64url_encode(x.to_bytes(width, "big")),
            "y": base64url_encode(y.to_bytes(width, "big")),
        }

    @classmethod
    def from_jwk(cls, jwk: Mapping[str, Any]) -> "PublicKey":
        """Read a public JWK that is for signatures; a private one is refused as well. Raises MalformedKey."""
        if "d" in jwk:
            raise MalformedKey
        key = cls._of_jwk(jwk)
        _check_use(jwk, key.type)
        return key

    @classmethod
    def from_agreement_jwk(cls, jwk: Mapping[str, Any]) -> "PublicKey":
        """Read a public JWK of P-256 that is for key agreement (ECDH-ES); raises MalformedKey.

        A point that is not on the curve is refused here, whatever the host's cryptography does with it.
        """
        if "d" in jwk or jwk.get("crv") != "P-256":
            raise MalformedKey
        key = cls._of_jwk(jwk)
        if jwk.get("use", "enc") != "enc" or jwk.get("alg", "ECDH-ES") != "ECDH-ES":
            raise MalformedKey
        return key

    @classmethod
    def _of_jwk(cls, jwk: Mapping[str, Any]) -> "PublicKey":
        try:
            if jwk.get("kty") == "OKP" and jwk.get("crv") == "Ed25519":
                return cls(KeyType.ED25519, base64url_decode(jwk["x"]))
            if jwk.get("kty") == "EC" and jwk.get("crv") in {"P-256", "P-384"}:
                return cls._from_point(KeyType(jwk["crv"]), jwk)
        except (KeyError, TypeError, AttributeError, MalformedEncoding, EncodingTooLong):
            raise MalformedKey from None
        raise MalformedKey

    @classmethod
    def _from_point(cls, key_type: KeyType, jwk: Mapping[str, Any]) -> "PublicKey":
        x, y = base64url_decode(jwk["x"]), base64url_decode(jwk["y"])
        width = _LENGTH[key_type] - 1
        if len(x) != width or len(y) != width:
            raise MalformedKey
        key = cls(key_type, bytes((2 + (y[-1] & 1),)) + x)
        if _decompress(key_type, key.raw)[1] != int.from_bytes(y, "big"):
            raise MalformedKey
        return key


def _check_use(jwk: Mapping[str, Any], key_type: KeyType) -> None:
    """RFC 7517, sections 4.2 to 4.4: what the key says that it is for."""
    if jwk.get("use", "sig") != "sig":
        raise MalformedKey
    if "alg" in jwk and jwk["alg"] not in _ALGORITHMS[key_type]:
        raise MalformedKey
    operations = jwk.get("key_ops", ["verify"])
    if not isinstance(operations, list) or "verify" not in operations:
        raise MalformedKey


def _check_ed25519(raw: bytes) -> None:
    y = int.from_bytes(raw, "little") & (2**255 - 1)
    if y >= _P25519:
        raise MalformedKey
    if y in _LOW_ORDER_Y:
        raise WeakKey


def _decompress(key_type: KeyType, raw: bytes) -> tuple[int, int]:
    """The coordinates of a compressed point (SEC 1, section 2.3.4); p = 3 mod 4 for both curves."""
    prime, b = _CURVE[key_type]
    x = int.from_bytes(raw[1:], "big")
    if raw[0] not in (2, 3) or x >= prime:
        raise MalformedKey
    square = (pow(x, 3, prime) - 3 * x + b) % prime
    y = pow(square, (prime + 1) // 4, prime)
    if y * y % prime != square:
        raise MalformedKey
    return x, y if y & 1 == raw[0] & 1 else prime - y
