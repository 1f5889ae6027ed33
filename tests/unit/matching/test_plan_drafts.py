"""Drafts of plans: which modules, why, and why a gap stays open."""

from datetime import UTC, date, datetime

import pytest

from matching.bundle import load_bundle
from matching.compared import Demanded
from matching.explain import compare
from matching.limits import PLAN
from matching.plan.catalogue import Form, parse_module_catalogue
from matching.plan.cover_problem import Aim
from matching.plan.drafting import Why, draft
from matching.plan.errors import BudgetOutOfRange, TooManyGaps
from matching.plan.example import example_catalogue, example_modules, skills_for_example
from matching.plan.gaps import Gap, gaps_of
from matching.plan.lint import lint_catalogue
from matching.plan.reasons import reason_of_open, reasons_of_choice, reasons_of_draft
from matching.plan.summary import draft_json, euros
from matching.plan.wishes import Wishes, read_wishes, wishes_json
from matching.texts import catalogue as sentences
from passport.answers import Answer
from passport.evidence.findings import Severity
from passport.json import dump
from passport.keys import KeyType, load_signer
from passport.texts import Language
from tests.simulators.modules import catalogue_source, module_document

NOW = datetime(2026, 11, 22, tzinfo=UTC)
TODAY = NOW.date()
ESCO = load_bundle()
S = tuple(ESCO.skills.iris[:8])
RETIRED = next(one for one in ESCO.retired.values() if one.successor in ESCO.skills)


def gap(skill, **more):
    return Gap(skill, ESCO.label(skill), **more)


def plan(gaps, *modules, catalogues=None, steps=PLAN.steps, **wishes):
    found = catalogues or [parse_module_catalogue(catalogue_source(modules, now=NOW))]
    made = draft(gaps, found, Wishes(**wishes), today=TODAY, taxonomy=ESCO, steps=steps)
    reasons = [
        *reasons_of_draft(made),
        *(reason for each in made.chosen for reason in reasons_of_choice(each)),
        *(reason_of_open(each) for each in made.open),
    ]
    for reason in reasons:
        assert reason.code in sentences().codes(Language.NL), reason.code
    assert dump(draft_json(made, Language.NL, TODAY)) == dump(draft_json(made, Language.NL, TODAY))
    return made


def numbers(made):
    return [int(each.module.id.rpartition("/")[2]) for each in made.chosen]


def codes(reasons):
    return [each.code for each in reasons]


def test_one_module_for_all_is_fewer_than_one_for_each():
    made = plan(
        [gap(S[0]), gap(S[1])],
        module_document(S[0], number=1, hours=1),
        module_document(S[1], number=2, hours=1),
        module_document(S[0], S[1], number=3, hours=99),
    )
    assert numbers(made) == [3]
    assert codes(reasons_of_draft(made)) == ["plan.closes-of", "plan.exact.fewest"]


def test_the_aim_decides_among_sets_that_close_as_much():
    modules = [
        module_document(S[0], number=1, hours=10, cents=900),
        module_document(S[1], number=2, hours=10, cents=900),
        module_document(S[0], S[1], number=3, hours=99, cents=1_000),
        module_document(S[0], S[1], number=4, hours=98, cents=5_000),
    ]
    gaps = [gap(S[0]), gap(S[1])]
    assert numbers(plan(gaps, *modules, aim=Aim.FEWEST)) == [4]
    assert numbers(plan(gaps, *modules, aim=Aim.SHORTEST)) == [1, 2]
    assert numbers(plan(gaps, *modules, aim=Aim.CHEAPEST)) == [3]


def test_each_choice_says_why():
    made = plan(
        [gap(S[0]), gap(S[1]), gap(S[2])],
        module_document(S[0], S[1], S[4], number=1, achievement="urn:a:1"),
        module_document(S[1], S[2], number=2),
        module_document(S[2], number=3, hours=999),
    )
    first, second = made.chosen
    assert codes(reasons_of_choice(first)) == ["plan.closes", "plan.alone", "plan.beyond", "plan.credential"]
    assert codes(reasons_of_choice(second)) == ["plan.closes", "plan.others", "plan.no-credential"]
    assert [each.module.id[-1] for each in second.alternatives] == ["3"]
    assert sum(len(each.closes) for each in made.chosen) == made.closed == 3


def test_a_gap_that_stays_open_says_why():
    made = plan(
        [gap(S[0], level=3), gap(S[1]), gap(S[2]), gap(S[3])],
        module_document(S[0], number=1, level=2),
        module_document(S[1], number=2, form="school"),
        module_document(S[2], number=3, form="work", hours=50),
        hours=40,
        form=Form.WORK,
    )
    assert [each.why for each in made.open] == [Why.LEVEL, Why.WISHES, Why.BUDGET, Why.NOBODY]
    assert [len(each.near) for each in made.open] == [1, 1, 1, 0]
    assert made.chosen == ()


def test_a_level_that_the_provider_does_not_say_is_not_reached():
    assert plan([gap(S[0], level=1)], module_document(S[0])).chosen == ()
    assert numbers(plan([gap(S[0], level=2)], module_document(S[0], level=2))) == [1]


@pytest.mark.parametrize(
    ("change", "wishes"),
    [
        ({"starts": [{"first": "2026-11-21"}]}, {}),
        ({}, {"online": True}),
        ({}, {"form": Form.WORK}),
        ({}, {"refused": {"https://school.example/m/1"}}),
        ({}, {"hours": 39}),
        ({}, {"cents": 9_999}),
    ],
)
def test_what_does_not_fit_is_not_chosen(change, wishes):
    assert plan([gap(S[0])], module_document(S[0], **change), **wishes).chosen == ()


def test_what_begins_today_can_still_be_done():
    made = plan([gap(S[0])], module_document(S[0], starts=[{"first": "2026-11-22"}]))
    assert numbers(made) == [1]


def test_needed_gaps_come_before_useful_ones():
    modules = [
        module_document(S[0], number=1, hours=40),
        module_document(S[1], S[2], number=2, hours=40),
    ]
    gaps = [gap(S[0]), gap(S[1], required=False), gap(S[2], required=False)]
    assert numbers(plan(gaps, *modules, hours=40)) == [1]
    assert sorted(numbers(plan(gaps, *modules, hours=80))) == [1, 2]


def test_what_a_budget_proves():
    made = plan(
        [gap(skill) for skill in S[:4]],
        *(module_document(skill, number=number) for number, skill in enumerate(S[:4], 1)),
        hours=80,
    )
    assert len(made.chosen) == 2
    assert codes(reasons_of_draft(made)) == ["plan.closes-of", "plan.most-in-budget", "plan.exact.fewest"]


@pytest.mark.parametrize("aim", Aim)
def test_more_than_can_be_compared_is_said_with_its_bounds(aim):
    made = plan(
        [gap(skill) for skill in S[:6]],
        *(
            module_document(S[one], S[other], number=one * 6 + other, hours=40 + one, cents=100 * other)
            for one in range(6)
            for other in range(6)
            if one != other
        ),
        aim=aim,
        steps=1,
        hours=None if aim is Aim.FEWEST else 90,
    )
    said = codes(reasons_of_draft(made))
    assert not made.exact
    assert f"plan.bounded.{aim}" in said
    assert ("plan.factor" in said) == (aim is Aim.FEWEST)


def test_of_a_skill_that_a_module_names_twice_over_the_higher_level_counts():
    both = module_document(RETIRED.iri, level=1)
    both["skills"].append({**both["skills"][0], "skill": RETIRED.successor, "level": 3})
    assert numbers(plan([gap(RETIRED.successor, level=3)], both)) == [1]


def test_a_module_that_teaches_a_retired_skill_too_little_is_near():
    made = plan([gap(RETIRED.successor, level=3)], module_document(RETIRED.iri, level=1))
    assert [(each.why, len(each.near)) for each in made.open] == [(Why.LEVEL, 1)]


def test_a_retired_skill_counts_as_its_successor():
    made = plan([gap(RETIRED.successor)], module_document(RETIRED.iri))
    assert numbers(made) == [1]


def test_a_module_in_two_catalogues_is_two_offers():
    one = parse_module_catalogue(catalogue_source([module_document(S[0])], now=NOW))
    other = parse_module_catalogue(
        catalogue_source([module_document(S[0], hours=1)], now=NOW, catalogue_id="https://a.example/c")
    )
    made = plan([gap(S[0])], catalogues=[one, other])
    assert [each.offered.catalogue.id for each in made.chosen] == ["https://a.example/c"]
    assert draft([gap(S[0])], [other, one], Wishes(), today=TODAY, taxonomy=ESCO).chosen == made.chosen


def test_gaps_are_the_shortage_with_the_level_that_is_asked():
    asked = [Demanded(S[0], level=3), Demanded(S[1]), Demanded(S[2], required=False)]
    found = compare([S[0]], asked, ESCO, levels={S[0]: 2})
    assert {(each.skill, each.level, each.own_level) for each in gaps_of(found)} == {
        (S[0], 3, 2),
        (S[1], None, None),
    }
    assert len(gaps_of(found, optional=True)) == 3


def test_there_is_an_end_to_gaps_and_budgets():
    found = compare([], [Demanded(f"urn:x:{number}") for number in range(PLAN.gaps + 1)], ESCO)
    with pytest.raises(TooManyGaps):
        gaps_of(found)
    for wrong in ({"hours": -1}, {"hours": PLAN.hours + 1}, {"cents": -1}, {"cents": PLAN.cents + 1}):
        with pytest.raises(BudgetOutOfRange):
            Wishes(**wrong)


def test_wishes_are_kept_as_they_were():
    wishes = Wishes(1, 2, Aim.CHEAPEST, Form.WORK, online=True, optional=True, refused=frozenset({"b", "a"}))
    assert read_wishes(wishes_json(wishes)) == wishes
    assert read_wishes(wishes_json(Wishes())) == Wishes()
    with pytest.raises(TypeError):
        read_wishes(wishes_json(Wishes()) | {"hours": "1"})


def test_amounts_as_people_write_them():
    assert [euros(each, "nl") for each in (0, 45_050, 123_456_700)] == ["€ 0", "€ 450,50", "€ 1.234.567"]
    assert euros(123_450, "en") == "€ 1,234.50"


def test_the_example_is_the_same_everywhere_and_says_that_it_is_made_up():
    welder = ESCO.search_occupations("welder", top=1)[0].iri
    skills = skills_for_example(welder, ESCO)
    signer = load_signer(KeyType.ED25519, bytes(32))
    source = example_catalogue([skills, ["urn:x"]], ESCO, signer=signer, now=NOW)
    assert source == example_catalogue([skills], ESCO, signer=signer, now=NOW)
    found = parse_module_catalogue(source)
    assert found.synthetic
    assert found.authentic is Answer.CANNOT_TELL
    assert all("xample" in module.title["en"] for module in found.modules)
    assert {each.skill for module in found.modules for each in module.skills} == set(skills)
    assert {module.form for module in found.modules} == set(Form)
    assert not [
        each for each in lint_catalogue(found, now=NOW, taxonomy=ESCO) if each.severity is Severity.ERROR
    ]
    firsts = [
        start.first for module in example_modules([skills], ESCO, date(2026, 9, 8)) for start in module.starts
    ]
    assert min(firsts) > date(2026, 9, 8)
    assert all(first.weekday() == 0 for first in firsts)
