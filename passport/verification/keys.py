"""Whose key: the DID of every verification method must be the one who is said to have signed."""

from passport.dids import resolve_did
from passport.dids.syntax import did_of
from passport.documents import Documents
from passport.errors import PassportError
from passport.errors.verification import SignerNotADid
from passport.json import JsonObject
from passport.proofs.shape import parse_proofs


def check_resolvable(identifier: str, documents: Documents) -> None:
    """Resolve who signed.

    Raises:
        SignerNotADid: an https URL or urn says nothing about a key.
        PassportError: what `resolve_did` raises; NotFetched where the document is not at hand.
    """
    if not identifier.startswith("did:"):
        raise SignerNotADid
    resolve_did(identifier, documents)


def check_keys_of(did: str, document: JsonObject, refusal: type[PassportError]) -> None:
    """Every proof names a key of this DID, so nobody else's DID document is ever looked at.

    A further proof by somebody else is refused as well: what it would add has a credential of its own.

    Raises:
        PassportError: `refusal`, MalformedDidUrl, or what reading the proofs raises.
    """
    for proof in parse_proofs(document):
        if did_of(proof.verification_method) != did:
            raise refusal
