"""The candidates that a best set may need, so that no search looks at the others."""

from collections.abc import Sequence

from matching.plan.cover_order import reachable
from matching.plan.cover_problem import Candidate, Problem

_COMPARED = 1_024
"""Candidates; a million pairs."""


def useful(problem: Problem) -> tuple[int, ...]:
    """What closes something or is asked first, fits, and of which no other does as much for less.

    Swapping a dominated one for its better closes no less and costs no more, so a best set remains. Of very
    many none is left out: comparing all pairs would take longer than it saves.
    """
    fitting = reachable(
        problem,
        [place for place, each in enumerate(problem.candidates) if problem.fits(each.hours, each.cents)],
    )
    if len(fitting) > _COMPARED:
        return fitting
    asked = _asked(problem.candidates)
    return tuple(
        place
        for place in fitting
        if not any(_dominates(problem.candidates, asked, other, place) for other in fitting if other != place)
    )


def _asked(candidates: Sequence[Candidate]) -> Sequence[frozenset[int]]:
    """For each candidate the bit sets of needs that it meets."""
    found: list[set[int]] = [set() for _ in candidates]
    for need in {need for each in candidates for need in each.needs}:
        for place in range(len(candidates)):
            if need >> place & 1:
                found[place].add(need)
    return [frozenset(each) for each in found]


def _dominates(
    candidates: Sequence[Candidate], asked: Sequence[frozenset[int]], better: int, worse: int
) -> bool:
    """It closes and comes before as much, and costs and asks no more."""
    one, other = candidates[better], candidates[worse]
    if other.gaps & ~one.gaps or one.hours > other.hours or one.cents > other.cents:
        return False
    if not set(one.needs) <= set(other.needs) or not asked[worse] <= asked[better]:
        return False
    same = (one.gaps, one.hours, one.cents, set(one.needs), asked[better]) == (
        other.gaps,
        other.hours,
        other.cents,
        set(other.needs),
        asked[worse],
    )
    return better < worse or not same
