"""How far a number may be off: Wilson's score interval, for a share and for the ratio of two counts.

A count moves by chance. Given the sum of two counts, the first is binomial; Wilson's interval (1927) for its
share, turned back into a ratio, always holds the ratio itself, needs no tables, and holds at zero.
"""

import math
from dataclasses import dataclass

LEVEL = 95
"""Per cent: of a hundred such intervals, about ninety-five hold the truth."""
_Z = 1.959963984540054


@dataclass(frozen=True, slots=True)
class Interval:
    """A number with its bounds; `high` None is no upper bound, `value` None is more than can be counted."""

    value: float | None
    low: float
    high: float | None


def share(counted: int, of: int) -> Interval | None:
    """A share of things that were counted; None where there was nothing to count."""
    if of <= 0:
        return None
    low, high = _wilson(counted / of, float(of))
    return Interval(counted / of, low, high)


def ratio(counted: float, against: float, *, design_effect: float = 1.0) -> Interval | None:
    """How many times `against` the count is; None where both are nothing.

    `design_effect` is how many times more the counts vary than pure chance would make them (Kish, 1965).
    """
    together = counted + against
    if together <= 0:
        return None
    low, high = _wilson(counted / together, together / design_effect)
    return Interval(
        counted / against if against else None,
        low / (1 - low),
        high / (1 - high) if against and high < 1 else None,
    )


def _wilson(part: float, size: float) -> tuple[float, float]:
    square = _Z * _Z / size
    middle = part + square / 2
    reach = _Z * math.sqrt(part * (1 - part) / size + square / (4 * size))
    return max(0.0, (middle - reach) / (1 + square)), min(1.0, (middle + reach) / (1 + square))
