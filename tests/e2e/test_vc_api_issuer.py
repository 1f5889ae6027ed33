"""The issuer's VC API over real HTTP: what an organisation's own program wrote is issued as it stands, or not."""

import copy
import json
import uuid
from datetime import UTC, datetime

import pytest

from passport.answers import Answer
from passport.documents import DocumentCache
from passport.fetch import Fetcher, gather_sync
from passport.verification import Context, verify_credential
from tests.simulators.issuing import HTTP, HolderWallet, issuer_process, open_office
from tests.simulators.suite_client import V2, refused

OB = "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"
ASKED = {"credentialStatus": {"type": "BitstringStatusListEntry", "statusPurpose": "revocation"}}


@pytest.fixture(scope="module")
def process(tmp_path_factory):
    with issuer_process(tmp_path_factory.mktemp("vc-api-issuer")) as started:
        yield started


@pytest.fixture(scope="module")
def office(process):
    return open_office(process)


@pytest.fixture(scope="module")
def other(process):
    return open_office(process, "other-school")


@pytest.fixture(scope="module")
def achievement(office):
    address = f"{office.issuer}/achievements/{office.achievement()}"
    return HTTP.get(address, headers={"Accept": "application/json"}).json()


@pytest.fixture
def badge(office, achievement):
    return {
        "@context": [V2, OB],
        "id": uuid.uuid4().urn,
        "type": ["VerifiableCredential", "OpenBadgeCredential"],
        "name": "Brood bakken",
        "issuer": {"id": office.did, "type": ["Profile"], "name": "Bakkersschool Noord"},
        "validFrom": "2026-01-31T09:00:00Z",
        "credentialSubject": {
            "id": HolderWallet().did,
            "type": ["AchievementSubject"],
            "achievement": copy.deepcopy(achievement),
        },
    }


def issue(office, badge, options=ASKED, slug="bakery-school"):
    return office.ask("POST", f"/o/{slug}/credentials/issue", json={"credential": badge, "options": options})


def verdict(credential):
    source = json.dumps(credential).encode()
    return gather_sync(
        lambda documents: verify_credential(source, Context(documents, datetime.now(UTC))),
        DocumentCache(),
        Fetcher(allow_loopback=True),
    )


def test_a_badge_is_issued_as_it_stands_with_a_status_and_a_proof(office, badge):
    answer = issue(office, badge)
    assert answer.status_code == 201, answer.text
    issued = answer.json()["verifiableCredential"]
    assert {name: value for name, value in issued.items() if name in badge} == badge
    assert issued.keys() - badge.keys() == {"credentialStatus", "proof"}
    report = verdict(issued)
    assert report.answer is Answer.YES
    assert report.credential.credential.name == "Brood bakken"


def test_again_is_the_same_credential(office, badge):
    first, again = issue(office, badge), issue(office, badge)
    assert (first.status_code, again.status_code) == (201, 201)
    assert first.json() == again.json()


def test_another_credential_under_the_same_id_is_a_conflict(office, badge):
    issue(office, badge)
    assert issue(office, {**badge, "validUntil": "2030-01-01T00:00:00Z"}).status_code == 409


def test_what_was_issued_can_be_withdrawn(office, badge):
    issued = issue(office, badge).json()["verifiableCredential"]
    office.post(f"/api/credentials/{uuid.UUID(badge['id'].removeprefix('urn:uuid:')).hex}/revoke")
    assert verdict(issued).answer is Answer.NO


@pytest.mark.parametrize(
    ("members", "code"),
    [
        ({"issuer": {"id": "did:web:school.example", "type": ["Profile"]}}, "issuer_is_not_the_organisation"),
        ({"issuer": "did:key:z6MkpTHR8VNsBxYAAWHut2Geadd9jSwuBV8xRoAnwWsdvktH"}, "issuer_is_not_the_organisation"),
        ({"issuer": ...}, "missing_member"),
        ({"name": {"@value": "Brood bakken", "@language": "nl"}}, "malformed_member"),
        ({"id": ...}, "missing_member"),
        ({"id": "https://example.org/1"}, "signed_identifier_form"),
        ({"id": "urn:uuid:6F0C7A6E-1F5C-4D0E-9A55-3C2D9F1B7E10"}, "signed_identifier_form"),
        ({"id": "urn:uuid:6f0c7a6e-1f5c-1d0e-9a55-3c2d9f1b7e10"}, "signed_identifier_form"),
        ({"validFrom": ...}, "missing_member"),
        ({"validFrom": "2026-01-31T09:00:00.5Z"}, "malformed_member"),
        ({"validFrom": "2026-01-31"}, "malformed_datetime"),
        ({"validUntil": "2020-01-01T00:00:00Z"}, "validity_reversed"),
        ({"type": ["VerifiableCredential"]}, "not_an_open_badge"),
        ({"@context": [V2]}, "wrong_context"),
        ({"@context": [V2, OB, {"x": "urn:x"}]}, "wrong_context"),
        ({"colour": "red"}, "undefined_term"),
        ({"proof": {"type": "DataIntegrityProof"}}, "already_secured"),
        ({"proof": []}, "already_secured"),
        ({"credentialStatus": {"id": "urn:x", "type": "BitstringStatusListEntry"}}, "status_not_asked"),
        ({"evidence": [{"id": "urn:uuid:1"}]}, "missing_member"),
        ({"relatedResource": [{"id": V2, "digestSRI": "sha384-" + "A" * 64}]}, "digest_mismatch"),
    ],
)  # fmt: skip
def test_nothing_is_filled_in_and_nothing_wrong_is_signed(office, badge, members, code):
    changed = {name: value for name, value in {**badge, **members}.items() if value is not ...}
    told = refused(issue(office, changed))
    assert told["code"] == code


@pytest.mark.parametrize("options", [{}, {"credentialStatus": {"type": "Other"}}, {"credentialStatus": {}}])
def test_a_status_must_be_asked_for(office, badge, options):
    assert refused(issue(office, badge, options))["code"] == "status_not_asked"


def test_the_achievement_is_one_that_is_published_as_it_is_published(office, other, badge):
    changed = copy.deepcopy(badge)
    changed["credentialSubject"]["achievement"]["name"] = "Alles bakken"
    assert refused(issue(office, changed))["code"] == "achievement_differs"
    changed["credentialSubject"]["achievement"]["id"] = f"{other.issuer}/achievements/{other.achievement()}"
    assert issue(office, changed).json()["code"] == "unknown_achievement"


def test_a_holder_holds_a_key(office, badge):
    badge["credentialSubject"]["id"] = "did:web:worker.example"
    assert issue(office, badge).json()["code"] == "subject_not_supported"
    del badge["credentialSubject"]["id"]
    assert issue(office, badge).json()["code"] == "subject_not_supported"


def test_only_the_organisation_itself_issues(office, other, badge):
    assert issue(other, badge).status_code == 403
    assert issue(other, badge, slug="other-school").json()["code"] == "issuer_is_not_the_organisation"
    for operation in ("issue", "derive"):
        path = f"{office.url}/o/bakery-school/credentials/{operation}"
        assert HTTP.post(path, json={"credential": badge}).status_code == 401


def test_pointers_are_not_for_this_endpoint(office, badge):
    told = refused(issue(office, badge, {**ASKED, "mandatoryPointers": ["/issuer"]}))
    assert told["details"]["field"] == "options/mandatoryPointers"


@pytest.mark.parametrize("body", [b"", b"[]", b'{"credential": {"a": NaN}}', b'{"credential": "\\ud800"}'])
@pytest.mark.parametrize("operation", ["issue", "derive"])
def test_junk_is_a_400_and_never_a_500(office, operation, body):
    answer = office.ask(
        "POST",
        f"/o/bakery-school/credentials/{operation}",
        content=body,
        headers={"Content-Type": "application/json"},
    )
    refused(answer)


class TestDerive:
    def test_a_part_of_what_was_issued_is_shown(self, office, badge):
        issue(office, {**badge, "validUntil": "2099-01-01T00:00:00Z"})
        number = uuid.UUID(badge["id"].removeprefix("urn:uuid:")).hex
        base = office.get(f"/api/credentials/{number}/forms/ecdsa-sd-2023")
        body = {
            "verifiableCredential": base,
            "options": {"selectivePointers": ["/credentialSubject/achievement/name"]},
        }
        answer = office.ask("POST", "/o/bakery-school/credentials/derive", json=body)
        assert answer.status_code == 201, answer.text
        shown = answer.json()["verifiableCredential"]
        assert shown["proof"]["cryptosuite"] == "ecdsa-sd-2023"
        report = verdict(shown)
        assert report.answer is Answer.YES, report.checks

    def test_a_whole_proof_shows_all_or_nothing(self, office, badge):
        issued = issue(office, badge).json()["verifiableCredential"]
        body = {"verifiableCredential": issued, "options": {"selectivePointers": ["/id"]}}
        told = refused(office.ask("POST", "/o/bakery-school/credentials/derive", json=body))
        assert told["code"] == "no_base_proof"

    def test_a_credential_of_another_is_refused(self, office, other, badge):
        issued = issue(office, badge).json()["verifiableCredential"]
        body = {"verifiableCredential": issued, "options": {"selectivePointers": ["/id"]}}
        told = refused(other.ask("POST", "/o/other-school/credentials/derive", json=body))
        assert told["code"] == "issuer_is_not_the_organisation"
