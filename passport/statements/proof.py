"""Proofs of signed documents that are not badges: eddsa-jcs-2022, by the publisher that they name."""

from collections.abc import Collection
from datetime import datetime

from passport.answers import Answer
from passport.dids import did_of
from passport.dids.did_key import create_did_key, key_method_id
from passport.errors import NoCryptography
from passport.errors.trust import PublisherMismatch, UnexpectedPublisher
from passport.json import JsonObject, dump
from passport.keys import Signer
from passport.proofs import EDDSA_JCS_2022, VerifiedProof, add_proof, method_source, verify_proofs
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


def check_authentic(
    document: JsonObject, *, publisher: str, context: Context, expected_publishers: Collection[str] | None
) -> Answer:
    """Verify as `verify_statement`; a host without cryptography can't check the signature, and says so."""
    try:
        verify_statement(
            document, publisher=publisher, context=context, expected_publishers=expected_publishers
        )
    except NoCryptography:
        return Answer.CANNOT_TELL
    return Answer.YES


def sign_statement(
    document: JsonObject, *, signer: Signer, created: datetime, verification_method: str | None = None
) -> bytes:
    """Sign a document: the same one, key and moment give the same bytes.

    Without a `verification_method` it is the signer's did:key. Whether the document names its signer as
    the publisher is not looked at here: `verify_statement` refuses it then.
    """
    method = verification_method or key_method_id(create_did_key(signer.public_key))
    return dump(
        add_proof(
            document,
            signer=signer,
            verification_method=method,
            created=created,
            cryptosuite=EDDSA_JCS_2022.cryptosuite,
        )
    )
