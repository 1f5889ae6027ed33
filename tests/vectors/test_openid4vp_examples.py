"""The examples of OpenID4VP 1.0: requests, client metadata and answers. Each is read, or refused for a reason.

The queries of `query_lang` stand in test_dcql_examples; those of the Digital Credentials API are not for us.
"""

import json

import pytest

from passport.encoding import base64url_decode, base64url_encode
from passport.errors import PassportError
from passport.errors.jose import UnsupportedAlgorithm
from passport.errors.openid4vp import UnsupportedResponseMode
from passport.jose import jwe, jws
from passport.keys import load_agreement_key
from passport.openid4vp.client_metadata import parse_client_metadata
from passport.openid4vp.dcql_parse import parse_dcql
from passport.openid4vp.request_parameters import parse_parameters
from passport.openid4vp.response_read import read_vp_token
from passport.sd_jwt.processing import processed
from passport.sd_jwt.token import parse

KEY = {
    "kty": "EC",
    "crv": "P-256",
    "x": "YO4epjifD-KWeq1sL2tNmm36BhXnkJ0He-WqMYrp9Fk",
    "y": "Hekpm0zfK7C-YccH5iBjcIXgf6YdUvNUac_0At55Okk",
}
SECRET = "Et-3ce0omz8_TuZ96Df9lp0GAaaDoUnDe6X-CRO7Aww"
ENCRYPTED = (
    "eyJhbGciOiJFQ0RILUVTIiwiZW5jIjoiQTEyOEdDTSIsImtpZCI6ImFjIiwiZXBrIjp7Imt"
    "0eSI6IkVDIiwieCI6Im5ubVZwbTNWM2piaGNhZlFhUkJrU1ZOSGx3Wkh3dC05ck9wSnVmeVlJdWsiLCJ5I"
    "joicjRmakRxd0p5czlxVU9QLV9iM21SNVNaRy0tQ3dPMm1pYzVWU05UWU45ZyIsImNydiI6IlAtMjU2In1"
    "9..uAYcHRUSSn2X0WPX.yVzlGSYG4qbg0bq18JcUiDRw56yVnbKR8E7S7YlEtzT00RqE3Pw5oTpUG3hdLN"
    "4taHZ9gC1kwak8JOnJgQ.1wR024_3-qtAlx1oFIUpQQ"
)
"""Section 8.3: an answer, and the key that it is encrypted for."""


@pytest.fixture(scope="module")
def examples(vectors):
    return vectors / "openid4vp-examples"


def loaded(path):
    """Some examples leave the query out with three dots."""
    text = path.read_text("utf-8").replace("{ ... }", "{}").replace("{...}", "{}")
    return json.loads(text)


def test_the_encrypted_answer_of_section_8_3_is_decrypted():
    key = load_agreement_key(base64url_decode(SECRET))
    assert key.public_key.to_jwk() == KEY
    token = jwe.parse(ENCRYPTED)
    assert token.kid == "ac"
    opened = json.loads(jwe.open_parsed(token, key=key))
    assert opened == {"vp_token": {"example_credential_id": ["eyJhb...YMetA"]}}
    assert read_vp_token(opened["vp_token"]).presentations == {"example_credential_id": (b"eyJhb...YMetA",)}


@pytest.mark.parametrize("name", ["sd_jwt_vc", "w3c_jwt", "w3c_ldp"])
def test_client_metadata_is_read(examples, name):
    read = parse_client_metadata(loaded(examples / "client_metadata" / f"{name}_verifier_metadata.json"))
    assert list(read.vp_formats_supported) in (["dc+sd-jwt"], ["jwt_vc_json"], ["ldp_vc"])


@pytest.mark.parametrize("name", ["dcql_jwt_vc", "dcql_ldp_vc"])
def test_queries_of_the_requests_are_read(examples, name):
    source = loaded(examples / "request" / f"{name}.json")
    assert parse_dcql(source).to_json() == source


def test_the_request_by_did_is_for_a_redirect_and_signed_with_rsa_and_refused_for_both(examples):
    with pytest.raises(UnsupportedResponseMode):
        parse_parameters(loaded(examples / "request" / "request_object_client_id_did.json"))
    header = loaded(examples / "request" / "request_header_client_id_did.json")
    token = f"{base64url_encode(json.dumps(header).encode())}.e30.AAAA"
    with pytest.raises(UnsupportedAlgorithm):
        jws.parse(token)


@pytest.mark.parametrize("name", ["signed_request_payload", "signed_request_payload_compact"])
def test_requests_of_the_digital_credentials_api_are_not_for_us(examples, name):
    with pytest.raises(PassportError):
        parse_parameters(loaded(examples / "digital_credentials_api" / f"{name}.json"))


def test_the_presentation_in_json_is_one_of_a_vp_token(examples):
    shown = loaded(examples / "response" / "ldp_vc.json")
    assert read_vp_token({"example_ldp_vc": [shown]}).presentations["example_ldp_vc"] == (shown,)
    assert shown["proof"]["challenge"] == "n-0S6_WzA2Mj"


def test_the_sd_jwt_with_its_key_binding_is_read(examples):
    folder = examples / "sd_jwt_vcld" / "01"
    read = parse((folder / "sd_jwt_presentation.txt").read_text("ascii").replace("\n", "").strip())
    assert processed(read) == loaded(folder / "verified_contents.json")
    assert json.loads(read.key_binding.payload) == loaded(folder / "kb_jwt_payload.json")
