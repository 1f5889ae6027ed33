"""What must hold for every profile: order and route do not matter, more skills never cover less."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matching.bundle import load_bundle
from matching.explain import compare
from matching.score import rank
from matching.taxonomy.model import Grade
from matching.taxonomy.packing import pack_links, unpack_links

ESCO = load_bundle()
SKILLS = ESCO.skills.iris
PROFILES = st.lists(st.sampled_from(SKILLS), max_size=40, unique=True)
WEIGHTED = st.dictionaries(st.sampled_from(SKILLS), st.floats(0.01, 1.0), max_size=30)
OCCUPATIONS = st.sampled_from(ESCO.occupations.iris)
quick = settings(max_examples=40, deadline=None)


def scores(profile):
    return [(one.occupation, one.score) for one in rank(profile, ESCO)]


@quick
@given(PROFILES, st.randoms(use_true_random=False))
def test_the_order_of_the_skills_does_not_matter(skills, chooser):
    other = list(skills)
    chooser.shuffle(other)
    assert scores(skills) == scores(other)
    assert scores(skills) == scores(set(skills)) == scores(dict.fromkeys(other, 1.0))


@quick
@given(WEIGHTED, st.randoms(use_true_random=False))
def test_the_same_skills_by_another_route_score_the_same(weights, chooser):
    """Whether they came from a diploma, past work or a self-assessment, first or last."""
    other = list(weights.items())
    chooser.shuffle(other)
    assert scores(weights) == scores(dict(other))


@quick
@given(PROFILES)
def test_every_score_is_between_0_and_1(skills):
    found = scores(skills)
    assert len(found) == len(ESCO.occupations)
    assert all(0 <= score <= 1 + 1e-9 for _, score in found)
    assert found == sorted(found, key=lambda pair: (-pair[1], pair[0]))


@quick
@given(PROFILES, OCCUPATIONS, st.data())
def test_one_more_essential_skill_never_lowers_coverage(skills, occupation, data):
    essential = ESCO.skills_of(occupation, Grade.ESSENTIAL)
    if not essential:
        return
    added = data.draw(st.sampled_from(essential))
    before, after = compare(skills, occupation, ESCO), compare([*skills, added], occupation, ESCO)
    assert after.essential.met == before.essential.met + (added not in skills)
    assert after.essential.of == before.essential.of
    assert after.optional == before.optional


@quick
@given(PROFILES, OCCUPATIONS)
def test_overlap_shortage_and_surplus_divide_the_skills(skills, occupation):
    found = compare(skills, occupation, ESCO)
    overlap, shortage, surplus = (
        [one.skill for one in part] for part in (found.overlap, found.shortage, found.surplus)
    )
    asked = {skill for grade in ESCO.needed_by for skill in ESCO.skills_of(occupation, grade)}
    assert sorted(overlap + surplus) == sorted(skills)
    assert sorted(overlap + shortage) == sorted(asked)
    assert found.essential.met + found.optional.met == len(overlap)
    assert sum(one.share for one in found.overlap) == pytest.approx(1 if overlap else 0)


@quick
@given(PROFILES, st.lists(st.text(max_size=30), max_size=5))
def test_unknown_skills_change_no_score(skills, unknown):
    strange = [text for text in unknown if text not in ESCO.skills and text not in ESCO.retired]
    assert scores(skills) == scores([*skills, *strange])
    assert rank([*skills, *strange], ESCO).profile.unknown == tuple(sorted(set(strange)))


@quick
@given(WEIGHTED, st.floats(0.1, 1.0))
def test_weighing_all_skills_alike_changes_no_order(weights, factor):
    both = (scores(weights), scores({skill: weight * factor for skill, weight in weights.items()}))
    for (_, one), (_, other) in zip(*both, strict=True):
        assert one == pytest.approx(other, abs=1e-9)


@given(st.lists(st.lists(st.integers(0, 500), unique=True).map(sorted), max_size=30))
def test_links_come_back_as_they_were(lists):
    assert [list(row) for row in unpack_links(pack_links(lists), len(lists), 501)] == lists


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=60))
def test_any_text_can_be_searched_for(text):
    for language in ("en", "nl"):
        assert len(ESCO.search_skills(text, language)) <= 10
        assert all(one.iri in ESCO.occupations for one in ESCO.search_occupations(text, language))
