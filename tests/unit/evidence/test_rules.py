"""The rule table, over every combination of facts: it is complete, and nothing a credential says raises it."""

from dataclasses import replace
from itertools import chain, combinations, product

import pytest

from passport.evidence import LOWERINGS, RULES, Facts, Method, Strength, judge
from passport.evidence.kinds import Assessor, SignedBy
from passport.trust import Recognition

SOFT, SEMI, HARD = Strength


def some(values, most=2):
    values = tuple(values)
    return [frozenset(each) for each in chain.from_iterable(combinations(values, n) for n in range(most + 1))]


def every_fact():
    for signed_by, recognised_as, methods, all_bound, formal, result, assessor in product(
        SignedBy, some(Recognition), some(Method), (False, True), (False, True), (False, True), Assessor
    ):
        yield Facts(
            signed_by=signed_by,
            recognised_as=recognised_as,
            methods=methods,
            bound=methods if all_bound else frozenset(),
            formal=formal,
            result=result,
            assessor=assessor,
        )


EVERY_FACT = tuple(every_fact())


def test_the_table_is_complete_and_its_ids_are_unique():
    ids = [row.id for row in (*RULES, *LOWERINGS)]
    assert len(set(ids)) == len(ids)
    assert {judge(facts).rule.id for facts in EVERY_FACT} == {rule.id for rule in RULES}


def test_only_these_roads_lead_above_soft():
    for facts in EVERY_FACT:
        verdict = judge(facts)
        if verdict.ceiling is SOFT:
            continue
        assert facts.signed_by is not SignedBy.HOLDER
        assert Method.DERIVED not in facts.methods
        if verdict.ceiling is SEMI:
            at_work = facts.recognised_as & {Recognition.EMPLOYER, Recognition.WORK_PLACEMENT_COMPANY}
            assert (at_work and facts.bound) or Recognition.VALIDATOR in facts.recognised_as
        elif Recognition.EDUCATOR not in facts.recognised_as:
            assert Recognition.VALIDATOR in facts.recognised_as
            assert facts.assessor is Assessor.INDEPENDENT
            assert facts.result
            assert facts.bound


def test_more_never_lowers_what_the_table_gives():
    """Recognition, records, a result: each can only raise the ceiling of the table."""
    for facts in EVERY_FACT[::7]:
        before = judge(facts).rule.ceiling
        if facts.recognised_as:
            for recognition in Recognition:
                more = replace(facts, recognised_as=facts.recognised_as | {recognition})
                assert judge(more).rule.ceiling >= before
        assert judge(replace(facts, bound=facts.methods, result=True)).rule.ceiling >= before


@pytest.mark.parametrize("label", Strength)
def test_a_label_never_raises(label):
    for facts in EVERY_FACT[::11]:
        assert judge(replace(facts, label=label)).ceiling == min(judge(facts).ceiling, label)


@pytest.mark.parametrize(
    "worse",
    [
        {"changed": True},
        {"not_passed": True},
        {"assessor": Assessor.HOLDER},
        {"methods": frozenset({Method.SELF_REPORT}), "bound": frozenset()},
    ],
    ids=str,
)
def test_what_lowers_lowers_to_soft(worse):
    for facts in EVERY_FACT[::11]:
        assert judge(replace(facts, **worse)).ceiling is SOFT


def test_strength_is_ordered_by_how_well_it_proves():
    assert sorted(["hard", "soft", "semi-hard"], key=Strength) == ["soft", "semi-hard", "hard"]
    assert SOFT < SEMI < HARD
    assert HARD > SEMI > SOFT
    assert SOFT <= Strength("soft") <= HARD
    assert HARD >= Strength("hard") >= SOFT
    assert max(Strength) is HARD
    for compare in ("__lt__", "__le__", "__gt__", "__ge__"):
        assert getattr(SOFT, compare)("soft") is NotImplemented
