"""When a check-up is due: a year after the last one, computed here, with the person's own wish about it.

Without one it is a year after the wallet began: there is something to look back on then. Whoever wants it
earlier does it earlier; whoever does not want to hear of it turns it off.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class DueState(StrEnum):
    LATER = "later"
    DUE = "due"
    SNOOZED = "snoozed"
    OFF = "off"
    """The person wants no reminders."""


@dataclass(frozen=True, slots=True)
class Due:
    """The day, and whether the person is reminded."""

    day: date
    state: DueState
    until: date | None = None
    """Of a snooze."""

    @property
    def remind(self) -> bool:
        return self.state is DueState.DUE


def due(
    *,
    began: date,
    last: date | None,
    today: date,
    snoozed_until: date | None = None,
    off: bool = False,
) -> Due:
    """When it is due. A snooze ends by itself; one from before the last check-up does not count."""
    day = a_year_after(began if last is None else last)
    if off:
        return Due(day, DueState.OFF)
    if today < day:
        return Due(day, DueState.LATER)
    if snoozed_until is not None and today < snoozed_until:
        return Due(day, DueState.SNOOZED, snoozed_until)
    return Due(day, DueState.DUE)


def a_year_after(day: date) -> date:
    """The same day a year later; after a leap day the last of February."""
    try:
        return day.replace(year=day.year + 1)
    except ValueError:
        return day.replace(year=day.year + 1, day=28)
