"""One case or organisation that can't be helped keeps the moves and the retention of no other waiting."""

import time

import httpx
import pytest

from issuer.validation import sweep as sweeping
from tests.simulators.validating import BREAD, Worker
from tests.simulators.validation_service import validation_service


@pytest.fixture(scope="module")
def service(tmp_path_factory):
    with validation_service(tmp_path_factory.mktemp("swept")) as made:
        yield made


@pytest.fixture(scope="module")
def provider(service):
    return service.staffed()


@pytest.mark.parametrize("name", ["N" * 256, "EVC \u202eNoord", "EVC\nNoord"])
def test_a_name_that_fits_in_no_mail_stops_no_move(service, name):
    found = service.provider(name=name)
    for role in ("coordinator", "adviser", "assessor"):
        found.hire(role, role, email=f"{role}@evc.example")
    asked = found.asked()
    found.until(asked.id, "identification")
    assert found["adviser"].get(f"/api/validations/{asked.id}")["phase"] == "identification"


@pytest.mark.parametrize(
    ("skill", "texts"),
    [("https://skills.example/" + "s" * 2_048, {}), (BREAD, {"skill": ""})],
    ids=["a long address", "no name"],
)
def test_a_skill_of_which_no_badge_can_be_made_never_becomes_a_case(provider, skill, texts):
    worker = Worker()
    answer = provider.post(provider.body(worker, [worker.claim(skill, **texts)]))
    assert answer.status_code == 400, answer.text
    assert "s" * 100 not in answer.text


def test_a_long_name_of_a_skill_becomes_a_badge_all_the_same(provider):
    worker = Worker()
    claim = worker.claim(BREAD, skill="s" * 5_000)
    answer = provider.post(provider.body(worker, [claim]))
    assert answer.status_code == 201, answer.text
    case = answer.json()["id"]
    provider.until(case, "aftercare", number=1)
    assert provider["coordinator"].get(f"/api/validations/{case}")["phase"] == "aftercare"


def test_an_employer_with_a_long_address_and_no_name_stops_no_decision(service):
    made = service.staffed()
    made.hire("long", "assessor", employer="https://employer.example/" + "e" * 900)
    asked = made.asked()
    made.until(asked.id, "aftercare", assessor="long")
    assert made["coordinator"].get(f"/api/validations/{asked.id}")["phase"] == "aftercare"


def test_a_case_that_cannot_be_helped_keeps_the_retention_of_no_other_waiting(service, provider, monkeypatch):
    poisoned, other = provider.asked(), provider.asked()
    for each in (poisoned, other):
        provider["coordinator"].move(each.id, "decline", note="Not with us.")
    usual = sweeping.settle

    async def settle(made, case):
        if case.id == poisoned.id:
            raise ValueError("it names people")
        return await usual(made, case)

    monkeypatch.setattr(sweeping, "settle", settle)
    service.pass_time(days=100)
    service.sweep()
    assert (service.files_of(poisoned.id) > 0, service.files_of(other.id)) == (True, 1)
    service.pass_time(days=800)
    service.sweep()
    assert service.files_of(other.id) == 0
    service.pass_time(days=-900)


def test_whoever_left_hears_nothing_more_of_cases(service, provider):
    gone = provider.hire("gone", "coordinator", email="gone@evc.example")
    ended = provider.owner.ask("DELETE", f"/api/accounts/{gone.id}")
    assert ended.is_success, ended.text
    asked = provider.asked()
    service.pass_time(days=10)
    service.sweep()
    service.pass_time(days=-10)
    until = time.monotonic() + 10
    while time.monotonic() < until and not any(asked.id in mail for mail in service.mails()):
        time.sleep(0.05)
    assert any(asked.id in mail for mail in service.mails()), "whoever is still there is told"
    assert not any("gone@evc.example" in mail for mail in service.mails())


def test_a_revision_of_five_thousand_digits_is_no_number(provider):
    asked = provider.asked()
    headers = {"Origin": provider.url, "Accept": "text/html"}
    with httpx.Client(base_url=provider.url, headers=headers, timeout=60) as console:
        console.post("/console/session", data={"api_key": provider["coordinator"].api_key})
        form = {"move": "note", "note": "x", "revision": "1" * 5_000}
        answer = console.post(f"/console/validations/{asked.id}/moves", data=form)
    assert answer.status_code == 400, answer.status_code


def test_only_the_assessor_keeps_files_with_a_case(provider):
    asked = provider.asked()
    headers = {"Origin": provider.url, "Accept": "text/html"}
    with httpx.Client(base_url=provider.url, headers=headers, timeout=60) as console:
        console.post("/console/session", data={"api_key": provider["coordinator"].api_key})
        sent = {"file": ("x.pdf", b"%PDF-1.4", "application/pdf")}
        answer = console.post(
            f"/console/validations/{asked.id}/moves", data={"move": "note", "note": "x"}, files=sent
        )
    assert answer.status_code == 403
    kept = provider.owner.get("/api/audit")
    assert not any(event["action"] == "evidence.keep" for event in kept["events"][:3])
