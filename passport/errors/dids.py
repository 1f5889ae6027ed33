"""Refusals of decentralized identifiers, their documents and the keys in them."""

from passport.errors.base import Indeterminate, Invalid


class MalformedDid(Invalid):
    code = "malformed_did"
    sentence = "An identifier is not a well-formed decentralized identifier (DID)."


class MalformedDidUrl(Invalid):
    code = "malformed_did_url"
    sentence = "A verification method must be a DID followed by # and the name of a key."


class UnsupportedDidMethod(Indeterminate):
    code = "unsupported_did_method"
    sentence = "This kind of decentralized identifier is not supported: use did:web, did:key or did:jwk."


class MalformedDidDocument(Invalid):
    code = "malformed_did_document"
    sentence = "The DID document is not in the form that Controlled Identifiers 1.0 asks for."


class DidMismatch(Invalid):
    code = "did_mismatch"
    sentence = "The DID document is about another identifier than the one that was asked for."


class MethodNotFound(Invalid):
    code = "method_not_found"
    sentence = "The key that made the signature is not in the signer's DID document."


class PurposeNotAllowed(Invalid):
    code = "purpose_not_allowed"
    sentence = "The key may not be used for this purpose."


class ControllerMismatch(Invalid):
    code = "controller_mismatch"
    sentence = "The key is controlled by somebody else than the signer."


class UnsupportedMethodType(Indeterminate):
    code = "unsupported_method_type"
    sentence = "The key is of a kind, or in a form, that is not supported."


class MethodExpired(Invalid):
    code = "method_expired"
    sentence = "The key that made the signature has expired."


class MethodRevoked(Invalid):
    code = "method_revoked"
    sentence = "The key that made the signature was revoked by its owner."


class IssuerNotAnAddress(Invalid):
    code = "issuer_not_an_address"
    sentence = "The issuer is named by an address that keys can't be looked up at."


class MalformedIssuerKeys(Invalid):
    code = "malformed_issuer_keys"
    sentence = "What stands at the issuer's address is not a set of that issuer's keys."
