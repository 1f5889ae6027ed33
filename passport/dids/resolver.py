"""From a DID to its document: did:key and did:jwk by reading them, did:web through the `Documents` port."""

from functools import lru_cache

from passport import limits
from passport.dids.did_jwk import resolve_did_jwk
from passport.dids.did_key import resolve_did_key
from passport.dids.did_web import did_web_url
from passport.dids.documents import DidDocument, parse_document
from passport.dids.syntax import method_name
from passport.documents import Documents
from passport.errors.dids import UnsupportedDidMethod
from passport.json import parse_object


def resolve_did(did: str, documents: Documents) -> DidDocument:
    """Resolve a DID.

    Raises:
        MalformedDid, MalformedKey: the identifier itself is wrong.
        UnsupportedDidMethod: a method that we can't resolve.
        NotFetched: the document is not at hand.
        MalformedJson, DidMismatch, MalformedDidDocument: what stands at the address is not its document.
    """
    if did.startswith(("did:key:", "did:jwk:")):
        return _from_identifier(did)
    if method_name(did) != "web":
        raise UnsupportedDidMethod
    return _from_body(did, documents.get(did_web_url(did)).body)


@lru_cache(maxsize=limits.DIDS_KEPT)
def _from_identifier(did: str) -> DidDocument:
    """A key that is in its identifier is read once; what is malformed is not kept."""
    return resolve_did_key(did) if did.startswith("did:key:") else resolve_did_jwk(did)


@lru_cache(maxsize=limits.DID_BODIES_KEPT)
def _from_body(did: str, body: bytes) -> DidDocument:
    """Read once for every text that was fetched: another text is another document."""
    return parse_document(parse_object(body), did=did)
