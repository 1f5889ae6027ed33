"""Decentralized identifiers: syntax, did:key, did:jwk, did:web, documents and their resolution."""

from passport.dids.did_jwk import create_did_jwk, jwk_method_id
from passport.dids.did_key import create_did_key, key_method_id
from passport.dids.did_web import DidWebKey, build_document, create_did_web, did_web_url
from passport.dids.documents import DidDocument, VerificationMethod, parse_document
from passport.dids.host import host_of
from passport.dids.resolver import resolve_did
from passport.dids.syntax import check_did, did_of, split_method_id

__all__ = [
    "DidDocument",
    "DidWebKey",
    "VerificationMethod",
    "build_document",
    "check_did",
    "create_did_jwk",
    "create_did_key",
    "create_did_web",
    "did_of",
    "did_web_url",
    "host_of",
    "jwk_method_id",
    "key_method_id",
    "parse_document",
    "resolve_did",
    "split_method_id",
]
