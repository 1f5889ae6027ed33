"""Verify the proofs of a document (Data Integrity 1.0, sections 4.4 and 4.5)."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from passport import limits
from passport.dids.documents import VerificationMethod
from passport.encoding import multibase_decode
from passport.errors import EncodingTooLong, MalformedEncoding
from passport.errors.proofs import (
    ChallengeMismatch,
    DomainMismatch,
    KeyNotForCryptosuite,
    MalformedProofValue,
    ProofExpired,
    ProofFromTheFuture,
    ProofPurposeMismatch,
)
from passport.json import JsonObject
from passport.keys import PublicKey, verify_signature
from passport.proofs.chains import previous_proofs
from passport.proofs.hashing import hash_data, proof_config, unsecured
from passport.proofs.shape import Proof, parse_proofs
from passport.proofs.suites import SUITES, Suite

MethodSource = Callable[[str, str], VerificationMethod]
"""From a verification method's id and a proof purpose to the method, if it is allowed for that purpose."""

_CLOCK_SKEW = timedelta(seconds=limits.TIME.clock_skew)


@dataclass(frozen=True, slots=True)
class VerifiedProof:
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
    accepted: Collection[Suite] = tuple(SUITES.values()),
) -> tuple[VerifiedProof, ...]:
    """Verify every proof of a secured document; all must hold, and there is at least one.

    Everything that costs nothing is compared for all proofs before the first signature is checked.

    Raises:
        ProofMissing, MalformedProof, UnsupportedCryptosuite, TooManyProofs, DuplicateProofId: its shape.
        PreviousProofMissing, CyclicProofChain: its chain.
        ProofPurposeMismatch, DomainMismatch, ChallengeMismatch, ProofExpired, ProofFromTheFuture: its terms.
        SignatureMismatch, MalformedProofValue, KeyNotForCryptosuite, ProofContextMismatch: its signature.
        PassportError: what `method_for` raises, and MethodRevoked, MethodExpired.
    """
    proofs = parse_proofs(document, accepted)
    chains = previous_proofs(proofs)
    for proof in proofs:
        _check_terms(proof, expected_purpose, expected_domain, expected_challenge)
        _check_times(proof, now)
    keys = [
        _check_signature(document, proof, previous, method_for, now)
        for proof, previous in zip(proofs, chains, strict=True)
    ]
    return tuple(_verified(proof, key) for proof, key in zip(proofs, keys, strict=True))


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


def _check_signature(
    document: JsonObject, proof: Proof, previous: Sequence[Proof], method_for: MethodSource, now: datetime
) -> PublicKey:
    suite = proof.suite
    signature = _signature(proof.proof_value)
    method = method_for(proof.verification_method, proof.proof_purpose)
    method.check_usable(now)
    if method.public_key.type not in suite.key_types:
        raise KeyNotForCryptosuite
    config = proof_config(document, proof.source, suite)
    bare = unsecured(document, config, suite, [earlier.source for earlier in previous])
    verify_signature(method.public_key, hash_data(bare, config, suite), signature)
    return method.public_key


def _signature(proof_value: str) -> bytes:
    """Base58-btc multibase, as the cryptosuites have it; other bases would give one signature two texts."""
    if not proof_value.startswith("z"):
        raise MalformedProofValue
    try:
        return multibase_decode(proof_value)
    except (MalformedEncoding, EncodingTooLong):
        raise MalformedProofValue from None


def _verified(proof: Proof, public_key: PublicKey) -> VerifiedProof:
    return VerifiedProof(
        verification_method=proof.verification_method,
        proof_purpose=proof.proof_purpose,
        cryptosuite=proof.suite.cryptosuite,
        created=proof.created,
        expires=proof.expires,
        challenge=proof.challenge,
        domain=proof.domain,
        proof_id=proof.id,
        previous_proof=proof.previous_proof,
        public_key=public_key,
    )
