"""The W3C's test vectors of ecdsa-rdfc-2019 and ecdsa-jcs-2019, with every intermediate value.

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
from passport.keys import KeyType, load_signer, verify_signature
from passport.proofs import ECDSA_JCS_2019, ECDSA_RDFC_2019, method_source, verify_proofs
from passport.proofs.add import add_proof_options
from passport.proofs.suites import Unsecured
from passport.proofs.suites.whole import hash_data
from passport.proofs.unsecured import proof_config, unsecured

NOW = datetime(2026, 1, 1, tzinfo=UTC)
EXAMPLES = b'{"@context": {"@vocab": "https://www.w3.org/ns/credentials/examples#"}}'
KEYS = {"p256": (KeyType.P256, b"\x86\x26", "sha256"), "p384": (KeyType.P384, b"\x87\x26", "sha384")}


@pytest.fixture(scope="module")
def folder(vectors):
    return vectors / "di-ecdsa"


@pytest.fixture(scope="module")
def suites(vectors):
    """The suites, knowing two contexts more: the examples' and the citizenship vocabulary's."""
    citizenship = vectors / "citizenship" / "citizenship-v4rc1.jsonld"
    known = shipped().with_documents(
        {
            "https://www.w3.org/ns/credentials/examples/v2": EXAMPLES,
            "https://w3id.org/citizenship/v4rc1": citizenship.read_bytes(),
        }
    )
    return {"jcs": ECDSA_JCS_2019, "rdfc": replace(ECDSA_RDFC_2019, contexts=known)}


def read(path):
    return json.loads(path.read_bytes())


def signer_of(folder, curve):
    pair = read(folder / f"{curve}KeyPair.json")
    key_type, prefix, _ = KEYS[curve]
    secret = base58_decode(pair["secretKeyMultibase"][1:])
    assert secret[:2] == prefix
    signer = load_signer(key_type, secret[2:])
    assert signer.public_key.to_multikey() == pair["publicKeyMultibase"]
    return signer


def verify(document, suites):
    return verify_proofs(
        document,
        method_for=method_source(DocumentCache()),
        expected_purpose="assertionMethod",
        now=NOW,
        accepted=tuple(suites.values()),
    )


SINGLE = [
    ("ecdsa-jcs-2019-p256", "jcs", "p256", "unsigned.json"),
    ("ecdsa-jcs-2019-p384", "jcs", "p384", "unsigned.json"),
    ("ecdsa-rdfc-2019-p256", "rdfc", "p256", "unsigned.json"),
    ("ecdsa-rdfc-2019-p384", "rdfc", "p384", "unsigned.json"),
    ("ecdsa-rdfc-2019-p256/employ", "rdfc", "p256", "employmentAuth.json"),
    ("ecdsa-rdfc-2019-p384/employ", "rdfc", "p384", "employmentAuth.json"),
]


@pytest.mark.parametrize(("name", "suite", "curve", "source"), SINGLE)
def test_every_intermediate_value(folder, suites, name, suite, curve, source):
    ending = ("JCS" if suite == "jcs" else "") + f"ECDSA{curve.upper()}"
    suite = suites[suite]
    key, _, hash_name = KEYS[curve]

    def text(value):
        return (folder / name / f"{value}{ending}.txt").read_text()

    signed = read(folder / name / f"signed{ending}.json")
    bare = {member: value for member, value in signed.items() if member != "proof"}
    assert bare == read(folder / source)

    config = proof_config(signed, signed["proof"], suite)
    assert config == read(folder / name / f"proofConfig{ending}.json")
    assert unsecured(signed, config, suite) == bare

    assert suite.canonical(bare, key).decode() == text("canonDoc")
    assert suite.canonical(config, key).decode() == text("proofCanon")
    assert hashlib.new(hash_name, suite.canonical(bare, key)).hexdigest() == text("docHash")
    assert hashlib.new(hash_name, suite.canonical(config, key)).hexdigest() == text("proofHash")
    data = hash_data(Unsecured(suite, bare, config), key)
    assert data.hex() == text("combinedHash")

    signature = bytes.fromhex(text("sigHex"))
    assert "z" + base58_encode(signature) == text("sigBTC58") == signed["proof"]["proofValue"]
    signer = signer_of(folder, curve)
    verify_signature(signer.public_key, data, signature)
    (proof,) = verify(signed, suites)
    assert proof.public_key == signer.public_key


@pytest.mark.parametrize(("name", "suite", "curve", "source"), SINGLE)
def test_they_are_made_the_same(folder, suites, name, suite, curve, source):
    """Signed again with the published key, every byte is the published one, where signing is deterministic."""
    ending = ("JCS" if suite == "jcs" else "") + f"ECDSA{curve.upper()}"
    signed, signer = read(folder / name / f"signed{ending}.json"), signer_of(folder, curve)
    options = {member: value for member, value in signed["proof"].items() if member != "proofValue"}
    again = add_proof_options(read(folder / source), options, signer=signer, suite=suites[suite])
    assert verify(again, suites) == verify(signed, suites)
    if signer.sign(b"twice") != signer.sign(b"twice"):
        pytest.skip("WebCrypto does not sign deterministically (RFC 6979)")
    assert again == signed


@pytest.mark.parametrize(("name", "suite", "curve", "source"), SINGLE)
def test_a_document_that_was_changed_fails(folder, suites, name, suite, curve, source):
    ending = ("JCS" if suite == "jcs" else "") + f"ECDSA{curve.upper()}"
    signed = read(folder / name / f"signed{ending}.json")
    assert verify(signed, suites)
    with pytest.raises(SignatureMismatch):
        verify({**signed, "name": "Another"}, suites)
