"""The statements of the public suites on Data Integrity, eddsa and ecdsa, for each cryptosuite and kind of key."""

import base64
import copy
import re

import pytest

from passport.clock import parse_datetime
from passport.dids import resolve_did
from passport.documents import DocumentCache
from passport.encoding import base58_encode, multibase_decode
from tests.simulators.suite_client import V1, Door, credential, presentation

WHOLE = [
    "eddsa-rdfc-2022/ed25519",
    "eddsa-jcs-2022/ed25519",
    "ecdsa-rdfc-2019/p-256",
    "ecdsa-rdfc-2019/p-384",
    "ecdsa-jcs-2019/p-256",
    "ecdsa-jcs-2019/p-384",
]
ALL = [*WHOLE, "ecdsa-sd-2023/p-256"]
LENGTHS = {"ed25519": 64, "p-256": 64, "p-384": 96}
APP = Door.opened()


@pytest.fixture(params=WHOLE)
def door(request):
    return APP.at(request.param)


@pytest.fixture
def issued(door):
    return door.issue(credential())


def proof(issued, **members):
    """The credential with members put into its proof, or taken out with `...`."""
    changed = copy.deepcopy(issued)
    changed["proof"] |= members
    changed["proof"] = {name: value for name, value in changed["proof"].items() if value is not ...}
    return changed


@pytest.mark.parametrize("path", ALL)
def test_the_proof_has_what_every_proof_has(path):
    door = APP.at(path)
    made = door.issue(credential())["proof"]
    assert made["type"] == "DataIntegrityProof"
    assert made["cryptosuite"] == path.split("/")[0]
    assert made["proofPurpose"] == "assertionMethod"
    assert made["verificationMethod"].startswith("did:key:z")
    assert parse_datetime(made["created"])
    assert "domain" not in made
    assert "challenge" not in made


@pytest.mark.parametrize("path", ALL)
def test_the_verification_method_is_a_multikey_that_may_assert(path):
    made = APP.at(path).issue(credential())["proof"]
    did = made["verificationMethod"].split("#")[0]
    method = resolve_did(did, DocumentCache()).method(made["verificationMethod"], made["proofPurpose"])
    assert method.type == "Multikey"
    assert re.fullmatch("z[1-9A-HJ-NP-Za-km-z]+", method.public_key.to_multikey())


def test_the_proof_value_is_base58_of_a_signature_of_the_right_length(door, issued):
    value = issued["proof"]["proofValue"]
    assert re.fullmatch("z[1-9A-HJ-NP-Za-km-z]+", value)
    assert len(multibase_decode(value)) == LENGTHS[door.path.split("/")[1]]


def test_a_valid_credential_is_verified(door, issued):
    door.accepts(issued)
    door.accepts(issued, checks=["proof"])


def test_a_valid_credential_of_version_1_is_verified(door):
    old = credential(
        **{
            "@context": [V1, {"@context": {"name": "https://schema.org/name"}}],
            "issuanceDate": "2020-03-16T22:37:26.544Z",
            "credentialSubject": {"id": "did:example:subject", "name": "Example"},
        }
    )
    door.accepts(door.issue(old))


@pytest.mark.parametrize("value", [..., None, [], {}, [None], "x", 7])
def test_without_a_proof_that_is_one_it_is_refused(door, issued, value):
    changed = {**issued, "proof": value}
    door.refuses({name: member for name, member in changed.items() if member is not ...})


@pytest.mark.parametrize(
    "members",
    [
        {"type": ...},
        {"type": "UnknownProofType"},
        {"type": ["DataIntegrityProof"]},
        {"cryptosuite": ...},
        {"cryptosuite": "UnknownCryptosuite"},
        {"cryptosuite": None},
        {"verificationMethod": ...},
        {"verificationMethod": "did:key:invalidVm"},
        {"verificationMethod": None},
        {"proofPurpose": ...},
        {"proofPurpose": "invalidPurpose"},
        {"proofPurpose": "authentication"},
        {"proofValue": ...},
        {"proofValue": None},
        {"proofValue": ""},
        {"created": "invalidDate"},
        {"created": "2026-01-01T00:00:00"},
        {"expires": "2020-01-01T00:00:00Z"},
        {"expires": "2020-01-01T00:00:00"},
        {"id": "not-a-url"},
        {"domain": 7},
        {"challenge": 7},
        {"nonce": 7},
        {"previousProof": 7},
        {"previousProof": "urn:uuid:nobody"},
        {"previousProof": ["urn:uuid:nobody"]},
    ],
)
def test_a_proof_with_a_bad_member_is_refused(door, issued, members):
    door.refuses(proof(issued, **members))


def test_a_proof_value_without_its_header_is_refused(door, issued):
    door.refuses(proof(issued, proofValue=issued["proof"]["proofValue"][1:]))


def test_a_proof_value_in_another_encoding_is_refused(door, issued):
    raw = multibase_decode(issued["proof"]["proofValue"])
    door.refuses(proof(issued, proofValue="u" + base64.urlsafe_b64encode(raw).decode().rstrip("=")))


def test_a_proof_value_of_another_length_is_refused(door, issued):
    raw = multibase_decode(issued["proof"]["proofValue"])
    for changed in (raw + bytes(32), raw[:-1], b""):
        door.refuses(proof(issued, proofValue="z" + base58_encode(changed)))


@pytest.mark.parametrize("other", WHOLE)
def test_a_proof_of_one_suite_is_refused_under_the_name_of_another(door, issued, other):
    """So is another canonical form, and another hash: they are what the suites differ in."""
    if other.split("/")[0] != door.path.split("/")[0]:
        door.refuses(proof(issued, cryptosuite=other.split("/")[0]))
        APP.at(other).refuses(proof(issued, cryptosuite=other.split("/")[0]))
        APP.at(other).refuses(issued)


def test_a_changed_credential_is_refused(door, issued):
    door.refuses({**issued, "credentialSubject": {"id": "urn:invalid"}})
    door.refuses({**issued, "type": ["VerifiableCredential", "https://example.org/#More"]})
    door.refuses({**issued, "issuer": "did:example:other"})


def test_what_the_verifier_expects_is_held_against_the_proof(door, issued):
    told = door.refuses(issued, expectedProofPurpose="authentication")
    assert told["code"] == "proof_purpose_mismatch"
    told = door.refuses(issued, domain="domain.example")
    assert told["problemDetails"][0]["type"] == "https://w3id.org/security#INVALID_DOMAIN_ERROR"
    told = door.refuses(issued, challenge="1235abcd6789")
    assert told["problemDetails"][0]["type"] == "https://w3id.org/security#INVALID_CHALLENGE_ERROR"


def test_a_presentation_answers_this_challenge_for_this_domain(door):
    vp = door.prove(presentation(), challenge="1235abcd6789", domain="domain.example")
    door.accepts_presentation(vp, challenge="1235abcd6789", domain="domain.example")
    door.accepts_presentation(vp)
    door.refuses_presentation(vp, challenge="another", domain="domain.example")
    door.refuses_presentation(vp, challenge="1235abcd6789", domain="other.example")


def test_the_problem_says_that_it_is_the_proof(door, issued):
    told = door.refuses({**issued, "issuer": "did:example:other"})
    assert told["problemDetails"][0]["type"] == "https://w3id.org/security#PROOF_VERIFICATION_ERROR"


def test_what_is_sent_is_never_echoed(door, issued):
    told = door.post("credentials/verify", {"verifiableCredential": {**issued, "id": "SENT BY A STRANGER"}})
    assert "STRANGER" not in told.text


def test_an_unknown_slot_is_not_there():
    assert APP.at("eddsa-rdfc-2022/p-256").post("credentials/verify", {}).status_code == 404
    assert APP.at("bbs-2023/bls").post("credentials/issue", {}).status_code == 404


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"credential": None},
        {"credential": []},
        {"credential": "x"},
        {"credential": credential(), "options": []},
        {"credential": credential(), "options": {"mandatoryPointers": "/issuer"}},
        {"credential": credential(), "options": {"mandatoryPointers": [7]}},
        {"credential": credential(), "options": {"challenge": 7}},
        {"credential": credential(), "options": {"credentialStatus": 7}},
        [],
        None,
        7,
    ],
)
def test_a_body_that_is_none_is_a_400(body):
    assert APP.post("credentials/issue", body).status_code == 400
