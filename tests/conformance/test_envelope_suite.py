"""The statements of the public suites on envelopes: VC-JOSE-COSE, and VC 2.0 sections 4.13.1 and 4.13.2."""

import pytest

from passport.jose import vc_jwt
from tests.simulators.suite_client import EXAMPLES, V2, Door, credential, presentation

APP = Door.opened()


@pytest.fixture(params=["ed25519", "p-256", "p-384"])
def door(request):
    return APP.at(f"vc-jose/{request.param}")


@pytest.fixture
def issued(door):
    return door.issue(credential())


@pytest.fixture
def proved(door, issued):
    return door.prove(presentation(holder="did:example:holder", verifiableCredential=[issued]))


def test_what_is_issued_is_an_envelope_of_the_credential(door, issued):
    assert issued["@context"] == V2
    assert issued["type"] == "EnvelopedVerifiableCredential"
    media_type, _, token = issued["id"].partition(",")
    assert media_type == "data:application/vc+jwt"
    found = vc_jwt.read(token)
    assert found.document == credential()
    assert found.verification_method == door.slot.verification_method


def test_a_valid_envelope_is_verified(door, issued, proved):
    door.accepts(issued)
    door.accepts({**issued, "@context": [V2]})
    door.accepts_presentation(proved)


def test_a_presentation_answers_a_challenge(door):
    asked = {"challenge": "1235abcd6789", "domain": "domain.example"}
    proved = door.prove(presentation(holder="did:example:holder"), **asked)
    door.accepts_presentation(proved, **asked)
    door.refuses_presentation(proved, **{**asked, "challenge": "another"})
    door.refuses_presentation(proved, **{**asked, "domain": "other.example"})


BAD = [
    {"@context": []},
    {"@context": ...},
    {"@context": EXAMPLES},
    {"type": ...},
    {"type": "VerifiableCredential"},
    {"type": ["VerifiablePresentation"]},
    {"id": ...},
    {"id": "data:application/vc+jwt,"},
    {"id": "data:text/plain,x.y.z"},
]


@pytest.mark.parametrize("members", BAD)
def test_another_envelope_is_refused(door, issued, proved, members):
    for envelope, refuses in ((issued, door.refuses), (proved, door.refuses_presentation)):
        changed = {**envelope, **members}
        refuses({name: value for name, value in changed.items() if value is not ...})


def test_a_token_without_its_address_is_refused(door, issued, proved):
    door.refuses({**issued, "id": issued["id"].partition(",")[2]})
    door.refuses_presentation({**proved, "id": proved["id"].partition(",")[2]})


def test_a_token_with_another_signature_is_refused(door, issued):
    head, _, signature = issued["id"].rpartition(".")
    other = "A" if signature[10] != "A" else "B"
    door.refuses({**issued, "id": f"{head}.{signature[:10]}{other}{signature[11:]}"})


def test_a_token_is_held_to_the_data_model(door):
    door.will_not_issue(credential(evidence={"id": "urn:x"}))
    door.will_not_issue(credential(colour="red"))
    door.will_not_issue(credential(issuer=...))


def test_a_presentation_with_a_bad_token_in_it_is_refused(door, issued):
    bad = {**issued, "id": issued["id"][:-8] + "AAAAAAAA"}
    door.refuses_presentation(
        door.prove(presentation(holder="did:example:holder", verifiableCredential=[bad]))
    )


def test_a_token_is_for_its_purpose(door, issued, proved):
    door.refuses_presentation(issued)
    door.refuses(proved)
