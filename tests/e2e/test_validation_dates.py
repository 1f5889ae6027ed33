"""What happens to a case by the clock: reminders, the end of files and cases, expiry, renewal; its limits."""

import time
from datetime import timedelta

import httpx
import pytest

from issuer.validation.limits import CASE
from passport.clock import format_datetime, utc_now
from tests.simulators.validating import BREAD, Worker, assessment, sent_file
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
