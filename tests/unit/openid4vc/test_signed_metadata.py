"""Metadata that its issuer signed (OpenID4VCI 1.0, section 12.2.3)."""

import json
from datetime import timedelta

import pytest

from passport.dids import create_did_web
from passport.documents import DocumentCache, NotFetched
from passport.encoding import base64url_decode, base64url_encode
from passport.errors import Invalid
from passport.errors.openid4vc import IssuerMetadataMismatch, MalformedIssuerMetadata
from passport.openid4vc import IssuerMetadata, sign_metadata, verify_signed_metadata
from tests.simulators.parties import NOW, Party

ISSUER = "https://school.example/o/school"
SCHOOL = Party("School", did=create_did_web("school.example", "o", "school"))
METADATA = IssuerMetadata(ISSUER, f"{ISSUER}/credential", f"{ISSUER}/nonce", None, {})
DOCUMENTS = DocumentCache.of([SCHOOL.did_document()])


def signed(by=SCHOOL, metadata=METADATA, **changes):
    given = {"verification_method": by.method, "issued_at": NOW, "expires": NOW + timedelta(days=1)}
    return sign_metadata(metadata.to_json(), signer=by.signer, **{**given, **changes})


def forge(header=None, claims=None, drop=()):
    parts = signed().split(".")
    head = json.loads(base64url_decode(parts[0])) | (header or {})
    body = json.loads(base64url_decode(parts[1])) | (claims or {})
    for name in drop:
        body.pop(name)
    text = ".".join(base64url_encode(json.dumps(part).encode()) for part in (head, body))
    return f"{text}.{base64url_encode(SCHOOL.signer.sign(text.encode()))}"


def verify(token, documents=DOCUMENTS, **changes):
    return verify_signed_metadata(
        token, documents=documents, **({"expected_issuer": ISSUER, "now": NOW} | changes)
    )


def test_signed_metadata_says_the_same_and_who_signed_it():
    """oid4vci-1_0-issuer-metadata-test-signed"""
    assert verify(signed()) == (METADATA, SCHOOL.did)


def test_the_signed_form_has_all_that_the_specification_asks_for():
    head, body, _ = signed(certificates=["MIIB"]).split(".")
    header, claims = json.loads(base64url_decode(head)), json.loads(base64url_decode(body))
    assert header["typ"] == "openidvci-issuer-metadata+jwt"
    assert (header["kid"], header["x5c"]) == (SCHOOL.method, ["MIIB"])
    assert claims["sub"] == claims["credential_issuer"] == ISSUER
    assert claims["iss"] == SCHOOL.did
    assert claims["iat"] == int(NOW.timestamp())
    assert verify(signed(certificates=["MIIB"])) == (METADATA, SCHOOL.did)


STRANGER = Party.on_the_web("Stranger", "evil.example")


@pytest.mark.parametrize(
    ("name", "token", "error"),
    [
        ("by another host", signed(STRANGER), IssuerMetadataMismatch),
        ("by a did:key", signed(Party("Stranger")), IssuerMetadataMismatch),
        ("about another", forge(claims={"sub": "https://evil.example"}), IssuerMetadataMismatch),
        ("of another", forge(claims={"credential_issuer": "https://evil.example"}), IssuerMetadataMismatch),
        ("another type", forge({"typ": "JWT"}), MalformedIssuerMetadata),
        ("no time", forge(drop=["iat"]), MalformedIssuerMetadata),
        ("a time as text", forge(claims={"iat": "now"}), MalformedIssuerMetadata),
        ("expired", signed(expires=NOW - timedelta(seconds=61)), MalformedIssuerMetadata),
        ("from the future", signed(issued_at=NOW + timedelta(seconds=61)), MalformedIssuerMetadata),
        ("signed by another key", signed(Party("Other", did=SCHOOL.did)), Invalid),
        ("a key of its own", forge({"jwk": SCHOOL.signer.public_key.to_jwk()}), Invalid),
        ("no key named", forge({"kid": 7}), Invalid),
    ],
)
def test_a21_signed_metadata_that_is_not_the_issuers_own_is_refused(name, token, error):
    with pytest.raises(error):
        verify(token)


def test_without_the_did_document_it_cannot_be_told():
    with pytest.raises(NotFetched):
        verify(signed(), DocumentCache())


def test_it_need_not_expire():
    assert verify(forge(drop=["exp", "iss"]))[0] == METADATA
