"""Where the key of a proof comes from: the DID in its verification method, resolved."""

from passport.dids import VerificationMethod, resolve_did, split_method_id
from passport.documents import Documents
from passport.proofs.verify import MethodSource


def method_source(documents: Documents) -> MethodSource:
    """Resolve verification methods with the documents at hand.

    The source raises what `resolve_did` and `DidDocument.method` raise, and MalformedDidUrl.
    """

    def method_for(verification_method: str, proof_purpose: str) -> VerificationMethod:
        did, _ = split_method_id(verification_method)
        return resolve_did(did, documents).method(verification_method, proof_purpose)

    return method_for
