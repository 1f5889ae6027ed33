"""Signed documents that are not badges: JSON with an eddsa-jcs-2022 proof of the publisher that they name."""

from collections.abc import Collection

from passport.dids import did_of
from passport.errors.trust import PublisherMismatch, UnexpectedPublisher
from passport.json import JsonObject
from passport.proofs import EDDSA_JCS_2022, VerifiedProof, method_source, verify_proofs
from passport.verification import Context


def verify_statement(
    document: JsonObject, *, publisher: str, context: Context, expected_publishers: Collection[str] | None
) -> tuple[VerifiedProof, ...]:
    """Verify that a document is signed by the publisher that it names (a DID), and only by that one.

    `expected_publishers` are the DIDs that are accepted; None accepts whoever it proves to be.

    Raises:
        UnexpectedPublisher: another publisher than expected; an empty collection expects nobody.
        PublisherMismatch: a proof by another DID's key.
        PassportError: what resolving the key and verifying the proof raise.
    """
    if expected_publishers is not None and publisher not in expected_publishers:
        raise UnexpectedPublisher
    proofs = verify_proofs(
        document,
        method_for=method_source(context.documents),
        expected_purpose="assertionMethod",
        now=context.now,
        accepted=(EDDSA_JCS_2022,),
    )
    if any(did_of(proof.verification_method) != publisher for proof in proofs):
        raise PublisherMismatch
    return proofs
