"""The W3C's test vectors of the EdDSA cryptosuites, with every intermediate value, sets and chains included.

They name an issuer that does not control the key, so they are checked at the level of proofs.
"""

import hashlib
import json
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from contexts import shipped
from passport.documents import DocumentCache
from passport.encoding import base58_decode, base58_encode
from passport.errors import SignatureMismatch
from passport.errors.proofs import PreviousProofMissing, UnsupportedCryptosuite
from passport.keys import KeyType, load_signer
from passport.proofs import (
    ED25519_SIGNATURE_2020,
    EDDSA_JCS_2022,
    EDDSA_RDFC_2022,
    method_source,
    verify_proofs,
)
from passport.proofs.add import add_proof_options
from passport.proofs.suites import SUITES, Unsecured
from passport.proofs.suites.whole import hash_data
from passport.proofs.unsecured import proof_config, unsecured

KEY = KeyType.ED25519
NOW = datetime(2026, 1, 1, tzinfo=UTC)
EXAMPLES = b'{"@context": {"@vocab": "https://www.w3.org/ns/credentials/examples#"}}'


@pytest.fixture(scope="module")
def suites(vectors):
    """The suites, knowing two contexts more: the examples' and the citizenship vocabulary's."""
    known = shipped().with_documents(
        {
            "https://www.w3.org/ns/credentials/examples/v2": EXAMPLES,
            "https://w3id.org/citizenship/v4rc1": (
                vectors / "citizenship" / "citizenship-v4rc1.jsonld"
            ).read_bytes(),
        }
    )
    return {
        "jcs": EDDSA_JCS_2022,
        "rdfc": replace(EDDSA_RDFC_2022, contexts=known),
        "2020": replace(ED25519_SIGNATURE_2020, contexts=known),
    }


@pytest.fixture(scope="module")
def folder(vectors):
    return vectors / "di-eddsa"


def signer_of(pair):
    prefixed = base58_decode(pair["privateKeyMultibase"][1:])
    assert prefixed[:2] == b"\x80\x26"
    signer = load_signer(KeyType.ED25519, prefixed[2:])
    assert signer.public_key.to_multikey() == pair["publicKeyMultibase"]
    return signer


def read(path):
    return json.loads(path.read_bytes())


def verify(document, suites):
    return verify_proofs(
        document,
        method_for=method_source(DocumentCache()),
        expected_purpose="assertionMethod",
        now=NOW,
        accepted=tuple(suites.values()),
    )


SINGLE = [
    ("eddsa-jcs-2022", "jcs", "JCS", "unsigned.json"),
    ("eddsa-rdfc-2022", "rdfc", "DataInt", "unsigned.json"),
    ("eddsa-rdfc-2022/employ", "rdfc", "DataInt", "employmentAuth.json"),
    ("Ed25519Signature2020", "2020", "EdSig", "unsigned.json"),
]


@pytest.mark.parametrize(("name", "suite", "ending", "source"), SINGLE)
def test_every_intermediate_value(folder, suites, name, suite, ending, source):
    suite = suites[suite]

    def text(value):
        return (folder / name / f"{value}{ending}.txt").read_text()

    signed = read(folder / name / f"signed{ending}.json")
    bare = {member: value for member, value in signed.items() if member != "proof"}
    if suite is not suites["2020"]:  # which adds a context of its own
        assert bare == read(folder / source)

    config = proof_config(signed, signed["proof"], suite)
    assert config == read(folder / name / f"proofConfig{ending}.json")
    assert unsecured(signed, config, suite) == bare

    assert suite.canonical(bare, KEY).decode() == text("canonDoc")
    assert suite.canonical(config, KEY).decode() == text("proofCanon")
    assert hashlib.sha256(suite.canonical(bare, KEY)).hexdigest() == text("docHash")
    assert hashlib.sha256(suite.canonical(config, KEY)).hexdigest() == text("proofHash")
    assert hash_data(Unsecured(suite, bare, config), KEY).hex() == text("combinedHash")

    signer = signer_of(read(folder / "keyPair.json"))
    signature = signer.sign(hash_data(Unsecured(suite, bare, config), KEY))
    assert signature.hex() == text("sigHex")
    assert "z" + base58_encode(signature) == text("sigBTC58") == signed["proof"]["proofValue"]

    options = {member: value for member, value in signed["proof"].items() if member != "proofValue"}
    assert add_proof_options(bare, options, signer=signer, suite=suite) == signed
    assert len(verify(signed, suites)) == 1


@pytest.mark.parametrize(
    ("name", "count"),
    [
        ("signedProofSet1", 1),
        ("signedProofSet2", 2),
        ("proofChainTempDoc1", 2),
        ("signedProofChain1", 3),
        ("signedProofChain2", 4),
    ],
)
def test_sets_and_chains_hold(folder, suites, name, count):
    secured = read(folder / "proof-set-chain" / f"{name}.json")
    verified = verify(secured, suites)
    assert len(verified) == count
    for proof, entry in zip(verified, secured["proof"] if count > 1 else [secured["proof"]], strict=True):
        assert proof.verification_method == entry["verificationMethod"]
        assert proof.proof_id == entry.get("id")


@pytest.mark.parametrize("name", ["signedProofSet2", "signedProofChain1", "signedProofChain2"])
def test_sets_and_chains_are_made_the_same(folder, suites, name):
    """Signed again proof by proof, with the published keys: every byte is the published one."""
    pairs = read(folder / "proof-set-chain" / "multiKeyPairs.json").values()
    signers = {pair["publicKeyMultibase"]: signer_of(pair) for pair in pairs}
    published = read(folder / "proof-set-chain" / f"{name}.json")
    document = {member: value for member, value in published.items() if member != "proof"}
    for entry in published["proof"]:
        options = {member: value for member, value in entry.items() if member != "proofValue"}
        signer = signers[entry["verificationMethod"].partition("#")[2]]
        document = add_proof_options(document, options, signer=signer, suite=suites["rdfc"])
    assert document == published


@pytest.mark.parametrize(("chain", "config"), [("1", "proofChainConfig1"), ("2", "proofChainConfig2")])
def test_what_a_chained_proof_secures(folder, suites, chain, config):
    """The temporary documents of the vectors: the document with only those proofs that the new one builds on."""
    chains = folder / "proof-set-chain"
    secured = read(chains / f"signedProofChain{chain}.json")
    last = secured["proof"][-1]
    named = last["previousProof"] if isinstance(last["previousProof"], list) else [last["previousProof"]]
    previous = [proof for proof in secured["proof"] if proof.get("id") in named]
    made = proof_config(secured, last, suites["rdfc"])
    assert unsecured(secured, made, suites["rdfc"], previous) == read(
        chains / f"proofChainTempDoc{chain}.json"
    )
    assert made == {**read(chains / f"{config}.json"), "@context": secured["@context"]}
    assert last == read(chains / f"proofChainConfigSigned{chain}.json")


def test_a_chain_without_its_base_fails(folder, suites):
    secured = read(folder / "proof-set-chain" / "signedProofChain2.json")
    for missing in range(3):
        rest = [proof for place, proof in enumerate(secured["proof"]) if place != missing]
        with pytest.raises(PreviousProofMissing):
            verify({**secured, "proof": rest}, suites)


def test_a_document_that_was_changed_fails(folder, suites):
    for name, _, ending, _ in SINGLE:
        signed = read(folder / name / f"signed{ending}.json")
        with pytest.raises(SignatureMismatch):
            verify({**signed, "name": "Another"}, suites)


def test_the_older_signature_is_read_where_it_is_accepted(folder, suites):
    signed = read(folder / "Ed25519Signature2020" / "signedEdSig.json")
    with pytest.raises(UnsupportedCryptosuite):
        verify_proofs(
            signed,
            method_for=method_source(DocumentCache()),
            expected_purpose="assertionMethod",
            now=NOW,
            accepted=tuple(SUITES.values()),
        )
