"""What is missing for some work, as a plan takes it."""

from dataclasses import dataclass

from matching.compared import Comparison, SkillMatch
from matching.limits import PLAN
from matching.plan.errors import TooManyGaps


@dataclass(frozen=True, slots=True)
class Gap:
    """A skill that is asked for and that the person does not have, or not at that level."""

    skill: str
    label: str
    required: bool = True
    level: int | None = None
    """The level that is asked for."""
    own_level: int | None = None
    """The person's, where the skill is there at a lower one."""


def gaps_of(found: Comparison, *, optional: bool = False) -> tuple[Gap, ...]:
    """The shortage of a comparison, what weighs most first; `optional`: what is only useful as well.

    Raises:
        TooManyGaps
    """
    gaps = tuple(_gap(one) for one in found.shortage if one.required or optional)
    if len(gaps) > PLAN.gaps:
        raise TooManyGaps(limit=PLAN.gaps)
    return gaps


def _gap(one: SkillMatch) -> Gap:
    return Gap(one.skill, one.label, one.required, one.level, one.own_level if one.too_low else None)
