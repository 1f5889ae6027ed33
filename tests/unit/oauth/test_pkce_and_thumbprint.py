"""PKCE (RFC 7636, appendix B) and thumbprints of keys (RFC 7638; RFC 8037, appendix A.3)."""

import pytest

from passport.errors.oauth import InvalidAuthorizationRequest, InvalidCodeVerifier
from passport.keys import PublicKey, generate_signer
from passport.oauth.pkce import check_challenge, check_code_verifier, code_challenge, create_code_verifier
from passport.oauth.thumbprint import is_thumbprint, jwk_thumbprint

VERIFIER = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"
CHALLENGE = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"


def test_the_specifications_own_example():
    assert code_challenge(VERIFIER) == CHALLENGE
    check_code_verifier(VERIFIER, CHALLENGE)
    assert check_challenge(CHALLENGE, "S256") == CHALLENGE


def test_a_new_verifier_has_256_bits_and_answers_its_challenge():
    verifier = create_code_verifier(bytes(range(32)))
    check_code_verifier(verifier, code_challenge(verifier))
    with pytest.raises(InvalidCodeVerifier):
        create_code_verifier(bytes(31))


@pytest.mark.parametrize(
    "verifier", ["a" * 42, "a" * 129, "a" * 42 + "é", "a" * 42 + " ", "a" * 43 + "\n", CHALLENGE]
)
def test_another_verifier_is_refused(verifier):
    with pytest.raises(InvalidCodeVerifier):
        check_code_verifier(verifier, CHALLENGE)


@pytest.mark.parametrize(
    ("challenge", "method"),
    [(None, "S256"), (CHALLENGE, None), (CHALLENGE, "plain"), (CHALLENGE + "=", "S256"), ("", "S256")],
)
def test_no_other_method_is_taken(challenge, method):
    with pytest.raises(InvalidAuthorizationRequest):
        check_challenge(challenge, method)


def test_a_thumbprint_is_that_of_the_key_however_its_jwk_is_written():
    jwk = {"kty": "OKP", "crv": "Ed25519", "x": "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"}
    assert jwk_thumbprint(PublicKey.from_jwk(jwk)) == "kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k"
    assert jwk_thumbprint(PublicKey.from_jwk(jwk | {"kid": "1", "use": "sig"})) == (
        "kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k"
    )
    assert is_thumbprint(jwk_thumbprint(generate_signer().public_key))
    assert not is_thumbprint("x")
