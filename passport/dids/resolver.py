"""From a DID to its document: did:key and did:jwk by reading them, did:web through the `Documents` port."""

from functools import lru_cache
from typing import Final

from passport.dids.did_jwk import resolve_did_jwk
from passport.dids.did_key import resolve_did_key
from passport.dids.did_web import did_web_url
from passport.dids.documents import DidDocument, parse_document
from passport.dids.syntax import method_name
from passport.documents import Documents
from passport.errors.dids import UnsupportedDidMethod
from passport.json import parse_object

_KEPT: Final = 64
"""Documents that were read last, found again by their whole text: a few kilobytes each, 256 at most."""


def resolve_did(did: str, documents: Documents) -> DidDocument:
    """Resolve a DID.

    Raises:
        MalformedDid, MalformedKey: the identifier itself is wrong.
        UnsupportedDidMethod: a method that we can't resolve.
        NotFetched: the document is not at hand.
        MalformedJson, DidMismatch, MalformedDidDocument: what stands at the address is not its document.
    """
    match method_name(did):
        case "key":
            return resolve_did_key(did)
        case "jwk":
            return resolve_did_jwk(did)
        case "web":
            return _published(did, documents.get(did_web_url(did)).body)
        case _:
            raise UnsupportedDidMethod


@lru_cache(maxsize=_KEPT)
def _published(did: str, body: bytes) -> DidDocument:
    return parse_document(parse_object(body), did=did)
