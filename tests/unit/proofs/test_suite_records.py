"""A suite is a record: one of one's own signs and verifies without being listed anywhere."""

import hashlib
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from contexts import shipped
from passport import json
from passport.dids import create_did_key, key_method_id
from passport.documents import DocumentCache
from passport.errors import SignatureMismatch
from passport.errors.jsonld import UnknownContext
from passport.errors.proofs import UnsupportedCryptosuite
from passport.keys import KeyType, generate_signer, verify_signature
from passport.proofs import (
    ED25519_SIGNATURE_2020,
    EDDSA_RDFC_2022,
    READABLE,
    SUITES,
    Suite,
    add_proof,
    method_source,
    verify_proofs,
)
from passport.proofs.add import add_proof_options
from passport.proofs.suites import Unsecured

NOW = datetime(2026, 6, 1, tzinfo=UTC)
SIGNER = generate_signer()
METHOD = key_method_id(create_did_key(SIGNER.public_key))
DOCUMENT = {"name": "Welding", "count": 3}


def reversed_jcs(document, _hash_name="sha256", _contexts=None):
    return json.canonicalize(document)[::-1]


BACKWARDS = Suite(
    cryptosuite="toy-backwards-2030",
    transform=reversed_jcs,
    key_types=frozenset({KeyType.ED25519}),
    keeps_context=True,
    hash_name=lambda _key_type: "sha384",
)


def secure(unsecured: Unsecured, signer) -> str:
    return signer.sign(hashlib.sha512(json.canonicalize(unsecured.document)).digest()).hex()


def verify(unsecured: Unsecured, key, signature: bytes) -> None:
    verify_signature(key, hashlib.sha512(json.canonicalize(unsecured.document)).digest(), signature)


ALL_ITS_OWN = replace(
    BACKWARDS, cryptosuite="toy-hex-2030", secure=secure, decode=bytes.fromhex, verify=verify
)


def sign(suite, document=DOCUMENT):
    return add_proof(document, signer=SIGNER, verification_method=METHOD, created=NOW, cryptosuite=suite)


def check(document, **options):
    return verify_proofs(
        document,
        method_for=method_source(DocumentCache()),
        expected_purpose="assertionMethod",
        now=NOW,
        **options,
    )


@pytest.mark.parametrize("suite", [BACKWARDS, ALL_ITS_OWN])
def test_a_suite_in_one_file(suite):
    signed = sign(suite)
    (proof,) = check(signed, accepted=[suite])
    assert proof.cryptosuite == suite.cryptosuite == signed["proof"]["cryptosuite"]
    with pytest.raises(SignatureMismatch):
        check({**signed, "count": 4}, accepted=[suite])
    with pytest.raises(UnsupportedCryptosuite):
        check(signed)


def test_what_is_signed_with_and_what_is_read():
    assert list(SUITES) == [
        "eddsa-rdfc-2022",
        "eddsa-jcs-2022",
        "ecdsa-rdfc-2019",
        "ecdsa-jcs-2019",
        "ecdsa-sd-2023",
    ]
    assert [suite.proof_type for suite in READABLE] == ["DataIntegrityProof"] * 5 + ["Ed25519Signature2020"]
    with pytest.raises(UnsupportedCryptosuite):
        sign("Ed25519Signature2020")
    with pytest.raises(UnsupportedCryptosuite):
        sign("")


def test_a_signature_over_the_whole_is_no_base_proof():
    assert not any(suite.is_base(bytes(64)) for suite in READABLE)
    assert [name for name, suite in SUITES.items() if suite.selective] == ["ecdsa-sd-2023"]


def test_a_suite_with_contexts_of_its_own():
    context = {"https://example.org/v1": b'{"@context": {"weldingHours": "https://example.org/hours"}}'}
    known = replace(EDDSA_RDFC_2022, contexts=shipped().with_documents(context))
    contexts = ["https://www.w3.org/ns/credentials/v2", "https://example.org/v1"]
    named = {"@context": contexts, "type": "VerifiableCredential", "weldingHours": 12}
    assert check(sign(known, named), accepted=[known])
    with pytest.raises(UnknownContext):
        sign(EDDSA_RDFC_2022, named)


def test_p384_hashes_with_sha384_inside_the_canonicalisation():
    """Nodes that look alike are told apart by hashes: another hash may give them other labels."""
    badge = {
        "@context": [
            "https://www.w3.org/ns/credentials/v2",
            "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json",
        ],
        "type": ["VerifiableCredential", "OpenBadgeCredential"],
        "evidence": [{"type": "Evidence", "name": f"{number}"} for number in range(8)],
    }
    suite = SUITES["ecdsa-rdfc-2019"]
    assert suite.canonical(badge, KeyType.P256) != suite.canonical(badge, KeyType.P384)
    assert suite.canonical(badge, KeyType.P384) == suite.transform(badge, "sha384")


def test_an_older_badge_is_read():
    """VC 1.1 with Ed25519Signature2020, as badges before Data Integrity 1.0 have it; nothing signs so."""
    badge = {
        "@context": [
            "https://www.w3.org/2018/credentials/v1",
            "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.1.json",
            "https://w3id.org/security/suites/ed25519-2020/v1",
        ],
        "id": "urn:uuid:1",
        "type": ["VerifiableCredential", "OpenBadgeCredential"],
        "issuer": "did:example:school",
        "issuanceDate": "2023-01-01T00:00:00Z",
        "credentialSubject": {"id": "did:example:worker", "type": "AchievementSubject"},
    }
    options = {
        "type": "Ed25519Signature2020",
        "created": "2023-01-01T00:00:00Z",
        "verificationMethod": METHOD,
        "proofPurpose": "assertionMethod",
    }
    signed = add_proof_options(badge, options, signer=SIGNER, suite=ED25519_SIGNATURE_2020)
    (proof,) = check(signed)
    assert proof.public_key == SIGNER.public_key
    with pytest.raises(SignatureMismatch):
        check({**signed, "issuanceDate": "2024-01-01T00:00:00Z"})
    with pytest.raises(UnsupportedCryptosuite):
        check(signed, accepted=tuple(SUITES.values()))
    with pytest.raises(UnsupportedCryptosuite):
        sign(ED25519_SIGNATURE_2020, badge)
