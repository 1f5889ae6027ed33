"""JSON Web Signature, compact form: round trips, and published examples."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from passport.errors import PassportError, SignatureMismatch
from passport.errors.jose import CertificatesUnsupported, KeyInHeader, TokenTooLarge, WrongTokenType
from passport.jose import jws
from passport.keys import KeyType, PublicKey, generate_signer
from passport.limits import JsonLimits

SIGNERS = {key_type: generate_signer(key_type) for key_type in KeyType}
CURVES = st.sampled_from(list(KeyType))


@given(payload=st.binary(min_size=1, max_size=200), kind=CURVES)
def test_what_is_signed_comes_back_letter_by_letter(payload, kind):
    token = jws.sign(payload, signer=SIGNERS[kind], header={"typ": "x"})
    parsed = jws.parse(token)
    assert parsed.payload == payload
    assert parsed.header == {"alg": jws.ALGORITHM[kind], "typ": "x"}
    assert parsed.compact == token
    jws.verify(parsed, SIGNERS[kind].public_key)


@given(st.data())
def test_a_letter_changed_anywhere_is_refused(data):
    kind = data.draw(CURVES)
    token = jws.sign(b"payload", signer=SIGNERS[kind], header={})
    place = data.draw(st.integers(0, len(token) - 1))
    letter = data.draw(st.sampled_from("AbZ09-_.=+ "))
    if token[place] == letter:
        return
    with pytest.raises(PassportError):
        jws.verify(jws.parse(token[:place] + letter + token[place + 1 :]), SIGNERS[kind].public_key)


def test_the_example_of_rfc_8037():
    """Appendix A.4."""
    key = PublicKey.from_jwk(
        {"kty": "OKP", "crv": "Ed25519", "x": "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"}
    )
    token = (
        "eyJhbGciOiJFZERTQSJ9.RXhhbXBsZSBvZiBFZDI1NTE5IHNpZ25pbmc."
        "hgyY0il_MGCjP0JzlnLWG1PPOt7-09PGcvMg3AIbQR6dWbhijcNR4ki4iylGjg5BhVsPt9g7sVvpAr_MuM0KAg"
    )
    parsed = jws.parse(token)
    jws.verify(parsed, key)
    assert parsed.payload == b"Example of Ed25519 signing"


def test_the_example_of_rfc_7515():
    """Appendix A.3: ES256, with a payload that has line breaks."""
    key = PublicKey.from_jwk(
        {
            "kty": "EC",
            "crv": "P-256",
            "x": "f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU",
            "y": "x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0",
        }
    )
    token = (
        "eyJhbGciOiJFUzI1NiJ9.eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19y"
        "b290Ijp0cnVlfQ.DtEhU3ljbEg8L38VWAfUAqOyKAM6-Xx-F4GawxaepmXFCgfTjDxw5djxLa8ISlSApmWQxfKTUJqPP3-Kg6NU1Q"
    )
    parsed = jws.parse(token)
    jws.verify(parsed, key)
    assert json.loads(parsed.payload)["iss"] == "joe"


def test_a_proof_of_possession_may_bring_its_key():
    header = {"jwk": SIGNERS[KeyType.ED25519].public_key.to_jwk()}
    token = jws.sign(b"x", signer=SIGNERS[KeyType.ED25519], header=header)
    assert jws.parse(token, own_key=True).header["jwk"] == header["jwk"]
    with pytest.raises(KeyInHeader):
        jws.parse(token)
    for name in ("jku", "x5u"):
        with pytest.raises(KeyInHeader):
            jws.parse(jws.sign(b"x", signer=SIGNERS[KeyType.ED25519], header={name: "u"}), own_key=True)


def test_the_key_decides_the_algorithm_that_is_written():
    token = jws.sign(b"x", signer=SIGNERS[KeyType.P256], header={"alg": "none"})
    assert jws.parse(token).header["alg"] == "ES256"


def test_a_payload_has_as_many_bytes_as_it_may():
    token = jws.sign(bytes(100), signer=SIGNERS[KeyType.ED25519], header={})
    assert jws.parse(token, most=100).payload == bytes(100)
    with pytest.raises(TokenTooLarge):
        jws.parse(token, most=98)


def test_a_type_is_a_media_type():
    parsed = jws.parse(jws.sign(b"x", signer=SIGNERS[KeyType.ED25519], header={"typ": "Application/VC+JWT"}))
    jws.check_type(parsed, "vc+jwt", "vp+jwt")
    with pytest.raises(WrongTokenType):
        jws.check_type(parsed, "vp+jwt")
    with pytest.raises(SignatureMismatch):
        jws.verify(parsed, generate_signer().public_key)


def test_certificates_are_read_only_where_they_belong():
    signer = generate_signer(KeyType.P256)
    bounds = JsonLimits(size=4_096, depth=4, array=8)
    token = jws.sign(b"{}", signer=signer, header={"x5c": ["A" * 2_000]})
    assert jws.parse(token, certified=bounds).header["x5c"] == ["A" * 2_000]
    small = jws.sign(b"{}", signer=signer, header={"x5c": ["AAAA"]})
    with pytest.raises(CertificatesUnsupported):
        jws.parse(small)
    with pytest.raises(TokenTooLarge):
        jws.parse(jws.sign(b"{}", signer=signer, header={"x5c": ["A" * 4_096]}), certified=bounds)
