"""One signature over the hashes of proof configuration and document (EdDSA 3.2, 3.3; ECDSA 3.2, 3.3)."""

import hashlib
from functools import partial
from typing import TYPE_CHECKING

from passport.encoding import base58_decode, multibase_encode
from passport.errors import EncodingTooLong, MalformedEncoding
from passport.errors.proofs import MalformedProofValue
from passport.json import JsonObject
from passport.keys import KeyType, PublicKey, Signer, verify_signature

if TYPE_CHECKING:
    from passport.proofs.suites.suite import Suite, Unsecured


_USUAL_HASHES = {"sha256": hashlib.sha256, "sha384": hashlib.sha384}


def hash_data(unsecured: "Unsecured", key_type: KeyType) -> bytes:
    """The bytes to sign: the hash of the proof configuration, then the document's."""
    suite = unsecured.suite
    return hash_part(suite, unsecured.config, key_type) + hash_part(suite, unsecured.document, key_type)


def hash_part(suite: "Suite", part: JsonObject, key_type: KeyType) -> bytes:
    """The hash of the canonical form of a document, or of a proof configuration."""
    name = suite.hash_name(key_type)
    new_hash = _USUAL_HASHES.get(name) or partial(hashlib.new, name)
    return bytes(new_hash(suite.transform(part, name, suite.contexts)).digest())


def secure(unsecured: "Unsecured", signer: Signer) -> str:
    """The proof value: the signature in base58-btc."""
    return sign(signer, hash_data(unsecured, signer.public_key.type))


def sign(signer: Signer, data: bytes) -> str:
    return multibase_encode(signer.sign(data), "z")


def decode(proof_value: str) -> bytes:
    """Base58-btc multibase, as the cryptosuites have it; other bases would give one signature two texts.

    Raises:
        MalformedProofValue
    """
    if not proof_value.startswith("z"):
        raise MalformedProofValue
    try:
        return base58_decode(proof_value[1:])
    except (MalformedEncoding, EncodingTooLong):
        raise MalformedProofValue from None


def verify(unsecured: "Unsecured", key: PublicKey, signature: bytes) -> None:
    """Raises SignatureMismatch."""
    verify_signature(key, hash_data(unsecured, key.type), signature)
