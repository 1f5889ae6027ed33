"""Token, nonce, credential and error messages (OpenID4VCI 1.0, sections 6 to 8)."""

import json

import pytest

from passport.errors import Invalid
from passport.errors.oauth import InvalidTokenRequest, MalformedResponse, UnsupportedGrantType
from passport.errors.openid4vc import (
    CredentialRequestDenied,
    InvalidCredentialRequest,
    InvalidEncryptionParameters,
    InvalidKeyProof,
    InvalidTransactionId,
)
from passport.keys import KeyType, generate_signer
from passport.oauth.token_request import PreAuthorizedCodeGrant, parse_token_request
from passport.oauth.token_response import TokenResponse, parse_token_response
from passport.openid4vc import (
    CredentialRequest,
    CredentialResponse,
    Deferred,
    DeferredCredentialRequest,
    EncryptFor,
    credential_response,
    error_response,
    nonce_response,
    parse_credential_request,
    parse_credential_response,
    parse_deferred_request,
    parse_error_response,
    parse_nonce_response,
)

AGREEMENT_JWK = generate_signer(KeyType.P256).public_key.to_jwk() | {"alg": "ECDH-ES", "kid": "1"}

GRANT = "urn:ietf:params:oauth:grant-type:pre-authorized_code"


def test_a_token_request_is_read_as_it_was_made():
    request = PreAuthorizedCodeGrant("code", "123456")
    assert parse_token_request(request.to_form().items()) == request
    assert parse_token_request(
        [*PreAuthorizedCodeGrant("code").to_form().items(), ("new", "1")]
    ) == PreAuthorizedCodeGrant("code")


@pytest.mark.parametrize(
    "form",
    [
        [],
        [("pre-authorized_code", "x")],
        [("grant_type", GRANT)],
        [("grant_type", GRANT), ("pre-authorized_code", "")],
        [("grant_type", GRANT), ("pre-authorized_code", "x" * 513)],
        [("grant_type", GRANT), ("pre-authorized_code", "a"), ("pre-authorized_code", "b")],
        [("grant_type", GRANT), ("pre-authorized_code", "a"), ("tx_code", "1"), ("tx_code", "2")],
    ],
)
def test_a_malformed_token_request_is_refused(form):
    with pytest.raises(InvalidTokenRequest):
        parse_token_request(form)


def test_another_grant_is_refused():
    with pytest.raises(UnsupportedGrantType):
        parse_token_request([("grant_type", "password"), ("username", "x")])


def test_secrets_do_not_show():
    assert "code" not in repr(PreAuthorizedCodeGrant("code-1", "123456")).replace("_code", "")
    assert "hush" not in repr(TokenResponse("hush", 300))


def test_a_token_response_is_read_as_it_was_made():
    assert parse_token_response(json.dumps(TokenResponse("abc", 300).to_json()).encode()) == TokenResponse(
        "abc", 300
    )


@pytest.mark.parametrize(
    "value",
    [
        {},
        {"access_token": "", "token_type": "Bearer"},
        {"access_token": "a b", "token_type": "Bearer"},
        {"access_token": "a\r\nX: y", "token_type": "Bearer"},
        {"access_token": "a", "token_type": "mac"},
        {"access_token": "a", "token_type": "Bearer", "expires_in": "300"},
        {"access_token": "a", "token_type": "Bearer", "expires_in": -1},
        {"access_token": "a", "token_type": "Bearer", "expires_in": True},
    ],
)
def test_a_malformed_token_response_is_refused(value):
    with pytest.raises(MalformedResponse):
        parse_token_response(value)


def test_a_nonce_is_read_as_it_was_made():
    assert parse_nonce_response(json.dumps(nonce_response("abc")).encode()) == "abc"
    for value in ({}, {"c_nonce": ""}, {"c_nonce": 1}, {"c_nonce": "x" * 513}):
        with pytest.raises(MalformedResponse):
            parse_nonce_response(value)


def test_a_credential_request_is_read_as_it_was_made():
    request = CredentialRequest("welding", ("a.b.c",))
    assert parse_credential_request(json.dumps(request.to_json()).encode()) == request


@pytest.mark.parametrize(
    ("change", "error"),
    [
        ({"credential_configuration_id": None}, InvalidCredentialRequest),
        ({"credential_configuration_id": ""}, InvalidCredentialRequest),
        ({"credential_identifier": "x"}, InvalidCredentialRequest),
        ({"credential_identifier": 7}, InvalidCredentialRequest),
        ({"credential_configuration_id": "x" * 513}, InvalidCredentialRequest),
        ({"credential_response_encryption": {}}, InvalidEncryptionParameters),
        ({"proofs": None}, InvalidKeyProof),
        ({"proofs": {}}, InvalidKeyProof),
        ({"proofs": {"jwt": []}}, InvalidKeyProof),
        ({"proofs": {"jwt": ["a"] * 11}}, InvalidKeyProof),
        ({"proofs": {"jwt": [1]}}, InvalidKeyProof),
        ({"proofs": {"jwt": ["a"], "di_vp": []}}, InvalidKeyProof),
        ({"proofs": {"di_vp": [{}]}}, InvalidKeyProof),
        ({"proofs": {"attestation": []}}, InvalidKeyProof),
        ({"proofs": {"attestation": ["a", "b"]}}, InvalidKeyProof),
    ],
)
def test_a_malformed_credential_request_is_refused(change, error):
    with pytest.raises(error):
        parse_credential_request(json.dumps(CredentialRequest("welding", ("a",)).to_json() | change).encode())


def test_a_credential_travels_as_the_same_bytes():
    credential = '{"z":1,"a":"é"}'.encode()
    found = parse_credential_response(credential_response([credential]))
    assert found == CredentialResponse((credential,))
    assert found.credential == credential
    told = parse_credential_response(credential_response([credential], "note"))
    assert told == CredentialResponse((credential,), "note")


def test_a_token_travels_as_a_string():
    for token in (b"a.b.c", b"a.b.c~d~"):
        response = credential_response([token], "note")
        assert json.loads(response)["credentials"] == [{"credential": token.decode()}]
        assert parse_credential_response(response) == CredentialResponse((token,), "note")


def test_copies_for_several_keys_come_in_the_order_of_the_keys():
    written = credential_response([b'{"a":1}', b"a.b.c"], "note")
    assert parse_credential_response(written, most=2) == CredentialResponse((b'{"a":1}', b"a.b.c"), "note")


def test_a_promise_is_read_as_it_was_made():
    promise = Deferred("transaction", 3_600)
    assert parse_credential_response(json.dumps(promise.to_json()).encode()) == promise


@pytest.mark.parametrize("encryption", [None, EncryptFor(AGREEMENT_JWK, "A256GCM")])
def test_a_deferred_request_is_read_as_it_was_made(encryption):
    request = DeferredCredentialRequest("transaction", encryption)
    assert parse_deferred_request(json.dumps(request.to_json()).encode()) == request


@pytest.mark.parametrize(
    "value", [{}, {"transaction_id": ""}, {"transaction_id": 1}, {"transaction_id": "x" * 513}]
)
def test_a_deferred_request_without_a_transaction_is_refused(value):
    with pytest.raises(InvalidTransactionId):
        parse_deferred_request(json.dumps(value).encode())


@pytest.mark.parametrize(
    "request_made",
    [
        CredentialRequest("welding", tuple("abcdefghij")),
        CredentialRequest(credential_identifier="welding-1", key_proofs=("a",)),
        CredentialRequest("welding", key_attestation="a.b.c"),
        CredentialRequest("welding", ("a",), response_encryption=EncryptFor(AGREEMENT_JWK, "A128GCM")),
    ],
)
def test_every_way_to_ask_is_read_as_it_was_made(request_made):
    assert parse_credential_request(json.dumps(request_made.to_json()).encode()) == request_made


@pytest.mark.parametrize(
    "encryption",
    [
        7,
        {"jwk": AGREEMENT_JWK},
        {"jwk": AGREEMENT_JWK, "enc": "A192GCM"},
        {"jwk": AGREEMENT_JWK, "enc": ["A128GCM"]},
        {"jwk": AGREEMENT_JWK, "enc": "A128GCM", "zip": "DEF"},
        {"jwk": AGREEMENT_JWK, "enc": "A128GCM", "alg": "RSA-OAEP"},
        {"jwk": AGREEMENT_JWK | {"alg": "ECDH-ES+A256KW"}, "enc": "A128GCM"},
        {"jwk": AGREEMENT_JWK | {"use": "sig"}, "enc": "A128GCM"},
        {"jwk": AGREEMENT_JWK | {"d": "AA"}, "enc": "A128GCM"},
        {"jwk": AGREEMENT_JWK | {"x": AGREEMENT_JWK["y"]}, "enc": "A128GCM"},
        {"jwk": {"kty": "RSA", "n": "AQAB", "e": "AQAB"}, "enc": "A128GCM"},
        {"jwk": "x", "enc": "A128GCM"},
    ],
)
def test_an_encryption_that_we_do_not_have_is_refused(encryption):
    value = CredentialRequest("welding", ("a",)).to_json() | {"credential_response_encryption": encryption}
    with pytest.raises(InvalidEncryptionParameters):
        parse_credential_request(json.dumps(value).encode())


@pytest.mark.parametrize(
    "value",
    [
        {},
        {"transaction_id": "x"},
        {"transaction_id": "", "interval": 5},
        {"transaction_id": 1, "interval": 5},
        {"transaction_id": "x", "interval": 0},
        {"transaction_id": "x", "interval": True},
        {"transaction_id": "x", "interval": 31_536_001},
        {"transaction_id": "x", "interval": 5, "credentials": [{"credential": {}}]},
        {"credentials": []},
        {"credentials": [{"credential": {}}, {"credential": {}}]},
        {"credentials": [{"credential": "é.b.c"}]},
        {"credentials": [{"credential": "abc"}]},
        {"credentials": [{"credential": 1}]},
        {"credentials": [{"credential": {}}], "notification_id": 1},
        {"credentials": [{"credential": {}}], "notification_id": ""},
        {"credentials": [{"credential": {}}], "notification_id": "x" * 513},
        {"credentials": [{}]},
        {"credentials": ["x"]},
    ],
)
def test_anything_but_one_credential_or_a_promise_is_refused(value):
    with pytest.raises(MalformedResponse):
        parse_credential_response(json.dumps(value).encode())


def test_an_error_keeps_to_the_characters_that_the_specification_allows():
    body = error_response(CredentialRequestDenied())
    assert body["error"] == "credential_request_denied"
    assert all(c in " !" or "#" <= c <= "[" or "]" <= c <= "~" for c in body["error_description"])


def test_of_an_issuers_error_only_known_words_are_taken_over():
    assert parse_error_response(b'{"error":"invalid_grant"}').details == {"error": "invalid_grant"}
    for body in (b'{"error":"<script>"}', b"<html>", b'{"error":1}', b"[]"):
        assert parse_error_response(body).details == {"error": "other"}


def test_a_response_that_is_no_json_is_refused():
    with pytest.raises(Invalid):
        parse_credential_response(b"<html>")
