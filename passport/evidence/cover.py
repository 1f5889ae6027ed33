"""The smallest choice of sets that covers everything: exact by branch and bound, greedy beyond its budget.

Smallest means: fewest sets, then the least cost (the size of the union of what they reveal), then the lowest
positions. The search stops after `STEPS` steps, so its time is bounded whoever made the sets; the greedy
choice that it starts from has at most 1 + ln(n) times the fewest sets for n things to cover (Chvátal, 1979).
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

EXACT_MOST = 64
"""Sets that are searched exactly. A wallet seldom has more credentials that fit one profile."""
STEPS = 200_000
"""Steps of the search, two seconds or so. 64 credentials and 64 demands at random took 80,000 at most."""

Key = tuple[int, int, tuple[int, ...]]


@dataclass(frozen=True, slots=True)
class Choice:
    """Positions of the chosen sets, in order; `exact` when nothing smaller exists."""

    chosen: tuple[int, ...]
    exact: bool


def smallest_cover(covers: Sequence[int], reveals: Sequence[int]) -> Choice:
    """Choose sets that together cover whatever all of them cover.

    `covers` and `reveals` are bit sets, one of each for a position: what it covers, and what it costs.
    """
    everything = 0
    for each in covers:
        everything |= each
    greedy = _greedy(covers, reveals, everything)
    useful = _undominated(covers, reveals)
    if len(useful) > EXACT_MOST:
        return Choice(greedy, exact=False)
    search = _Search(
        [covers[each] if each in useful else 0 for each in range(len(covers))], reveals, _key(greedy, reveals)
    )
    search.run(everything, (), 0)
    return Choice(search.best[2], exact=search.steps < STEPS)


def _undominated(covers: Sequence[int], reveals: Sequence[int]) -> frozenset[int]:
    """Leave out what an earlier set can always stand in for: it covers as much and reveals no more."""
    kept: list[int] = []
    for position, cover in enumerate(covers):
        dominated = any(
            cover & ~covers[other] == 0 and reveals[other] & ~reveals[position] == 0 for other in kept
        )
        if cover and not dominated:
            kept.append(position)
    return frozenset(kept)


def _key(chosen: tuple[int, ...], reveals: Sequence[int]) -> Key:
    union = 0
    for position in chosen:
        union |= reveals[position]
    return len(chosen), union.bit_count(), tuple(sorted(chosen))


def _greedy(covers: Sequence[int], reveals: Sequence[int], everything: int) -> tuple[int, ...]:
    """Each time the set that covers most of what is left; then those that turned out needless go."""
    chosen: list[int] = []
    left, revealed = everything, 0
    while left:
        position = min(
            range(len(covers)),
            key=lambda each: (
                -(covers[each] & left).bit_count(),
                (reveals[each] & ~revealed).bit_count(),
                each,
            ),
        )
        chosen.append(position)
        left &= ~covers[position]
        revealed |= reveals[position]
    return _without_needless(chosen, covers, everything)


def _without_needless(chosen: Sequence[int], covers: Sequence[int], everything: int) -> tuple[int, ...]:
    kept = sorted(chosen)
    for position in reversed(tuple(kept)):
        rest = 0
        for other in kept:
            rest |= covers[other] if other != position else 0
        if rest == everything:
            kept.remove(position)
    return tuple(kept)


@dataclass(slots=True)
class _Search:
    """Depth first: the thing that the fewest sets cover is covered next, by each of them in turn."""

    covers: Sequence[int]
    reveals: Sequence[int]
    best: Key
    steps: int = 0
    _by_thing: dict[int, tuple[int, ...]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        everything = 0
        for each in self.covers:
            everything |= each
        for bit in _bits(everything):
            self._by_thing[bit] = tuple(
                position for position, each in enumerate(self.covers) if each >> bit & 1
            )

    def run(self, left: int, chosen: tuple[int, ...], banned: int) -> None:
        """Try all ways to cover what is left without the banned positions."""
        self.steps += 1
        if self.steps >= STEPS:
            return
        if not left:
            self.best = min(self.best, _key(chosen, self.reveals))
            return
        if self._hopeless(left, chosen, banned):
            return
        for position in self._options(left, banned):
            self.run(left & ~self.covers[position], (*chosen, position), banned)
            banned |= 1 << position  # every choice with it has been tried

    def _options(self, left: int, banned: int) -> list[int]:
        """The sets that cover the scarcest thing, the largest of them first.

        There is always one: of the scarcest thing's sets all but one are banned at most, and whatever else is
        left has as many.
        """
        scarcest = min(
            (tuple(each for each in self._by_thing[bit] if not banned >> each & 1) for bit in _bits(left)),
            key=_size,
        )
        return sorted(scarcest, key=lambda each: (-(self.covers[each] & left).bit_count(), each))

    def _hopeless(self, left: int, chosen: tuple[int, ...], banned: int) -> bool:
        """Whether no way on from here can be better than the best one known."""
        count, cost, _ = _key(chosen, self.reveals)
        fewest = count + self._needed(left, banned)
        return (fewest, cost) > self.best[:2]

    def _needed(self, left: int, banned: int) -> int:
        """At least so many sets: one for each thing of which no set has two; or by the largest's size."""
        apart, rest, most = 0, left, 1
        while rest:
            bit = rest & -rest
            reach = bit
            for position in self._by_thing[bit.bit_length() - 1]:
                if not banned >> position & 1:
                    reach |= self.covers[position]
                    most = max(most, (self.covers[position] & left).bit_count())
            apart += 1
            rest &= ~reach
        return max(apart, -(-left.bit_count() // most))


def _size(positions: tuple[int, ...]) -> int:
    return len(positions)


def _bits(number: int) -> list[int]:
    return [bit for bit in range(number.bit_length()) if number >> bit & 1]
