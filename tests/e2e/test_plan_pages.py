"""Plans over real HTTP: the pages as a person uses them, and the JSON interface that does the same."""

import json
import re

import pytest

from matching.bundle import load_bundle
from matching.taxonomy.model import Grade
from passport.clock import utc_now
from passport.documents import DocumentCache
from passport.json import dump
from tests.simulators.desks import at_desk
from tests.simulators.modules import catalogue_source, module_document
from tests.simulators.parties import Party
from wallet.core.accept import examine, keep

TAXONOMY = load_bundle()
WELDER = TAXONOMY.search_occupations("welder", top=1)[0].iri
NEEDED = TAXONOMY.skills_of(WELDER, Grade.ESSENTIAL)
ENDS = "https://school.example/achievements/1"
HOSTILE = "<script>alert(1)</script>"


@pytest.fixture(scope="module")
def person(tmp_path_factory):
    with at_desk(tmp_path_factory.mktemp("plans")) as somebody:
        yield somebody


@pytest.fixture(scope="module")
def source():
    return catalogue_source(
        [
            module_document(*NEEDED[:3], number=1, achievement=ENDS, page="https://school.example/m"),
            module_document(*NEEDED[3:5], number=2, form="work", cents=0, online=True),
            module_document(
                NEEDED[0],
                number=3,
                provider=HOSTILE,
                title={"nl": HOSTILE, "en": HOSTILE},
                page="javascript:alert(1)",
                starts=[{"first": "2099-02-01", "last": "2099-03-01"}],
            ),
        ],
        now=utc_now(),
    )


@pytest.fixture(scope="module")
def plan(person, source):
    assert "Er zijn nog geen plannen" in person.get("/plan").text
    assert WELDER in person.get("/plan?q=lasser").text
    made = person.post("/plan", occupation=WELDER)
    assert "nog geen lijst met modules" in made.text
    person.post("/plan/catalogues", files={"file": source})
    return made.url.path


def parts(person, plan):
    return re.findall(r'id="part-([0-9a-f]+)"', person.get(plan).text)


def api(person, path):
    return person.client.get(path, headers={"Accept": "application/json"}).json()


def test_from_a_proposal_to_a_credential_that_closes_the_gap(person, plan):
    shown = person.get(plan).text
    assert shown.count('name="module"') == 2
    assert "Geen andere keuze vult evenveel gaten met minder modules." in shown
    assert HOSTILE not in shown
    assert 'href="javascript:' not in shown
    person.post(f"{plan}/refuse", refuse="https://school.example/m/1")
    assert "Modules die u niet wilt (1)" in person.get(plan).text
    person.post(f"{plan}/refuse", again="https://school.example/m/1")
    person.post(
        f"{plan}/parts",
        module=["https://school.example/m/1", "https://school.example/m/2"],
        own=[NEEDED[5]],
    )
    first, second, own = parts(person, plan)
    moved = person.post(
        f"{plan}/parts/{first}", status="busy", first="2099-01-01", last="2099-02-01", note=HOSTILE
    )
    assert "ermee bezig" in moved.text
    assert HOSTILE not in moved.text
    calendar = person.get(f"{plan}/calendar.ics")
    assert calendar.headers["content-type"].startswith("text/calendar")
    assert "DTEND;VALUE=DATE:20990202" in calendar.text
    person.post(f"{plan}/parts/{own}/remove")
    assert parts(person, plan) == [first, second]
    with person.desk.wallet() as wallet:
        document = Party("A school").issue(wallet.did, NEEDED[:3], at=utc_now(), achievement={"id": ENDS})
        keep(wallet, (examine(dump(document), DocumentCache(), wallet),))
    shown = person.get(plan).text
    assert "Het bewijs van deze module is binnen." in shown
    assert f"3 van {len(NEEDED)}" in shown
    assert "<svg" in shown


def test_what_can_not_be_is_said_on_the_plans_page(person, plan):
    for answer in (
        person.post(f"{plan}/wishes", hours="many"),
        person.post(f"{plan}/wishes", hours="99999999"),
        person.post(f"{plan}/wishes", euros="-1"),
        person.post(f"{plan}/parts", own="urn:x"),
        person.post(f"{plan}/parts", module="urn:x"),
        person.post(f"{plan}/parts/{parts(person, plan)[0]}", first="soon"),
    ):
        assert answer.is_client_error
        assert 'role="alert"' in answer.text
    assert person.post("/plan").status_code == 400
    assert person.post("/plan", occupation="urn:x").status_code == 400
    assert person.client.get("/plan/nothing").status_code == 404
    assert "Er wordt niets geteld" in person.get("/plan/outcome").text


def test_wishes_narrow_the_proposal(person, plan):
    person.post(
        f"{plan}/wishes", hours="10", euros="0", aim="cheapest", form="work", online="on", optional="on"
    )
    found = api(person, f"/api/plans/{plan.rpartition('/')[2]}")
    assert found["wishes"] | {"refused": []} == {
        "hours": 10,
        "cents": 0,
        "aim": "cheapest",
        "form": "work",
        "online": True,
        "optional": True,
        "refused": [],
    }
    assert found["proposal"]["modules"] == []


def test_catalogues_are_shown_with_their_key_and_refused_when_they_are_none(person, plan):
    shown = person.get("/plan/catalogues").text
    assert "did:key:" in shown
    for files, address in ((None, ""), ({"file": b"{}"}, ""), (None, "http://127.0.0.1:1/x")):
        answer = person.post("/plan/catalogues", files=files, address=address)
        assert not answer.is_success
        assert 'role="alert"' in answer.text
    person.post("/plan/catalogues/example")
    made_up = person.post("/plan/catalogues/example").text
    assert "Verzonnen" in made_up
    [record] = re.findall(r"/plan/catalogues/([0-9a-f]+)/forget", made_up.partition("verzonnen modules")[2])[
        :1
    ]
    assert "Verzonnen" not in person.post(f"/plan/catalogues/{record}/forget").text


def test_counting_is_the_persons_choice(person, plan):
    person.post("/plan/outcome", on="on")
    person.post(f"{plan}/parts", own=[NEEDED[7]])
    assert json.loads(person.get("/plan/outcome").text)["total"]["planned"] == 1
    assert "Geteld sinds" in person.get("/plan").text
    person.post("/plan/outcome", on="")
    assert "Er wordt niets geteld" in person.get("/plan/outcome").text


def test_the_json_interface_does_the_same(person, source):
    client = person.client
    headers = {"Accept": "application/json"}

    def ask(method, path, body=None):
        answer = client.request(method, path, json=body, headers=headers)
        assert answer.is_success, answer.text
        return answer.json() if answer.content else None

    assert ask("GET", "/api/module-catalogues")["catalogues"][0]["signatureHolds"] == "yes"
    record = ask("POST", "/api/module-catalogues", {"catalogue": json.loads(source)})["record"]
    made = ask("POST", "/api/plans", {"occupation": WELDER})
    path = f"/api/plans/{made['id']}"
    assert made["outlook"]["state"] == "cannot-tell"
    assert made["progress"]["of"] == len(NEEDED)
    ask("PUT", f"{path}/wishes", {"hours": 500, "cents": 0})
    found = ask("GET", path)["proposal"]
    assert [each["id"][-1] for each in found["modules"]] == ["2"]
    assert found["exact"]
    part = ask("POST", f"{path}/parts", {"modules": [found["modules"][0]["id"]], "own": [NEEDED[9]]})
    first, own = (each["id"] for each in part["items"])
    done = ask("PUT", f"{path}/parts/{first}", {"status": "done", "first": "2099-01-01"})
    assert done["items"][0]["status"] == "done"
    assert done["items"][0]["gaps"][0]["closed"] is False
    assert len(ask("DELETE", f"{path}/parts/{own}")["items"]) == 1
    assert "BEGIN:VCALENDAR" in client.get(f"{path}/calendar", headers=headers).text
    assert len(ask("GET", "/api/plans")["plans"]) == 2
    assert ask("PUT", "/api/plan-outcome")["total"]["planned"] == 0
    assert ask("GET", "/api/plan-outcome")["months"] == {}
    ask("DELETE", "/api/plan-outcome")
    ask("DELETE", path)
    ask("DELETE", f"/api/module-catalogues/{record}")
    assert ask("GET", "/api/module-catalogues")["catalogues"] == []


def test_a_forgotten_plan_is_gone_and_can_be_put_back_for_a_minute(person, plan):
    gone = person.post(f"{plan}/forget")
    assert plan not in gone.text
    assert 'action="/undo"' in gone.text
    person.post("/undo")
    assert plan in person.get("/plan").text
