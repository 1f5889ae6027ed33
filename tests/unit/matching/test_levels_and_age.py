"""Levels and age in a comparison: what is there too low is short, what nobody can say is marked."""

import pytest

from matching.explain import Coverage, Demanded, compare
from matching.texts import render
from passport.answers import Reason
from passport.texts import Language


@pytest.fixture
def skills(small_release):
    return [skill.iri for skill in small_release.skills]


def test_a_skill_at_too_low_a_level_is_a_shortage_with_both_levels(small, skills):
    weld, read, *_ = skills
    demands = [Demanded(weld, level=4), Demanded(read, level=2)]
    found = compare([weld, read], demands, small, levels={weld: 3, read: 2}, name="Fitter")
    assert found.essential == Coverage(1, 2)
    [short] = found.shortage
    assert (short.skill, short.level, short.own_level, short.too_low) == (weld, 4, 3, True)
    assert found.too_low == (short,)
    assert found.missing == ()
    assert [one.skill for one in found.overlap] == [read]
    assert Reason("match.level-too-low", {"skill": "weld pipes", "own": 3, "level": 4}) in found.reasons


def test_a_level_that_nobody_knows_is_met_and_never_shown_as_reached(small, skills):
    weld = skills[0]
    found = compare([weld], [Demanded(weld, level=4)], small, name="Fitter")
    assert found.essential == Coverage(1, 1)
    assert found.overlap[0].level_unknown
    said = [render(reason, Language.NL) for reason in found.reasons]
    assert any("nog niet bekend" in sentence for sentence in said)


def test_without_the_skill_a_level_helps_nobody(small, skills):
    weld = skills[0]
    found = compare([], [Demanded(weld, level=4)], small, levels={weld: 9}, name="Fitter")
    assert [one.skill for one in found.shortage] == [weld]
    assert not found.shortage[0].level_unknown


def test_level_and_strength_of_a_retired_skill_stand_at_its_successor(small, skills):
    old, weld = "http://example.org/skill/old", skills[0]
    found = compare([old], [Demanded(weld, level=3)], small, levels={old: 5}, strengths={old: "hard"})
    assert [(one.own_level, one.strength) for one in found.overlap] == [(5, "hard")]
    both = compare([old], [Demanded(weld, level=3)], small, levels={old: 5, weld: 2})
    assert [one.own_level for one in both.shortage] == [2]


def test_what_is_old_is_said_and_has_a_smaller_share(small, skills):
    weld, read, *_ = skills
    demands = [Demanded(weld), Demanded(read)]
    full = compare({weld: 1.0, read: 1.0}, demands, small, name="Fitter")
    aged = compare({weld: 0.4, read: 1.0}, demands, small, name="Fitter")
    share = {one.skill: one.share for one in aged.overlap}
    assert share[weld] < next(one.share for one in full.overlap if one.skill == weld)
    assert [one.skill for one in aged.overlap] == [read, weld], "what counts most stands first"
    assert aged.essential == full.essential
    assert Reason("match.counts-for-less", {"count": 1}) in aged.reasons


def test_tasks_of_another_taxonomy_can_be_asked_one_by_one(small):
    task = "https://www.onetonline.org/task/12345"
    demands = [Demanded(task, label="Check welds with ultrasound", level=2), Demanded("urn:task:2")]
    found = compare([task], demands, small, levels={task: 1}, name="Shift")
    assert [one.label for one in found.shortage] == ["Check welds with ultrasound", "urn:task:2"]
    assert found.essential == Coverage(0, 2)


def test_demands_that_are_an_occupations_skills_compare_like_that_occupation(esco):
    for number in range(0, len(esco.occupations), 300):
        iri = esco.occupations.iris[number]
        rows = [(grade, list(links[number])) for grade, links in esco.needs.items()]
        demands = [
            Demanded(esco.skills.iris[skill], str(grade) == "essential")
            for grade, row in rows
            for skill in row
        ]
        has = {one.skill: 0.5 for one in demands[::2]}
        mine, theirs = compare(has, iri, esco), compare(has, demands, esco)
        assert (mine.overlap, mine.shortage, mine.surplus) == (
            theirs.overlap,
            theirs.shortage,
            theirs.surplus,
        )
