"""What the person can do as matching takes it: weight by age, level, strength, and where it is from."""

from datetime import timedelta

import pytest

from matching.recency import FULL_MONTHS, LEAST, LEAST_MONTHS, Age, recency
from passport.answers import Answer
from passport.evidence.kinds import Strength
from passport.trust import Recognition
from tests.simulators.parties import NOW, Party
from tests.simulators.wallets import Person
from wallet.core.profile import SOURCES, profile_of
from wallet.core.profile_skills import SkillSource, SourceKind

WELDING, PLANNING = "urn:skill:welding", "urn:skill:planning"


@pytest.fixture
def person():
    return Person()


@pytest.fixture(scope="module")
def school():
    return Party("School")


def years_ago(years):
    return NOW.replace(year=NOW.year - years)


def with_sources(person, *found):
    return profile_of(person.wallet, sources=(*SOURCES, lambda _wallet, _documents: found))


def test_a_credential_gives_its_skills_with_strength_date_and_who_says_so(person, school):
    person.trust((school, Recognition.EDUCATOR))
    person.take(
        school.issue(person.wallet.did, [WELDING], kind="Diploma", activity_end=NOW - timedelta(days=40))
    )
    [skill] = profile_of(person.wallet).skills
    assert (skill.skill, skill.weight, skill.kind) == (WELDING, 1.0, SourceKind.CREDENTIAL)
    assert skill.freshness.age is Age.FRESH
    assert skill.freshness.months == 1
    assert [source.name for source in skill.sources] == ["School"]
    assert skill.sources[0].record is not None


def test_no_skill_counts_in_full_for_ever(person, school):
    person.take(school.issue(person.wallet.did, [WELDING], activity_end=years_ago(20)))
    person.take(school.issue(person.wallet.did, [PLANNING], activity_end=years_ago(5)))
    found = profile_of(person.wallet).by_skill
    assert found[WELDING].weight == LEAST
    assert LEAST < found[PLANNING].weight < 1
    assert found[WELDING].freshness.age is Age.OLD
    assert found[PLANNING].freshness.age is Age.AGEING


def test_the_weight_never_rises_with_age_and_never_reaches_nothing():
    weights = [recency(months) for months in range(LEAST_MONTHS + 12)]
    assert weights == sorted(weights, reverse=True)
    assert weights[FULL_MONTHS] == 1
    assert weights[FULL_MONTHS + 1] < 1
    assert weights[LEAST_MONTHS] == weights[-1] == LEAST


def test_what_has_no_date_counts_and_is_marked(person):
    found = with_sources(person, SkillSource(WELDING, "welding", SourceKind.OWN_CLAIM, "me"))
    assert found.skills[0].weight == 1
    assert found.skills[0].freshness.age is Age.UNDATED


def test_a_date_in_the_future_makes_nothing_younger(person):
    ahead = SkillSource(WELDING, "welding", SourceKind.DERIVED, "work", at=NOW + timedelta(days=1))
    assert with_sources(person, ahead).skills[0].freshness.age is Age.UNDATED


def test_of_several_sources_the_best_counts_and_all_stay_at_hand(person):
    past = SkillSource(WELDING, "welding", SourceKind.DERIVED, "welder", 0.5, years_ago(1), level=3)
    own = SkillSource(WELDING, "welding", SourceKind.ASSESSED, "me", 1.0, NOW, level=2)
    proven = SkillSource(WELDING, "lassen", SourceKind.CREDENTIAL, "School", 1.0, years_ago(10), None)
    fallen = SkillSource(WELDING, "lassen", SourceKind.CREDENTIAL, "X", 1.0, NOW, 9, answer=Answer.NO)
    [skill] = with_sources(person, past, own, proven, fallen).skills
    assert skill.kind is SourceKind.ASSESSED
    assert (skill.weight, skill.level) == (1.0, 3)
    assert len(skill.sources) == 4
    assert skill.answer is Answer.YES


def test_adding_a_source_never_lowers_a_weight(person):
    own = SkillSource(WELDING, "welding", SourceKind.OWN_CLAIM, "me")
    old = SkillSource(WELDING, "welding", SourceKind.CREDENTIAL, "School", 1.0, years_ago(30))
    assert with_sources(person, own, old).weights[WELDING] == 1
    assert with_sources(person, old).weights[WELDING] == LEAST


def test_weights_strengths_and_levels_are_what_ranking_takes(person):
    one = SkillSource(WELDING, "w", SourceKind.CREDENTIAL, "S", 0.5, NOW, 4, Strength.HARD)
    other = SkillSource(PLANNING, "p", SourceKind.TICKED, "text", 1.0, NOW)
    found = with_sources(person, other, one)
    assert dict(found.weights) == {PLANNING: 1.0, WELDING: 0.5}
    assert dict(found.strengths) == {PLANNING: "soft", WELDING: "hard"}
    assert dict(found.levels) == {WELDING: 4}


def test_of_ten_thousand_skills_those_that_count_for_least_are_left_out_and_counted(person):
    many = [
        SkillSource(f"urn:s:{number:05}", "s", SourceKind.TICKED, "text", 1.0 if number % 2 else 0.5)
        for number in range(10_000)
    ]
    found = with_sources(person, *many)
    assert (len(found.skills), found.left_out) == (5_000, 5_000)
    assert set(found.weights.values()) == {1.0}
    assert [one.skill for one in found.skills] == sorted(found.weights)
