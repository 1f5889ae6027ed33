"""Skills that follow from a document: each once, with every reason, and never more than the document leads to."""

from passport.answers import Reason
from passport.credentials import parse_credential
from passport.elm import parse_european_credential
from passport.evidence.derived import from_badge, from_european, from_map, from_occupation, together
from passport.evidence.skill_map import Closeness, MappedQualification, MappedSkill, parse_skill_map
from passport.json import dump
from tests.simulators.european import DIGITAL, TEAMWORK, WELDING, european_credential
from tests.simulators.parties import Party
from tests.unit.evidence.test_skill_map import made

ENTRY = MappedQualification(
    "urn:q:1", {"nl": "Lasser"}, (MappedSkill(WELDING, "lassen", Closeness.BROAD, "kerntaak 1"),)
)


def test_a_european_credential_gives_the_skills_of_its_outcomes():
    found = from_european(parse_european_credential(dump(european_credential())))
    assert [each.skill for each in found] == [WELDING, TEAMWORK, DIGITAL]
    assert [each.framework for each in found] == ["ESCO", "ESCO", None]
    assert all(each.sure for each in found)
    assert found[0].reasons == (Reason("derived.outcome", {"outcome": "Joins metal"}),)


def test_a_badge_gives_the_skills_that_it_aligns_to():
    badge = parse_credential(Party("School").issue("did:key:z6Mk", {WELDING: "lassen"}))
    (found,) = from_badge(badge)
    assert (found.skill, found.name, found.sure) == (WELDING, "lassen", True)


def test_a_map_gives_its_publisher_its_source_and_how_near_it_is():
    found = parse_skill_map(made(ENTRY))
    (skill,) = from_map(found, found.entries[0], "en")
    assert not skill.sure
    assert skill.framework == "ESCO 1.1.1"
    assert [each.code for each in skill.reasons] == ["derived.mapped", "derived.match.broad"]
    assert skill.reasons[0].values["qualification"] == "Lasser"
    assert skill.reasons[0].values["source"] == "kerntaak 1"


def test_an_occupation_gives_what_is_usual_in_it():
    (skill,) = from_occupation("welder", [(WELDING, "welding")], "ESCO 1.1.1")
    assert not skill.sure
    assert skill.reasons[0].code == "derived.occupation"


def test_together_each_skill_stands_once_with_all_its_reasons():
    found = parse_skill_map(made(ENTRY))
    mapped = from_map(found, found.entries[0], "nl")
    usual = from_occupation("welder", [(WELDING, "welding"), (TEAMWORK, "teamwork")], "ESCO 1.1.1")
    document = from_european(parse_european_credential(dump(european_credential())))
    one, two = together(mapped, usual, usual)
    assert (one.name, one.sure, len(one.reasons)) == ("lassen", False, 3)
    assert two.skill == TEAMWORK
    joined = together(usual, document)
    assert joined[0].sure
    assert [each.skill for each in joined] == [WELDING, TEAMWORK, DIGITAL]
