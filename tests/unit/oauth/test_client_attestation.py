"""Attested clients: the example of OpenID4VCI 1.0 (appendix E), and the edges of time."""

from datetime import UTC, datetime, timedelta

import pytest

from passport import limits
from passport.errors.oauth import InvalidClient
from passport.jose import jws
from passport.json import canonicalize, parse_object
from passport.keys import KeyType, generate_signer
from passport.oauth.client_attestation import (
    check_client_attestation,
    create_attestation_proof,
    create_client_attestation,
)
from passport.oauth.limits import OAUTH

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
SERVER = "https://issuer.example/o/school"
PROVIDER, INSTANCE = generate_signer(KeyType.P256), generate_signer(KeyType.P256)
TRUSTED = {"https://provider.example": (generate_signer().public_key, PROVIDER.public_key)}
SKEW, AGE = limits.TIME.clock_skew, OAUTH.proof_age


def checked(*, expires=60, made=0, trusted=None, name="A wallet"):
    attestation = create_client_attestation(
        PROVIDER,
        provider="https://provider.example",
        client_id="https://wallet.example",
        instance_key=INSTANCE.public_key,
        issued_at=NOW,
        expires=NOW + timedelta(seconds=expires),
        wallet_name=name,
    )
    proof = create_attestation_proof(
        INSTANCE,
        client_id="https://wallet.example",
        audience=SERVER,
        jti="j",
        issued_at=NOW + timedelta(seconds=made),
        challenge="c",
    )
    return check_client_attestation(
        attestation, proof, trusted=TRUSTED if trusted is None else trusted, expected_audience=SERVER, now=NOW
    )


def test_an_attested_client_is_known_by_its_provider():
    found = checked()
    assert (found.client_id, found.provider) == ("https://wallet.example", "https://provider.example")
    assert (found.wallet_name, found.jti, found.challenge) == ("A wallet", "j", "c")
    assert checked(name=None).wallet_name is None
    assert checked(name="x" * 201).wallet_name is None


@pytest.mark.parametrize("changes", [{"expires": 1}, {"made": SKEW}, {"made": -AGE - SKEW}])
def test_it_holds_to_the_last_second(changes):
    assert checked(**changes)


@pytest.mark.parametrize(
    "changes", [{"expires": 0}, {"made": SKEW + 1}, {"made": -AGE - SKEW - 1}, {"trusted": {}}]
)
def test_it_is_refused_beyond(changes):
    with pytest.raises(InvalidClient):
        checked(**changes)


def test_the_specifications_example_is_read_certificates_and_all(vectors):
    source = (vectors / "openid4vci-examples" / "wallet_attestation.jwt.txt").read_text()
    token = "".join(source.split())
    bounds = limits.JsonLimits(size=OAUTH.certificates, depth=4, array=32)
    parsed = jws.parse(token, certified=bounds)
    assert parsed.header["typ"] == "oauth-client-attestation+jwt"
    assert parse_object(parsed.payload)["cnf"]["jwk"]["crv"] == "P-256"
    with pytest.raises(InvalidClient):
        check_client_attestation(token, token, trusted=TRUSTED, expected_audience=SERVER, now=NOW)


@pytest.mark.parametrize("member", ["iss", "sub", "exp", "cnf"])
def test_an_attestation_without_a_member_that_it_needs_is_none(member):
    """oid4vci-1_0-issuer-fail-on-client-attestation-no-sub, and its like."""
    whole = create_client_attestation(
        PROVIDER,
        provider="https://provider.example",
        client_id="https://wallet.example",
        instance_key=INSTANCE.public_key,
        issued_at=NOW,
        expires=NOW + timedelta(hours=1),
    )
    parsed = jws.parse(whole)
    claims = parse_object(parsed.payload)
    del claims[member]
    cut = jws.sign(canonicalize(claims), signer=PROVIDER, header={"typ": parsed.header["typ"]})
    proof = create_attestation_proof(
        INSTANCE, client_id="https://wallet.example", audience=SERVER, jti="j", issued_at=NOW
    )
    assert check_client_attestation(whole, proof, trusted=TRUSTED, expected_audience=SERVER, now=NOW)
    with pytest.raises(InvalidClient):
        check_client_attestation(cut, proof, trusted=TRUSTED, expected_audience=SERVER, now=NOW)
