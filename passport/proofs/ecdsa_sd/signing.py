"""What the issuer signs, and what the proof key signs (sections 3.5.1 and 3.4.18)."""

import hashlib
from collections.abc import Iterable, Sequence

from passport.errors import SignatureMismatch
from passport.keys import KeyType, PublicKey, verify_signature
from passport.proofs.ecdsa_sd.values import multikey
from passport.proofs.suites.suite import Unsecured


def sign_data(unsecured: Unsecured, proof_key: PublicKey, mandatory: Iterable[str]) -> bytes:
    """The bytes under the issuer's signature: proof configuration, proof key, mandatory statements."""
    config = unsecured.suite.canonical(unsecured.config, KeyType.P256)
    mandatory_hash = hashlib.sha256("".join(mandatory).encode("utf-8")).digest()
    return hashlib.sha256(config).digest() + multikey(proof_key) + mandatory_hash


def check_each(proof_key: PublicKey, lines: Sequence[str], signatures: Sequence[bytes]) -> None:
    """Every statement has its signature. Raises SignatureMismatch."""
    if len(lines) != len(signatures):
        raise SignatureMismatch
    for line, signature in zip(lines, signatures, strict=True):
        verify_signature(proof_key, line.encode("utf-8"), signature)
