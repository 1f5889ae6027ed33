"""DPoP proofs (RFC 9449, section 4): made and checked for every kind of key, at the edges of their time."""

from datetime import UTC, datetime, timedelta

import pytest

from passport import limits
from passport.errors.oauth import InvalidDPoPProof
from passport.keys import KeyType, generate_signer
from passport.oauth.dpop import check_dpop_proof, create_dpop_proof
from passport.oauth.limits import OAUTH
from passport.oauth.thumbprint import jwk_thumbprint

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
URL = "https://issuer.example/o/school/token"
SIGNERS = {kind: generate_signer(kind) for kind in KeyType}


def made(signer=SIGNERS[KeyType.P256], **changes):
    given = {"method": "POST", "url": URL, "jti": "a" * 22, "issued_at": NOW} | changes
    return create_dpop_proof(signer, **given)


def checked(proof, **changes):
    given = {"expected_method": "POST", "expected_url": URL, "now": NOW} | changes
    return check_dpop_proof(proof, **given)


@pytest.mark.parametrize("kind", KeyType)
def test_a_proof_names_the_key_that_made_it(kind):
    found = checked(made(SIGNERS[kind], nonce="n", access_token="t"), access_token="t")
    assert found.jkt == jwk_thumbprint(SIGNERS[kind].public_key)
    assert (found.jti, found.nonce, found.issued_at) == ("a" * 22, "n", NOW)


@pytest.mark.parametrize(
    "url",
    [
        URL,
        f"{URL}?a=b#c",
        "https://issuer.example:443/o/school/token",
        "https://ISSUER.example/o/school/token",
    ],
)
def test_addresses_that_mean_the_same_are_the_same(url):
    assert checked(made(url=url))
    assert checked(made(), expected_url=url)


@pytest.mark.parametrize(
    "url",
    [
        "https://issuer.example/o/school/Token",
        "https://issuer.example/o/school/token/",
        "http://issuer.example/o/school/token",
        "https://issuer.example:8443/o/school/token",
        "https://user@issuer.example/o/school/token",
        "https://issuer.example.attacker.example/o/school/token",
        "https://issuer.example:x/o/school/token",
        "/o/school/token",
        "",
    ],
)
def test_another_address_is_another_request(url):
    with pytest.raises(InvalidDPoPProof):
        checked(made(url=url))


SKEW = limits.TIME.clock_skew
AGE = OAUTH.proof_age


@pytest.mark.parametrize("seconds", [-SKEW, 0, AGE + SKEW])
def test_a_proof_holds_to_the_last_second(seconds):
    assert checked(made(issued_at=NOW - timedelta(seconds=seconds)))


@pytest.mark.parametrize("seconds", [-SKEW - 1, AGE + SKEW + 1])
def test_a_proof_of_another_time_is_refused(seconds):
    with pytest.raises(InvalidDPoPProof):
        checked(made(issued_at=NOW - timedelta(seconds=seconds)))


def test_a_proof_for_a_token_is_for_that_token():
    for given in ("another", ""):
        with pytest.raises(InvalidDPoPProof):
            checked(made(access_token=given), access_token="t")
    with pytest.raises(InvalidDPoPProof):
        checked(made(), access_token="t")
    assert checked(made(access_token="t"))


def test_every_letter_of_a_proof_counts():
    proof = made()
    for place in range(0, len(proof), 7):
        other = "A" if proof[place] != "A" else "B"
        with pytest.raises(InvalidDPoPProof):
            checked(proof[:place] + other + proof[place + 1 :])


def test_a_proof_with_a_long_jti_is_refused():
    assert checked(made(jti="j" * 256))
    with pytest.raises(InvalidDPoPProof):
        checked(made(jti="j" * 257))
