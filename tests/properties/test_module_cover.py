"""The smallest set of modules: no set closes more within the budget, and none as much for less."""

import math
from itertools import combinations, permutations

from hypothesis import given, settings
from hypothesis import strategies as st

from matching.plan.cover import cover
from matching.plan.cover_bundles import greedy_in_order
from matching.plan.cover_greedy import greedy
from matching.plan.cover_problem import Aim, Candidate, Problem
from matching.plan.cover_useful import useful

candidates = st.builds(
    Candidate,
    gaps=st.integers(min_value=0, max_value=2**7 - 1),
    hours=st.integers(min_value=0, max_value=12),
    cents=st.integers(min_value=0, max_value=9),
)
budgets = st.none() | st.integers(min_value=0, max_value=40)
problems = st.builds(
    Problem,
    candidates=st.lists(candidates, max_size=8),
    hours=budgets,
    cents=budgets,
    aim=st.sampled_from(Aim),
)


needs = st.lists(st.integers(min_value=0, max_value=2**7 - 1), max_size=2).map(tuple)
"""Bit sets of the first seven: also of itself, of nothing, and in circles."""
ordered_problems = st.builds(
    Problem,
    candidates=st.lists(
        st.builds(
            Candidate,
            gaps=st.sampled_from([0, 1, 2, 3, 4, 5, 6, 12, 24, 40]),
            hours=st.integers(min_value=0, max_value=12),
            cents=st.integers(min_value=0, max_value=9),
            needs=needs,
        ),
        min_size=1,
        max_size=7,
    ),
    hours=budgets,
    cents=st.none(),
    aim=st.sampled_from(Aim),
)


def can_be_done(problem, chosen):
    """Some order of all of them has what each needs before it."""
    return any(
        all(
            all(any(need >> before & 1 for before in order[:at]) for need in problem.candidates[place].needs)
            for at, place in enumerate(order)
        )
        for order in permutations(chosen)
    )


def best_in_order(problem):
    """Every set that fits and can be done, one by one."""
    return min(
        (-problem.closed_by(chosen).bit_count(), problem.cost_of(chosen))
        for size in range(len(problem.candidates) + 1)
        for chosen in combinations(range(len(problem.candidates)), size)
        if within(problem, chosen) and can_be_done(problem, chosen)
    )


def best_of_all(problem):
    """Every set, one by one."""
    best = None
    for size in range(len(problem.candidates) + 1):
        for chosen in combinations(range(len(problem.candidates)), size):
            hours = sum(problem.candidates[place].hours for place in chosen)
            cents = sum(problem.candidates[place].cents for place in chosen)
            if problem.fits(hours, cents):
                key = (-problem.closed_by(chosen).bit_count(), problem.cost_of(chosen))
                best = key if best is None else min(best, key)
    return best


def key_of(problem, chosen):
    return -problem.closed_by(chosen).bit_count(), problem.cost_of(chosen)


def within(problem, chosen):
    return problem.fits(
        sum(problem.candidates[place].hours for place in chosen),
        sum(problem.candidates[place].cents for place in chosen),
    )


@settings(max_examples=150, deadline=None)
@given(problems)
def test_no_set_of_all_is_better_than_the_exact_one(problem):
    found = cover(problem)
    assert found.exact
    assert within(problem, found.chosen)
    assert found.closed == problem.closed_by(found.chosen)
    assert key_of(problem, found.chosen) == best_of_all(problem)


@settings(max_examples=150, deadline=None)
@given(problems)
def test_greed_keeps_to_the_budget_and_to_its_bound(problem):
    """V. Chvátal's: ln(d) + 1 times the least, where the budget never stood in the way."""
    chosen, free = greedy(problem, useful(problem))
    closed, cost = best_of_all(problem)
    assert within(problem, chosen)
    assert problem.closed_by(chosen).bit_count() <= -closed
    if free:
        assert problem.closed_by(chosen).bit_count() == -closed
        most = max((each.gaps.bit_count() for each in problem.candidates), default=1)
        assert problem.cost_of(chosen)[0] <= (math.log(max(most, 1)) + 1) * cost[0]


@settings(max_examples=150, deadline=None)
@given(problems, st.integers(min_value=0, max_value=6))
def test_what_is_stopped_early_is_a_set_with_true_bounds(problem, steps):
    found = cover(problem, steps=steps)
    closed, cost = best_of_all(problem)
    assert within(problem, found.chosen)
    assert found.closed.bit_count() <= -closed <= found.bound.closed_at_most
    if found.closed.bit_count() == -closed:
        assert found.bound.cost_at_least <= cost[0]
    if found.exact:
        assert key_of(problem, found.chosen) == (closed, cost)


@settings(max_examples=120, deadline=None)
@given(ordered_problems)
def test_where_modules_ask_others_first_no_set_that_can_be_done_is_better(problem):
    found = cover(problem)
    assert found.exact
    assert within(problem, found.chosen)
    assert can_be_done(problem, found.chosen)
    assert key_of(problem, found.chosen) == best_in_order(problem)
    assert found.bound.factor is None or not problem.ordered


@settings(max_examples=80, deadline=None)
@given(ordered_problems, st.integers(min_value=0, max_value=4))
def test_where_modules_ask_others_first_what_is_stopped_early_can_be_done_and_has_true_bounds(problem, steps):
    closed, cost = best_in_order(problem)
    for chosen in (greedy_in_order(problem, useful(problem)), cover(problem, steps=steps).chosen):
        assert within(problem, chosen)
        assert can_be_done(problem, chosen)
    found = cover(problem, steps=steps)
    assert found.closed.bit_count() <= -closed <= found.bound.closed_at_most
    if found.closed.bit_count() == -closed:
        assert found.bound.cost_at_least <= cost[0]


@settings(max_examples=60, deadline=None)
@given(st.lists(candidates, min_size=1, max_size=13), budgets, st.sampled_from(Aim))
def test_thirteen_modules_are_always_exact(listed, hours, aim):
    assert cover(Problem(listed, hours, None, aim)).exact


@settings(max_examples=60, deadline=None)
@given(problems)
def test_a_useless_module_changes_nothing(problem):
    more = Problem((*problem.candidates, Candidate(0, 0, 0)), problem.hours, problem.cents, problem.aim)
    assert cover(more).chosen == cover(problem).chosen


def test_a_catalogue_full_of_overlapping_modules_keeps_nobody_waiting():
    """As many as many hostile catalogues hold: within the steps, within the budget, the same twice."""
    many = [
        Candidate(1 << number % 97 | 1 << number % 89, 1 + number % 7, number % 11) for number in range(5_000)
    ]
    problem = Problem(many, hours=60)
    found = cover(problem)
    assert not found.exact
    assert within(problem, found.chosen)
    assert found == cover(problem)
    assert found.closed.bit_count() <= found.bound.closed_at_most
