"""What is to be covered, with what, within which budget; and what a set of modules costs."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum


class Aim(StrEnum):
    """What a set must have least of; what ties is decided by the two others."""

    FEWEST = "fewest"
    """Modules."""
    SHORTEST = "shortest"
    """Hours."""
    CHEAPEST = "cheapest"
    """Money."""


Cost = tuple[int, int, int]
"""Modules, hours and cents, the aim's own in front."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A module, as much of it as the choice needs."""

    gaps: int
    """The gaps that it closes, as a bit set."""
    hours: int
    cents: int
    needs: tuple[int, ...] = ()
    """What comes before it: of each bit set of candidates one at least."""


@dataclass(frozen=True, slots=True)
class Problem:
    """Close as many gaps as the budget allows, and of all ways to do so take the one that costs least."""

    candidates: Sequence[Candidate]
    hours: int | None = None
    """That may be spent; None is without end."""
    cents: int | None = None
    aim: Aim = Aim.FEWEST
    ordered: bool = field(init=False)
    """Whether anything has to come before anything."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "ordered", any(each.needs for each in self.candidates))

    def cost(self, modules: int, hours: int, cents: int) -> Cost:
        match self.aim:
            case Aim.FEWEST:
                return modules, hours, cents
            case Aim.SHORTEST:
                return hours, cents, modules
            case Aim.CHEAPEST:
                return cents, hours, modules

    def cost_of(self, chosen: Sequence[int]) -> Cost:
        found = [self.candidates[place] for place in chosen]
        return self.cost(len(found), sum(each.hours for each in found), sum(each.cents for each in found))

    def closed_by(self, chosen: Sequence[int]) -> int:
        """The gaps that these candidates close together."""
        closed = 0
        for place in chosen:
            closed |= self.candidates[place].gaps
        return closed

    def fits(self, hours: int, cents: int) -> bool:
        return (self.hours is None or hours <= self.hours) and (self.cents is None or cents <= self.cents)


def bits(number: int) -> Iterator[int]:
    """The places of the ones, ascending."""
    while number:
        low = number & -number
        yield low.bit_length() - 1
        number ^= low
