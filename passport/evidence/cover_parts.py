"""Which parts of chosen documents to show: for each thing the way that adds least, exact within the steps."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from passport.evidence.cover_way import Cost, Problem, Way, bits, union

_Best = tuple[tuple[int, int], tuple[Way, ...]]


@dataclass(frozen=True, slots=True)
class Assigned:
    """How the things are done with some documents, and what that costs in all."""

    ways: tuple[Way | None, ...]
    parts: int
    cost: Cost
    exact: bool


class Meter:
    """Measures choices of documents, and counts the steps that are left for it."""

    def __init__(self, problem: Problem, steps: int) -> None:
        self._problem = problem
        self.left = steps

    def cost(self, documents: int) -> Cost:
        return self.assign(documents).cost

    def assign(self, documents: int) -> Assigned:
        """For each thing a way within these documents, so that together they add the least."""
        problem = self._problem
        revealed = union(problem.reveals, documents)
        options = {
            thing: _useful([way for way in ways if way.documents & ~documents == 0], revealed)
            for thing, ways in enumerate(problem.ways)
        }
        order = sorted((thing for thing in options if options[thing]), key=lambda each: len(options[each]))
        chooser = _Chooser([options[thing] for thing in order], revealed, self)
        found = dict(zip(order, chooser.choose(), strict=True))
        (beyond, shown), _ = chooser.best
        fixed = sum(problem.weights[position] for position in bits(documents))
        parts = 0
        for way in found.values():
            parts |= way.parts
        return Assigned(
            ways=tuple(found.get(thing) for thing in range(len(problem.ways))),
            parts=parts,
            cost=(documents.bit_count(), beyond, fixed + shown),
            exact=chooser.exact,
        )


def _useful(ways: Sequence[Way], revealed: int) -> tuple[Way, ...]:
    """Without those that take all that an earlier or smaller one takes, and more; the smallest first."""
    kept: list[Way] = []
    for way in sorted(
        ways, key=lambda each: ((each.reveals & ~revealed).bit_count(), each.parts.bit_count())
    ):
        if not any(
            other.parts & ~way.parts == 0 and other.reveals & ~(way.reveals | revealed) == 0 for other in kept
        ):
            kept.append(way)
    return tuple(kept)


class _Chooser:
    """One way for each thing: depth first, the things with least choice in front."""

    def __init__(self, options: Sequence[tuple[Way, ...]], revealed: int, meter: Meter) -> None:
        self._options, self._revealed, self._meter = options, revealed, meter
        counted = Counter(part for ways in options for part in bits(_all_parts(ways)))
        self._shared = sum(1 << part for part, times in counted.items() if times > 1)
        self._least = [0] * (len(options) + 1)
        for place in range(len(options) - 1, -1, -1):
            own = min((way.parts & ~self._shared).bit_count() for way in options[place])
            self._least[place] = self._least[place + 1] + own
        self.best: _Best = self._greedy()
        self.exact = True

    def choose(self) -> tuple[Way, ...]:
        self._run(0, 0, self._revealed, ())
        return self.best[1]

    def _greedy(self) -> _Best:
        parts, revealed = 0, self._revealed
        chosen = []
        for ways in self._options:
            way = min(
                ways,
                key=lambda each: (
                    (each.reveals & ~revealed).bit_count(),
                    (each.parts & ~parts).bit_count(),
                ),
            )
            chosen.append(way)
            parts |= way.parts
            revealed |= way.reveals
        return (revealed.bit_count(), parts.bit_count()), tuple(chosen)

    def _run(self, place: int, parts: int, revealed: int, chosen: tuple[Way, ...]) -> None:
        if (revealed.bit_count(), parts.bit_count() + self._least[place]) >= self.best[0]:
            return  # no better, whatever follows
        if self._meter.left <= 0:
            self.exact = False
            return
        self._meter.left -= 1
        if place == len(self._options):
            self.best = (revealed.bit_count(), parts.bit_count()), chosen
            return
        for way in self._options[place]:
            self._run(place + 1, parts | way.parts, revealed | way.reveals, (*chosen, way))


def _all_parts(ways: Sequence[Way]) -> int:
    parts = 0
    for way in ways:
        parts |= way.parts
    return parts
