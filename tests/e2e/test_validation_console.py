"""An organisation's own dates, levels and people; and a case that goes through the console's forms."""

from contextlib import contextmanager
from datetime import timedelta

import httpx
import pytest

from tests.simulators.validating import BREAD, Worker, assessment
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
    assert code(provider.post(body)) == (403, "no_validations_here")


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
    assert asked.ask("POST", "/appeal", json={"message": "It was the flour."}).is_success
    with at_console(provider, "coordinator") as browser:
        for words in (asked.id[:6].upper(), f"DOUGH {asked.worker.did[-9:]}"):
            assert asked.id in browser.get("/console/validations", params={"q": words}).text
        assert asked.id not in browser.get("/console/validations", params={"q": "dough baker"}).text
        page = browser.get(f"/console/validations/{asked.id}").text
        notice, _, rest = page.partition("<h2>")
        assert "It was the flour." in notice, "why somebody appeals stands before everything"
        assert "Resultaat voor het bezwaar" in rest
        assert f'value="{provider["second"].id}"' in rest
        assert f'value="{provider["assessor"].id}"' not in rest, "who judged before is not offered"


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
