"""Refusals of data integrity proofs."""

from passport.errors.base import Indeterminate, Invalid, TooLarge


class ProofMissing(Invalid):
    code = "proof_missing"
    sentence = "The document is not signed: it has no proof."


class MalformedProof(Invalid):
    code = "malformed_proof"
    sentence = "A proof is not in the form that Data Integrity 1.0 asks for."


class TooManyProofs(TooLarge):
    code = "too_many_proofs"
    sentence = "The document has more proofs than what is accepted."


class UnsupportedCryptosuite(Indeterminate):
    code = "unsupported_cryptosuite"
    sentence = "The proof is of a kind that is not supported, so it could not be checked."


class MalformedProofValue(Invalid):
    code = "malformed_proof_value"
    sentence = "The signature in the proof is not in the form that its cryptosuite asks for."


class KeyNotForCryptosuite(Invalid):
    code = "key_not_for_cryptosuite"
    sentence = "The key is not of the kind that the proof's cryptosuite needs."


class PointersNotForCryptosuite(Invalid):
    code = "pointers_not_for_cryptosuite"
    sentence = "Only a selective cryptosuite can name what must always be shown."


class MalformedPointer(Invalid):
    code = "malformed_pointer"
    sentence = "What should be shown is not named by a JSON pointer to a part of the document."


class PointerToNothing(Invalid):
    code = "pointer_to_nothing"
    sentence = "A part that should be shown is not in the document."


class TooManyPointers(TooLarge):
    code = "too_many_pointers"
    sentence = "More parts of the document are named than what is accepted."


class TooManyStatements(TooLarge):
    code = "too_many_statements"
    sentence = "The document says more than what can be signed statement by statement."


class NothingSelected(Invalid):
    code = "nothing_selected"
    sentence = "Nothing of the document was chosen to be shown."


class NoBaseProof(Invalid):
    code = "no_base_proof"
    sentence = "The document can't be shown in part: its issuer did not sign it for that."


class BaseProofShown(Invalid):
    code = "base_proof_shown"
    sentence = (
        "This is the holder's own copy, from which anything can be shown. It is not for others: ask for a"
        " part that the wallet made, or for another form."
    )


class ProofContextMismatch(Invalid):
    code = "proof_context_mismatch"
    sentence = "The contexts of the document are not those that were signed."


class ProofPurposeMismatch(Invalid):
    code = "proof_purpose_mismatch"
    sentence = "The proof was made for another purpose."


class ProofExpired(Invalid):
    code = "proof_expired"
    sentence = "The proof has expired: ask for a new one."


class ProofFromTheFuture(Invalid):
    code = "proof_from_the_future"
    sentence = "The proof says it was made later than now: one of the clocks is wrong."


class ChallengeMismatch(Invalid):
    code = "challenge_mismatch"
    sentence = "The proof does not answer the challenge that was asked: it may be a copy of an older one."


class DomainMismatch(Invalid):
    code = "domain_mismatch"
    sentence = "The proof was made for another party than this one."


class DuplicateProofId(Invalid):
    code = "duplicate_proof_id"
    sentence = "Two proofs bear the same identifier."


class PreviousProofMissing(Invalid):
    code = "previous_proof_missing"
    sentence = "A proof builds on another one that is not in the document."


class PreviousProofNotForCryptosuite(Invalid):
    code = "previous_proof_not_for_cryptosuite"
    sentence = "A proof of this kind can't build on another one."


class CyclicProofChain(Invalid):
    code = "cyclic_proof_chain"
    sentence = "The proofs build on each other in a circle."
