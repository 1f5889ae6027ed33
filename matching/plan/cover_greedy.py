"""The choice by greed: each time the module that closes most for what it costs."""

from collections.abc import Sequence

from matching.plan.cover_problem import Aim, Candidate, Problem


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
    closed = problem.closed_by(chosen)
    hours = sum(problem.candidates[place].hours for place in chosen)
    cents = sum(problem.candidates[place].cents for place in chosen)
    fresh: list[int] = []
    free = True
    while True:
        best, best_key = None, None
        for place in places:
            each = problem.candidates[place]
            gain = (each.gaps & ~closed).bit_count()
            if not gain:
                continue
            if not problem.fits(hours + each.hours, cents + each.cents):
                free = False
                continue
            key = (_price(problem.aim, each) / gain, -gain, problem.cost(1, each.hours, each.cents), place)
            if best_key is None or key < best_key:
                best, best_key = place, key
        if best is None:
            return fresh, free
        taken = problem.candidates[best]
        fresh.append(best)
        closed, hours, cents = closed | taken.gaps, hours + taken.hours, cents + taken.cents


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
