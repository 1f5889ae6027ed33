"""DID resolution over HTTP (DID Resolution 0.3, sections 4 and 10.1): a result, or the document alone."""

from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus
from typing import Final

from passport.dids import DidDocument, did_web_url, resolve_did
from passport.dids.syntax import method_name
from passport.documents import Documents, NotFetched
from passport.errors import MalformedKey, PassportError
from passport.errors.dids import MalformedDid, UnsupportedDidMethod
from passport.json import JsonObject, parse_object

RESULT: Final = "application/did-resolution"
DOCUMENT: Final = "application/did"
_DOCUMENTS = (DOCUMENT, "application/did+json", "application/did+ld+json")
_RESULTS = (RESULT, "application/ld+json", "application/json", "application/*", "*/*")
_ERRORS: Mapping[str, HTTPStatus] = {
    "INVALID_DID": HTTPStatus.BAD_REQUEST,
    "INVALID_OPTIONS": HTTPStatus.BAD_REQUEST,
    "NOT_FOUND": HTTPStatus.NOT_FOUND,
    "REPRESENTATION_NOT_SUPPORTED": HTTPStatus.NOT_ACCEPTABLE,
    "METHOD_NOT_SUPPORTED": HTTPStatus.NOT_IMPLEMENTED,
    "INVALID_DID_DOCUMENT": HTTPStatus.INTERNAL_SERVER_ERROR,
}
"""The statuses that section 10.1 gives; the last one too, which elsewhere would mean a fault of ours."""
_TITLES = {
    "INVALID_DID": "This is not a well-formed DID.",
    "INVALID_OPTIONS": "A media type is written in ASCII.",
    "NOT_FOUND": "The DID document could not be had.",
    "REPRESENTATION_NOT_SUPPORTED": "A DID document is given as application/did.",
    "METHOD_NOT_SUPPORTED": "did:key, did:jwk and did:web are resolved here.",
    "INVALID_DID_DOCUMENT": "What stands at its address is not the document of this DID.",
}
_CONTEXTS = ["https://www.w3.org/ns/did/v1", "https://w3id.org/security/multikey/v1"]
_JWK_CONTEXTS = ["https://www.w3.org/ns/did/v1", "https://w3id.org/security/jwk/v1"]


@dataclass(frozen=True, slots=True)
class Answer:
    status: HTTPStatus
    media_type: str
    body: JsonObject


def representation(accept: str) -> str | None:
    """What the Accept header asks for: RESULT or DOCUMENT; None where it asks for neither."""
    named = [part.partition(";")[0].strip().lower() for part in accept.split(",")]
    for name in named:
        if name in _DOCUMENTS:
            return DOCUMENT
        if name in _RESULTS or not name:
            return RESULT
    return None


def resolve(did: str, documents: Documents, wanted: str) -> Answer:
    """Resolve a DID; a document that is not at hand is fetched and asked for again.

    Raises:
        NotFetched
    """
    try:
        found = resolve_did(did, documents)
    except (MalformedDid, MalformedKey):
        return failed("INVALID_DID")
    except UnsupportedDidMethod:
        return failed("METHOD_NOT_SUPPORTED")
    except NotFetched:
        raise
    except PassportError:
        return failed("INVALID_DID_DOCUMENT")
    document = _written(found, documents)
    if wanted == DOCUMENT:
        return Answer(HTTPStatus.OK, DOCUMENT, document)
    return Answer(HTTPStatus.OK, RESULT, _result({"contentType": DOCUMENT}, document))


def failed(error: str) -> Answer:
    """An error as a resolution result."""
    problem = {"type": f"https://www.w3.org/ns/did#{error}", "title": _TITLES[error]}
    return Answer(_ERRORS[error], RESULT, _result({"error": problem}, None))


def _result(metadata: JsonObject, document: JsonObject | None) -> JsonObject:
    return {
        "@context": "https://w3id.org/did-resolution/v1",
        "didDocument": document,
        "didResolutionMetadata": metadata,
        "didDocumentMetadata": {},
    }


def _written(found: DidDocument, documents: Documents) -> JsonObject:
    """The document as it was published; of did:key and did:jwk, which nobody publishes, as they say it."""
    match method_name(found.id):
        case "web":
            return parse_object(documents.get(did_web_url(found.id)).body)
        case "jwk":
            contexts, kind, member = _JWK_CONTEXTS, "JsonWebKey", "publicKeyJwk"
        case _:
            contexts, kind, member = _CONTEXTS, "Multikey", "publicKeyMultibase"
    methods: list[JsonObject] = [
        {
            "id": method.id,
            "type": kind,
            "controller": method.controller,
            member: method.public_key.to_jwk() if kind == "JsonWebKey" else method.public_key.to_multikey(),
        }
        for method in found.methods
    ]
    relationships = {name: sorted(ids) for name, ids in sorted(found.relationships.items())}
    return {"@context": contexts, "id": found.id, "verificationMethod": methods, **relationships}
