"""The words of a cover: things to do, the ways to do each, and what a choice costs. All sets are bit sets."""

from collections.abc import Iterator, Sequence, Sized
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Way:
    """One way to do one thing."""

    by: int
    """The document that does it; its position."""
    documents: int
    """That one and all that it rests on."""
    parts: int = 0
    """The parts that must be shown, among those that could be left out."""
    shapes: int = 0
    """The same parts, under names that documents have in common: one can take the place of another."""
    reveals: int = 0
    """What these parts reveal beyond the things."""


@dataclass(frozen=True, slots=True)
class Problem:
    """What is to be done. A thing without ways is not done."""

    ways: tuple[tuple[Way, ...], ...]
    reveals: tuple[int, ...]
    """For each document what it reveals beyond the things, whatever is left out of it."""
    weights: tuple[int, ...]
    """For each document the claims that can't be left out of it."""
    priorities: tuple[int, ...] = ()
    """How much each thing matters, for when not everything fits; equally if empty."""

    def priority(self, thing: int) -> int:
        return self.priorities[thing] if self.priorities else 1


Cost = tuple[int, int, int]
"""Documents, revealed beyond, claims."""


def bits(number: int) -> Iterator[int]:
    """The positions in a bit set, in order."""
    while number:
        lowest = number & -number
        yield lowest.bit_length() - 1
        number ^= lowest


def union(sets: Sequence[int], positions: int) -> int:
    total = 0
    for position in bits(positions):
        total |= sets[position]
    return total


def size_of(sized: Sized) -> int:
    return len(sized)
