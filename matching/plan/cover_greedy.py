"""The choice by greed: each time the module that closes most for what it costs."""

from collections.abc import Sequence
from heapq import heapify, heappop, heapreplace

from matching.plan.cover_problem import Aim, Candidate, Cost, Problem


def greedy(problem: Problem, places: Sequence[int]) -> tuple[tuple[int, ...], bool]:
    """A set within the budget, and whether the budget never stood in the way.

    If it did not, the set costs at most 1 + 1/2 + … + 1/d times the least, below ln(d) + 1, where d is how
    many gaps one module closes at most (V. Chvátal, A greedy heuristic for the set-covering problem, 1979).
    """
    chosen: list[int] = []
    free = True
    while True:
        fresh, ran_free = _more(problem, places, chosen)
        free = free and ran_free
        if not fresh:
            break
        chosen = _without_needless(problem, chosen + fresh)
    alone = max(places, key=lambda place: problem.candidates[place].gaps.bit_count(), default=None)
    if alone is not None and (
        problem.candidates[alone].gaps.bit_count() > problem.closed_by(chosen).bit_count()
    ):
        chosen = [alone]  # a module that takes the whole budget may do more than many small ones
    return tuple(sorted(chosen)), free


def _more(problem: Problem, places: Sequence[int], chosen: Sequence[int]) -> tuple[list[int], bool]:
    """What to add, and whether the budget never stood in the way.

    A module closes ever less while others are taken, so its key only grows: the first of the heap whose key
    still holds is the best of all (M. Minoux, Accelerated greedy algorithms, 1978).
    """
    closed = problem.closed_by(chosen)
    hours = sum(problem.candidates[place].hours for place in chosen)
    cents = sum(problem.candidates[place].cents for place in chosen)
    heap = [key for place in places if (key := _key(problem, place, closed)) is not None]
    heapify(heap)
    fresh: list[int] = []
    free = True
    while heap:
        place = heap[0][-1]
        key, taken = _key(problem, place, closed), problem.candidates[place]
        if key is None:
            heappop(heap)
        elif not problem.fits(hours + taken.hours, cents + taken.cents):
            heappop(heap)
            free = False
        elif key != heap[0]:
            heapreplace(heap, key)
        else:
            heappop(heap)
            fresh.append(place)
            closed, hours, cents = closed | taken.gaps, hours + taken.hours, cents + taken.cents
    return fresh, free


def _key(problem: Problem, place: int, closed: int) -> tuple[float, int, Cost, int] | None:
    """The price of a gap first, the least in front; None where it closes nothing more."""
    each = problem.candidates[place]
    gain = (each.gaps & ~closed).bit_count()
    if not gain:
        return None
    return _price(problem.aim, each) / gain, -gain, problem.cost(1, each.hours, each.cents), place


def _price(aim: Aim, each: Candidate) -> int:
    match aim:
        case Aim.FEWEST:
            return 1
        case Aim.SHORTEST:
            return each.hours
        case Aim.CHEAPEST:
            return each.cents


def _without_needless(problem: Problem, chosen: Sequence[int]) -> list[int]:
    """Without those whose gaps the others close; the dearest are looked at first."""
    kept = list(chosen)
    for place in sorted(chosen, key=lambda each: (problem.cost_of([each]), each), reverse=True):
        others = [each for each in kept if each != place]
        if problem.closed_by(others) == problem.closed_by(kept):
            kept = others
    return kept
