"""The exact search: depth first, the thing that the fewest documents do is done next, in each of its ways."""

from collections.abc import Iterable

from passport.evidence.cover_parts import Meter
from passport.evidence.cover_way import Cost, Problem, bits


class Search:
    """Branch and bound over documents; parts are chosen where a set of documents does everything.

    Of each thing the ways of one document apiece are one bit set, since they are many; those that take
    several documents are listed.
    """

    def __init__(self, problem: Problem, meter: Meter, known: int) -> None:
        self._meter = meter
        self._problem = problem
        masks = [_least_sets(way.documents for way in ways) for ways in problem.ways]
        self._single = [_all(mask for mask in found if mask.bit_count() == 1) for found in masks]
        self._several = [tuple(mask for mask in found if mask.bit_count() > 1) for found in masks]
        self._everything = sum(1 << thing for thing, found in enumerate(masks) if found)
        self._helps: dict[int, int] = {}
        for thing, found in enumerate(masks):
            for position in bits(_all(found)):
                self._helps[position] = self._helps.get(position, 0) | 1 << thing
        self._most_helpful = sorted(self._helps, key=lambda each: -self._helps[each].bit_count())
        self._lightest = min((problem.weights[position] for position in self._helps), default=0)
        self.best = known
        self._cost: Cost = meter.cost(known)

    def run(self) -> None:
        self._run(0, self._everything, 0, ())

    def _run(self, chosen: int, left: int, barred: int, tried: tuple[int, ...]) -> None:
        """All ways to go on from the chosen documents.

        What holds a document of `barred`, or all documents of one of `tried`, was looked at before.
        """
        if self._meter.left <= 0:
            return
        self._meter.left -= 1
        if not left:
            cost = self._meter.cost(chosen)
            if cost < self._cost:
                self.best, self._cost = chosen, cost
            return
        if any(each & ~chosen == 0 for each in tried):
            return
        open_sets = self._open(left, barred, chosen, tried)
        scarcest = min(open_sets, key=lambda each: open_sets[each][0])
        if not open_sets[scarcest][0] or self._hopeless(chosen, left, barred, open_sets):
            return
        for mask in self._in_order(scarcest, chosen, left, barred, tried):
            together = chosen | mask
            self._run(together, self._undone(together, left), barred, tried)
            if mask.bit_count() == 1:
                barred |= mask
            else:
                tried = (*tried, mask)

    def _open(
        self, left: int, barred: int, chosen: int, tried: tuple[int, ...]
    ) -> dict[int, tuple[int, int, int]]:
        """For each thing how many sets would still do it, what is in them, and the fewest they add."""
        found = {}
        for thing in bits(left):
            near = self._single[thing] & ~barred
            count, fewest = near.bit_count(), 1
            several = self._several[thing]
            if several:
                some = [mask for mask in several if not _looked_at(mask, chosen, barred, tried)]
                fewest = min(
                    [(mask & ~chosen).bit_count() for mask in some] + ([1] if near else []), default=1
                )
                count += len(some)
                near |= _all(some) & ~chosen
            found[thing] = count, near, fewest
        return found

    def _hopeless(
        self, chosen: int, left: int, barred: int, open_sets: dict[int, tuple[int, int, int]]
    ) -> bool:
        """Whether no way on from here can be better than the best one known."""
        needed = max(self._apart(left, open_sets), self._by_size(chosen, left, barred))
        count = chosen.bit_count() + needed
        if count != self._cost[0]:
            return count > self._cost[0]
        revealed = weight = 0
        for position in bits(chosen):
            revealed |= self._problem.reveals[position]
            weight += self._problem.weights[position]
        return (count, revealed.bit_count(), weight + needed * self._lightest) >= self._cost

    def _apart(self, left: int, open_sets: dict[int, tuple[int, int, int]]) -> int:
        """At least so many more: those of things that share no document."""
        total, rest = 0, left
        for thing, (_, near, fewest) in open_sets.items():
            if rest >> thing & 1:
                total += fewest
                for position in bits(near):
                    rest &= ~self._helps[position]
        return total

    def _by_size(self, chosen: int, left: int, barred: int) -> int:
        """At least so many more, by what one document can help with."""
        most = 1
        for position in self._most_helpful:
            helps = self._helps[position]
            if helps.bit_count() <= most:
                break
            if not (chosen | barred) >> position & 1:
                most = max(most, (helps & left).bit_count())
        return -(-left.bit_count() // most)

    def _in_order(self, thing: int, chosen: int, left: int, barred: int, tried: tuple[int, ...]) -> list[int]:
        """The sets that do a thing: those that add fewest documents first, then those that do most."""

        def place(mask: int) -> tuple[int, int, int]:
            undone = self._undone(chosen | mask, left)
            return (mask & ~chosen).bit_count(), undone.bit_count(), mask

        masks = [1 << position for position in bits(self._single[thing] & ~barred)]
        masks += [mask for mask in self._several[thing] if not _looked_at(mask, chosen, barred, tried)]
        return sorted(masks, key=place)

    def _undone(self, documents: int, left: int) -> int:
        undone = left
        for thing in bits(left):
            if self._single[thing] & documents or any(
                mask & ~documents == 0 for mask in self._several[thing]
            ):
                undone &= ~(1 << thing)
        return undone


def _looked_at(mask: int, chosen: int, barred: int, tried: tuple[int, ...]) -> bool:
    return bool(mask & barred) or any(each & ~(chosen | mask) == 0 for each in tried)


def _least_sets(masks: Iterable[int]) -> tuple[int, ...]:
    """Without sets that hold another one: fewer documents do as well."""
    kept: list[int] = []
    for mask in sorted(set(masks), key=lambda each: (each.bit_count(), each)):
        if not any(other & ~mask == 0 for other in kept):
            kept.append(mask)
    return tuple(kept)


def _all(sets: Iterable[int]) -> int:
    total = 0
    for each in sets:
        total |= each
    return total
