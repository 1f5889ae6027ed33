"""What a verifier says about itself: written for one request, read strictly."""

import pytest

from passport.errors.openid4vp_response import MalformedClientMetadata, NoKeyToEncryptFor
from passport.keys import generate_agreement_key
from passport.openid4vp.client_metadata import FORMATS, build_client_metadata, parse_client_metadata
from passport.openid4vp.limits import METADATA

KEY = generate_agreement_key().public_key
FORM = {"vp_formats_supported": {"dc+sd-jwt": {"sd-jwt_alg_values": ["ES256"]}}}


def test_what_was_written_is_read():
    read = parse_client_metadata(build_client_metadata(client_name="Bakery", encryption_key=KEY, kid="a"))
    assert read.client_name == "Bakery"
    assert dict(read.vp_formats_supported) == {name: dict(each) for name, each in FORMATS.items()}
    assert read.encryption() == ({**KEY.to_jwk(), "kid": "a", "use": "enc", "alg": "ECDH-ES"}, "A128GCM")


def test_an_answer_that_is_not_encrypted_needs_no_key():
    written = build_client_metadata(client_name="Bakery", formats=("ldp_vc",), algorithms={"ES256"})
    assert list(written["vp_formats_supported"]) == ["ldp_vc"]
    with pytest.raises(NoKeyToEncryptFor):
        parse_client_metadata(written).encryption()


def test_keys_and_methods_that_we_do_not_have_are_passed_over():
    mine = {**KEY.to_jwk(), "kid": "mine"}
    others = [
        {"kty": "OKP", "crv": "X25519", "x": "AA"},
        {**KEY.to_jwk(), "use": "sig"},
        "key",
        {"kty": "EC"},
    ]
    said = {**FORM, "jwks": {"keys": [*others, mine]}}
    read = parse_client_metadata(
        {**said, "encrypted_response_enc_values_supported": ["A128CBC-HS256", "A256GCM"]}
    )
    assert read.encryption() == (mine, "A256GCM")
    assert parse_client_metadata(said).encryption()[1] == "A128GCM"
    with pytest.raises(NoKeyToEncryptFor):
        parse_client_metadata(
            {**said, "encrypted_response_enc_values_supported": ["A128CBC-HS256"]}
        ).encryption()


def test_names_by_language_and_what_is_not_known():
    read = parse_client_metadata(
        {**FORM, "client_name#nl": "Bakker", "logo_uri": "https://x.example/l", "more": [1]}
    )
    assert (read.names, read.logo_uri, read.client_name) == ({"nl": "Bakker"}, "https://x.example/l", None)


@pytest.mark.parametrize(
    "broken",
    [
        None, [], "x", {}, {"vp_formats_supported": []}, {"vp_formats_supported": {"x": 1}},
        {"vp_formats_supported": {"x": {"alg_values": [1]}}}, {"vp_formats_supported": {"x": {"alg_values": [""]}}},
        {**FORM, "client_name": 1}, {**FORM, "client_name": "x" * (METADATA.text + 1)}, {**FORM, "logo_uri": {}},
        {**FORM, "jwks": []}, {**FORM, "jwks": {"keys": {}}}, {**FORM, "client_name#nl": ["x"]},
        {**FORM, "encrypted_response_enc_values_supported": "A128GCM"},
        {**FORM, "jwks": {"keys": [{}] * (METADATA.keys + 1)}},
        {"vp_formats_supported": {f"f{number}": {} for number in range(METADATA.formats + 1)}},
        {"vp_formats_supported": {"x": {"alg_values": ["a"] * (METADATA.words + 1)}}},
        {**FORM, **{f"client_name#{number}": "x" for number in range(METADATA.names + 1)}},
    ],
)  # fmt: skip
def test_anything_else_is_refused(broken):
    with pytest.raises(MalformedClientMetadata):
        parse_client_metadata(broken)


def test_limits_of_what_is_read():
    most = {
        "vp_formats_supported": {
            f"f{number}": {"alg_values": ["a"] * METADATA.words} for number in range(METADATA.formats)
        },
        "client_name": "x" * METADATA.text,
        "jwks": {"keys": [{}] * METADATA.keys},
        **{f"client_name#{number}": "x" for number in range(METADATA.names)},
    }
    assert len(parse_client_metadata(most).names) == METADATA.names
