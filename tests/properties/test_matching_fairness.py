"""Fairness: the same skills give the same score, by whatever route they came and whoever has them."""

from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matching.bundle import load_bundle
from matching.explain import compare
from matching.score import rank
from passport.answers import Answer
from passport.evidence.kinds import Strength
from tests.simulators.parties import NOW
from tests.simulators.wallets import Person
from wallet.core.profile import put_together
from wallet.core.profile_skills import SkillSource, SourceKind

TAXONOMY = load_bundle()
USED = sorted(
    {TAXONOMY.skills.iris[skill] for links in TAXONOMY.needs.values() for row in links for skill in row}
)
skills = st.lists(st.sampled_from(USED[::37]), min_size=1, max_size=12, unique=True)
months = st.integers(0, 300)
quick = settings(max_examples=20, deadline=None)


@pytest.fixture(scope="module")
def wallet():
    return Person().wallet


def route(kind, strength=Strength.SOFT, answer=Answer.YES):
    return st.builds(
        lambda name, label, level: {
            "kind": kind,
            "name": name,
            "label": label,
            "level": level,
            "strength": strength,
            "answer": answer,
        },
        st.text(max_size=8),
        st.text(max_size=8),
        st.none() | st.integers(1, 9),
    )


ROUTES = st.one_of(
    route(SourceKind.CREDENTIAL, Strength.HARD),
    route(SourceKind.CREDENTIAL, Strength.SEMI_HARD, Answer.CANNOT_TELL),
    *(route(kind) for kind in SourceKind),
)


def profile(wallet, iris, way, age):
    at = NOW - timedelta(days=31 * age)
    return put_together([SkillSource(skill=iri, at=at, **way) for iri in iris], wallet)


@quick
@given(iris=skills, one=ROUTES, other=ROUTES, age=months)
def test_the_same_skills_by_another_route_have_the_same_score(wallet, iris, one, other, age):
    mine, theirs = profile(wallet, iris, one, age), profile(wallet, reversed(iris), other, age)
    scores = [each.score.hex() for each in rank(mine.weights, TAXONOMY)]
    assert scores == [each.score.hex() for each in rank(theirs.weights, TAXONOMY)]


@quick
@given(iris=skills, one=ROUTES, other=ROUTES, age=months)
def test_the_same_skills_by_another_route_cover_the_same(wallet, iris, one, other, age):
    occupation = rank(dict.fromkeys(iris, 1.0), TAXONOMY)[0].occupation
    found = [
        compare(each.weights, occupation, TAXONOMY, strengths=each.strengths, levels=each.levels)
        for each in (profile(wallet, iris, one, age), profile(wallet, iris, other, age))
    ]
    assert found[0].essential == found[1].essential
    assert [each.share for each in found[0].overlap] == [each.share for each in found[1].overlap]


@quick
@given(iris=skills, way=ROUTES, age=months)
def test_saying_the_same_twice_changes_nothing(wallet, iris, way, age):
    at = NOW - timedelta(days=31 * age)
    once = [SkillSource(skill=iri, at=at, **way) for iri in iris]
    twice = put_together([*once, *once], wallet)
    assert twice.weights == put_together(once, wallet).weights


@quick
@given(iris=skills, way=ROUTES, age=st.integers(0, 290), later=st.integers(1, 10))
def test_age_alone_lowers_no_place_among_skills_of_one_age(wallet, iris, way, age, later):
    """Who learned everything at one time is not ranked otherwise for having learned it long ago."""
    young, old = (profile(wallet, iris, way, each) for each in (age, age + later))
    places = [[one.occupation for one in rank(each.weights, TAXONOMY)[:5]] for each in (young, old)]
    scores = [rank(each.weights, TAXONOMY)[0].score for each in (young, old)]
    assert scores[0] == pytest.approx(scores[1])
    assert set(places[0]) & set(places[1])
