"""Verify the proofs of a document (Data Integrity 1.0, sections 4.4 and 4.5)."""

from collections.abc import Callable, Collection, Sequence
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from passport import limits
from passport.dids.documents import VerificationMethod
from passport.errors.proofs import (
    BaseProofShown,
    ChallengeMismatch,
    DomainMismatch,
    KeyNotForCryptosuite,
    ProofExpired,
    ProofFromTheFuture,
    ProofPurposeMismatch,
)
from passport.json import JsonObject
from passport.keys import PublicKey
from passport.proofs.chains import previous_proofs
from passport.proofs.shape import Proof, parse_proofs
from passport.proofs.suites import READABLE, Suite, Unsecured
from passport.proofs.unsecured import proof_config, unsecured

MethodSource = Callable[[str, str], VerificationMethod]
"""From a verification method's id and a proof purpose to the method, if it is allowed for that purpose."""

_CLOCK_SKEW = timedelta(seconds=limits.TIME.clock_skew)


class VerifiedProof(NamedTuple):
    """What a proof that holds says about itself."""

    verification_method: str
    proof_purpose: str
    cryptosuite: str
    created: datetime | None
    expires: datetime | None
    challenge: str | None
    domain: tuple[str, ...]
    proof_id: str | None
    previous_proof: tuple[str, ...]
    public_key: PublicKey
    """The key that made the signature: one key under two DIDs is one signer."""


def verify_proofs(
    document: JsonObject,
    *,
    method_for: MethodSource,
    expected_purpose: str,
    now: datetime,
    expected_challenge: str | None = None,
    expected_domain: str | None = None,
    accepted: Collection[Suite] = READABLE,
    allow_base_proof: bool = False,
) -> tuple[VerifiedProof, ...]:
    """Verify every proof of a secured document; all must hold, and there is at least one.

    Everything that costs nothing is compared for all proofs before the first signature is checked.

    A base proof of a selective suite is for its holder alone: whoever has one can show any part of the
    document. So a verifier refuses it; `allow_base_proof` is for the holder's wallet, on receipt, and checks
    the signature of every statement.

    Raises:
        ProofMissing, MalformedProof, UnsupportedCryptosuite, TooManyProofs, DuplicateProofId: its shape.
        PreviousProofMissing, CyclicProofChain: its chain.
        BaseProofShown: a base proof where none is allowed.
        ProofPurposeMismatch, DomainMismatch, ChallengeMismatch, ProofExpired, ProofFromTheFuture: its terms.
        SignatureMismatch, MalformedProofValue, KeyNotForCryptosuite, ProofContextMismatch: its signature.
        PassportError: what `method_for` raises, and MethodRevoked, MethodExpired.
    """
    proofs = parse_proofs(document, accepted)
    chains = previous_proofs(proofs)
    for proof in proofs:
        _check_terms(proof, expected_purpose, expected_domain, expected_challenge)
        _check_times(proof, now)
    values = [_decode(proof, allow_base_proof=allow_base_proof) for proof in proofs]
    return tuple(
        [
            _check_signature(document, proof, value, previous, method_for, now)
            for proof, value, previous in zip(proofs, values, chains, strict=True)
        ]
    )


def _check_terms(proof: Proof, purpose: str, domain: str | None, challenge: str | None) -> None:
    if proof.proof_purpose != purpose:
        raise ProofPurposeMismatch
    if domain is not None and proof.domain != (domain,):
        raise DomainMismatch
    if challenge is not None and proof.challenge != challenge:
        raise ChallengeMismatch


def _check_times(proof: Proof, now: datetime) -> None:
    """`created` may be absent; our clock may be behind the signer's, but an expired proof is over."""
    if proof.created is not None and proof.created > now + _CLOCK_SKEW:
        raise ProofFromTheFuture
    if proof.expires is not None and now >= proof.expires:
        raise ProofExpired


def _decode(proof: Proof, *, allow_base_proof: bool) -> Any:
    suite = proof.suite
    value = suite.decode(proof.proof_value)
    if suite.selective and not allow_base_proof and suite.is_base(value):
        raise BaseProofShown
    return value


def _check_signature(  # noqa: PLR0917  # one caller
    document: JsonObject,
    proof: Proof,
    value: Any,
    previous: Sequence[Proof],
    method_for: MethodSource,
    now: datetime,
) -> VerifiedProof:
    suite = proof.suite
    method = method_for(proof.verification_method, proof.proof_purpose)
    method.check_usable(now)
    public_key = method.public_key
    if public_key.type not in suite.key_types:
        raise KeyNotForCryptosuite
    config = proof_config(document, proof.source, suite)
    bare = unsecured(document, config, suite, [earlier.source for earlier in previous])
    suite.verify(Unsecured(suite, bare, config), public_key, value)
    return VerifiedProof(
        proof.verification_method,
        proof.proof_purpose,
        suite.cryptosuite,
        proof.created,
        proof.expires,
        proof.challenge,
        proof.domain,
        proof.id,
        proof.previous_proof,
        public_key,
    )
