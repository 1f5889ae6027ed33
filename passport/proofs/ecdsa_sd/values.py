"""The two proof values of ecdsa-sd-2023, read strictly (sections 3.5.2 to 3.5.8)."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from passport import limits
from passport.encoding import base64url_decode, base64url_encode, multibase_decode, multibase_encode
from passport.errors import EncodingTooLong, MalformedEncoding, MalformedKey
from passport.errors.proofs import MalformedProofValue, TooManyStatements
from passport.keys import PublicKey
from passport.proofs.ecdsa_sd import cbor

BASE_START = "u2V0A"
"""How every base proof value begins: the multibase letter and the header bytes."""
_BASE, _DERIVED = b"\xd9\x5d\x00", b"\xd9\x5d\x01"
_SIGNATURE, _HMAC, _MULTIKEY = 64, 32, 35


@dataclass(frozen=True, slots=True)
class BaseProof:
    """What the issuer gives the holder."""

    signature: bytes
    """The issuer's, over the proof configuration, the proof key and the mandatory statements."""
    proof_key: PublicKey
    """The key that signed the other statements, made for this proof alone."""
    hmac_key: bytes = field(repr=False)
    signatures: tuple[bytes, ...]
    """One for each statement that is not mandatory, in order."""
    mandatory_pointers: tuple[str, ...]

    def encode(self) -> str:
        return _text(
            _BASE,
            self.signature,
            multikey(self.proof_key),
            self.hmac_key,
            self.signatures,
            self.mandatory_pointers,
        )


@dataclass(frozen=True, slots=True)
class DerivedProof:
    """What the holder shows."""

    signature: bytes
    proof_key: PublicKey
    signatures: tuple[bytes, ...]
    """One for each shown statement that is not mandatory, in order."""
    labels: Mapping[int, bytes]
    """By the number of a canonical label in what is shown: the HMAC that is the node's label."""
    mandatory_indexes: tuple[int, ...]
    """Which of the shown statements are the mandatory ones, in order."""

    def encode(self) -> str:
        return _text(
            _DERIVED,
            self.signature,
            multikey(self.proof_key),
            self.signatures,
            self.labels,
            self.mandatory_indexes,
        )


def multikey(key: PublicKey) -> bytes:
    """The bytes of a Multikey: codec and compressed point."""
    return multibase_decode(key.to_multikey())


def decode(proof_value: str) -> BaseProof | DerivedProof:
    """Read either proof value.

    Raises:
        MalformedProofValue: anything but what `encode` writes, save the order of labels.
        TooManyStatements: beyond the limit.
    """
    if not proof_value.startswith("u"):
        raise MalformedProofValue
    try:
        data = base64url_decode(proof_value[1:], limits.SELECTIVE.proof_value)
        components = cbor.decode(data[3:])
    except (MalformedEncoding, EncodingTooLong):
        raise MalformedProofValue from None
    if not isinstance(components, list) or len(components) != 5:  # noqa: PLR2004  # both have five
        raise MalformedProofValue
    if data[:3] == _BASE:
        return _base(*components)
    if data[:3] == _DERIVED:
        return _derived(*components)
    raise MalformedProofValue


def _base(signature: Any, proof_key: Any, hmac_key: Any, signatures: Any, pointers: Any) -> BaseProof:
    if not isinstance(pointers, list) or any(not isinstance(pointer, str) for pointer in pointers):
        raise MalformedProofValue
    return BaseProof(
        signature=_bytes(signature, _SIGNATURE),
        proof_key=_key(proof_key),
        hmac_key=_bytes(hmac_key, _HMAC),
        signatures=_signatures(signatures),
        mandatory_pointers=tuple(pointers),
    )


def _derived(signature: Any, proof_key: Any, signatures: Any, labels: Any, indexes: Any) -> DerivedProof:
    if not isinstance(labels, dict) or len(set(map(_label, labels.values()))) != len(labels):
        raise MalformedProofValue
    if not isinstance(indexes, list) or any(not isinstance(index, int) for index in indexes):
        raise MalformedProofValue
    if indexes != sorted(set(indexes)):
        raise MalformedProofValue
    return DerivedProof(
        signature=_bytes(signature, _SIGNATURE),
        proof_key=_key(proof_key),
        signatures=_signatures(signatures),
        labels=labels,
        mandatory_indexes=tuple(indexes),
    )


def _bytes(value: Any, length: int) -> bytes:
    if not isinstance(value, bytes) or len(value) != length:
        raise MalformedProofValue
    return value


def _label(value: Any) -> bytes:
    return _bytes(value, _HMAC)


def _signatures(values: Any) -> tuple[bytes, ...]:
    if not isinstance(values, list):
        raise MalformedProofValue
    if len(values) > limits.SELECTIVE.statements:
        raise TooManyStatements(limit=limits.SELECTIVE.statements)
    return tuple(_bytes(value, _SIGNATURE) for value in values)


def _key(value: Any) -> PublicKey:
    """The suite wants P-256, compressed: no other Multikey is as long."""
    try:
        return PublicKey.from_multikey(multibase_encode(_bytes(value, _MULTIKEY), "z"))
    except MalformedKey:
        raise MalformedProofValue from None


def _text(header: bytes, *components: cbor.Cbor) -> str:
    return "u" + base64url_encode(header + cbor.encode(components))
