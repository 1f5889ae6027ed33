"""The simulator of reach: synthetic and said so, the same for the same seed, decided by a verifier's rules."""

from dataclasses import replace
from datetime import UTC, datetime
from fractions import Fraction
from xml.etree import ElementTree as ET

import pytest

from matching.reach import draw_reach, simulate
from matching.reach.errors import NoSkillToReachBy, TooManyPeople
from matching.reach.policies import Policy, demands_under
from matching.reach.population import people
from matching.reach.simulate import MOST_PEOPLE
from matching.reach.summary import reach_json, reach_sentences
from matching.taxonomy.model import Grade
from passport.evidence.demand import Demand
from passport.evidence.kinds import Strength
from passport.texts import Language
from passport.trust import Recognition

NOW = datetime(2026, 11, 22, tzinfo=UTC)
SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture(scope="module")
def demands(esco):
    occupation = esco.search_occupations("pharmacy assistant", "en", top=1)[0].iri
    skills = esco.skills_of(occupation, Grade.ESSENTIAL)[:8]
    return [Demand(skill, esco.label(skill)) for skill in skills]


@pytest.fixture(scope="module")
def found(esco, demands):
    return simulate(demands, esco, now=NOW, count=300)


def test_the_same_seed_gives_the_same_people_and_another_one_others(esco, demands, found):
    assert simulate(demands, esco, now=NOW, count=300) == found
    asked = [demand.skill for demand in demands]
    one, other = (
        [len(each.evidence) for each in people(asked, esco, count=40, seed=seed, now=NOW)] for seed in (1, 2)
    )
    assert one != other


def test_asking_for_more_proof_never_reaches_more_people(found):
    reached = {one.policy: one.reached for one in found.policies}
    ladder = [reached[each] for each in (Policy.SKILLS, Policy.SEMI_HARD, Policy.HARD, Policy.DIPLOMA)]
    assert ladder == sorted(ladder, reverse=True)
    assert ladder[0] > ladder[-1]
    assert found.times == ladder[0] / ladder[-1]


def test_each_demand_on_proof_keeps_out_other_people_of_a_long_profile_too(esco):
    occupation = esco.search_occupations("welder", "en", top=1)[0].iri
    asked = [Demand(one, esco.label(one)) for one in esco.skills_of(occupation, Grade.ESSENTIAL)]
    found = simulate(asked, esco, now=NOW, count=1_000)
    ladder = [
        found.of(each).reached for each in (Policy.SKILLS, Policy.SEMI_HARD, Policy.HARD, Policy.DIPLOMA)
    ]
    assert ladder == sorted(set(ladder), reverse=True)


def test_what_asks_the_same_of_a_profile_stands_there_once_and_is_explained(esco, demands, found):
    assert found.of(Policy.AS_ASKED).same_as is Policy.SKILLS
    assert [one.policy for one in found.told] == [
        *(Policy.SKILLS, Policy.SEMI_HARD, Policy.HARD, Policy.DIPLOMA, Policy.AS_ASKED)
    ]
    assert "net zoveel mensen als de vaardigheden alleen" in " ".join(reach_sentences(found, Language.NL))
    aged = [replace(each, maximum_age_months=24, level=6) for each in demands]
    other = simulate(aged, esco, now=NOW, count=40)
    assert Policy.AS_ASKED_ANY_AGE in [one.policy for one in other.told]
    assert other.of(Policy.AS_ASKED_NO_DIPLOMA).same_as is Policy.AS_ASKED
    told = " ".join(reach_sentences(other, Language.EN))
    assert "stands here once" in told
    assert other.alike
    assert "a number stand here twice" in told


def test_a_diploma_demand_in_the_profile_is_what_it_costs(esco, demands):
    by_school = [
        Demand(
            each.skill,
            each.label,
            minimum_strength=Strength.HARD,
            maximum_age_months=120,
            level=3,
            accepted_recognitions=frozenset({Recognition.EDUCATOR}),
        )
        for each in demands
    ]
    found = simulate(by_school, esco, now=NOW, count=300)
    as_asked = found.of(Policy.AS_ASKED).reached
    assert as_asked <= found.of(Policy.DIPLOMA).reached
    for policy in (Policy.AS_ASKED_NO_DIPLOMA, Policy.AS_ASKED_ANY_AGE, Policy.AS_ASKED_ANY_LEVEL):
        assert found.of(policy).reached >= as_asked


def test_an_interval_holds_the_share_and_stays_within_bounds(found):
    for one in found.policies:
        low, high = one.interval
        assert 0 <= low <= one.share <= high <= 1


def test_asking_all_of_the_skills_reaches_fewer_than_asking_most(esco, demands, found):
    everything = simulate(demands, esco, now=NOW, count=300, share=Fraction(1))
    assert everything.of(Policy.SKILLS).reached < found.of(Policy.SKILLS).reached


def test_optional_demands_keep_nobody_out_and_count_where_nothing_is_required(esco, demands, found):
    more = [*demands, Demand(esco.skills.iris[5], "x", required=False)]
    assert simulate(more, esco, now=NOW, count=300).policies == found.policies
    optional = [Demand(each.skill, each.label, required=False) for each in demands]
    assert simulate(optional, esco, now=NOW, count=300).policies == found.policies


def test_skills_of_another_taxonomy_are_counted_and_alone_refused(esco, demands):
    strange = Demand("urn:other:1", "another")
    assert simulate([*demands, strange], esco, now=NOW, count=20).left_out == 1
    with pytest.raises(NoSkillToReachBy):
        simulate([strange], esco, now=NOW, count=20)


@pytest.mark.parametrize("count", [0, MOST_PEOPLE + 1])
def test_no_people_and_too_many_are_refused(esco, demands, count):
    with pytest.raises(TooManyPeople):
        simulate(demands, esco, now=NOW, count=count)


def test_where_a_diploma_reaches_nobody_nothing_is_divided(esco, demands):
    few = simulate(demands, esco, now=NOW, count=1, seed=3, share=Fraction(1))
    assert few.of(Policy.DIPLOMA).reached == 0
    assert few.times is None


@pytest.mark.parametrize("language", Language)
def test_everything_that_comes_out_says_that_it_is_synthetic(found, language):
    written = reach_json(found, language)
    assert written["synthetic"] is True
    assert written["assumptions"]["diploma"] == found.assumed.diploma
    word = {Language.NL: "verzonnen", Language.EN: "made-up"}[language]
    assert word in written["about"]
    svg = ET.fromstring(draw_reach(found, language))
    assert word in svg.findtext(f"{SVG}desc")
    assert word in " ".join(text.text for text in svg.iter(f"{SVG}text"))
    assert [one["reached"] for one in written["policies"]] == [one.reached for one in found.policies]


def test_only_what_a_policy_is_about_is_changed(demands):
    asked = Demand(
        "urn:x", "x", required=False, level=3, minimum_strength=Strength.HARD, maximum_age_months=12
    )
    [any_age] = demands_under(Policy.AS_ASKED_ANY_AGE, [asked])
    assert (any_age.level, any_age.maximum_age_months, any_age.minimum_strength) == (3, None, Strength.HARD)
    [skills] = demands_under(Policy.SKILLS, [asked])
    assert (skills.level, skills.minimum_strength, skills.required) == (None, Strength.SOFT, False)
