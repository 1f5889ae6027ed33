"""Modules that ask something first: read strictly, planned in their order, explained, and never in a circle."""

import pytest

from matching.bundle import load_bundle
from matching.plan.before import Held
from matching.plan.catalogue import parse_module_catalogue, read_module, write_module
from matching.plan.drafting import Why, draft
from matching.plan.errors import MalformedModuleCatalogue
from matching.plan.gaps import Gap
from matching.plan.lint import lint_catalogue
from matching.plan.reasons import reason_of_open, reasons_of_choice
from matching.plan.summary import draft_json
from matching.plan.table import COLUMNS, MAY_COLUMNS, read_module_table
from matching.plan.wishes import Wishes
from matching.texts import render
from passport.texts import Language
from tests.simulators.modules import catalogue_source, module_document
from tests.simulators.parties import NOW

ESCO = load_bundle()
A, B, C, D = ESCO.skills.iris[:4]
RETIRED = next(one for one in ESCO.retired.values() if one.successor in ESCO.skills)
ONE, TWO, THREE = (f"https://school.example/m/{number}" for number in (1, 2, 3))


def catalogue(*modules):
    return parse_module_catalogue(catalogue_source(modules, now=NOW))


def gap(skill, **more):
    return Gap(skill, ESCO.label(skill), **more)


def plan(gaps, *modules, held=None, **wishes):
    return draft(
        gaps,
        [catalogue(*modules)],
        Wishes(**wishes),
        today=NOW.date(),
        taxonomy=ESCO,
        held=held or Held(),
    )


def asks(*modules, **skills):
    listed = [
        {"skill": globals()[name], "name": name, **({"level": level} if level else {})}
        for name, level in skills.items()
    ]
    return {**({"modules": list(modules)} if modules else {}), **({"skills": listed} if skills else {})}


def numbers(made):
    return [int(each.module.id.rpartition("/")[2]) for each in made.chosen]


def said(one):
    return [render(reason, Language.NL) for reason in reasons_of_choice(one)]


def test_a_module_comes_with_what_it_asks_first_and_after_it():
    made = plan(
        [gap(A)],
        module_document(A, number=1, requires=asks(TWO)),
        module_document(B, number=2),
    )
    assert (numbers(made), made.exact, made.hours) == ([2, 1], True, 80)
    first, then = made.chosen
    assert said(first)[0] == "Deze module komt eerst: Module 1 vraagt erom."
    assert "Doe dit na: Module 2." in said(then)
    value = draft_json(made, Language.EN, NOW.date())
    assert [one["after"] for one in value["modules"]] == [[], [TWO]]
    assert [one["firstFor"] for one in value["modules"]] == [[ONE], []]
    assert value["modules"][1]["requires"] == {"modules": [TWO]}


def test_what_somebody_else_teaches_is_as_good_where_a_skill_is_asked():
    made = plan(
        [gap(A)],
        module_document(A, number=1, requires=asks(B=2)),
        module_document(B, number=2, level=1, hours=1),
        module_document(B, number=3, level=2, hours=30),
    )
    assert numbers(made) == [3, 1]


@pytest.mark.parametrize(
    "held",
    [
        Held({B: 2}),
        Held({B: 3}),
        Held({B: None}),
        Held({B: 2, D: None}),
    ],
)
def test_what_the_person_has_is_asked_no_more(held):
    made = plan(
        [gap(A)],
        module_document(A, number=1, requires=asks(B=2)),
        module_document(B, level=2, number=2),
        held=held,
    )
    assert numbers(made) == [1]
    assert "Deze module vraagt iets wat u al hebt: B." in said(made.chosen[0])


@pytest.mark.parametrize(
    "held",
    [
        Held(modules={TWO}),
        Held(achievements={"https://school.example/badge"}),
        Held({B: None}),
    ],
    ids=["planned", "credential", "its-skills-by-another-route"],
)
def test_a_module_that_was_done_is_asked_no_more(held):
    made = plan(
        [gap(A)],
        module_document(A, number=1, requires=asks(TWO)),
        module_document(B, number=2, achievement="https://school.example/badge"),
        held=held,
    )
    assert numbers(made) == [1]


def test_at_too_low_a_level_it_is_asked():
    made = plan(
        [gap(A)],
        module_document(A, number=1, requires=asks(B=2)),
        module_document(B, level=2, number=2),
        held=Held({B: 1}),
    )
    assert numbers(made) == [2, 1]


def test_the_short_way_goes_before_the_module_that_asks_much():
    made = plan(
        [gap(A)],
        module_document(A, number=1, hours=10, requires=asks(TWO)),
        module_document(B, number=2, hours=100),
        module_document(A, number=3, hours=60),
        aim="shortest",
    )
    assert numbers(made) == [3]


def test_one_that_many_ask_is_paid_once():
    made = plan(
        [gap(A), gap(C)],
        module_document(A, number=1, hours=10, requires=asks(TWO)),
        module_document(C, number=3, hours=10, requires=asks(TWO)),
        module_document(B, number=2, hours=100),
        hours=120,
    )
    assert (sorted(numbers(made)), made.hours, made.closed) == ([1, 2, 3], 120, 2)
    assert numbers(made)[0] == 2


def test_a_budget_counts_what_comes_first():
    made = plan(
        [gap(A)],
        module_document(A, number=1, hours=10, requires=asks(TWO)),
        module_document(B, number=2, hours=100),
        hours=100,
    )
    assert (numbers(made), [each.why for each in made.open]) == ([], [Why.BUDGET])


def test_a_useful_gap_after_a_needed_one_pays_what_comes_first_no_second_time():
    made = plan(
        [gap(A), gap(C, required=False)],
        module_document(A, number=1, requires=asks(TWO)),
        module_document(C, number=3, requires=asks(TWO)),
        module_document(B, number=2),
        optional=True,
    )
    assert sorted(numbers(made)) == [1, 2, 3]


@pytest.mark.parametrize(
    "modules",
    [
        [module_document(A, number=1, requires=asks("https://school.example/nowhere"))],
        [module_document(A, number=1, requires=asks(D=1))],
        [
            module_document(A, number=1, requires=asks(TWO)),
            module_document(B, number=2, requires=asks(ONE)),
        ],
    ],
    ids=["unknown-module", "untaught-skill", "circle"],
)
def test_what_can_never_begin_is_not_planned_and_says_why(modules):
    made = plan([gap(A)], *modules)
    assert (made.chosen, [each.why for each in made.open]) == ((), [Why.FIRST])
    assert "vragen eerst iets wat niemand hier leert" in render(reason_of_open(made.open[0]), Language.NL)


def test_a_circle_with_a_way_in_is_done_by_that_way():
    made = plan(
        [gap(A)],
        module_document(A, number=1, requires=asks(B=0)),
        module_document(B, number=2, requires=asks(ONE)),
        module_document(B, number=3),
    )
    assert numbers(made) == [3, 1]


def test_what_comes_first_and_is_not_wanted_leaves_the_gap_open():
    made = plan(
        [gap(A)],
        module_document(A, number=1, requires=asks(TWO)),
        module_document(B, number=2),
        refused=frozenset({TWO}),
    )
    assert [each.why for each in made.open] == [Why.FIRST]


def test_an_asked_skill_of_an_older_list_is_its_successor():
    old = {"skills": [{"skill": RETIRED.iri, "name": "old"}]}
    made = plan([gap(A)], module_document(A, requires=old), held=Held({RETIRED.successor: None}))
    assert len(made.chosen) == 1


@pytest.mark.parametrize(
    "requires",
    [
        {},
        [],
        {"modules": []},
        {"modules": [ONE]},
        {"modules": [TWO, TWO]},
        {"modules": ["no address"]},
        {"skills": []},
        {"skills": [{"skill": A}]},
        {"skills": [{"skill": A, "name": "x"}, {"skill": A, "name": "y"}]},
        {"skills": [{"skill": A, "name": "x", "level": 0}]},
        {"anything": 1},
        {"modules": [f"https://school.example/x/{number}" for number in range(17)]},
    ],
)
def test_what_is_asked_is_read_strictly(requires):
    with pytest.raises(MalformedModuleCatalogue):
        read_module(module_document(A, number=1, requires=requires))


def test_it_is_written_as_it_was_read_and_comes_from_a_table():
    document = module_document(A, number=1, requires=asks(TWO, THREE, B=2, C=0))
    assert write_module(read_module(document)) == document
    columns = (*COLUMNS, *MAY_COLUMNS)
    row = dict.fromkeys(columns, "") | {
        "module": ONE,
        "title_en": "Module 1",
        "provider": "A school",
        "hours": "40",
        "euros": "100",
        "form": "school",
        "skill": A,
        "skill_name": "a skill",
        "requires_modules": f"{TWO}; {THREE}",
        "requires_skills": f"{B}|B|2; {C}|C",
    }
    table = ",".join(columns) + "\n" + ",".join(row[column] for column in columns)
    (found,) = read_module_table(table.encode()).modules
    assert write_module(found)["requires"] == document["requires"]


def test_the_linter_sees_circles_and_modules_that_are_nowhere():
    found = lint_catalogue(
        catalogue(
            module_document(A, number=1, requires=asks(TWO)),
            module_document(B, number=2, requires=asks(ONE)),
            module_document(C, number=3, requires=asks("https://other.example/m")),
        ),
        now=NOW,
        taxonomy=ESCO,
    )
    listed = {(one.code, one.skill) for one in found}
    assert {("catalogue.asks-in-circle", ONE), ("catalogue.asks-in-circle", TWO)} <= listed
    assert ("catalogue.asks-unknown", THREE) in listed
    for one in found:
        assert "{" not in render(one.reason, Language.NL)
