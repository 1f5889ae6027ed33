"""Windows of time that figures are about: a year, a half year, a quarter or a month."""

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from matching.market.errors import MalformedWindow

_FORM = re.compile(r"([12][0-9]{3})(?:-(?:H([12])|Q([1-4])|(0[1-9]|1[0-2])))?")
_MONTHS = 12


class Period(StrEnum):
    YEAR = "year"
    HALF_YEAR = "half-year"
    QUARTER = "quarter"
    MONTH = "month"

    @property
    def a_year(self) -> int:
        """How many of them a year has."""
        return _A_YEAR[self]


_A_YEAR = {Period.YEAR: 1, Period.HALF_YEAR: 2, Period.QUARTER: 4, Period.MONTH: 12}


@dataclass(frozen=True, slots=True, order=True)
class Window:
    """One window: its period, and its number counted from the year 0."""

    period: Period
    number: int

    def __str__(self) -> str:
        year, part = divmod(self.number, self.period.a_year)
        match self.period:
            case Period.YEAR:
                return f"{year:04}"
            case Period.HALF_YEAR:
                return f"{year:04}-H{part + 1}"
            case Period.QUARTER:
                return f"{year:04}-Q{part + 1}"
            case Period.MONTH:
                return f"{year:04}-{part + 1:02}"

    def later(self, steps: int) -> "Window":
        return Window(self.period, self.number + steps)

    @property
    def start(self) -> date:
        """Its first day."""
        year, part = divmod(self.number, self.period.a_year)
        return date(year, 1 + part * (_MONTHS // self.period.a_year), 1)

    @property
    def until(self) -> date:
        """The first day after it."""
        return self.later(1).start


def parse_window(text: object) -> Window:
    """Read "2025", "2025-H1", "2025-Q1" or "2025-01"; raises MalformedWindow."""
    match = _FORM.fullmatch(text) if isinstance(text, str) else None
    if match is None:
        raise MalformedWindow
    year, half, quarter, month = match.groups()
    for period, part in ((Period.HALF_YEAR, half), (Period.QUARTER, quarter), (Period.MONTH, month)):
        if part is not None:
            return Window(period, int(year) * period.a_year + int(part) - 1)
    return Window(Period.YEAR, int(year))
