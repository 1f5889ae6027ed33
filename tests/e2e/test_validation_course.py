"""The course of a case: dates and reminders, withdrawal, appeal, more evidence, removal, expiry and renewal."""

import time
from contextlib import contextmanager
from datetime import timedelta

import httpx
import pytest

from issuer.validation.limits import CASE
from passport.clock import format_datetime, utc_now
from passport.credentials.build import endorsement_credential
from passport.credentials.digest import credential_digest
from tests.simulators.parties import Party
from tests.simulators.validating import (
    BREAD,
    DOUGH,
    OVEN,
    Worker,
    assessment,
    sent_file,
    validation_service,
)

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


def test_a_late_case_is_first_in_the_list_and_is_reminded_of_once_a_week(service, own):
    late = own.asked()
    service.pass_time(days=8)
    fresh = own.asked()
    listed = own["coordinator"].get("/api/validations")
    assert [each["id"] for each in listed["cases"]] == [late.id, fresh.id]
    assert [each["overdue"] for each in listed["cases"]] == [True, False]
    assert listed["counts"]["preparation"] == 2
    assert listed["overdue"] == 1
    only = own["coordinator"].get("/api/validations?overdue=true&phase=preparation")
    assert [each["id"] for each in only["cases"]] == [late.id]
    assert own["adviser"].get("/api/validations")["cases"] == []
    for _ in range(2):
        service.sweep()
    told = [mail for mail in waited(service, late.id) if "te laat" in mail]
    assert len(told) == 1
    service.pass_time(days=7)
    service.sweep()
    assert len([mail for mail in waited(service, late.id, 2) if "te laat" in mail]) == 2


def waited(service, case, count=1):
    """Mails are sent in the background."""
    for _ in range(100):
        found = [mail for mail in service.mails() if case in mail.replace("=\n", "")]
        if len([mail for mail in found if "te laat" in mail]) >= count:
            return found
        time.sleep(0.05)
    return found


def test_files_go_by_themselves_after_the_decision_is_final(service, provider):
    asked = provider.asked()
    partly(provider, asked)
    early = provider["coordinator"].try_move(asked.id, "remove-files")
    assert code(early) == (409, "condition_missing")
    service.pass_time(days=43)
    service.sweep()
    assert asked.follow()["files"][0]["removed"] is None
    service.pass_time(days=31)
    service.sweep()
    seen = asked.follow()
    assert seen["files"][0]["removed"]
    assert moves(asked)[-1] == ("service", "remove-files")
    service.sweep()
    assert moves(asked).count(("service", "remove-files")) == 1


def test_the_worker_has_the_files_removed_once_it_is_decided(provider):
    asked = provider.asked()
    assert asked.ask("DELETE", "/files").status_code == 409
    provider.until(asked.id, "aftercare")
    assert asked.ask("DELETE", "/files").json()["files"][0]["removed"]


def test_a_closed_case_is_forgotten_but_for_its_dates_and_digests(service, provider):
    asked = provider.asked(message="a-message-to-forget")
    partly(provider, asked)
    service.pass_time(days=731)
    service.sweep()
    assert asked.ask("GET").status_code == 404
    seen = provider["coordinator"].get(f"/api/validations/{asked.id}")
    assert seen["message"] == ""
    assert "did not rise" not in str(seen)
    assert seen["files"][0]["digestMultibase"]
    assert seen["history"]


def test_what_expires_is_listed_told_and_renewed(service, own):
    asked = own.asked(contact={"email": "worker@home.example"})
    partly(own, asked, validUntil=format_datetime(service_now(service) + timedelta(days=200)))
    assert own["coordinator"].get("/api/validations/expiring") == []
    service.pass_time(days=120)
    assert [each["id"] for each in own["coordinator"].get("/api/validations/expiring")] == [asked.id]
    service.sweep()
    new = own.asked(worker=asked.worker, renews=asked.id)
    assert new.follow()["renews"] == asked.id
    assert new.id != asked.id


def service_now(service):
    return (utc_now() + service.moment[0]).replace(microsecond=0)


def test_the_organisation_has_its_own_dates_levels_and_language(own):
    body = {
        "language": "en",
        "preparation": 3,
        "rubric": [{"level": "1", "name": "basic"}, {"level": "2", "name": "expert"}],
    }
    assert own.owner.ask("PUT", "/api/validation-settings", json=body).is_success
    seen = own["coordinator"].get("/api/validation-settings")
    assert seen["days"]["preparation"] == 3
    asked = own.asked()
    own.until(asked.id, "aftercare")
    badge = asked.worker.wallet.claim(asked.follow()["offer"])
    described = badge["credentialSubject"]["achievement"]["resultDescription"][0]
    assert [each["name"] for each in described["rubricCriterionLevel"]] == ["basic", "expert"]
    assert "The assessor declares" in badge["evidence"][0]["narrative"]


def test_a_member_who_left_is_not_appointed_and_moves_nothing(own):
    asked = own.asked()
    assert own.owner.ask("DELETE", f"/api/accounts/{own['adviser'].id}").status_code == 204
    answer = own["coordinator"].try_move(asked.id, "appoint-adviser", account=own["adviser"].id)
    assert code(answer) == (403, "not_on_staff")


def test_an_organisation_without_a_coordinator_takes_no_requests(service):
    provider, worker = service.provider(), Worker()
    body = provider.body(worker, [worker.claim(BREAD)])
    assert code(provider.post(body)) == (403, "not_on_staff")


def test_the_console_takes_a_case_through_all_its_phases(provider):
    asked = provider.asked()
    with at_console(provider, "coordinator") as browser:
        press(browser, asked, move="appoint-adviser", account=provider["adviser"].id)
        press(browser, asked, move="accept")
        press(browser, asked, move="identify", identified_by="video", on="2026-01-05")
        press(browser, asked, move="appoint-assessor", account=provider["assessor"].id)
    with at_console(provider, "adviser") as browser:
        press(browser, asked, move="submit")
    with at_console(provider, "assessor") as browser:
        form = {
            "move": "assess",
            "method": "validation",
            "how": "I saw it.",
            "on": "2026-01-06",
            "independent": "yes",
            "result-0": "met",
            "level-0": "3",
            "reason-0": "",
            "result-1": "not-met",
            "level-1": "1",
            "reason-1": "Too salty.",
            "valid_until": "2099-01-31",
        }
        press(browser, asked, files={"file": ("form.txt", b"my notes\n", "text/plain")}, **form)
        page = press(browser, asked, move="certify")
        assert "Too salty." in page.text
    badge = asked.worker.wallet.claim(asked.follow()["offer"])
    assert badge["validUntil"] == "2099-01-31T23:59:59Z"
    assert len(badge["evidence"]) == 3


def test_an_owner_gives_roles_and_dates_in_the_console(own):
    account = own.owner.ask("POST", "/api/accounts", json={"name": "New", "role": "reader"}).json()
    with at_console(own, None) as browser:
        given = browser.post(
            "/console/validations/setup/staff",
            data={
                "account": account["id"],
                "name": "A new assessor",
                "roles": ["assessor", "adviser"],
                "profile": "https://evc.example/people/7",
                "employer": "https://bakery.example",
                "employer_name": "A bakery",
                "email": "new@evc.example",
            },
        )
        assert given.status_code == 303, given.text
        changed = browser.post(
            "/console/validations/setup/settings",
            data={
                **dict.fromkeys(("preparation", "identification", "documentation"), "5"),
                **dict.fromkeys(("assessment", "certification", "appealDays", "fileDays"), "6"),
                "caseDays": "90",
                "language": "nl",
                "rubric": "laag\nhoog\n",
            },
        )
        assert changed.status_code == 303, changed.text
        page = browser.get("/console/validations/setup")
        assert "A new assessor" in page.text
        assert "hoog" in page.text
        assert browser.get("/console/validations").status_code == 200


@contextmanager
def at_console(provider, name):
    headers = {"Origin": provider.url, "Accept": "text/html", "Accept-Language": "nl"}
    key = (provider.owner if name is None else provider[name]).api_key
    with httpx.Client(base_url=provider.url, headers=headers, timeout=60) as browser:
        assert browser.post("/console/session", data={"api_key": key}).status_code == 303
        yield browser


def press(browser, asked, files=None, **form):
    path = f"/console/validations/{asked.id}"
    answer = browser.post(f"{path}/moves", data=form, files=files)
    assert answer.status_code == 303, answer.text
    page = browser.get(path)
    assert page.status_code == 200, page.text
    return page


def test_what_a_crash_left_behind_is_swept(service, provider):
    """Files that no case came to name, and a request that never came to an end."""
    asked, worker = provider.asked(), Worker()
    claim = worker.claim(BREAD)
    body = provider.body(worker, [claim], [sent_file(claim)])
    half = provider.post(body).json()
    service.half_arrived(half["id"])
    service.stray_file(asked.id)
    service.sweep()
    assert service.files_of(asked.id) == 3
    service.pass_time(days=2)
    service.sweep()
    assert service.files_of(asked.id) == 2
    assert service.files_of(half["id"]) == 0
    path = f"/api/validations/{half['id']}"
    assert provider["coordinator"].ask("GET", path).status_code == 404
    assert provider["coordinator"].get(f"/api/validations/{asked.id}")["files"][0]["removed"] is None


def test_nobody_is_reminded_of_one_phase_more_than_three_times(service, own):
    late = own.asked()
    for days in (8, 7, 7, 7, 7):
        service.pass_time(days=days)
        service.sweep()
    assert (
        len([mail for mail in waited(service, late.id, CASE.reminders) if "te laat" in mail])
        == CASE.reminders
    )


def test_a_rubric_has_eight_levels_and_not_nine(own):
    def rubric(levels):
        body = {"rubric": [{"level": str(each), "name": f"level {each}"} for each in range(levels)]}
        return own.owner.ask("PUT", "/api/validation-settings", json=body).status_code

    assert rubric(CASE.levels) == 200
    assert rubric(CASE.levels + 1) == 400


def test_more_is_added_eight_times_with_the_request_and_not_nine(provider):
    asked = provider.asked(BREAD)
    for sendings in range(1, CASE.presentations + 1):
        answer = asked.ask("POST", "/documents", json=provider.body(asked.worker, [asked.claim]))
        assert answer.is_success is (sendings < CASE.presentations), answer.text


def test_the_same_request_is_sixteen_cases_after_as_many_withdrawals_and_not_seventeen(provider):
    worker = Worker()
    claim = worker.claim(BREAD)
    for number in range(CASE.same_request + 1):
        answer = provider.post(provider.body(worker, [claim]))
        if number == CASE.same_request:
            assert answer.status_code == 413
            break
        made = answer.json()
        headers = {"Authorization": f"Bearer {made['token']}"}
        assert httpx.post(f"{made['url']}/withdraw", headers=headers).is_success
