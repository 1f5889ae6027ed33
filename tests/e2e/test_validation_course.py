"""The course of a case: withdrawal, appeal, refusal, correction, more evidence."""

from datetime import timedelta

import pytest

from passport.clock import utc_now
from passport.credentials.build import endorsement_credential
from passport.credentials.digest import credential_digest
from tests.simulators.parties import Party
from tests.simulators.validating import BREAD, DOUGH, OVEN, Worker, assessment, sent_file
from tests.simulators.validation_service import validation_service

REFUSED = {"skill": 1, "result": "not-met", "reason": "The dough did not rise."}
MET = {"skill": 0, "result": "met", "level": "2"}


@pytest.fixture(scope="module")
def service(tmp_path_factory):
    with validation_service(tmp_path_factory.mktemp("course")) as made:
        yield made


@pytest.fixture(autouse=True)
def today(service):
    """Whatever time a test lets pass, the next one begins today."""
    yield
    service.moment[0] = timedelta()


@pytest.fixture(scope="module")
def provider(service):
    return service.staffed()


@pytest.fixture
def own(service):
    """A provider for this test alone, which changes it or counts in it."""
    return service.staffed()


def code(answer):
    return answer.status_code, answer.json().get("code")


def partly(provider, asked, **more):
    provider.until(asked.id, "assessment")
    provider["assessor"].move(asked.id, "assess", assessment=assessment(MET, REFUSED, **more))
    provider["assessor"].move(asked.id, "certify")


def moves(asked):
    return [(entry["role"], entry["move"]) for entry in asked.follow()["history"]]


def test_the_history_says_who_moved_what(provider):
    asked = provider.asked()
    provider.until(asked.id, "aftercare")
    assert moves(asked) == [
        ("holder", "supplement"),
        ("coordinator", "appoint-adviser"),
        ("coordinator", "accept"),
        ("coordinator", "identify"),
        ("coordinator", "appoint-assessor"),
        ("adviser", "submit"),
        ("assessor", "assess"),
        ("assessor", "certify"),
    ]
    seen = provider["coordinator"].get(f"/api/validations/{asked.id}")
    assert seen["identification"]["method"] == "in-person"
    assert seen["history"][5]["who"] == provider["adviser"].id


def test_the_worker_withdraws_and_everything_they_sent_is_gone(provider):
    asked = provider.asked()
    provider.until(asked.id, "certification")
    file = asked.follow()["files"][0]
    seen = asked.ask("POST", "/withdraw").json()
    assert (seen["state"], seen["phase"]) == ("withdrawn", "aftercare")
    assert seen["files"][0]["removed"]
    assert seen["files"][0]["digestMultibase"] == file["digestMultibase"]
    path = f"/api/validations/{asked.id}/files/{file['id']}"
    assert code(provider["coordinator"].ask("GET", path)) == (404, "case_file_removed")
    assert provider["assessor"].try_move(asked.id, "certify").status_code == 409
    assert asked.ask("POST", "/withdraw").status_code == 409


def test_nobody_withdraws_what_was_signed(provider):
    asked = provider.asked()
    provider.until(asked.id, "aftercare")
    assert code(asked.ask("POST", "/withdraw")) == (409, "move_not_allowed")


def test_an_appeal_goes_to_another_assessor_once(provider):
    asked = provider.asked()
    partly(provider, asked)
    first = asked.worker.wallet.claim(asked.follow()["offer"])
    seen = asked.ask("POST", "/appeal", json={"message": "It was the yeast."}).json()
    assert (seen["state"], seen["phase"]) == ("appeal", "assessment")
    assert [each["phase"] for each in seen["skills"]] == ["aftercare", "assessment"]
    coordinator, second = provider["coordinator"], provider["second"]
    again = coordinator.try_move(asked.id, "appoint-assessor", account=provider["assessor"].id)
    assert code(again) == (403, "same_assessor_again")
    assert provider["assessor"].try_move(asked.id, "assess").status_code == 404
    coordinator.move(asked.id, "appoint-assessor", account=second.id)
    second.move(asked.id, "assess", assessment=assessment({"skill": 1, "result": "met", "level": "1"}))
    second.move(asked.id, "certify")
    seen = asked.follow()
    assert seen["state"] == "recognised"
    badge = asked.worker.wallet.claim(seen["offer"])
    named = {each["targetUrl"] for each in badge["credentialSubject"]["achievement"]["alignment"]}
    assert named == {DOUGH}
    assert badge["id"] != first["id"]
    assert badge["credentialSubject"]["source"]["name"] == "The second"


def test_a_second_appeal_is_refused(provider):
    asked = provider.asked()
    partly(provider, asked)
    asked.ask("POST", "/appeal", json={"message": "Once."})
    coordinator, second = provider["coordinator"], provider["second"]
    coordinator.move(asked.id, "appoint-assessor", account=second.id)
    second.move(asked.id, "assess", assessment=assessment(REFUSED))
    second.move(asked.id, "certify")
    assert asked.follow()["state"] == "partly-recognised"
    assert code(asked.ask("POST", "/appeal", json={"message": "Twice."})) == (409, "condition_missing")


def test_an_appeal_that_comes_too_late_or_against_nothing_is_refused(service, provider):
    whole, part = provider.asked(), provider.asked()
    provider.until(whole.id, "aftercare")
    assert code(whole.ask("POST", "/appeal", json={"message": "More."})) == (409, "condition_missing")
    partly(provider, part)
    wrong = part.ask("POST", "/appeal", json={"message": "That one.", "skills": [0]})
    assert code(wrong) == (400, "skill_not_in_case")
    service.pass_time(days=43)
    assert code(part.ask("POST", "/appeal", json={"message": "Late."})) == (409, "condition_missing")


def test_a_refusal_gives_reasons_and_no_credential(provider):
    asked = provider.asked(OVEN)
    provider.until(asked.id, "assessment")
    refused = {"skill": 0, "result": "not-assessed", "reason": "There was no oven."}
    provider["assessor"].move(asked.id, "assess", assessment=assessment(refused))
    provider["assessor"].move(asked.id, "certify")
    seen = asked.follow()
    assert seen["state"] == "not-recognised"
    assert seen["skills"][0]["reason"] == "There was no oven."
    assert "offer" not in seen


def test_one_skill_may_be_declined_and_the_rest_goes_on(provider):
    asked = provider.asked(BREAD, OVEN)
    provider["coordinator"].move(asked.id, "decline", note="We do not judge ovens.", skills=[1])
    provider.until(asked.id, "aftercare", number=1)
    seen = asked.follow()
    assert [each["outcome"] for each in seen["skills"]] == ["recognised", "declined"]
    assert {"role": "coordinator", "note": "We do not judge ovens."}.items() <= seen["history"][1].items()


def test_an_assessment_is_corrected_before_it_is_signed(provider):
    asked = provider.asked()
    provider.until(asked.id, "certification")
    provider["assessor"].move(asked.id, "reopen", note="A wrong level.")
    provider["assessor"].move(asked.id, "assess", assessment=assessment(MET, REFUSED))
    provider["assessor"].move(asked.id, "certify")
    assert asked.follow()["state"] == "partly-recognised"


def test_more_evidence_is_added_and_a_supervisors_confirmation_is_theirs(provider):
    asked = provider.asked(BREAD)
    provider.until(asked.id, "documentation")
    boss, now = Party("A bakery"), utc_now().replace(microsecond=0)
    confirmed = boss.sign(
        endorsement_credential(
            credential_id="urn:uuid:4f9a7d52-5d55-4d31-9d0a-7c1c6d9b8f10",
            name="Confirmation",
            issuer=boss.profile,
            subject_id=asked.claim["id"],
            valid_from=now,
            comment="Ten years at our oven.",
            related_resources=[
                {
                    "id": asked.claim["id"],
                    "digestMultibase": credential_digest(asked.claim),
                    "mediaType": "application/vc",
                }
            ],
        ),
        at=now,
    )
    more = asked.worker.claim(DOUGH)
    body = provider.body(
        asked.worker, [asked.claim, more, confirmed], [sent_file(more)], message="Here it is."
    )
    answer = asked.ask("POST", "/documents", json=body)
    assert answer.is_success, answer.text
    seen = answer.json()
    assert [each["skill"] for each in seen["skills"]] == [BREAD, DOUGH]
    assert len(seen["files"]) == 2
    assert ("supervisor", "confirm") in moves(asked)
    provider["coordinator"].move(asked.id, "appoint-assessor", account=provider["assessor"].id)
    provider["adviser"].move(asked.id, "submit")
    assert code(asked.ask("POST", "/documents", json=body)) == (409, "move_not_allowed")
    provider["assessor"].move(asked.id, "assess", assessment=assessment())
    provider["assessor"].move(asked.id, "certify")
    badge = asked.worker.wallet.claim(asked.follow()["offer"])
    named = {each["id"] for each in badge["relatedResource"]}
    assert {asked.claim["id"], more["id"], confirmed["id"]} <= named


def test_documents_of_another_holder_are_refused(provider):
    asked, thief = provider.asked(BREAD), Worker()
    body = provider.body(thief, [thief.claim(DOUGH)])
    assert code(asked.ask("POST", "/documents", json=body)) == (400, "presentation_not_verified")


def test_an_assessors_own_file_is_bound_by_its_digest(provider):
    asked = provider.asked()
    provider.until(asked.id, "assessment")
    judge = provider["assessor"]
    sending = {"content": b"observed: all of it\n", "headers": {"Content-Type": "text/plain"}}
    path = f"/api/validations/{asked.id}/evidence"
    for somebody in (provider["second"], provider["adviser"], provider["coordinator"], provider.owner):
        assert somebody.ask("POST", path, **sending).status_code in {403, 404}
    kept = judge.ask("POST", path, **sending)
    assert kept.status_code == 201, kept.text
    judge.move(asked.id, "assess", assessment=assessment(files=[kept.json()["id"]]))
    judge.move(asked.id, "certify")
    badge = asked.worker.wallet.claim(asked.follow()["offer"])
    assert kept.json()["digestMultibase"] in {each["digestMultibase"] for each in badge["relatedResource"]}
