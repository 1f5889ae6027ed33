"""A choice by greed: each time the documents that do most for each one that they add."""

from collections.abc import Sequence

from passport.evidence.cover_way import Problem, bits


def greedy_cover(problem: Problem, *, most: int | None = None) -> int:
    """Documents that do everything there is a way for; with `most`, as much as so many can do.

    Candidates are the ways, and each document with all that any of its ways rests on.
    """
    candidates = _candidates(problem)
    chosen, left = 0, sum(1 << thing for thing, ways in enumerate(problem.ways) if ways)
    while left:
        rated = [
            (_rating(problem, chosen, each, left), each)
            for each in candidates
            if most is None or (chosen | each).bit_count() <= most
        ]
        rated = [each for each in rated if each[0][0]]
        if not rated:
            break
        _, best = min(rated, key=lambda each: (-each[0][0], *each[0][1:], each[1]))
        chosen |= best
        left &= ~_done(problem, chosen)
    return _without_needless(problem, chosen)


def _candidates(problem: Problem) -> Sequence[int]:
    closures: dict[int, int] = {}
    for ways in problem.ways:
        for way in ways:
            closures[way.by] = closures.get(way.by, 0) | way.documents
    return sorted({way.documents for ways in problem.ways for way in ways} | set(closures.values()))


def _rating(problem: Problem, chosen: int, each: int, left: int) -> tuple[float, int, int]:
    """What it does for each document that it adds; what it reveals; what it weighs."""
    fresh = each & ~chosen
    done = _done(problem, chosen | each) & left
    worth = sum(problem.priority(thing) for thing in bits(done))
    revealed = weight = 0
    for position in bits(fresh):
        revealed |= problem.reveals[position]
        weight += problem.weights[position]
    return worth / max(1, fresh.bit_count()), revealed.bit_count(), weight


def _done(problem: Problem, documents: int) -> int:
    return sum(
        1 << thing
        for thing, ways in enumerate(problem.ways)
        if any(way.documents & ~documents == 0 for way in ways)
    )


def _without_needless(problem: Problem, chosen: int) -> int:
    done = _done(problem, chosen)
    for position in sorted(bits(chosen), reverse=True):
        if _done(problem, chosen & ~(1 << position)) == done:
            chosen &= ~(1 << position)
    return chosen
