"""Answers of the self-assessment as a few soft skills, and their pattern beside the skills."""

import pytest

from matching.bundle import load_bundle
from matching.intake.as_skills import ABOVE, AS_SKILLS, HIGH, WEIGHT, skills_of_answers
from matching.intake.assessment import SHORT_FORM
from matching.intake.beside import SHARE, rank_beside
from matching.onet import load_onet
from matching.onet.items import ITEMS
from matching.score import rank
from matching.taxonomy.model import Grade

CHEMISTRY, PHYSICS = "2.C.4.c", "2.C.4.b"


@pytest.fixture(scope="module")
def esco():
    return load_bundle()


@pytest.fixture(scope="module")
def onet():
    return load_onet()


@pytest.fixture(scope="module")
def answers():
    """Of somebody who knows chemistry and biology, and little of machines."""
    high = {CHEMISTRY: 5, "2.C.4.d": 5, "2.A.1.f": 5, "2.C.4.a": 4}
    return {**dict.fromkeys(SHORT_FORM, 2), **high, "2.B.3.h": 1, "2.C.3.e": 1}


def test_every_item_that_is_a_skill_has_one_of_the_shipped_list_that_means_the_same(esco):
    assert set(AS_SKILLS) <= {item.id for item in ITEMS}
    assert len(set(AS_SKILLS.values())) == len(AS_SKILLS)
    labels = {item: esco.label(skill, "en") for item, skill in AS_SKILLS.items()}
    assert {labels[CHEMISTRY], labels[PHYSICS]} == {"chemistry", "physics"}
    assert set(AS_SKILLS.values()) <= set(esco.skills)


def test_only_what_stands_out_of_ones_own_answers_becomes_a_skill(answers):
    assert {one.item for one in skills_of_answers(answers)} == {CHEMISTRY, "2.C.4.d", "2.C.4.a"}
    assert skills_of_answers({}) == ()
    assert skills_of_answers(dict.fromkeys(SHORT_FORM, 5)) == ()
    assert skills_of_answers({CHEMISTRY: HIGH - 1, PHYSICS: 1}) == ()
    mean = (HIGH + HIGH - 2 * ABOVE) / 2
    assert skills_of_answers({CHEMISTRY: HIGH, PHYSICS: int(2 * mean) - HIGH})


def test_answers_alone_put_work_with_that_pattern_in_front(esco, onet, answers):
    ranked = rank_beside(rank({}, esco), answers, onet, esco)
    assert len(ranked) == len(esco.occupations)
    assert [one.place for one in ranked[:3]] == [1, 2, 3]
    assert ranked[0].score == 0
    assert any("chem" in esco.label(one.occupation, "en") for one in ranked[:20])
    assert rank_beside(rank({}, esco), dict.fromkeys(SHORT_FORM, 3), onet, esco) == ()
    assert ranked == rank_beside(rank({}, esco), dict(reversed(answers.items())), onet, esco)


def test_answers_move_an_order_by_no_more_than_their_share(esco, onet, answers):
    baker = esco.search_occupations("baker", top=1)[0].iri
    ranking = rank(dict.fromkeys(esco.skills_of(baker, Grade.ESSENTIAL), 1.0), esco)
    beside = rank_beside(ranking, answers, onet, esco)
    places = {one.occupation: one.place for one in beside}
    far = [one.occupation for one in ranking if one.score < ranking.score(baker) - SHARE]
    assert all(places[baker] < places[other] for other in far)
    assert 0 < WEIGHT < 1
