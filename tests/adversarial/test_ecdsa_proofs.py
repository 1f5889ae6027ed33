"""ECDSA signatures of every wrong form, and the terms of a proof for every suite that has P-256 or P-384."""

from datetime import UTC, datetime, timedelta

import pytest

from passport.dids import create_did_key, key_method_id
from passport.documents import DocumentCache
from passport.encoding import base58_decode, base58_encode
from passport.errors import SignatureMismatch
from passport.errors.proofs import (
    ChallengeMismatch,
    CyclicProofChain,
    DomainMismatch,
    KeyNotForCryptosuite,
    MalformedProofValue,
    PreviousProofMissing,
    ProofExpired,
    ProofFromTheFuture,
    ProofPurposeMismatch,
)
from passport.keys import KeyType, generate_signer
from passport.proofs import add_proof, method_source, selective, verify_proofs
from tests.simulators.selective import BADGE

NOW = datetime(2026, 6, 1, 12, tzinfo=UTC)
SIGNERS = {key_type: generate_signer(key_type) for key_type in KeyType}
ORDERS = {
    KeyType.P256: 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551,
    KeyType.P384: int(
        "FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFC7634D81F4372DDF581A0DB248B0A77AECEC196ACCC52973", 16
    ),
}
WHOLE = [(suite, key) for suite in ("ecdsa-rdfc-2019", "ecdsa-jcs-2019") for key in ORDERS]
ALL = [*WHOLE, ("ecdsa-sd-2023", KeyType.P256)]


def sign(suite, key_type, document=BADGE, **options):
    signer = SIGNERS[key_type]
    options.setdefault("created", NOW - timedelta(days=1))
    method = key_method_id(create_did_key(signer.public_key))
    return add_proof(document, signer=signer, verification_method=method, cryptosuite=suite, **options)


def verify(document, **expected):
    expected.setdefault("expected_purpose", "assertionMethod")
    return verify_proofs(document, method_for=method_source(DocumentCache()), now=NOW, **expected)


def shown(suite, key_type, **options):
    """What a verifier gets: of a selective suite a derived proof."""
    signed = sign(suite, key_type, **options)
    if selective.is_base_proof(signed):
        return selective.derive(signed, selective_pointers=["/name"])
    return signed


def with_signature(document, make, key_type):
    signature = base58_decode(document["proof"]["proofValue"][1:])
    half = len(signature) // 2
    r, s = int.from_bytes(signature[:half], "big"), int.from_bytes(signature[half:], "big")
    value = make(r, s, ORDERS[key_type], half)
    return {**document, "proof": {**document["proof"], "proofValue": "z" + base58_encode(value)}}


def pair(r, s, half):
    return r.to_bytes(half, "big") + s.to_bytes(half, "big")


WRONG = {
    "r of zero": lambda r, s, n, half: pair(0, s, half),
    "s of zero": lambda r, s, n, half: pair(r, 0, half),
    "both zero": lambda r, s, n, half: bytes(2 * half),
    "r of n": lambda r, s, n, half: pair(n, s, half),
    "s of n": lambda r, s, n, half: pair(r, n, half),
    "r and s swapped": lambda r, s, n, half: pair(s, r, half),
    "r negated": lambda r, s, n, half: pair(n - r, s, half),
    "all ones": lambda r, s, n, half: b"\xff" * (2 * half),
    "a byte too few": lambda r, s, n, half: pair(r, s, half)[:-1],
    "a byte too many": lambda r, s, n, half: pair(r, s, half) + b"\x00",
    "a byte before": lambda r, s, n, half: b"\x00" + pair(r, s, half),
    "half of it": lambda r, s, n, half: pair(r, s, half)[:half],
    "of the other curve's length": lambda r, s, n, half: pair(r, s, half)[: 160 - 2 * half].ljust(160 - 2 * half),
    "nothing": lambda r, s, n, half: b"",
    "DER": lambda r, s, n, half: b"\x30\x44\x02\x20" + pair(r, s, half)[:half] + b"\x02\x20" + pair(r, s, half)[half:],
}  # fmt: skip


@pytest.mark.parametrize(("suite", "key_type"), WHOLE)
@pytest.mark.parametrize("name", WRONG)
def test_a_signature_of_the_wrong_form(suite, key_type, name):
    with pytest.raises(SignatureMismatch):
        verify(with_signature(sign(suite, key_type), WRONG[name], key_type))


@pytest.mark.parametrize(("suite", "key_type"), WHOLE)
def test_high_and_low_s_are_both_accepted(suite, key_type):
    """FIPS 186-5 prefers neither, and others write both."""
    twin = with_signature(sign(suite, key_type), lambda r, s, n, half: pair(r, n - s, half), key_type)
    assert twin != sign(suite, key_type)
    assert verify(twin) == verify(sign(suite, key_type))


@pytest.mark.parametrize(("suite", "key_type"), WHOLE)
@pytest.mark.parametrize("value", ["z", "u" + "A" * 86, "z0", "z" + "2" * 150, "M" + "A" * 86])
def test_a_proof_value_of_the_wrong_form(suite, key_type, value):
    signed = sign(suite, key_type)
    with pytest.raises(SignatureMismatch if value == "z" else MalformedProofValue):
        verify({**signed, "proof": {**signed["proof"], "proofValue": value}})


@pytest.mark.parametrize(("suite", "key_type"), [*WHOLE, ("ecdsa-rdfc-2019", KeyType.P384)])
def test_the_key_decides_the_hash(suite, key_type):
    """A proof by one curve's key is not one by the other's, nor by an Ed25519 key."""
    signed = sign(suite, key_type)
    for other in KeyType:
        method = key_method_id(create_did_key(SIGNERS[other].public_key))
        renamed = {**signed, "proof": {**signed["proof"], "verificationMethod": method}}
        if other is KeyType.ED25519:
            with pytest.raises(KeyNotForCryptosuite):
                verify(renamed)
        elif other is not key_type:
            with pytest.raises(SignatureMismatch):
                verify(renamed)


@pytest.mark.parametrize(
    ("suite", "key_type"),
    [("ecdsa-rdfc-2019", KeyType.ED25519), ("ecdsa-jcs-2019", KeyType.ED25519), ("eddsa-jcs-2022", KeyType.P256)],
)  # fmt: skip
def test_a_key_that_is_not_the_suites_does_not_sign(suite, key_type):
    with pytest.raises(KeyNotForCryptosuite):
        sign(suite, key_type)


TERMS = {
    "for another purpose": ({"proof_purpose": "authentication"}, {}, ProofPurposeMismatch),
    "expired": ({"expires": NOW}, {}, ProofExpired),
    "from the future": ({"created": NOW + timedelta(seconds=61)}, {}, ProofFromTheFuture),
    "without the challenge": ({}, {"expected_challenge": "c"}, ChallengeMismatch),
    "with another challenge": ({"challenge": "b"}, {"expected_challenge": "c"}, ChallengeMismatch),
    "without the domain": ({}, {"expected_domain": "https://a.example"}, DomainMismatch),
    "for another domain": (
        {"domain": "https://b.example"},
        {"expected_domain": "https://a.example"},
        DomainMismatch,
    ),
}


@pytest.mark.parametrize(("suite", "key_type"), ALL)
@pytest.mark.parametrize("name", TERMS)
def test_the_terms_are_checked(suite, key_type, name):
    options, expected, error = TERMS[name]
    with pytest.raises(error):
        verify(shown(suite, key_type, **options), **expected)


@pytest.mark.parametrize(("suite", "key_type"), ALL)
def test_terms_that_are_met(suite, key_type):
    signed = shown(suite, key_type, challenge="c", domain="https://a.example", proof_purpose="authentication")
    (proof,) = verify(
        signed, expected_challenge="c", expected_domain="https://a.example", expected_purpose="authentication"
    )
    assert (proof.cryptosuite, proof.challenge) == (suite, "c")


@pytest.mark.parametrize(("suite", "key_type"), WHOLE)
def test_sets_and_chains(suite, key_type):
    first = sign(suite, key_type, proof_id="urn:uuid:1")
    chain = sign(
        suite, KeyType.P256, document=first, previous_proof="urn:uuid:1", proof_id="urn:uuid:2", created=NOW
    )
    assert [proof.previous_proof for proof in verify(chain)] == [(), ("urn:uuid:1",)]
    with pytest.raises(PreviousProofMissing):
        verify({**chain, "proof": chain["proof"][1:]})
    circle = [{**chain["proof"][0], "previousProof": "urn:uuid:2"}, chain["proof"][1]]
    with pytest.raises(CyclicProofChain):
        verify({**chain, "proof": circle})
    mixed = sign("eddsa-jcs-2022", KeyType.ED25519, document=chain, previous_proof=["urn:uuid:2"])
    assert len(verify(mixed)) == 3
    with pytest.raises(SignatureMismatch):
        verify(
            {
                **mixed,
                "proof": [{**mixed["proof"][0], "created": "2026-05-01T00:00:00Z"}, *mixed["proof"][1:]],
            }
        )
