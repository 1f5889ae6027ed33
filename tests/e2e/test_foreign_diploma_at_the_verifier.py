"""R92 and R94 at the verifier: genuine and recognised are two things; a licence shows its number and its end.

A diploma from abroad is soft and said to be genuine. A recognised validator that looks at it, and names it by
its digest, makes the skill hard; revoking that act, or the diploma under it, takes its share away.
"""

from datetime import UTC, datetime, timedelta

import httpx
import pytest

from passport.credentials.digest import credential_digest
from passport.json import dump
from passport.trust import Recognition
from tests.simulators.parties import Party, recognise, status_entry
from tests.simulators.showing import BREAD, TEAM, open_story

DAY = timedelta(days=1)


@pytest.fixture(scope="module")
def story(tmp_path_factory):
    with open_story(tmp_path_factory.mktemp("foreign")) as made:
        yield made


@pytest.fixture(scope="module")
def abroad():
    return Party("Universidad de Ejemplo")


@pytest.fixture(scope="module")
def validator(story):
    """An EVC provider that the verifier's list recognises."""
    made = Party("EVC provider (synthetic)")
    source = story.world.trust_list(
        recognise(story.school, Recognition.EDUCATOR),
        recognise(made, Recognition.VALIDATOR),
        version=2,
        valid_from=datetime.now(UTC) - timedelta(seconds=2),
    )
    with story.client as client:
        headers = {"Content-Type": "application/json"}
        assert client.post("/api/trust-lists", content=source, headers=headers).is_success
    return made


def report(story, *credentials):
    made = story.ask()
    body = story.answer(made["request"], list(credentials))
    answered = httpx.post(made["responseUri"], content=body, headers={"Content-Type": "application/vp"})
    assert answered.is_success, answered.text
    with story.client as client:
        state = client.get(f"/api/requests/{made['id']}").json()
        found = client.get(f"/api/reports/{state['report']}").json()
    headers = {"Origin": story.verifier, "Accept": "text/html"}
    with httpx.Client(base_url=story.verifier, headers=headers, follow_redirects=True) as browser:
        browser.post("/sign-in", data={"key": story.key})
        page = browser.get(f"/reports/{state['report']}")
    return found, page.text


def asked(found):
    [demand] = [each for each in found["demands"] if each["label"] == "bake bread"]
    return demand["answer"], demand["strength"]


def diploma(story, abroad, position=7, name="hacer pan"):
    return abroad.issue(
        story.worker,
        {BREAD: name},
        kind="Diploma",
        at=datetime.now(UTC) - 40 * DAY,
        status=[],
        credential_id=f"urn:uuid:00000000-0000-4000-8000-{position:012d}",
    )


def looked_at(story, validator, foreign, skill=BREAD):
    """What an independent assessor says after looking at the diploma, named by its digest."""
    unsigned = validator.issue(
        story.worker,
        {skill: "bake bread"},
        kind="Assessment",
        at=datetime.now(UTC) - DAY,
        results=[{"value": "8"}],
        source={"id": validator.did, "type": ["Profile"], "name": validator.name},
    )
    del unsigned["proof"]
    unsigned["evidence"] = [
        {"id": foreign["id"], "type": ["Evidence"], "name": "Diploma from abroad", "genre": "validation"}
    ]
    unsigned["relatedResource"] = [
        {
            "id": foreign["id"],
            "digestMultibase": credential_digest(foreign),
            "mediaType": "application/vc",
        }
    ]
    return validator.sign(unsigned, at=datetime.now(UTC) - DAY)


def test_a_diploma_from_abroad_is_genuine_not_recognised_and_it_is_said_what_to_do(story, abroad, validator):
    found, page = report(story, diploma(story, abroad))
    assert "A recognised assessor can look at it" in page
    assert found["verdict"] == "unrecognised"
    assert found["genuine"] == "yes"
    assert asked(found) == ("no", "soft")
    [skill] = [each for each in found["skills"] if each["skill"] == BREAD]
    codes = {each["code"] for each in skill["reasons"]} | {each["code"] for each in skill["raiseBy"]}
    assert {"evidence.rule.not-recognised-here", "evidence.raise.ask_recognised"} <= codes


def test_a_recognised_validator_that_builds_on_it_makes_the_skill_hard(story, abroad, validator):
    foreign = diploma(story, abroad, 8)
    found, _ = report(story, foreign, looked_at(story, validator, foreign))
    assert asked(found) == ("yes", "hard")


def test_without_the_diploma_that_it_builds_on_it_can_not_be_told(story, abroad, validator):
    """Hiding what an act rests on never gives certainty."""
    foreign = diploma(story, abroad, 9)
    found, _ = report(story, looked_at(story, validator, foreign))
    assert asked(found)[0] == "cannot-tell"


def test_another_diploma_in_its_place_gives_nothing(story, abroad, validator):
    foreign = diploma(story, abroad, 10)
    act = looked_at(story, validator, foreign)
    other = diploma(story, abroad, 10, "hacer mucho pan")
    assert other["id"] == foreign["id"]
    assert dump(other) != dump(foreign)
    found, _ = report(story, other, act)
    assert asked(found)[0] == "no"


def test_a_revoked_diploma_takes_its_share_away(story, validator):
    school_abroad = Party.on_the_web("Escuela", story.school.did.removeprefix("did:web:").replace("%3A", ":"))
    foreign = Party("x", story.school.signer, story.school.did).issue(
        story.worker,
        {TEAM: "hacer pan"},
        kind="Diploma",
        at=datetime.now(UTC) - 40 * DAY,
        status=[status_entry(story.status_url, 99)],
    )
    assert school_abroad.did == story.school.did
    act = looked_at(story, validator, foreign)
    found, _ = report(story, foreign, act)
    assert asked(found) == ("yes", "hard")
    story.publish(revoked=(99,))
    found, _ = report(story, foreign, act)
    assert asked(found)[0] == "no"


def test_a_licence_shows_its_number_and_its_end(story, validator):
    licence = story.school.issue(
        story.worker,
        {BREAD: "bake bread"},
        kind="License",
        at=datetime.now(UTC) - 40 * DAY,
        valid_until=datetime.now(UTC) + 40 * DAY,
        license_number="BK-2041",
    )
    found, page = report(story, licence)
    [shown] = found["credentials"]
    assert shown["licenseNumber"] == "BK-2041"
    assert shown["validUntil"] is not None
    assert "BK-2041" in page
    assert asked(found) == ("yes", "hard")


def test_a_licence_past_its_end_counts_for_nothing(story, validator):
    licence = story.school.issue(
        story.worker,
        {BREAD: "bake bread"},
        kind="License",
        at=datetime.now(UTC) - 40 * DAY,
        valid_until=datetime.now(UTC) - DAY,
        license_number="BK-1",
    )
    found, _ = report(story, licence)
    assert found["verdict"] == "withdrawn"
    assert asked(found)[0] == "no"
