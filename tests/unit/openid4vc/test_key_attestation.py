"""Key attestations, alone and in the header of a key proof (OpenID4VCI 1.0, appendices D and F)."""

import json
from datetime import UTC, datetime, timedelta

import pytest

from passport.dids import create_did_jwk, create_did_key, jwk_method_id, key_method_id
from passport.encoding import base64url_decode, base64url_encode
from passport.errors.openid4vc import InvalidKeyProof
from passport.keys import KeyType, generate_signer
from passport.openid4vc import (
    AttestationRules,
    check_key_attestation,
    check_key_proof,
    create_key_attestation,
    create_key_proof,
)

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
ISSUER = "https://school.example/o/school"
PROVIDER, IMPOSTOR = generate_signer(KeyType.P256), generate_signer(KeyType.P256)
FIRST, SECOND, OTHER = (generate_signer(KeyType.P256) for _ in range(3))
RULES = AttestationRules((generate_signer().public_key, PROVIDER.public_key), required=True)
HIGH = "iso_18045_high"


def attestation(*keys, **changes):
    given = {
        "key_id": "provider-1",
        "nonce": "nonce-1",
        "issued_at": NOW,
        "expires": NOW + timedelta(days=30),
    } | changes
    signer = given.pop("signer", PROVIDER)
    return create_key_attestation(signer, [key.public_key for key in keys or (FIRST, SECOND)], **given)


def forge(header=None, claims=None, drop=(), by=PROVIDER):
    parts = attestation().split(".")
    head = json.loads(base64url_decode(parts[0])) | (header or {})
    body = json.loads(base64url_decode(parts[1])) | (claims or {})
    for name in drop:
        body.pop(name)
    signed = ".".join(base64url_encode(json.dumps(part).encode()) for part in (head, body))
    return f"{signed}.{base64url_encode(by.sign(signed.encode()))}"


def check(token, rules=RULES, **changes):
    return check_key_attestation(token, rules=rules, now=NOW, **({"algorithms": ("ES256",)} | changes))


def proof(signer=FIRST, attested=None, kid=None, **changes):
    did = create_did_key(signer.public_key)
    return create_key_proof(
        signer,
        verification_method=kid or key_method_id(did),
        audience=ISSUER,
        nonce="nonce-1",
        issued_at=NOW,
        key_attestation=attested,
        **changes,
    )


def check_proof(token, rules=RULES, **changes):
    return check_key_proof(token, expected_audience=ISSUER, now=NOW, attestation=rules, **changes)


def test_what_a_trusted_provider_says_is_read_as_it_was_made():
    found = check(attestation(key_storage=[HIGH], user_authentication=["iso_18045_basic"]))
    assert found.keys == (FIRST.public_key, SECOND.public_key)
    assert (found.key_storage, found.user_authentication) == ((HIGH,), ("iso_18045_basic",))
    assert found.nonce == "nonce-1"
    assert check(attestation(nonce=None)).nonce is None
    for written in ({"typ": "keyattestation+jwt"}, {"jwk": PROVIDER.public_key.to_jwk()}, {"x5c": ["MIIB"]}):
        assert check(forge(written)).keys == found.keys


@pytest.mark.parametrize(
    ("name", "token"),
    [
        ("by somebody else", attestation(signer=IMPOSTOR)),
        ("no token", "x"),
        ("another type", forge({"typ": "openid4vci-proof+jwt"})),
        ("algorithm none", forge({"alg": "none"})),
        ("by a key of its own", forge({"jwk": IMPOSTOR.public_key.to_jwk()}, by=IMPOSTOR)),
        ("by certificates of its own", forge({"x5c": ["MIIB"]}, by=IMPOSTOR)),
        ("expired", attestation(expires=NOW - timedelta(seconds=61))),
        ("from the future", attestation(issued_at=NOW + timedelta(seconds=61))),
        ("no time", forge(drop=["iat"])),
        ("a time as text", forge(claims={"iat": "now"})),
        ("no keys", forge(drop=["attested_keys"])),
        ("an empty list of keys", forge(claims={"attested_keys": []})),
        ("too many keys", forge(claims={"attested_keys": [FIRST.public_key.to_jwk()] * 11})),
        ("a key twice", attestation(FIRST, FIRST)),
        ("a key that is none", forge(claims={"attested_keys": ["x"]})),
        ("a private key", forge(claims={"attested_keys": [FIRST.public_key.to_jwk() | {"d": "x"}]})),
        ("storage that is no list", forge(claims={"key_storage": HIGH})),
    ],
)
def test_whatever_is_wrong_with_an_attestation_is_refused(name, token):
    with pytest.raises(InvalidKeyProof):
        check(token)


def test_a_wrong_signature_is_refused():
    """oid4vci-1_0-issuer-fail-invalid-key-attestation-signature"""
    head, body, signature = attestation().split(".")
    flipped = bytearray(base64url_decode(signature))
    flipped[0] ^= 1
    with pytest.raises(InvalidKeyProof):
        check(f"{head}.{body}.{base64url_encode(bytes(flipped))}")


def test_an_algorithm_that_was_not_announced_is_refused():
    assert check(attestation())
    with pytest.raises(InvalidKeyProof):
        check(attestation(), algorithms=("EdDSA",))


@pytest.mark.parametrize("name", ["key_storage", "user_authentication"])
def test_keys_must_be_kept_as_well_as_is_asked(name):
    rules = AttestationRules(RULES.attesters, **{name: (HIGH,)})
    assert check(attestation(**{name: [HIGH]}), rules)
    for said in ({}, {name: ["iso_18045_basic"]}):
        with pytest.raises(InvalidKeyProof):
            check(attestation(**said), rules)


def test_a_proof_by_an_attested_key_brings_the_others_along():
    found = check_proof(proof(attested=attestation()))
    assert found.attestation is not None
    assert found.attestation.keys == (FIRST.public_key, SECOND.public_key)
    assert found.holder == create_did_key(FIRST.public_key)


def test_a_kid_may_be_a_place_among_the_attested_keys():
    found = check_proof(proof(SECOND, attestation(), kid="1"))
    did = create_did_jwk(SECOND.public_key)
    assert (found.holder, found.verification_method) == (did, jwk_method_id(did))
    for signer, kid in ((FIRST, "1"), (OTHER, "0"), (FIRST, "2"), (FIRST, "٠"), (FIRST, "-1")):
        with pytest.raises(InvalidKeyProof):
            check_proof(proof(signer, attestation(), kid=kid))


def test_an_attestation_is_required_where_that_was_announced():
    rules = AttestationRules(RULES.attesters)
    assert check_proof(proof(), rules).attestation is None
    with pytest.raises(InvalidKeyProof):
        check_proof(proof())


def test_a_proof_by_a_key_that_is_not_attested_is_refused():
    with pytest.raises(InvalidKeyProof):
        check_proof(proof(OTHER, attestation()))


def test_in_a_proof_an_attestation_must_expire():
    lasting = forge(drop=["exp"])
    assert check(lasting)
    for wrong in (lasting, 7, "x", attestation(signer=IMPOSTOR)):
        with pytest.raises(InvalidKeyProof):
            check_proof(proof(attested=wrong))


def test_without_trusted_providers_an_attestation_counts_for_nothing():
    found = check_proof(proof(OTHER, attestation(signer=IMPOSTOR)), None)
    assert found.attestation is None
    with pytest.raises(InvalidKeyProof):
        check_proof(proof(FIRST, attestation(), kid="0"), None)


def test_a_client_that_told_its_name_says_the_same_one():
    """OpenID4VCI 1.0, appendix F.1: `iss`."""
    assert check_proof(proof(client_id="wallet"), None, client_id="wallet")
    assert check_proof(proof(), None, client_id="wallet")
    for client_id in (None, "other"):
        with pytest.raises(InvalidKeyProof):
            check_proof(proof(client_id="wallet"), None, client_id=client_id)


def test_a_proof_by_an_algorithm_that_was_not_announced_is_refused():
    assert check_proof(proof(), None, algorithms=("ES256",))
    with pytest.raises(InvalidKeyProof):
        check_proof(proof(generate_signer()), None, algorithms=("ES256",))


def test_ten_attested_keys_and_a_chain_of_certificates_fit_in_a_header():
    keys = [generate_signer(KeyType.P256) for _ in range(9)]
    assert len(check_proof(proof(attested=attestation(FIRST, *keys))).attestation.keys) == 10
