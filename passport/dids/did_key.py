"""did:key (v0.9): the identifier is the public key, so nothing is fetched and nothing can be rotated."""

from passport.dids.documents import DidDocument, VerificationMethod, single_key_document
from passport.dids.syntax import check_did
from passport.errors.dids import MalformedDid
from passport.keys import PublicKey

_PREFIX = "did:key:"


def create_did_key(public_key: PublicKey) -> str:
    return _PREFIX + public_key.to_multikey()


def key_method_id(did: str) -> str:
    """The id of a did:key's only verification method: `did:key:z…#z…`."""
    return f"{did}#{check_did(did).removeprefix(_PREFIX)}"


def resolve_did_key(did: str) -> DidDocument:
    """Read the key from the identifier (did:key, section 3.1.2).

    Raises:
        MalformedDid: no did:key.
        MalformedKey: a key that can't sign (X25519), of a wrong length, non-canonical or weak.
    """
    if not check_did(did).startswith(_PREFIX):
        raise MalformedDid
    public_key = PublicKey.from_multikey(did.removeprefix(_PREFIX))
    method = VerificationMethod(key_method_id(did), "Multikey", did, public_key)
    return single_key_document(did, method)
