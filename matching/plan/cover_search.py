"""The exact choice: branch and bound over modules, the gap that the fewest modules close comes first."""

from collections.abc import Sequence
from typing import NamedTuple

from matching.plan.cover_bounds import least_cost, least_count, most_closed
from matching.plan.cover_order import asked_first, orderable
from matching.plan.cover_problem import Cost, Problem, bits

_AT_ONCE = 32
"""Modules that one step looks at; where more are open, a step counts for several."""


class _Branch(NamedTuple):
    """The modules that were taken, and what they close, take and cost."""

    chosen: tuple[int, ...] = ()
    closed: int = 0
    hours: int = 0
    cents: int = 0


class Search:
    """Every set of useful modules is met at most once, or shown to be no better than the one that is known.

    It stops when `steps` are done; `ended` says whether it came to its end, and so is exact. Each step that
    no two or more follow has a set of modules to itself: with n modules, at most 32, there are less than
    2^(n + 1) steps.

    Where modules ask others first, a set that can't be done yet is led on by what it asks: any set around
    it that can be done has one of those (`asked_first`).
    """

    def __init__(self, problem: Problem, places: Sequence[int], known: Sequence[int], steps: int) -> None:
        self._problem = problem
        self._places = tuple(places)
        self._steps = steps
        self.best = tuple(known)
        self._value = problem.closed_by(known).bit_count()
        self._cost: Cost = problem.cost_of(known)
        self.ended = True

    def run(self) -> None:
        self._run(_Branch(), self._problem.closed_by(self._places), self._places)

    def _run(self, branch: _Branch, left: int, open_: tuple[int, ...]) -> None:
        """All sets of the branch and some of `open_`, to close gaps of `left` and no others."""
        if self._steps <= 0:
            self.ended = False
            return
        self._steps -= 1 + len(open_) // (_AT_ONCE + 1)
        problem = self._problem
        waits = not orderable(problem, branch.chosen)
        if not waits:
            self._note(branch)
        open_ = tuple(place for place in open_ if self._fits(branch, place))
        closing = tuple(place for place in open_ if problem.candidates[place].gaps & left)
        left &= problem.closed_by(closing)
        if waits:
            if not self._hopeless(branch, left, closing):
                self._lead_on(branch, left, open_)
            return
        if not left or self._hopeless(branch, left, closing):
            return
        if not problem.ordered:
            open_ = closing
        by_gap: dict[int, list[int]] = {gap: [] for gap in bits(left)}
        for place in closing:
            for gap in bits(problem.candidates[place].gaps & left):
                by_gap[gap].append(place)
        scarcest = min(by_gap, key=lambda gap: len(by_gap[gap]))
        others = self._take_each(branch, left, open_, by_gap[scarcest])
        self._run(branch, left & ~(1 << scarcest), others)

    def _lead_on(self, branch: _Branch, left: int, open_: tuple[int, ...]) -> None:
        """The modules that were taken ask others first: one of those at least."""
        asked = asked_first(self._problem, branch.chosen)
        self._take_each(branch, left, open_, [place for place in open_ if asked >> place & 1])

    def _take_each(
        self, branch: _Branch, left: int, open_: tuple[int, ...], places: Sequence[int]
    ) -> tuple[int, ...]:
        """One of these after the other, each time without those before it; gives what is open after all."""
        others = open_
        for place in sorted(
            places,
            key=lambda each: (-(self._problem.candidates[each].gaps & left).bit_count(), each),
        ):
            each = self._problem.candidates[place]
            others = tuple(other for other in others if other != place)
            taken = _Branch(
                (*branch.chosen, place),
                branch.closed | each.gaps,
                branch.hours + each.hours,
                branch.cents + each.cents,
            )
            self._run(taken, left & ~each.gaps, others)
        return others

    def _note(self, branch: _Branch) -> None:
        value = branch.closed.bit_count()
        cost = self._problem.cost(len(branch.chosen), branch.hours, branch.cents)
        if value > self._value or (value == self._value and cost < self._cost):
            self.best, self._value, self._cost = branch.chosen, value, cost

    def _fits(self, branch: _Branch, place: int) -> bool:
        each = self._problem.candidates[place]
        return self._problem.fits(branch.hours + each.hours, branch.cents + each.cents)

    def _hopeless(self, branch: _Branch, left: int, open_: Sequence[int]) -> bool:
        """Nothing that can still come closes more than what is known, or as much for less."""
        problem = self._problem
        found = [problem.candidates[place] for place in open_]
        gains = [(each.gaps & left).bit_count() for each in found]
        by_hours = list(zip(gains, (each.hours for each in found), strict=True))
        by_cents = list(zip(gains, (each.cents for each in found), strict=True))
        reach = left.bit_count()
        if problem.hours is not None:
            reach = min(reach, most_closed(by_hours, problem.hours - branch.hours))
        if problem.cents is not None:
            reach = min(reach, most_closed(by_cents, problem.cents - branch.cents))
        value = branch.closed.bit_count() + reach
        if value != self._value:
            return value < self._value
        least = problem.cost(
            len(branch.chosen) + least_count(gains, reach),
            branch.hours + least_cost(by_hours, reach),
            branch.cents + least_cost(by_cents, reach),
        )
        return least >= self._cost
