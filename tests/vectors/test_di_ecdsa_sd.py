"""The W3C's test vectors of ecdsa-sd-2023, with every intermediate value: base proof, derived proof, verification.

Names of nodes are the one thing that differs: they are random in the vectors, and never leave the holder.
"""

import hashlib
import json
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from contexts import shipped
from passport.documents import DocumentCache
from passport.encoding import base58_decode
from passport.errors import SignatureMismatch
from passport.errors.proofs import BaseProofShown, PointerToNothing
from passport.jsonld.canonical import canonicalize_nquads
from passport.jsonld.nquads import line
from passport.jsonld.selecting import canonical_statements, labelled
from passport.keys import KeyType, PublicKey, load_signer
from passport.proofs import ECDSA_SD_2023, method_source, selective, verify_proofs
from passport.proofs.ecdsa_sd import base, derived
from passport.proofs.ecdsa_sd.pointers import parse_pointer, select
from passport.proofs.ecdsa_sd.signing import sign_data
from passport.proofs.ecdsa_sd.statements import label, statements
from passport.proofs.ecdsa_sd.values import decode
from passport.proofs.suites import Unsecured
from passport.proofs.unsecured import proof_config

NOW = datetime(2025, 6, 1, tzinfo=UTC)
NAMES = {"employ": "employ", "prc": "prCred"}


@pytest.fixture(scope="module")
def folder(vectors):
    return vectors / "di-ecdsa"


@pytest.fixture(scope="module")
def known(vectors):
    citizenship = vectors / "citizenship" / "citizenship-v4rc1.jsonld"
    return shipped().with_documents({"https://w3id.org/citizenship/v4rc1": citizenship.read_bytes()})


@pytest.fixture(scope="module")
def suite(known):
    return replace(ECDSA_SD_2023, contexts=known)


@pytest.fixture(scope="module", params=NAMES)
def case(request, folder):
    return Case(folder, request.param)


def read(path):
    return json.loads(path.read_bytes())


def signer_of(pair):
    secret = base58_decode(pair["secretKeyMultibase"][1:])
    assert secret[:2] == b"\x86\x26"
    signer = load_signer(KeyType.P256, secret[2:])
    assert signer.public_key.to_multikey() == pair["publicKeyMultibase"]
    return signer


def pairs(value):
    """Maps are written as lists of pairs."""
    return dict(map(tuple, value["value"]))


class Case:
    def __init__(self, folder, name):
        self._folder = folder / "ecdsa-sd-2023" / name
        keys = read(folder / "ecdsa-sd-2023" / "SDKeyMaterial.json")
        self.signer = signer_of(keys["baseKeyPair"])
        self.proof_signer = signer_of(keys["proofKeyPair"])
        self.hmac_key = bytes.fromhex(keys["hmacKeyString"])
        self.mandatory = read(folder / f"{NAMES[name]}Mandatory.json")
        self.selective = read(folder / f"{NAMES[name]}Selective.json")
        self.base = self.read("addSignedSDBase")
        self.derived = self.read("derivedRevealDocument")
        self.document = bare(self.base)

    def read(self, value):
        return read(self._folder / f"{value}.json")

    def text(self, value):
        return (self._folder / f"{value}.txt").read_text()


def bare(document):
    return {member: value for member, value in document.items() if member != "proof"}


def nameless(value):
    """Without the names that were put in, which are different in each run, and with lists of one as the one."""
    if isinstance(value, dict):
        named = value.get("id", "").startswith("urn:bnid:")
        return {key: nameless(member) for key, member in value.items() if not (named and key == "id")}
    if isinstance(value, list):
        return [nameless(item) for item in value] if len(value) > 1 else nameless(value[0])
    return value


def with_value(document, value):
    return {**document, "proof": {**document["proof"], "proofValue": value}}


def unsecured(case, suite, document, pointers=()):
    config = proof_config(document, document["proof"], suite)
    return Unsecured(suite, bare(document), config, pointers)


def test_canonical_statements(case, suite, known):
    whole = statements(case.document, case.hmac_key, known)
    assert suite.canonical(case.document, KeyType.P256).decode() == "".join(case.read("addBaseDocCanon"))
    assert list(whole.lines) == case.read("addBaseDocHMACCanon")

    group_data = case.read("derivedAllGroupData")
    assert nameless(whole.named.document) == nameless(group_data["skolemized"]["compact"])
    assert list(whole.lines) == group_data["nquads"]
    assert sorted(whole.labels.values()) == sorted(pairs(group_data["labelMap"]).values())
    ours = "".join(map(line, whole.named.quads))
    assert canonicalize_nquads(ours) == canonicalize_nquads("".join(group_data["deskolemizedNQuads"]))


def test_pointers_and_groups(case, known):
    for entry in case.read("addPointerValues"):
        assert entry["pointer"] in case.mandatory
        value = case.document
        for name in parse_pointer(entry["pointer"]):
            value = value[name]
        assert value == entry["value"]

    whole = statements(case.document, case.hmac_key, known)
    indexes = case.read("derivedGroupIndexes")
    groups = case.read("derivedAllGroupData")["groups"]
    pointers = {
        "mandatory": case.mandatory,
        "selective": case.selective,
        "combined": case.mandatory + case.selective,
    }
    for name, selected in pointers.items():
        group = whole.group(selected)
        assert sorted(group.indexes) == indexes[f"{name}Indexes"]
        matching, others = pairs(groups[name]["matching"]), pairs(groups[name]["nonMatching"])
        assert {index: whole.lines[index] for index in group.indexes} == matching
        assert {index: text for index, text in enumerate(whole.lines) if index not in matching} == others
        part = "".join(map(line, whole.named.part(select(whole.named.document, selected))))
        theirs = "".join(groups[name]["deskolemizedNQuads"])
        assert canonicalize_nquads(part) == canonicalize_nquads(theirs)

    transformed = case.read("addBaseTransform")
    mandatory = whole.group(case.mandatory).indexes
    assert transformed["mandatoryPointers"] == case.mandatory
    assert transformed["hmacKeyString"].lower() == case.hmac_key.hex()
    assert pairs(transformed["mandatory"]) == {index: whole.lines[index] for index in mandatory}
    others = set(range(len(whole.lines))) - mandatory
    assert pairs(transformed["nonMandatory"]) == {index: whole.lines[index] for index in others}
    assert sorted(others) == indexes["nonMandatoryIndexes"]


def test_base_proof(case, suite, known):
    whole = statements(case.document, case.hmac_key, known)
    mandatory = [whole.lines[index] for index in sorted(whole.group(case.mandatory).indexes)]
    securing = unsecured(case, suite, case.base, case.mandatory)
    assert securing.config == case.read("addProofConfig")
    canonical = suite.canonical(securing.config, KeyType.P256)
    assert canonical.decode() == case.text("addProofConfigCanon")
    data = sign_data(securing, case.proof_signer.public_key, mandatory)
    hashes = case.read("addHashData")
    assert hashlib.sha256(canonical).hexdigest() == hashes["proofHash"] == data[:32].hex()
    assert hashes["mandatoryHash"] == data[67:].hex()

    made = base.make(securing, case.signer, hmac_key=case.hmac_key, proof_signer=case.proof_signer)
    assert verify(with_value(case.base, made.encode()), suite, allow_base_proof=True)
    if case.signer.sign(b"twice") != case.signer.sign(b"twice"):
        pytest.skip("WebCrypto does not sign deterministically (RFC 6979)")
    raw = case.read("addRawBaseSignatureInfo")
    assert made.signature.hex() == raw["baseSignature"]
    assert made.proof_key.to_multikey() == raw["publicKey"]
    assert [signature.hex() for signature in made.signatures] == raw["signatures"]
    assert list(made.mandatory_pointers) == raw["mandatoryPointers"]
    assert made.encode() == case.base["proof"]["proofValue"]


def test_base_proof_value(case):
    proof = decode(case.base["proof"]["proofValue"])
    assert case.read("derivedRecoveredBaseData") == {
        "baseSignature": proof.signature.hex(),
        "proofPublicKey": proof.proof_key.to_multikey(),
        "hmacKey": proof.hmac_key.hex(),
        "signatures": [signature.hex() for signature in proof.signatures],
        "mandatoryPointers": list(proof.mandatory_pointers),
    }
    assert proof.encode() == case.base["proof"]["proofValue"]


def test_derived_proof(case, known):
    proof = decode(case.base["proof"]["proofValue"])
    shown, made = derived.derive(case.document, proof, case.selective, known)
    assert shown == case.read("derivedUnsignedReveal")
    assert list(made.mandatory_indexes) == case.read("derivedAdjMandatoryIndexes")["adjMandatoryIndexes"]
    adjusted = case.read("derivedAdjSignatures")
    assert [signature.hex() for signature in made.signatures] == adjusted["filteredSignatures"]

    whole = statements(case.document, case.hmac_key, known)
    mandatory, chosen = (whole.group(pointers).indexes for pointers in (case.mandatory, case.selective))
    others = [index for index in range(len(whole.lines)) if index not in mandatory]
    places = [place for place, index in enumerate(others) if index in chosen]
    assert places == adjusted["adjSignatureIndexes"]

    data = case.read("derivedDisclosureData")
    assert written(made) == {**data, "labelMap": pairs(data["labelMap"])}
    assert made.encode() == case.derived["proof"]["proofValue"]
    assert selective.derive(case.base, selective_pointers=case.selective, contexts=known) == case.derived
    assert selective.is_base_proof(case.base)
    assert not selective.is_base_proof(case.derived)


def written(proof):
    return {
        "baseSignature": proof.signature.hex(),
        "publicKey": proof.proof_key.to_multikey(),
        "signatures": [signature.hex() for signature in proof.signatures],
        "labelMap": {f"c14n{number}": label(digest) for number, digest in proof.labels.items()},
        "mandatoryIndexes": list(proof.mandatory_indexes),
    }


def test_verification(case, suite, known):
    proof = decode(case.derived["proof"]["proofValue"])
    data = case.read("verifyDerivedProofValue")
    assert written(proof) == {**data, "labelMap": dict(data["labelMap"])}

    quads, _ = canonical_statements(bare(case.derived), known)
    lines = labelled(quads, written(proof)["labelMap"])
    assert list(lines) == case.read("verifyNQuads")

    verify_data = case.read("verifyCreateVerifyData")
    mandatory = [lines[index] for index in proof.mandatory_indexes]
    others = [text for index, text in enumerate(lines) if index not in proof.mandatory_indexes]
    assert others == verify_data["nonMandatory"]
    signed = sign_data(unsecured(case, suite, case.derived), proof.proof_key, mandatory)
    assert signed[:32].hex() == verify_data["proofHash"]
    assert signed[67:].hex() == verify_data["mandatoryHash"]
    assert PublicKey.from_multikey(verify_data["publicKey"]) == proof.proof_key
    assert [signature.hex() for signature in proof.signatures] == verify_data["signatures"]
    assert proof.signature.hex() == verify_data["baseSignature"]


def verify(document, suite, **options):
    return verify_proofs(
        document,
        method_for=method_source(DocumentCache()),
        expected_purpose="assertionMethod",
        now=NOW,
        accepted=(suite,),
        **options,
    )


def test_they_verify(case, suite):
    (shown,) = verify(case.derived, suite)
    (received,) = verify(case.base, suite, allow_base_proof=True)
    assert shown == received
    assert shown.cryptosuite == "ecdsa-sd-2023"
    assert shown.public_key == case.signer.public_key
    with pytest.raises(BaseProofShown):
        verify(case.base, suite)


CHANGES = {
    "a member changed": lambda document: {**document, "validUntil": "2099-12-03T00:00:00Z"},
    "an inner member changed": lambda document: {**document, "issuer": {"id": "did:example:another"}},
    "a member added": lambda document: {**document, "id": "urn:uuid:1"},
    "an optional member left out": lambda document: without(document, "validFrom"),
    "the proof changed": lambda document: {
        **document,
        "proof": {**document["proof"], "created": "2023-08-15T23:36:39Z"},
    },
}


def without(document, name):
    return {member: value for member, value in document.items() if member != name}


@pytest.mark.parametrize("change", CHANGES)
def test_they_fail_when_changed(case, suite, change):
    for document in (case.base, case.derived):
        with pytest.raises(SignatureMismatch):
            verify(CHANGES[change](document), suite, allow_base_proof=True)


def test_a_mandatory_member_is_missed(case, suite):
    with pytest.raises(SignatureMismatch):
        verify(without(case.derived, "issuer"), suite)
    with pytest.raises(PointerToNothing):
        verify(without(case.base, "issuer"), suite, allow_base_proof=True)
