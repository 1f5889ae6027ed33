"""One signature over the hashes of proof configuration and document (EdDSA 3.2, 3.3; ECDSA 3.2, 3.3)."""

import hashlib
from typing import TYPE_CHECKING

from passport.encoding import multibase_decode, multibase_encode
from passport.errors import EncodingTooLong, MalformedEncoding
from passport.errors.proofs import MalformedProofValue
from passport.keys import KeyType, PublicKey, Signer, verify_signature

if TYPE_CHECKING:
    from passport.proofs.suites.suite import Unsecured


def hash_data(unsecured: "Unsecured", key_type: KeyType) -> bytes:
    """The bytes to sign: the hash of the proof configuration, then the document's."""
    suite = unsecured.suite
    name = suite.hash_name(key_type)
    return b"".join(
        hashlib.new(name, suite.canonical(part, key_type)).digest()
        for part in (unsecured.config, unsecured.document)
    )


def secure(unsecured: "Unsecured", signer: Signer) -> str:
    """The proof value: the signature in base58-btc."""
    return multibase_encode(signer.sign(hash_data(unsecured, signer.public_key.type)), "z")


def decode(proof_value: str) -> bytes:
    """Base58-btc multibase, as the cryptosuites have it; other bases would give one signature two texts.

    Raises:
        MalformedProofValue
    """
    if not proof_value.startswith("z"):
        raise MalformedProofValue
    try:
        return multibase_decode(proof_value)
    except (MalformedEncoding, EncodingTooLong):
        raise MalformedProofValue from None


def verify(unsecured: "Unsecured", key: PublicKey, signature: bytes) -> None:
    """Raises SignatureMismatch."""
    verify_signature(key, hash_data(unsecured, key.type), signature)
