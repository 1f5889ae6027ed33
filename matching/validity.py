"""What was measured of the score, as the page for people, the documents and the benchmark state it.

`python benchmarks/matching/quality.py --check` fails where one of these is no longer what it measures.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Measured:
    """Figures of the shipped taxonomy; shares are between 0 and 1."""

    queries: int = 700
    """Occupations of which O*NET says which others are related."""
    ndcg: float = 0.392
    jaccard: float = 0.377
    coverage: float = 0.361
    own_from_quarter: float = 0.785
    """Mean reciprocal rank of one's own occupation from 25 % of its essential skills and 25 wrong ones."""
    own_from_half: float = 0.902
    """How often one's own occupation comes first, from half of its essential skills."""
    retest_first: float = 0.99
    """How often the first occupation stays first when a tenth of the skills is left out."""
    retest_ten: float = 0.89
    """How many of the first ten are among the first ten again."""
    related_very_close: float = 0.31
    """Of pairs of occupations with this word, those that O*NET calls related."""
    related_close: float = 0.25
    related_somewhat: float = 0.08
    related_far: float = 0.008
    interval: float = 0.93
    """How often the place with all skills lies within the interval that a profile without a fifth shows."""


MEASURED = Measured()
