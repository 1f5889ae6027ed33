"""The smallest set of modules within hours and money: exact where that can be reached, else with a bound.

How large is still exact, and how long it takes, stands in docs/plan.md.
"""

import math
from dataclasses import dataclass

from matching.limits import PLAN
from matching.plan.cover_bounds import least_cost, least_count, most_closed
from matching.plan.cover_bundles import greedy_in_order
from matching.plan.cover_greedy import greedy
from matching.plan.cover_problem import Aim, Problem
from matching.plan.cover_search import Search
from matching.plan.cover_useful import useful


@dataclass(frozen=True, slots=True)
class Bound:
    """What is proved of a set that need not be the best one."""

    closed_at_most: int
    """No set within the budget closes more gaps."""
    cost_at_least: int
    """No set that closes as many gaps costs less, in what the aim counts."""
    factor: float | None
    """It costs at most so many times the least: ln(d) + 1. None where the budget stood in the way, or modules
    ask others first."""


@dataclass(frozen=True, slots=True)
class Cover:
    chosen: tuple[int, ...]
    """Places in the problem's candidates, ascending."""
    closed: int
    """The gaps that they close, as a bit set."""
    exact: bool
    """No set within the budget closes more, and none that closes as many costs less."""
    bound: Bound


def cover(problem: Problem, *, steps: int = PLAN.steps) -> Cover:
    """Choose modules: as many gaps closed as the budget allows, then the least of what the aim says.

    The same problem gives the same set on every machine: the search is bounded by steps and not by time.
    Of more modules than one catalogue may hold the first step alone would take long: greed alone chooses.
    """
    places = useful(problem)
    chosen, free = (greedy_in_order(problem, places), False) if problem.ordered else greedy(problem, places)
    search = Search(problem, places, chosen, steps if len(places) <= PLAN.modules else 0)
    search.run()
    best = tuple(sorted(search.best))
    closed = problem.closed_by(best)
    return Cover(best, closed, search.ended, _bound(problem, places, closed.bit_count(), free=free))


def _bound(problem: Problem, places: tuple[int, ...], closed: int, *, free: bool) -> Bound:
    found = [problem.candidates[place] for place in places if problem.candidates[place].gaps]
    gains = [each.gaps.bit_count() for each in found]
    by_hours = [(gain, each.hours) for gain, each in zip(gains, found, strict=True)]
    by_cents = [(gain, each.cents) for gain, each in zip(gains, found, strict=True)]
    reach = problem.closed_by(places).bit_count()
    if problem.hours is not None:
        reach = min(reach, most_closed(by_hours, problem.hours))
    if problem.cents is not None:
        reach = min(reach, most_closed(by_cents, problem.cents))
    match problem.aim:
        case Aim.FEWEST:
            least = least_count(gains, closed) if closed else 0
        case Aim.SHORTEST:
            least = least_cost(by_hours, closed)
        case Aim.CHEAPEST:
            least = least_cost(by_cents, closed)
    return Bound(reach, least, math.log(max(gains)) + 1 if free and gains else None)
