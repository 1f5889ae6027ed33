"""The skills of a check-up, in groups of what they rest on: what a person understands of their own proof.

A skill can be signed by somebody and still be soft, since nobody on the person's lists knows the signer.
That is another thing than the person's own word, and it asks for another step.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum


class Strength(StrEnum):
    """How well a skill is proven, in the words of the evidence model."""

    SOFT = "soft"
    SEMI_HARD = "semi-hard"
    HARD = "hard"


class Ground(StrEnum):
    """Whose word a skill rests on."""

    SIGNED = "signed"
    """Somebody else's."""
    OWN = "own"
    """The person's: a claim, or an answer about oneself."""
    DERIVED = "derived"
    """Nobody's by name: it follows from work or schooling that the person told of."""


class Group(StrEnum):
    """How a skill is proven, strongest first."""

    STRONG = "strong"
    CONFIRMED = "confirmed"
    SIGNED = "signed"
    OWN = "own"
    DERIVED = "derived"


@dataclass(frozen=True, slots=True)
class SkillThen:
    """One skill on the day of a check-up."""

    skill: str
    strength: Strength
    level: int | None = None
    ground: Ground = Ground.OWN

    @property
    def group(self) -> Group:
        if self.strength is Strength.HARD:
            return Group.STRONG
        return Group.CONFIRMED if self.strength is Strength.SEMI_HARD else Group(self.ground)


def grouped(skills: Iterable[SkillThen]) -> Mapping[Group, tuple[str, ...]]:
    """Every group, strongest first, with its skills; a group may be empty."""
    found: dict[Group, list[str]] = {group: [] for group in Group}
    for each in skills:
        found[each.group].append(each.skill)
    return {group: tuple(each) for group, each in found.items()}
