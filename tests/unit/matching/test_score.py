"""Ranking: every occupation, deterministic, rare skills before common ones, poor profiles not lost."""

import hashlib

import pytest

from matching.errors import UnknownOccupation, WeightOutOfRange
from matching.profile import read_profile
from matching.score import rank
from matching.taxonomy.model import Grade
from matching.vectors import index_of, rarity

NURSE = "http://data.europa.eu/esco/occupation/8d3e8aaa-791b-4c75-a465-f3f827028f50"


def all_skills(taxonomy, occupation):
    return [skill for grade in taxonomy.needed_by for skill in taxonomy.skills_of(occupation, grade)]


def test_ones_own_occupation_comes_first(esco):
    for occupation in esco.occupations.iris[::300]:
        skills = all_skills(esco, occupation)
        best = rank(skills, esco)[0]
        assert set(all_skills(esco, best.occupation)) == set(skills)
        assert best.place == 1


def test_every_occupation_is_ranked_once(esco):
    ranking = rank(all_skills(esco, esco.occupations.iris[5]), esco)
    assert len(ranking) == 3007
    assert {one.occupation for one in ranking} == set(esco.occupations)
    assert [one.place for one in ranking] == list(range(1, 3008))
    scores = [one.score for one in ranking]
    assert scores == sorted(scores, reverse=True)
    assert 0 <= scores[-1] <= scores[0] <= 1 + 1e-9


def test_the_first_ones_are_the_same_picked_or_sorted(esco):
    skills = all_skills(esco, esco.occupations.iris[7])
    picked, sorted_first = rank(skills, esco), rank(skills, esco)
    assert sorted_first[-1].place == 3007
    assert picked[:10] == sorted_first[:10]
    assert picked[3:1:-1] == (picked[3], picked[2])
    assert picked[5000:] == ()
    assert picked.score(picked[0].occupation) == picked[0].score
    with pytest.raises(UnknownOccupation):
        picked.score("http://example.org/nothing")


def test_ties_are_in_the_order_of_the_identifiers(esco):
    nothing = rank((), esco)
    assert [one.occupation for one in nothing] == list(esco.occupations)
    assert {one.score for one in nothing} == {0.0}


def test_scores_are_the_same_to_the_last_bit_on_every_host(esco):
    """The number is pinned: CPython 3.11 here, and 3.14 in Pyodide, give it."""
    skills = all_skills(esco, esco.occupations.iris[42])
    text = ",".join(one.score.hex() for one in rank(dict.fromkeys(skills, 0.7), esco))
    assert (
        hashlib.sha256(text.encode()).hexdigest()
        == "ac67e201566c74ac82297dd1984065c2921a4354b8f5cbf306fb27586362bfb5"
    )


def test_a_hierarchy_reaches_work_that_shares_no_skill(small, small_release):
    metals = small_release.skills[4].iri
    ranking = rank([metals], small)
    assert small.label(ranking[0].occupation) == "welder"
    assert ranking.score(small_release.occupations[1].iri) == 0


def test_a_skill_of_long_ago_counts_less(small, small_release):
    weld, bake = small_release.skills[0].iri, small_release.skills[3].iri
    baker, welder = small_release.occupations[1].iri, small_release.occupations[0].iri
    recent = rank({weld: 0.2, bake: 1.0}, small)
    assert recent[0].occupation == baker
    assert recent.score(welder) < rank({weld: 1.0, bake: 1.0}, small).score(welder)


def test_weights_are_bounded(small, small_release):
    iri = small_release.skills[0].iri
    for weight in (0, -1, 1.01, float("nan"), float("inf"), "1"):
        with pytest.raises(WeightOutOfRange):
            rank({iri: weight}, small)
    rank({iri: 1}, small)


def test_unknown_and_retired_skills_are_reported(small, small_release):
    profile = read_profile(
        ["http://x/1", "http://example.org/skill/old", "http://example.org/skill/gone"], small
    )
    assert profile.unknown == ("http://x/1",)
    assert profile.retired == ("http://example.org/skill/gone",)
    assert profile.numbers == (small.skills.numbers[small_release.skills[0].iri],)


def test_a_skill_and_its_predecessor_count_once(small, small_release):
    new = small_release.skills[0].iri
    assert read_profile({new: 0.5, "http://example.org/skill/old": 0.8}, small).weights == (0.8,)


def test_rarity_is_zero_for_what_all_have_and_for_what_none_has():
    assert rarity(10, 10) == 0
    assert rarity(10, 0) == 0
    assert rarity(10, 1) > rarity(10, 5) > 0


def test_the_index_is_made_once(esco):
    assert index_of(esco) is index_of(esco)


def test_a_nurse_is_near_other_care(esco):
    ranking = rank(esco.skills_of(NURSE, Grade.ESSENTIAL), esco)
    labels = [esco.label(one.occupation) for one in ranking[:5]]
    assert labels[0] == esco.label(NURSE)
    assert any("nurse" in label for label in labels[1:])
