"""The self-assessment beside the skills: all occupations in one order by both.

    score   the score of the skills (matching.score) + 0.05 times how like the answers are
    like    e to the power of minus the mean square difference of the pattern (matching.intake.assessment)

O*NET's items are a dimension of their own, and not more skills: they reach ESCO's occupations over the
crosswalk. An occupation without a match there gets the mean of the others, and so neither gains nor loses.
"""

import math
from dataclasses import dataclass

from matching.intake.assessment import Answers, Sums, can_tell
from matching.onet.model import Onet
from matching.score import Ranking
from matching.taxonomy.compact import Taxonomy

SHARE = 0.05
"""Of the answers: what does no harm even where they are a stranger's (benchmarks/matching/assessed.py)."""


@dataclass(frozen=True, slots=True)
class RankedBeside:
    """An occupation at its place by skills and answers together."""

    occupation: str
    place: int
    score: float
    """Of the skills alone."""
    difference: float | None
    """Steps that an answer is away on average; None where no O*NET occupation is known for it."""


def rank_beside(
    ranking: Ranking, answers: Answers, onet: Onet, taxonomy: Taxonomy
) -> tuple[RankedBeside, ...]:
    """All occupations, the best first, equal ones by their IRIs; none where the answers have no pattern."""
    if not can_tell(answers):
        return ()
    squares = Sums(onet).add(answers).squares()
    by_code = {one.code: square for one, square in zip(onet.occupations, squares, strict=True)}
    found = [_square(iri, onet, by_code) for iri in taxonomy.occupations.iris]
    likes = [None if square is None else round(math.exp(-square), 9) for square in found]
    known = [like for like in likes if like is not None]
    mean = math.fsum(known) / len(known) if known else 0.0
    scores = [ranking.score(iri) for iri in taxonomy.occupations.iris]
    both = [
        score + SHARE * (mean if like is None else like) for score, like in zip(scores, likes, strict=True)
    ]
    order = sorted(range(len(both)), key=lambda number: (-both[number], number))
    return tuple(
        RankedBeside(taxonomy.occupations.iris[number], place, scores[number], _steps(found[number]))
        for place, number in enumerate(order, 1)
    )


def _square(iri: str, onet: Onet, by_code: dict[str, float]) -> float | None:
    """Of the best match of the crosswalk that was rated."""
    return next((by_code[match.iri] for match in onet.onet_of(iri) if match.iri in by_code), None)


def _steps(square: float | None) -> float | None:
    return None if square is None else round(math.sqrt(square), 2)
