"""Whose key: the DID of every verification method must be the one who is said to have signed."""

from collections.abc import Iterable

from passport.dids import resolve_did
from passport.dids.syntax import did_of
from passport.documents import Documents
from passport.errors import PassportError
from passport.errors.verification import SignerNotADid


def check_resolvable(identifier: str, documents: Documents) -> None:
    """Resolve who signed.

    Raises:
        SignerNotADid: an https URL or urn says nothing about a key.
        PassportError: what `resolve_did` raises; NotFetched where the document is not at hand.
    """
    if not identifier.startswith("did:"):
        raise SignerNotADid
    resolve_did(identifier, documents)


def check_keys_of(did: str, methods: Iterable[str], refusal: type[PassportError]) -> None:
    """Every signature is by a key of this DID, so nobody else's DID document is ever looked at.

    A further proof by somebody else is refused as well: what it would add has a credential of its own.

    Raises:
        PassportError: `refusal`, MalformedDidUrl.
    """
    for method in methods:
        if did_of(method) != did:
            raise refusal
