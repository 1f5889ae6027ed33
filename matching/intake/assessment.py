"""The self-assessment: answers of 1 to 5 on O*NET's items, and the work whose pattern is most like them.

    a       an answer, 1 to 5
    e       what an occupation asks on the same scale: 1 + 4 times its level (0 to 7) divided by 7
    d       the differences a - e, less their mean
    fit     the mean of d squared, the smallest first

The mean is taken away, as some people judge themselves strictly and others mildly: only the pattern counts,
and whoever answers one step higher everywhere gets the same work.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from matching.onet.items import ITEMS
from matching.onet.model import Onet

LEVELS = (1, 2, 3, 4, 5)
LEFT_OUT = frozenset({"2.A.1.b", "2.A.1.d", "2.A.2.a", "2.B.1.a", "2.B.3.j", "2.B.4.e", "2.B.4.h", "2.B.5.a"})
"""The eight items that say least beside the other sixty: their levels follow best from those of the others
(least squares over all occupations, one item left out after another; benchmarks/intake_assessment.py)."""
SHORT_FORM = tuple(item.id for item in ITEMS if item.id not in LEFT_OUT)
"""The 60 items of the short form (R68), in O*NET's order."""
LEAST_ANSWERS = 10
"""Below that the pattern is mostly chance."""
_PLACES = {item.id: place for place, item in enumerate(ITEMS)}

Answers = Mapping[str, int]
"""By O*NET's identifier of the item: 1 to 5."""


@dataclass(frozen=True, slots=True)
class Fitted:
    """An O*NET occupation at its place."""

    place: int
    code: str
    title: str
    difference: float
    """How many steps an answer is away on average (root of the mean square), in two decimals."""


def can_tell(answers: Answers) -> bool:
    """Whether the answers have a pattern: enough of them, and not all the same."""
    return len(answers) >= LEAST_ANSWERS and len(set(answers.values())) > 1


def fit(answers: Answers, onet: Onet) -> tuple[Fitted, ...]:
    """All occupations, the most alike first; none where there is no pattern. Equal ones by their codes."""
    if not can_tell(answers):
        return ()
    squares = Sums(onet).add(answers).squares()
    order = sorted(range(len(squares)), key=lambda number: (squares[number], number))
    return tuple(
        Fitted(
            place,
            onet.occupations[number].code,
            onet.occupations[number].title,
            round(math.sqrt(squares[number]), 2),
        )
        for place, number in enumerate(order, 1)
    )


class Sums:
    """Running sums of the differences of every occupation: one answer more is one step more."""

    def __init__(self, onet: Onet) -> None:
        self.columns = expected(onet)
        self.count = 0
        width = len(onet.occupations)
        self._first, self._second = [0.0] * width, [0.0] * width

    def add(self, answers: Answers) -> "Sums":
        """In O*NET's order, so that the sums are the same whatever was answered first."""
        for item in sorted(answers, key=_PLACES.__getitem__):
            level, column = answers[item], self.columns[_PLACES[item]]
            for number, asked in enumerate(column):
                difference = level - asked
                self._first[number] += difference
                self._second[number] += difference * difference
            self.count += 1
        return self

    def means(self) -> list[float]:
        """How much higher the person answers than an occupation asks."""
        return [each / self.count for each in self._first] if self.count else self._first

    def squares(self) -> list[float]:
        """The mean square of the differences less their mean, in ten decimals."""
        return [
            round(max(0.0, second / self.count - (first / self.count) ** 2), 10)
            for first, second in zip(self._first, self._second, strict=True)
        ]


@lru_cache(maxsize=2)
def expected(onet: Onet) -> Sequence[Sequence[float]]:
    """Per item what each occupation asks, on the scale of the answers."""
    rows = [[1 + 4 * level / 7 for level in occupation.level] for occupation in onet.occupations]
    return tuple(tuple(column) for column in zip(*rows, strict=True))
