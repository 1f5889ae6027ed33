"""Which question tells most next, and when enough was asked.

Every occupation is as likely as its pattern is alike (normal errors of one step). The next item is the one on
which the likely occupations differ most. It is enough when the first ten hardly change any more.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from heapq import nsmallest
from operator import mul

from matching.intake.assessment import Answers, Sums
from matching.onet.items import ITEMS
from matching.onet.model import Onet

FIRST_TEN = 10
LEAST = 25
"""Questions that are asked before it can be enough."""
STEADY = 6
"""So many last questions must have left the first ten as they are, but for one."""
CHANGES = 1
USUAL = 40
"""Questions after which it is enough for half of the people (benchmarks/intake_assessment.py)."""
_UNLIKELY = 1e-4
_ERROR = 1.0
"""Steps that an answer is off, by one standard deviation."""


@dataclass(frozen=True, slots=True)
class Progress:
    asked: int
    enough: bool
    left: int
    """About how many questions are still to come; 0 when it is enough."""


def next_item(answers: Answers, onet: Onet, *, skipped: Sequence[str] = ()) -> str | None:
    """The item that tells most beside what was answered; none when all were asked."""
    left = [place for place, item in enumerate(ITEMS) if item.id not in answers and item.id not in skipped]
    if not left:
        return None
    sums = Sums(onet).add(answers)
    chances, likely = _chances(sums, len(onet.occupations))
    means = sums.means()
    higher = [means[number] for number in likely]
    best, most = left[0], -1.0
    for place in left:
        column = sums.columns[place]
        predicted = [column[number] + more for number, more in zip(likely, higher, strict=True)]
        middle = math.fsum(map(mul, chances, predicted))
        spread = round(math.fsum(map(mul, chances, map(mul, predicted, predicted))) - middle * middle, 9)
        if spread > most:
            best, most = place, spread
    return ITEMS[best].id


def progress(answers: Sequence[tuple[str, int]], onet: Onet) -> Progress:
    """How far somebody is, from the answers in the order in which they were given."""
    asked = len(answers)
    if asked >= LEAST and _steady(answers, onet):
        return Progress(asked, enough=True, left=0)
    most = len(ITEMS) - asked
    return Progress(asked, enough=most == 0, left=min(most, max(USUAL - asked, STEADY)))


def _steady(answers: Sequence[tuple[str, int]], onet: Onet) -> bool:
    sums = Sums(onet).add(dict(answers[:-STEADY]))
    earlier = [_first_ten(sums)]
    for item, level in answers[-STEADY:]:
        earlier.append(_first_ten(sums.add({item: level})))
    now = earlier.pop()
    return all(len(now & then) >= FIRST_TEN - CHANGES for then in earlier)


def _first_ten(sums: Sums) -> frozenset[int]:
    squares = sums.squares()
    return frozenset(nsmallest(FIRST_TEN, range(len(squares)), key=lambda number: (squares[number], number)))


def _chances(sums: Sums, width: int) -> tuple[list[float], list[int]]:
    """The chances of the occupations that are not unlikely, and their numbers."""
    if not sums.count:
        return [1 / width] * width, list(range(width))
    squares = sums.squares()
    least = min(squares)
    weights = [math.exp((least - each) * sums.count / (2 * _ERROR * _ERROR)) for each in squares]
    likely = [number for number, weight in enumerate(weights) if weight > _UNLIKELY]
    total = math.fsum(weights[number] for number in likely)
    return [weights[number] / total for number in likely], likely
