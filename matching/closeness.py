"""How close work is, in four words instead of a bare number.

The bounds are where the share of work that others call related steps up (docs/validity.md): measured on
O*NET's related occupations, which no score was made from. About 1 in 60 of all pairs is related; of those
far apart 1 in 120, of those somewhat close 1 in 12, of those close 1 in 4, of those very close 1 in 3.
"""

from enum import StrEnum


class Closeness(StrEnum):
    VERY_CLOSE = "very-close"
    CLOSE = "close"
    SOMEWHAT = "somewhat"
    FAR = "far"


BOUNDS: tuple[tuple[float, Closeness], ...] = (
    (0.5, Closeness.VERY_CLOSE),
    (0.25, Closeness.CLOSE),
    (0.1, Closeness.SOMEWHAT),
)


def closeness(score: float) -> Closeness:
    """The word for a score of `matching.score`."""
    return next((word for least, word in BOUNDS if score >= least), Closeness.FAR)
