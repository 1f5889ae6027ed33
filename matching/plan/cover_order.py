"""Which modules can be done in some order: each after what it asks first."""

from collections.abc import Collection, Iterable, Sequence

from matching.plan.cover_problem import Problem


def in_order(problem: Problem, chosen: Iterable[int]) -> tuple[int, ...]:
    """As many of these as can be done, each after what it needs; the order of the places where it may."""
    waiting = sorted(chosen)
    done: list[int] = []
    reached = 0
    while ready := [place for place in waiting if _met(problem, place, reached)]:
        done += ready
        for place in ready:
            reached |= 1 << place
        waiting = [place for place in waiting if place not in ready]
    return tuple(done)


def orderable(problem: Problem, chosen: Collection[int]) -> bool:
    """Whether all of them can be done: nothing that they need is missing, and no circle is among them."""
    return not problem.ordered or len(in_order(problem, chosen)) == len(chosen)


def asked_first(problem: Problem, chosen: Collection[int]) -> int:
    """Candidates, as a bit set, of which any set that can be done and holds these has one more at least.

    0 where these can be done as they are, or never: `orderable` tells which.
    """
    if not problem.ordered:
        return 0
    done = in_order(problem, chosen)
    reached = sum(1 << place for place in done)
    taken = sum(1 << place for place in chosen)
    found = 0
    for place in chosen:
        for need in problem.candidates[place].needs:
            if not need & reached:
                found |= need
    return found & ~taken


def reachable(problem: Problem, places: Sequence[int]) -> tuple[int, ...]:
    """Of these, what can be done when enough of the others are, and closes something or is asked first."""
    if not problem.ordered:
        return tuple(place for place in places if problem.candidates[place].gaps)
    alive = in_order(problem, places)
    wanted = {place for place in alive if problem.candidates[place].gaps}
    fresh = set(wanted)
    while fresh:
        asked = 0
        for place in fresh:
            for need in problem.candidates[place].needs:
                asked |= need
        fresh = {place for place in alive if asked >> place & 1} - wanted
        wanted |= fresh
    return tuple(place for place in places if place in wanted)


def _met(problem: Problem, place: int, reached: int) -> bool:
    return all(need & reached for need in problem.candidates[place].needs)
