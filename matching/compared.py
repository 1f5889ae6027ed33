"""What a comparison says: a person's skills beside those that work asks for, as values."""

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from typing import NamedTuple

from passport.answers import Reason

NAMED = 3
"""Skills that the sentences name; the lists hold all."""


class Demanded(NamedTuple):
    """One skill that is asked for: as much of passport.evidence's Demand as matching needs.

    A tuple, like SkillMatch, as hundreds are made for the first page of a ranking.
    """

    skill: str
    required: bool = True
    label: str = ""
    level: int | None = None


class SkillMatch(NamedTuple):
    """One skill in a comparison."""

    skill: str
    label: str
    required: bool
    share: float = 0.0
    """Its part of the overlap, by rarity and by what it counts for; all parts together are 1."""
    strength: str | None = None
    """The strength of its evidence, for showing beside; it never changes a number."""
    level: int | None = None
    """The level that is asked for."""
    own_level: int | None = None
    """The person's level, where it is known."""
    weight: float = 0.0
    """What it counts for in the person's profile: less than 1 where it is old; 0 where it is not there."""

    @property
    def too_low(self) -> bool:
        """The person has it, at a lower level than what is asked."""
        return self.level is not None and self.own_level is not None and self.own_level < self.level

    @property
    def level_unknown(self) -> bool:
        """The person has it and a level is asked, but nobody can say whether it is reached."""
        return self.level is not None and self.own_level is None and self.weight > 0


@dataclass(frozen=True, slots=True)
class Coverage:
    """How many of the skills that are asked for are there: "14 of 21"."""

    met: int
    of: int

    @property
    def fraction(self) -> Fraction:
        """Nothing asked is nothing shown to be met: 0."""
        return Fraction(self.met, self.of) if self.of else Fraction(0)


@dataclass(frozen=True, slots=True)
class Comparison:
    """A person's skills beside those of an occupation or a function profile.

    Every skill that is asked for is either in the overlap or in the shortage.
    """

    subject: str
    """The IRI or name of what was compared with."""
    label: str
    essential: Coverage
    optional: Coverage
    overlap: tuple[SkillMatch, ...]
    """Has and is asked for: the productive skills; those that weigh most first."""
    shortage: tuple[SkillMatch, ...]
    """Is asked for and not there, or there at too low a level (`too_low`): required ones first."""
    surplus: tuple[SkillMatch, ...]
    """Has and is not asked for."""
    unknown: tuple[str, ...]
    """IRIs in the profile that are not in this taxonomy, nor asked for."""
    retired: tuple[str, ...]

    @property
    def too_low(self) -> tuple[SkillMatch, ...]:
        """The part of the shortage that the person has at a lower level."""
        return tuple(one for one in self.shortage if one.too_low)

    @property
    def missing(self) -> tuple[SkillMatch, ...]:
        """The part of the shortage that is not there at all."""
        return tuple(one for one in self.shortage if not one.too_low)

    @property
    def reasons(self) -> tuple[Reason, ...]:
        """The same in sentences, as data; `matching.texts` renders them."""
        return tuple(_reasons(self))


def _reasons(found: Comparison) -> Iterable[Reason]:
    essential, optional = found.essential, found.optional
    if essential.of:
        yield Reason("match.essential", {"met": essential.met, "of": essential.of, "name": found.label})
    else:
        yield Reason("match.nothing-essential", {"name": found.label})
    if optional.of:
        yield Reason("match.optional", {"met": optional.met, "of": optional.of})
    for one in found.overlap[:NAMED]:
        if one.share:
            yield Reason("match.contributes", {"skill": one.label, "percent": round(100 * one.share)})
    yield from _of_shortage(found)
    yield from _of_age_and_level(found)
    counted = {
        "match.surplus": found.surplus,
        "match.unknown": found.unknown,
        "match.retired": found.retired,
    }
    for code, listed in counted.items():
        if listed:
            yield Reason(code, {"count": len(listed)})


def _of_shortage(found: Comparison) -> Iterable[Reason]:
    missing = [one for one in found.missing if one.required]
    for one in missing[:NAMED]:
        yield Reason("match.missing", {"skill": one.label})
    if len(missing) > NAMED:
        yield Reason("match.missing-more", {"count": len(missing) - NAMED})
    for one in found.too_low[:NAMED]:
        own, level = one.own_level or 0, one.level or 0
        yield Reason("match.level-too-low", {"skill": one.label, "own": own, "level": level})


def _of_age_and_level(found: Comparison) -> Iterable[Reason]:
    unknown = sum(1 for one in found.overlap if one.level_unknown)
    if unknown:
        yield Reason("match.level-unknown", {"count": unknown})
    lighter = sum(1 for one in found.overlap if one.weight < 1)
    if lighter:
        yield Reason("match.counts-for-less", {"count": lighter})
