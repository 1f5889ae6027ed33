"""Secure a document with a proof (Data Integrity 1.0, sections 4.2 and 4.3)."""

from collections.abc import Sequence
from datetime import datetime

from passport import limits
from passport.clock import format_datetime
from passport.dids.syntax import split_method_id
from passport.errors.proofs import (
    KeyNotForCryptosuite,
    MalformedProof,
    PointersNotForCryptosuite,
    PreviousProofMissing,
    PreviousProofNotForCryptosuite,
    TooManyProofs,
    UnsupportedCryptosuite,
)
from passport.json import JsonObject
from passport.keys import Signer
from passport.proofs.suites import SUITES, Suite, Unsecured
from passport.proofs.unsecured import proof_config, unsecured


def add_proof(
    document: JsonObject,
    *,
    signer: Signer,
    verification_method: str,
    created: datetime,
    cryptosuite: str | Suite = "eddsa-rdfc-2022",
    proof_purpose: str = "assertionMethod",
    expires: datetime | None = None,
    challenge: str | None = None,
    domain: str | Sequence[str] | None = None,
    proof_id: str | None = None,
    previous_proof: str | Sequence[str] | None = None,
    mandatory_pointers: Sequence[str] = (),
) -> JsonObject:
    """Return a copy of the document with one more proof; the document itself is left alone.

    `cryptosuite` is the name of one of ours, or a record. `previous_proof` names proofs of the document, by
    id, that the new one builds on (a proof chain). `mandatory_pointers` are JSON pointers (RFC 6901) to what
    the holder can't leave out (ecdsa-sd-2023).

    Raises:
        UnsupportedCryptosuite, KeyNotForCryptosuite, MalformedDidUrl, PreviousProofMissing, TooManyProofs,
        PointersNotForCryptosuite, PreviousProofNotForCryptosuite
        PassportError: what the suite refuses to sign.
    """
    suite = cryptosuite if isinstance(cryptosuite, Suite) else SUITES.get(cryptosuite)
    if suite is None or not suite.cryptosuite:  # those without a name are for reading
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
    return add_proof_options(
        document, options, signer=signer, suite=suite, mandatory_pointers=mandatory_pointers
    )


def add_proof_options(
    document: JsonObject,
    options: JsonObject,
    *,
    signer: Signer,
    suite: Suite,
    mandatory_pointers: Sequence[str] = (),
) -> JsonObject:
    """Secure a document with a proof of which all members but the value are given.

    Raises:
        PassportError: as `add_proof`, and ProofContextMismatch.
    """
    if signer.public_key.type not in suite.key_types:
        raise KeyNotForCryptosuite
    if mandatory_pointers and not suite.selective:
        raise PointersNotForCryptosuite
    if "previousProof" in options and not suite.chains:
        raise PreviousProofNotForCryptosuite
    present = _present(document)
    if len(present) >= limits.DOCUMENT.proofs:
        raise TooManyProofs(limit=limits.DOCUMENT.proofs)
    config = proof_config(document, options, suite)
    bare = unsecured(document, config, suite, _named(present, options.get("previousProof")))
    value = suite.secure(Unsecured(suite, bare, config, mandatory_pointers), signer)
    proof = {**options, "proofValue": value}
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
