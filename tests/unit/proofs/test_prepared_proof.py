"""A prepared proof is the proof that `add_proof` adds, whatever the documents are."""

from datetime import UTC, datetime

import pytest

from passport.credentials.vocabulary import CREDENTIALS_V2
from passport.dids import create_did_key, key_method_id
from passport.documents import DocumentCache
from passport.errors.proofs import KeyNotForCryptosuite, UnsupportedCryptosuite
from passport.keys import KeyType, generate_signer
from passport.proofs import EDDSA_JCS_2022, SUITES, PreparedProof, add_proof, method_source, verify_proofs

NOW = datetime(2026, 6, 1, 12, tzinfo=UTC)
SIGNERS = {key_type: generate_signer(key_type) for key_type in KeyType}
OPEN_BADGES = "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"


def options(cryptosuite, key_type=None):
    suite = SUITES.get(cryptosuite, cryptosuite)
    signer = SIGNERS[key_type or min(suite.key_types)]
    method = key_method_id(create_did_key(signer.public_key))
    return {"signer": signer, "verification_method": method, "created": NOW, "cryptosuite": cryptosuite}


def _repeats(signer):
    """WebCrypto's ECDSA does not sign deterministically (RFC 6979)."""
    return signer.sign(b"twice") == signer.sign(b"twice")


def credential(number, contexts=(CREDENTIALS_V2,)):
    return {
        "@context": list(contexts),
        "id": f"urn:uuid:{number}",
        "type": ["VerifiableCredential"],
        "issuer": "https://school.example",
        "credentialSubject": {"id": f"https://people.example/{number}"},
    }


def check(signed, cryptosuite):
    (proof, *_) = verify_proofs(
        signed,
        method_for=method_source(DocumentCache()),
        expected_purpose="assertionMethod",
        now=NOW,
        allow_base_proof=True,
    )
    assert proof.cryptosuite == getattr(cryptosuite, "cryptosuite", cryptosuite)


@pytest.mark.parametrize("cryptosuite", [*SUITES, EDDSA_JCS_2022])
def test_every_suite_and_changing_contexts(cryptosuite):
    given = options(cryptosuite)
    prepared = PreparedProof(**given)
    both = (CREDENTIALS_V2, OPEN_BADGES)
    for number, contexts in enumerate([both[:1], both[:1], both, both, both[:1], both[:1]]):
        document = credential(number, contexts)
        before = {**document, "@context": list(contexts)}
        signed = prepared.add_to(document)
        assert document == before
        check(signed, cryptosuite)
        plain = add_proof(document, **given)
        assert list(signed["proof"]) == list(plain["proof"])
        if _repeats(given["signer"]) and cryptosuite != "ecdsa-sd-2023":  # which makes a new key each time
            assert signed == plain


@pytest.mark.parametrize("cryptosuite", ["eddsa-rdfc-2022", "eddsa-jcs-2022", "ecdsa-rdfc-2019"])
def test_contexts_that_the_caller_changes_afterwards(cryptosuite):
    prepared = PreparedProof(**options(cryptosuite))
    contexts = [CREDENTIALS_V2]
    for number in range(3):
        signed = prepared.add_to({**credential(number), "@context": contexts})
        check(signed, cryptosuite)
    contexts.append(OPEN_BADGES)
    check(prepared.add_to({**credential(4), "@context": contexts}), cryptosuite)


def test_values_that_are_equal_and_not_the_same():
    prepared = PreparedProof(**options("eddsa-jcs-2022"))
    for context in ([1], [True], [1.0], [[]], None, "a", ["a"], ["a"]):
        document = {"@context": context, "name": "x"} if context else {"name": "x"}
        check(prepared.add_to(document), "eddsa-jcs-2022")


def test_a_document_with_a_proof_gets_a_second_one():
    prepared = PreparedProof(**options("eddsa-jcs-2022"))
    once = prepared.add_to(credential(1))
    twice = prepared.add_to(once)
    assert twice["proof"][0]["proofValue"] == once["proof"]["proofValue"]
    check(twice, "eddsa-jcs-2022")
    check(prepared.add_to(credential(2)), "eddsa-jcs-2022")


def test_what_add_proof_refuses_is_refused():
    with pytest.raises(UnsupportedCryptosuite):
        PreparedProof(**{**options("eddsa-jcs-2022"), "cryptosuite": "none"}).add_to(credential(1))
    with pytest.raises(KeyNotForCryptosuite):
        PreparedProof(**options("eddsa-jcs-2022", KeyType.P256)).add_to(credential(1))
