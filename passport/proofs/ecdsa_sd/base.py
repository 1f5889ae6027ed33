"""The base proof: made by the issuer for the holder (sections 3.6.1 to 3.6.5)."""

import secrets
from collections.abc import Sequence

from passport import limits
from passport.errors.proofs import TooManyStatements
from passport.keys import KeyType, PublicKey, Signer, generate_signer, verify_signature
from passport.proofs.ecdsa_sd.signing import check_each, sign_data
from passport.proofs.ecdsa_sd.statements import statements
from passport.proofs.ecdsa_sd.values import BaseProof
from passport.proofs.suites.suite import Unsecured

_HMAC_KEY = 32


def secure(unsecured: Unsecured, signer: Signer) -> str:
    """The value of a new base proof, with an HMAC key and a proof key that nothing else has.

    Raises:
        MalformedPointer, PointerToNothing, TooManyPointers: the mandatory pointers.
        TooManyStatements: more than a proof holds signatures for.
        PassportError: what canonicalizing raises.
    """
    proof_signer = generate_signer(KeyType.P256)
    return make(
        unsecured, signer, hmac_key=secrets.token_bytes(_HMAC_KEY), proof_signer=proof_signer
    ).encode()


def make(unsecured: Unsecured, signer: Signer, *, hmac_key: bytes, proof_signer: Signer) -> BaseProof:
    """A base proof with given keys. Raises as `secure`."""
    mandatory, others = _grouped(unsecured, hmac_key, unsecured.mandatory_pointers)
    if len(others) > limits.SELECTIVE.statements:
        raise TooManyStatements(limit=limits.SELECTIVE.statements)
    return BaseProof(
        signature=signer.sign(sign_data(unsecured, proof_signer.public_key, mandatory)),
        proof_key=proof_signer.public_key,
        hmac_key=hmac_key,
        signatures=tuple(proof_signer.sign(line.encode("utf-8")) for line in others),
        mandatory_pointers=tuple(unsecured.mandatory_pointers),
    )


def check(unsecured: Unsecured, key: PublicKey, proof: BaseProof) -> None:
    """Check all that the holder was given: the issuer's signature, and that of every statement.

    Raises:
        SignatureMismatch
        PassportError: the mandatory pointers don't fit the document.
    """
    mandatory, others = _grouped(unsecured, proof.hmac_key, proof.mandatory_pointers)
    verify_signature(key, sign_data(unsecured, proof.proof_key, mandatory), proof.signature)
    check_each(proof.proof_key, others, proof.signatures)


def _grouped(
    unsecured: Unsecured, hmac_key: bytes, mandatory_pointers: Sequence[str]
) -> tuple[list[str], list[str]]:
    """The mandatory statements, and the others."""
    whole = statements(unsecured.document, hmac_key, unsecured.suite.contexts)
    mandatory = whole.group(mandatory_pointers).indexes
    return (
        [line for index, line in enumerate(whole.lines) if index in mandatory],
        [line for index, line in enumerate(whole.lines) if index not in mandatory],
    )
