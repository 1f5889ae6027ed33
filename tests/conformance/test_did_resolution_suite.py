"""The statements of the public suites of DID Resolution and of did:key, over the HTTP binding."""

from datetime import UTC, datetime
from urllib.parse import quote

import pytest

from passport.conformance import did_resolution
from passport.dids import DidWebKey, build_document, create_did_jwk, create_did_key, did_web_url
from passport.documents import DocumentCache, Fetched
from passport.json import dump
from passport.keys import KeyType, load_signer
from tests.simulators.suite_client import Door

KEYS = [load_signer(key_type, bytes(31) + b"\x07").public_key for key_type in (KeyType.ED25519, KeyType.P256)]
KEYS += [load_signer(KeyType.P384, bytes(47) + b"\x07").public_key]
VALID = [create(key) for create in (create_did_key, create_did_jwk) for key in KEYS]
RESULT = "application/did-resolution"
ERROR = "https://www.w3.org/ns/did#"
WEB = "did:web:school.example"


@pytest.fixture(scope="module")
def door():
    return Door.opened()


def resolved(door, did, accept=RESULT):
    return door.get(f"/1.0/identifiers/{did}", accept)


def failed(response, error, status):
    """A failure has no document, empty metadata of it, and says which error it is."""
    assert response.status_code == status
    told = response.json()
    assert told["didDocument"] is None
    assert told["didDocumentMetadata"] == {}
    assert told["didResolutionMetadata"]["error"]["type"] == ERROR + error


@pytest.mark.parametrize("did", VALID)
@pytest.mark.parametrize(
    "accept", ["", "*/*", RESULT, 'application/ld+json;profile="https://w3id.org/did-resolution"']
)
def test_a_did_is_resolved_to_a_result(door, did, accept):
    response = resolved(door, did, accept)
    assert response.status_code == 200
    assert response.headers["content-type"] == RESULT
    told = response.json()
    assert told["didResolutionMetadata"]["contentType"] in response.headers["content-type"]
    assert told["didDocument"]["id"] == did
    assert told["didDocumentMetadata"] == {}
    assert "@context" in told


@pytest.mark.parametrize("did", VALID)
def test_the_document_is_one(door, did):
    document = resolved(door, did).json()["didDocument"]
    (method,) = document["verificationMethod"]
    assert method["controller"] == did
    assert method["id"].startswith(f"{did}#")
    assert ("publicKeyMultibase" in method) == (method["type"] == "Multikey")
    assert ("publicKeyJwk" in method) == (method["type"] == "JsonWebKey")
    assert document["assertionMethod"] == document["authentication"] == [method["id"]]


@pytest.mark.parametrize("accept", ["application/did", "application/did+json", "application/did+ld+json"])
def test_the_document_alone_is_given_to_who_asks_for_it(door, accept):
    response = resolved(door, VALID[0], accept)
    assert response.headers["content-type"] == "application/did"
    assert response.json()["id"] == VALID[0]
    assert "didResolutionMetadata" not in response.json()


def test_the_did_may_come_encoded(door):
    assert resolved(door, quote(VALID[0], safe="")).json()["didDocument"]["id"] == VALID[0]


@pytest.mark.parametrize(
    "did",
    [
        "",
        "not-a-did",
        "did:example",
        "did:key:",
        VALID[0].removeprefix("did:"),
        VALID[0].replace(":key:", ":"),
        VALID[0].replace("key:z", "key:"),
        VALID[0].replace("key:", "key:-v4:"),
        VALID[0] + "x",
        VALID[0] + "#key",
        VALID[0] + "/path",
        "did:key:z6Mk0OIl",
        "did:jwk:e30",
        "did:KEY:z6MkpTHR8VNsBxYAAWHut2Geadd9jSwuBV8xRoAnwWsdvktH",
    ],
)
def test_what_is_no_did_is_an_invalid_one(door, did):
    failed(resolved(door, quote(did, safe=":/")), "INVALID_DID", 400)


def test_a_method_that_is_not_known_is_not_supported(door):
    failed(resolved(door, "did:unsupported:123456789abcdefghi"), "METHOD_NOT_SUPPORTED", 501)


def test_a_document_that_can_not_be_had_is_not_found(door):
    failed(resolved(door, "did:web:nobody.invalid"), "NOT_FOUND", 404)


def test_another_representation_is_not_supported(door):
    failed(resolved(door, VALID[0], "application/x-other"), "REPRESENTATION_NOT_SUPPORTED", 406)


@pytest.mark.parametrize("option", ["🔥", "Привет", "foo\u200bbar"])
def test_a_media_type_is_ascii(door, option):
    failed(resolved(door, f"{VALID[0]}?accept={quote(option)}", "*/*"), "INVALID_OPTIONS", 400)


def test_a_published_document_is_given_as_it_was_published():
    document = {
        **build_document(WEB, [DidWebKey("key-1", KEYS[0])]),
        "alsoKnownAs": ["https://school.example"],
    }
    at_hand = DocumentCache.of([Fetched(did_web_url(WEB), dump(document), datetime.now(UTC))])
    found = did_resolution.resolve(WEB, at_hand, did_resolution.DOCUMENT)
    assert (found.status, found.body) == (200, document)


def test_what_is_no_document_of_this_did_is_an_invalid_one():
    other = build_document("did:web:other.example", [DidWebKey("key-1", KEYS[0])])
    at_hand = DocumentCache.of([Fetched(did_web_url(WEB), dump(other), datetime.now(UTC))])
    found = did_resolution.resolve(WEB, at_hand, did_resolution.RESULT)
    assert found.body["didResolutionMetadata"]["error"]["type"] == ERROR + "INVALID_DID_DOCUMENT"
