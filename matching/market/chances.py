"""Chances of work, by one open formula: vacancies of the last year for each person who looks, and bounds.

Nothing else goes into it. The classes are those of UWV's indicator of tension, which divides open vacancies
by people who look; for vacancies that were published in a year there are no such classes.
"""

from dataclasses import dataclass
from enum import StrEnum

from matching.market.document import Counts, Market, Measure
from matching.market.interval import Interval, ratio
from matching.market.periods import Window
from matching.market.series import Series


class Tension(StrEnum):
    """How many vacancies there are for each person who looks: up to 0.25, 0.67, 1.5, 4, and more."""

    VERY_WIDE = "very-wide"
    WIDE = "wide"
    AVERAGE = "average"
    TIGHT = "tight"
    VERY_TIGHT = "very-tight"


_UP_TO = ((0.25, Tension.VERY_WIDE), (0.67, Tension.WIDE), (1.5, Tension.AVERAGE), (4.0, Tension.TIGHT))


@dataclass(frozen=True, slots=True)
class Chances:
    """Vacancies for each person who looks, and what the number was made of."""

    ratio: Interval
    vacancies: float
    seekers: float
    first: Window
    last: Window
    low: Tension | None
    """The classes at both ends of the interval; None where the measure has none."""
    high: Tension | None


def chances(series: Series, market: Market) -> Chances | None:
    """None where the last year has no figures of vacancies or of people, or both are nothing."""
    first = max(0, len(series.vacancies) - market.first.period.a_year)
    vacancies = level(series.vacancies[first:], market.measure)
    seekers = level(series.seekers[first:], Measure.OPEN)
    if vacancies is None or seekers is None:
        return None
    found = ratio(vacancies, seekers, design_effect=market.design_effect)
    if found is None:
        return None
    classed = market.measure is Measure.OPEN
    return Chances(
        found,
        vacancies,
        seekers,
        series.first.later(first),
        series.last,
        tension(found.low) if classed else None,
        tension(found.high) if classed else None,
    )


def tension(value: float | None) -> Tension:
    """The class of a number of vacancies a person; None is more than can be counted."""
    for most, name in _UP_TO:
        if value is not None and value <= most:
            return name
    return Tension.VERY_TIGHT


def level(counts: Counts, measure: Measure) -> float | None:
    """One count for several windows: what was published is added, what stands open is averaged.

    The same open vacancy stands in several windows; adding those would count it again and again.
    """
    known = [count for count in counts if count is not None]
    if not known or len(known) < len(counts):
        return None
    return float(sum(known)) if measure is Measure.PUBLISHED else sum(known) / len(known)
