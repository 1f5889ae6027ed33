"""What happened to the demand for an occupation: the vacancies of a year beside those of the year before.

A year beside a year, so that the seasons stay out of it. It says what was, with an interval, and not what
will be: `backtest` says how often that went on.
"""

from dataclasses import dataclass
from enum import StrEnum

from matching.market.chances import level
from matching.market.document import Market
from matching.market.interval import Interval, ratio
from matching.market.periods import Window
from matching.market.series import Series

MOVED = 0.05
"""Less than this is no change to speak of."""
STEADY = 0.15
"""An interval that stays this near to no change is narrow enough to say that nothing much moved."""


class State(StrEnum):
    GROWING = "growing"
    STABLE = "stable"
    SHRINKING = "shrinking"
    CANNOT_TELL = "cannot-tell"


@dataclass(frozen=True, slots=True)
class Change:
    """The vacancies of a year as a part of those of the year before: 0.8 is a fifth fewer."""

    ratio: Interval
    before: float
    after: float
    first: Window
    """Of the earlier year."""
    middle: Window
    """Of the later year."""
    last: Window

    @property
    def state(self) -> State:
        value, low, high = self.ratio.value, self.ratio.low, self.ratio.high
        if high is not None and high < 1 and value is not None and value <= 1 - MOVED:
            return State.SHRINKING
        if low > 1 and (value is None or value >= 1 + MOVED):
            return State.GROWING
        if low >= 1 - STEADY and high is not None and high <= 1 + STEADY:
            return State.STABLE
        return State.CANNOT_TELL


def change(series: Series, market: Market, *, end: int | None = None) -> Change | None:
    """The change of the year that ends before place `end` (the last one), where both years are whole."""
    stop = len(series.vacancies) if end is None else end
    a_year = market.first.period.a_year
    start = stop - 2 * a_year
    if start < 0:
        return None
    before = level(series.vacancies[start : start + a_year], market.measure)
    after = level(series.vacancies[start + a_year : stop], market.measure)
    if before is None or after is None:
        return None
    found = ratio(after, before, design_effect=market.design_effect)
    if found is None:
        return None
    return Change(
        found,
        before,
        after,
        series.first.later(start),
        series.first.later(start + a_year),
        series.first.later(stop - 1),
    )


def direction(change: Change) -> State:
    """Which way the count itself went, by the number alone: what a trend is held against afterwards."""
    value = change.ratio.value
    if value is None or value >= 1 + MOVED:
        return State.GROWING
    return State.SHRINKING if value <= 1 - MOVED else State.STABLE
