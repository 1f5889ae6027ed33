"""What a skill counts for by how long ago it was last shown: an open rule, and always said beside the skill.

    up to 2 years      1
    2 to 15 years      a straight line from 1 down to 0.4
    15 years and more  0.4
    no date            1, and marked: nobody can say how old it is

A straight line, as a person can check it by hand and every host computes it to the last bit. It never
reaches nothing: what was learned once is learned again faster.
"""

from enum import StrEnum

FULL_MONTHS = 24
"""Until then a skill counts in full."""
LEAST_MONTHS = 180
"""From then on it counts for the least."""
LEAST = 0.4


class Age(StrEnum):
    """How old the latest use of a skill is, in words."""

    FRESH = "fresh"
    AGEING = "ageing"
    OLD = "old"
    UNDATED = "undated"


def recency(months: int | None) -> float:
    """What is left of a weight after so many months; between 0.4 and 1."""
    if months is None or months <= FULL_MONTHS:
        return 1.0
    if months >= LEAST_MONTHS:
        return LEAST
    return 1.0 - (1.0 - LEAST) * (months - FULL_MONTHS) / (LEAST_MONTHS - FULL_MONTHS)


def age_of(months: int | None) -> Age:
    if months is None:
        return Age.UNDATED
    if months <= FULL_MONTHS:
        return Age.FRESH
    return Age.OLD if months >= LEAST_MONTHS else Age.AGEING
