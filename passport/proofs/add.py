"""Secure a document with a proof (Data Integrity 1.0, sections 4.2 and 4.3)."""

from collections.abc import Sequence
from datetime import datetime

from passport import limits
from passport.clock import format_datetime
from passport.dids.syntax import split_method_id
from passport.encoding import multibase_encode
from passport.errors.proofs import (
    KeyNotForCryptosuite,
    MalformedProof,
    PreviousProofMissing,
    TooManyProofs,
    UnsupportedCryptosuite,
)
from passport.json import JsonObject
from passport.keys import Signer
from passport.proofs.hashing import hash_data, proof_config, unsecured
from passport.proofs.suites import SUITES, Suite


def add_proof(
    document: JsonObject,
    *,
    signer: Signer,
    verification_method: str,
    created: datetime,
    cryptosuite: str = "eddsa-rdfc-2022",
    proof_purpose: str = "assertionMethod",
    expires: datetime | None = None,
    challenge: str | None = None,
    domain: str | Sequence[str] | None = None,
    proof_id: str | None = None,
    previous_proof: str | Sequence[str] | None = None,
) -> JsonObject:
    """Return a copy of the document with one more proof; the document itself is left alone.

    `previous_proof` names proofs of the document, by id, that the new one builds on (a proof chain).

    Raises:
        UnsupportedCryptosuite, KeyNotForCryptosuite, MalformedDidUrl, PreviousProofMissing, TooManyProofs
    """
    suite = SUITES.get(cryptosuite)
    if suite is None:
        raise UnsupportedCryptosuite
    split_method_id(verification_method)
    proof: JsonObject = {
        "type": suite.proof_type,
        "id": proof_id,
        "cryptosuite": suite.cryptosuite,
        "created": format_datetime(created),
        "expires": None if expires is None else format_datetime(expires),
        "verificationMethod": verification_method,
        "proofPurpose": proof_purpose,
        "challenge": challenge,
        "domain": _one_or_list(domain),
        "previousProof": _one_or_list(previous_proof),
        "@context": document.get("@context") if suite.keeps_context else None,
    }
    options = {name: value for name, value in proof.items() if value is not None}
    return add_proof_options(document, options, signer=signer, suite=suite)


def add_proof_options(
    document: JsonObject, options: JsonObject, *, signer: Signer, suite: Suite
) -> JsonObject:
    """Secure a document with a proof of which all members but the value are given.

    Raises:
        KeyNotForCryptosuite, PreviousProofMissing, TooManyProofs, ProofContextMismatch
    """
    if signer.public_key.type not in suite.key_types:
        raise KeyNotForCryptosuite
    present = _present(document)
    if len(present) >= limits.DOCUMENT.proofs:
        raise TooManyProofs(limit=limits.DOCUMENT.proofs)
    config = proof_config(document, options, suite)
    bare = unsecured(document, config, suite, _named(present, options.get("previousProof")))
    signature = signer.sign(hash_data(bare, config, suite))
    proof = {**options, "proofValue": multibase_encode(signature, "z")}
    return {**document, "proof": [*present, proof] if present else proof}


def _present(document: JsonObject) -> list[JsonObject]:
    found = document.get("proof", [])
    present = found if isinstance(found, list) else [found]
    if not all(isinstance(proof, dict) for proof in present):
        raise MalformedProof
    return present


def _named(present: Sequence[JsonObject], names: str | Sequence[str] | None) -> list[JsonObject]:
    if names is None:
        return []
    by_id = {proof["id"]: proof for proof in present if "id" in proof}
    try:
        return [by_id[name] for name in ([names] if isinstance(names, str) else names)]
    except KeyError:
        raise PreviousProofMissing from None


def _one_or_list(values: str | Sequence[str] | None) -> str | list[str] | None:
    return values if values is None or isinstance(values, str) else list(values)
