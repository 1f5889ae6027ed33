"""What scoring needs of a taxonomy, computed once: rarity of skills and ancestors, postings, lengths.

Sums are made in one fixed order and logarithms are rounded to 40 binary places, so that every host and
every version of Python finds the same scores to the last bit.
"""

import math
from array import array
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain

from matching.taxonomy.compact import Taxonomy
from matching.taxonomy.model import Grade

GRADE_WEIGHT: Mapping[Grade, float] = {
    Grade.ESSENTIAL: 1.0,
    Grade.IMPORTANT: 0.75,
    Grade.SOMEWHAT: 0.5,
    Grade.OPTIONAL: 0.5,
}
DECAY = 0.7
"""What an ancestor counts for, per step up the hierarchy."""
_EXACT = 2.0**40


@dataclass(frozen=True, slots=True, eq=False)
class Postings:
    """For one feature the occupations that have it and its weight there, before their lengths."""

    occupations: "array[int]"
    weights: "array[float]"


@dataclass(frozen=True, slots=True, eq=False)
class ScoreIndex:
    """Skills and ancestors as two spaces of vectors, with the occupations' lengths in each."""

    skill_idf: "array[float]"
    ancestor_idf: Mapping[int, float]
    ancestors: Mapping[int, Postings]
    steps: "tuple[tuple[tuple[int, float], ...], ...]"
    """Per skill its ancestors that tell something, each with its decay."""
    skill_length: "array[float]"
    """Per occupation one divided by the length of its vector of skills; 0 where it has none."""
    ancestor_length: "array[float]"


def idf(occupations: int, having: int) -> float:
    """Rarity: ln((N + 1) / (df + 1)); zero for what every occupation has."""
    return round(math.log((occupations + 1) / (having + 1)) * _EXACT) / _EXACT


@lru_cache(maxsize=4)
def index_of(taxonomy: Taxonomy) -> ScoreIndex:
    """The index of a taxonomy; computed on first use, about 0.1 s for ESCO."""
    width = len(taxonomy.occupations)
    grades = [(GRADE_WEIGHT[grade], list(links)) for grade, links in taxonomy.needed_by.items()]
    skill_idf = array(
        "d",
        (
            idf(width, having) if having else 0.0
            for having in (
                sum(len(links[skill]) for _, links in grades) for skill in range(len(taxonomy.skills))
            )
        ),
    )
    squares = array("d", bytes(8 * width))
    for skill, rarity in enumerate(skill_idf):
        for weight, links in grades:
            square = (weight * rarity) ** 2
            for occupation in links[skill]:
                squares[occupation] += square
    closures = _closures(taxonomy)
    ancestors, ancestor_idf = _ancestor_postings(closures, grades, width)
    lengths = array("d", bytes(8 * width))
    for posting in ancestors.values():
        for occupation, value in zip(posting.occupations, posting.weights, strict=True):
            lengths[occupation] += value * value
    return ScoreIndex(
        skill_idf=skill_idf,
        ancestor_idf=ancestor_idf,
        ancestors=ancestors,
        steps=tuple(
            tuple((node, DECAY**step) for node, step in closure if node in ancestors) for closure in closures
        ),
        skill_length=_inverse_roots(squares),
        ancestor_length=_inverse_roots(lengths),
    )


def _inverse_roots(squares: Iterable[float]) -> "array[float]":
    return array("d", (1 / math.sqrt(square) if square else 0.0 for square in squares))


def _closures(taxonomy: Taxonomy) -> list[tuple[tuple[int, int], ...]]:
    """Per skill its ancestors with the least number of steps to each, in order of their numbers."""
    broader = [tuple(row) for row in taxonomy.skill_broader]
    known: dict[tuple[int, ...], tuple[tuple[int, int], ...]] = {}
    found = []
    for parents in broader[: len(taxonomy.skills)]:
        closure = known.get(parents)
        if closure is None:
            closure = known[parents] = _climb(parents, broader)
        found.append(closure)
    return found


def _climb(parents: tuple[int, ...], broader: list[tuple[int, ...]]) -> tuple[tuple[int, int], ...]:
    steps: dict[int, int] = {}
    level, step = set(parents), 0
    while level:
        step += 1
        steps.update((node, step) for node in level)
        level = {above for node in level for above in broader[node]} - steps.keys()
    return tuple(sorted(steps.items()))


def _ancestor_postings(
    closures: list[tuple[tuple[int, int], ...]],
    grades: list[tuple[float, list["array[int]"]]],
    width: int,
) -> tuple[dict[int, Postings], dict[int, float]]:
    below: defaultdict[int, defaultdict[int, list[int]]] = defaultdict(lambda: defaultdict(list))
    for skill, closure in enumerate(closures):
        for node, step in closure:
            below[node][step].append(skill)
    postings: dict[int, Postings] = {}
    rarities: dict[int, float] = {}
    for node in sorted(below):
        sums: defaultdict[int, float] = defaultdict(float)
        for step, skills in sorted(below[node].items()):
            for weight, links in grades:
                share = weight * DECAY**step
                counted = Counter(chain.from_iterable(links[skill] for skill in skills))
                for occupation, count in counted.items():
                    sums[occupation] += count * share
        rarity = idf(width, len(sums))
        if rarity and sums:
            rarities[node] = rarity
            numbers = array("H", sorted(sums))
            postings[node] = Postings(
                numbers, array("d", (math.sqrt(sums[number]) * rarity for number in numbers))
            )
    return postings, rarities
