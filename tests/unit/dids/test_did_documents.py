"""DID documents: which key may be used for what, and when."""

from datetime import UTC, datetime, timedelta

import pytest

from passport.dids import DidWebKey, build_document, create_did_web, parse_document, resolve_did
from passport.documents import DocumentCache, Fetched, NotFetched
from passport.errors import MalformedJson, PassportError
from passport.errors.dids import (
    ControllerMismatch,
    DidMismatch,
    MalformedDid,
    MalformedDidDocument,
    MethodExpired,
    MethodNotFound,
    MethodRevoked,
    PurposeNotAllowed,
    UnsupportedMethodType,
)
from passport.json import dump
from passport.keys import KeyType, generate_signer

DID = "did:web:school.example"
KEY = generate_signer().public_key
OTHER = generate_signer(KeyType.P256).public_key
NOW = datetime(2026, 6, 1, tzinfo=UTC)


def method(fragment="k", *, key=KEY, **changes):
    made = {
        "id": f"{DID}#{fragment}",
        "type": "Multikey",
        "controller": DID,
        "publicKeyMultibase": key.to_multikey(),
    }
    return {name: value for name, value in {**made, **changes}.items() if value is not None}


def document(*methods, **relationships):
    return {"id": DID, "verificationMethod": list(methods), **relationships}


def find(value, fragment="k", purpose="assertionMethod"):
    return parse_document(value, did=DID).method(f"{DID}#{fragment}", purpose)


@pytest.mark.parametrize(
    "kept",
    [
        method(),
        method(type="JsonWebKey", publicKeyMultibase=None, publicKeyJwk=KEY.to_jwk()),
        method(type="JsonWebKey2020", publicKeyMultibase=None, publicKeyJwk=KEY.to_jwk()),
        method(type="Ed25519VerificationKey2020"),
        method(id="#k"),
    ],
)
def test_every_form_of_a_key_is_read(kept):
    for reference in (f"{DID}#k", "#k", kept):
        listed = [] if reference is kept else [kept]
        assert find(document(*listed, assertionMethod=[reference])).public_key == KEY
    assert find(document(kept, assertionMethod=[kept])).public_key == KEY


@pytest.mark.parametrize(
    ("value", "error"),
    [
        (document(assertionMethod=[]), MethodNotFound),
        ({"id": DID}, MethodNotFound),
        (document(method("another"), assertionMethod=["#another"]), MethodNotFound),
        (document(method()), PurposeNotAllowed),
        (document(method(), assertionMethod=[]), PurposeNotAllowed),
        (document(method(), authentication=["#k"]), PurposeNotAllowed),
        (document(method(), keyAgreement=["#k"]), PurposeNotAllowed),
        (document(method(), assertionmethod=["#k"]), PurposeNotAllowed),
        (document(authentication=[method()]), PurposeNotAllowed),
        (document(method(revoked="2026-01-01T00:00:00Z")), MethodRevoked),
        (document(method(controller="did:web:other.example"), assertionMethod=["#k"]), ControllerMismatch),
        (document(method(type="X25519KeyAgreementKey2020"), assertionMethod=["#k"]), UnsupportedMethodType),
        (document(method(publicKeyMultibase=None), assertionMethod=["#k"]), UnsupportedMethodType),
        (document(method(publicKeyJwk=KEY.to_jwk()), assertionMethod=["#k"]), UnsupportedMethodType),
        (document(method(publicKeyMultibase="z6Mk"), assertionMethod=["#k"]), UnsupportedMethodType),
        (document(method(publicKeyMultibase=5), assertionMethod=["#k"]), UnsupportedMethodType),
        (document(method(type="JsonWebKey"), assertionMethod=["#k"]), UnsupportedMethodType),
        (
            document(method(type="Ed25519VerificationKey2020", key=OTHER), assertionMethod=["#k"]),
            UnsupportedMethodType,
        ),
        (document(method(secretKeyMultibase="z3u2"), assertionMethod=["#k"]), UnsupportedMethodType),
    ],
)
def test_a_key_that_may_not_be_used(value, error):
    with pytest.raises(error):
        find(value)


def test_a_key_of_another_did_in_the_document_is_not_this_dids_key():
    foreign = "did:web:other.example#k"
    value = document(method(id=foreign), assertionMethod=[foreign])
    with pytest.raises(ControllerMismatch):
        parse_document(value, did=DID).method(foreign, "assertionMethod")


@pytest.mark.parametrize(
    "value",
    [
        {"id": DID, "verificationMethod": {}},
        {"id": DID, "verificationMethod": None},
        {"id": DID, "verificationMethod": "k"},
        {"id": DID, "verificationMethod": ["#k"]},
        {"id": DID, "verificationMethod": [None]},
        {"id": DID, "verificationMethod": [{}]},
        {"id": DID, "assertionMethod": "#k"},
        {"id": DID, "assertionMethod": [5]},
        {"id": DID, "assertionMethod": [[]]},
        {"id": DID, "assertionMethod": ["k"]},
        {"id": DID, "assertionMethod": ["#"]},
        {"id": DID, "assertionMethod": [DID]},
        {"id": DID, "assertionMethod": ["https://school.example/keys#k"]},
        document(method(id=None)),
        document(method(id="k")),
        document(method(id=f"{DID}?v=1#k")),
        document(method(id=5)),
        document(method(type=None)),
        document(method(type=["Multikey"])),
        document(method(controller=None)),
        document(method(controller=[DID])),
        document(method(expires="tomorrow")),
        document(method(revoked=0)),
        document(method(), method(key=OTHER)),
        document(method(), assertionMethod=[method(key=OTHER)]),
        document(*(method(f"k{number}") for number in range(65))),
        {"id": DID, "assertionMethod": ["#k"] * 65},
    ],
)
def test_a_malformed_document(value):
    with pytest.raises(MalformedDidDocument):
        parse_document(value, did=DID)


@pytest.mark.parametrize("found", [None, "did:web:other.example", f"{DID}/", DID.upper(), [DID], 5])
def test_a_document_about_another(found):
    with pytest.raises(DidMismatch):
        parse_document({"id": found}, did=DID)


def test_64_keys_are_fine():
    assert len(parse_document(document(*(method(f"k{n}") for n in range(64))), did=DID).methods) == 64


@pytest.mark.parametrize(("name", "error"), [("expires", MethodExpired), ("revoked", MethodRevoked)])
def test_a_key_is_over_from_the_very_second(name, error):
    kept = find(document(method(**{name: "2026-06-01T00:00:00Z"}), assertionMethod=["#k"]))
    kept.check_usable(NOW - timedelta(seconds=1))
    for late in (0, 1, 10**8):
        with pytest.raises(error):
            kept.check_usable(NOW + timedelta(seconds=late))


def test_what_an_organisation_publishes_is_what_is_read():
    retired, leaked, fresh = (generate_signer().public_key for _ in range(3))
    value = build_document(
        DID,
        [
            DidWebKey("key-3", fresh),
            DidWebKey("key-2", leaked, revoked=NOW),
            DidWebKey("key-1", retired, expires=NOW + timedelta(days=365)),
        ],
    )
    cache = DocumentCache.of([Fetched("https://school.example/.well-known/did.json", dump(value), NOW)])
    found = resolve_did(DID, cache)
    assert [method.public_key for method in found.methods] == [fresh, leaked, retired]
    for purpose in ("assertionMethod", "authentication"):
        assert found.method(f"{DID}#key-3", purpose).public_key == fresh
        assert found.method(f"{DID}#key-1", purpose).expires == NOW + timedelta(days=365)
        with pytest.raises(MethodRevoked):
            found.method(f"{DID}#key-2", purpose)
    with pytest.raises(PurposeNotAllowed):
        found.method(f"{DID}#key-3", "capabilityInvocation")


@pytest.mark.parametrize(
    ("did", "keys"),
    [
        (DID, []),
        (DID, [DidWebKey("a", KEY), DidWebKey("a", OTHER)]),
        (DID, [DidWebKey("", KEY)]),
        (DID, [DidWebKey("a#b", KEY)]),
        (DID, [DidWebKey("a" * 65, KEY)]),
        ("did:key:z6Mk", [DidWebKey("a", KEY)]),
    ],
)
def test_what_may_not_be_published(did, keys):
    with pytest.raises(MalformedDid):
        build_document(did, keys)


def test_the_did_of_an_address():
    assert create_did_web("localhost:8001", "o", "school") == "did:web:localhost%3A8001:o:school"
    assert create_did_web("school.example") == DID
    for authority, segments in [
        ("localhost:", ()),
        ("a b", ()),
        ("127.0.0.1:80", ()),
        ("school.example", ("..",)),
        ("school.example", ("a/b",)),
    ]:
        with pytest.raises(MalformedDid):
            create_did_web(authority, *segments)


def test_a_document_that_is_not_at_hand_is_wanted():
    cache = DocumentCache()
    with pytest.raises(NotFetched):
        resolve_did(DID, cache)
    assert cache.wanted == {"https://school.example/.well-known/did.json"}


@pytest.mark.parametrize("body", [b"", b"<html>", b"[]", b'{"id":1}', b'{"id":"a","id":"b"}', b"null"])
def test_rubbish_at_the_address_is_a_typed_error(body):
    cache = DocumentCache.of([Fetched("https://school.example/.well-known/did.json", body, NOW)])
    with pytest.raises(PassportError) as refusal:
        resolve_did(DID, cache)
    assert body != b"" or isinstance(refusal.value, MalformedJson)
