"""The smallest choice of documents, and of parts of them, that does everything that all of them can do.

Each thing to do has ways; a way takes some documents together, since one may rest on another, and some of
their parts. Smallest means: the fewest documents, then the fewest skills revealed that nobody asked for, then
the fewest claims. Of equal choices it is always the same one.
"""

from dataclasses import dataclass, field

from passport.evidence.cover_greedy import greedy_cover
from passport.evidence.cover_parts import Meter
from passport.evidence.cover_search import Search
from passport.evidence.cover_way import Problem, Way, bits, size_of

EXACT_MOST = 256
"""Documents that are searched exactly, as far as the steps go."""
STEPS = 20_000
"""Steps of the search, a second or two. What they suffice for stands in docs/selective-disclosure.md."""


@dataclass(frozen=True, slots=True)
class Choice:
    """What to show; `exact` when nothing smaller exists."""

    documents: tuple[int, ...]
    """Positions, in order."""
    ways: tuple[Way | None, ...]
    """How each thing is done with them; None where it is not done at all."""
    parts: int
    """The parts that these ways need, as a bit set."""
    exact: bool
    steps: int = field(default=0, compare=False)


def smallest_choice(problem: Problem, *, most: int | None = None, steps: int = STEPS) -> Choice:
    """Choose documents and parts that together do every thing that has a way.

    Beyond the steps, or `EXACT_MOST` documents, the best that was found is taken. It has at most 1 + ln(n)
    times the fewest documents for n things (Chvátal, 1979), times the size of the largest document with all
    that it rests on.

    Args:
        problem: the things and their ways.
        most: documents that may be shown at all. If more are needed, as many things are done as greed
            manages, the weightiest first; the choice is then not exact.
        steps: how long to search.
    """
    meter = Meter(problem, steps)
    greedy = greedy_cover(problem)
    if sum(way.documents != 0 for way in _alone(problem)) > EXACT_MOST:
        found, exact = greedy, False
    else:
        search = Search(_undominated(problem), meter, greedy)
        search.run()
        found, exact = search.best, meter.left > 0
    if most is not None and found.bit_count() > most:
        found, exact = greedy_cover(problem, most=most), False
    assigned = Meter(problem, steps).assign(found)
    return Choice(
        documents=tuple(bits(found)),
        ways=assigned.ways,
        parts=assigned.parts,
        exact=exact and assigned.exact,
        steps=steps - meter.left,
    )


def _alone(problem: Problem) -> list[Way]:
    """One way for each document that makes any."""
    return list({way.by: way for ways in problem.ways for way in ways}.values())


def _undominated(problem: Problem) -> Problem:
    """Leave out documents that another can always stand in for.

    Such a document is in no way with others. The other does by itself all that it does, reveals no more,
    and takes parts of the same shapes at most.
    """
    single: dict[int, dict[int, Way]] = {}
    tied: set[int] = set()
    for thing, ways in enumerate(problem.ways):
        for way in ways:
            if way.documents == 1 << way.by and thing not in single.get(way.by, {}):
                single.setdefault(way.by, {})[thing] = way
            else:
                tied.update(bits(way.documents))
    kept: list[int] = []
    for position in sorted(single, key=lambda each: (-size_of(single[each]), each)):
        if position in tied or not any(_stands_in(problem, single, other, position) for other in kept):
            kept.append(position)
    gone = frozenset(single) - frozenset(kept)
    return Problem(
        tuple(tuple(way for way in ways if way.by not in gone) for ways in problem.ways),
        problem.reveals,
        problem.weights,
    )


def _stands_in(problem: Problem, single: dict[int, dict[int, Way]], other: int, position: int) -> bool:
    if problem.reveals[other] & ~problem.reveals[position]:
        return False
    if problem.weights[other] > problem.weights[position]:
        return False
    ways = single[other]
    return all(
        thing in ways
        and ways[thing].shapes & ~way.shapes == 0
        and ways[thing].reveals & ~(way.reveals | problem.reveals[other]) == 0
        for thing, way in single[position].items()
    )
