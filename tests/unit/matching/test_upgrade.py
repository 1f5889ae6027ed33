"""What a new release changes: the whole list, and one person's skills and places."""

from dataclasses import replace

import pytest

from matching.bundle import load_previous, taxonomy_of
from matching.score import rank
from matching.taxonomy.model import Grade, Occupation, Skill
from matching.taxonomy.successors import with_retired
from matching.texts import render
from matching.upgrade.changes import Fate, diff_releases
from matching.upgrade.personal import explain_upgrade
from passport.texts import Language

RADIOGRAPHER = "http://data.europa.eu/esco/occupation/a9e54177-a185-404d-b6e6-15663d31137e"


@pytest.fixture(scope="module")
def before():
    return load_previous()


def test_the_upgrade_of_esco_is_told_in_numbers(before, esco):
    found = diff_releases(before, esco)
    counts = found.counts()
    assert (found.older, found.newer) == ("ESCO 1.1.0", "ESCO 1.1.1")
    assert counts["occupations"] == {"appeared": 0, "gone": 0, "renamed": 0, "replaced": 0, "merged": 1}
    assert (counts["skills"]["appeared"], counts["skills"]["renamed"]) == (5, 2)
    assert (counts["groups"]["replaced"], counts["groups"]["appeared"]) == (398, 420)
    assert (len(found.needs), sum(map(len, found.needs.values()))) == (462, 607)
    assert found.occupations[0].into_label == "radiation therapist"


def test_the_same_release_twice_differs_in_nothing(esco):
    found = diff_releases(esco, esco)
    assert (found.occupations, found.skills, found.groups, found.needs) == ((), (), (), {})


def test_a_person_sees_how_every_place_moved_and_why(before, esco):
    skills = before.skills_of(RADIOGRAPHER, Grade.ESSENTIAL)
    found = explain_upgrade(skills, before, esco, language="nl")
    older, newer = rank(skills, before), rank(skills, esco)
    for work in found.works:
        if not work.into_label:
            assert work.before == next(one.place for one in older if one.occupation == work.occupation)
            assert work.after == next(one.place for one in newer if one.occupation == work.occupation)
    merged = next(work for work in found.works if work.occupation == RADIOGRAPHER)
    assert merged.before == 1
    assert [render(reason, Language.NL) for reason in merged.reasons] == [
        "therapeutic radiographer is samengevoegd met radiotherapeut. Dat staat op plaats 3."
    ]


def test_every_sentence_of_every_person_is_there_in_both_languages(before, esco):
    for skills in (before.skills.iris[::300], esco.skills.iris[::211], (), ("http://example.org/none",)):
        found = explain_upgrade(skills, before, esco)
        for language in Language:
            for reason in (*found.reasons, *(reason for work in found.works for reason in work.reasons)):
                assert "{" not in render(reason, language)


def skill(name):
    return Skill(f"x:{name}", {"en": name})


def work(name, **skills):
    grades = {Grade(grade): tuple(sorted(f"x:{one}" for one in names)) for grade, names in skills.items()}
    return Occupation(f"x:work-{name}", {"en": name}, skills=grades)


@pytest.fixture(scope="module")
def pair(small_release):
    """Two made-up releases in which everything that can happen to a concept happens."""
    empty = replace(small_release, skill_groups=(), occupation_groups=(), retired=())
    old = replace(
        empty,
        version="1",
        skills=tuple(map(skill, ("gone", "kept", "merged", "renamed", "weld"))),
        occupations=(
            work("closed", essential=["kept"]),
            work("idle", essential=["renamed"]),
            work("idler", essential=["renamed"]),
            work("open", essential=["kept", "gone"], optional=["weld", "renamed"]),
        ),
    )
    new = replace(
        empty,
        version="2",
        skills=(
            Skill("x:kept", {"en": "kept"}, {"en": ("merged",)}),
            skill("new"),
            Skill("x:renamed", {"en": "other name"}),
            skill("weld"),
        ),
        occupations=(
            work("idle", essential=["renamed"]),
            work("idler", essential=["renamed"]),
            work("open", essential=["kept", "weld", "new"], optional=[]),
            work("started", essential=["new"]),
        ),
    )
    return taxonomy_of(old), taxonomy_of(with_retired(new, old))


def test_each_fate_is_told_apart(pair):
    found = diff_releases(*pair)
    assert {(one.fate, one.iri) for one in found.skills} == {
        (Fate.GONE, "x:gone"),
        (Fate.MERGED, "x:merged"),
        (Fate.APPEARED, "x:new"),
        (Fate.RENAMED, "x:renamed"),
    }
    assert {(one.fate, one.iri) for one in found.occupations} == {
        (Fate.GONE, "x:work-closed"),
        (Fate.APPEARED, "x:work-started"),
    }


def test_what_work_asks_otherwise_is_seen_from_what_the_person_has(pair):
    found = explain_upgrade(["x:kept", "x:weld", "x:gone", "x:merged"], *pair)
    asked = {work.occupation: [reason.code for reason in work.reasons] for work in found.works}
    assert asked["x:work-open"] == [
        "upgrade.work-same",
        "upgrade.drops-yours",
        "upgrade.asks-other",
        "upgrade.drops-other",
        "upgrade.asks-more",
    ]
    assert asked["x:work-closed"] == ["upgrade.work-gone"]
    assert [one.fate for one in found.skills] == [Fate.GONE, Fate.MERGED]
    assert (found.counted_before, found.counted_after) == (4, 2)


def test_what_followed_from_work_by_one_release_only_is_told_as_that(pair):
    """Never that the person had or lacked it: it was read out of their own work."""
    found = explain_upgrade(
        ["x:kept", "x:weld", "x:new"], *pair, earlier=["x:kept", "x:weld", "x:gone", "x:renamed"]
    )
    asked = {work.occupation: [reason.code for reason in work.reasons] for work in found.works}
    assert asked["x:work-open"] == [
        "upgrade.work-same",
        *("upgrade.drops-followed", "upgrade.asks-follows", "upgrade.drops-followed", "upgrade.asks-more"),
    ]
    assert (found.came, found.fell) == (("new",), ("gone", "other name"))
    assert (found.counted_before, found.counted_after) == (2, 2)
    assert [reason.code for reason in found.reasons][-2:] == ["upgrade.follows", "upgrade.follows-no-more"]


def test_work_and_skills_that_are_new_are_seen(pair):
    found = explain_upgrade(["x:new"], *pair)
    assert (found.counted_before, found.counted_after) == (0, 1)
    assert [one.fate for one in found.skills] == [Fate.APPEARED]
    assert "upgrade.work-new" in {reason.code for work in found.works for reason in work.reasons}


def test_work_that_is_followed_is_told_wherever_it_stands(before, esco):
    found = explain_upgrade(esco.skills.iris[:3], before, esco, followed=[RADIOGRAPHER, "x:nothing"])
    assert RADIOGRAPHER in {work.occupation for work in found.works}
    assert "x:nothing" not in {work.occupation for work in found.works}


def test_an_upgrade_back_says_less_and_asks_less(pair):
    older, newer = pair
    found = explain_upgrade(["x:kept", "x:weld", "x:new"], newer, older)
    codes = {reason.code for work in found.works for reason in work.reasons}
    assert "upgrade.asks-less" in codes
    assert found.counted_after < found.counted_before
