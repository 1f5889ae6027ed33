"""What scoring needs of a taxonomy, computed once: rarity of skills and groups, postings, lengths.

Sums are made in one fixed order and logarithms are rounded to 40 binary places, so that every host and
every version of Python finds the same scores to the last bit.
"""

import math
import sys
from array import array
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate, chain, repeat
from operator import mul

from matching.taxonomy.compact import Taxonomy
from matching.taxonomy.model import Grade

GRADE_WEIGHT: Mapping[Grade, float] = {
    Grade.ESSENTIAL: 1.0,
    Grade.IMPORTANT: 0.75,
    Grade.SOMEWHAT: 0.5,
    Grade.OPTIONAL: 0.5,
}
DECAY = 0.7
"""What a group counts for, per step up the hierarchy."""
STEPS = 2
"""Steps up that are taken: what is higher holds too much to tell occupations apart."""
COMMON = 0.9
"""The least ln((N + 1) / (df + 1)) of a group that counts; four in ten occupations have it."""
MANY = 250
"""Occupations from which a group is packed."""
FIELD = 8
"""Bytes an occupation has in a packed number."""
SCALE = 2.0**30
"""Of a weight in a packed number, and of what it is multiplied by: a product of two stays below 2^60, and
the sum of all below 2^60 as well, as both vectors have length 1."""
UNIT = 1 / (SCALE * SCALE)
"""What one is worth in a sum of products of packed numbers."""
_DECAYS = tuple(accumulate(repeat(DECAY, STEPS), mul, initial=1.0))
_EXACT = 2.0**40

Grades = list[tuple[float, list["array[int]"]]]
"""The weight of each grade, and per skill the occupations that need it so."""
Closure = tuple[tuple[int, int], ...]
"""Groups above a skill, each with its steps."""


@dataclass(frozen=True, slots=True, eq=False)
class Postings:
    """The few occupations that have a group, and its weight there, divided by their lengths.

    Lists, as every number is read for every ranking; the numbers of occupations are shared objects.
    """

    occupations: list[int]
    weights: list[float]


@dataclass(frozen=True, slots=True, eq=False)
class ScoreIndex:
    """Skills and the groups above them as two spaces of vectors, with the occupations' lengths in each."""

    skill_rarity: "array[float]"
    group_rarity: Mapping[int, float]
    groups: Mapping[int, Postings]
    packed: Mapping[int, int]
    """The same for groups that many occupations have: the weights of all occupations side by side in one
    whole number, FIELD bytes each, so that one multiplication does what a loop over them would."""
    steps: tuple[tuple[tuple[int, float], ...], ...]
    """Per skill the groups above it that tell something, each with its decay."""
    skill_length: list[float]
    """Per occupation one divided by the length of its vector of skills; 0 where it has none."""


def rarity(occupations: int, having: int) -> float:
    """The square root of ln((N + 1) / (df + 1)): in a product of two vectors the logarithm counts once.

    Zero for what every occupation has, and for what none has.
    """
    if not having:
        return 0.0
    return round(math.sqrt(math.log((occupations + 1) / (having + 1))) * _EXACT) / _EXACT


@lru_cache(maxsize=4)
def index_of(taxonomy: Taxonomy) -> ScoreIndex:
    """The index of a taxonomy; computed on first use, about 0.1 s for ESCO."""
    width = len(taxonomy.occupations)
    grades: Grades = [(GRADE_WEIGHT[grade], list(links)) for grade, links in taxonomy.needed_by.items()]
    counts = map(sum, zip(*(map(len, links) for _, links in grades), strict=True))
    skill_rarity = array("d", (rarity(width, having) for having in counts))
    closures = _closures(taxonomy)
    groups, packed, group_rarity = _group_postings(closures, grades, width)
    return ScoreIndex(
        skill_rarity=skill_rarity,
        group_rarity=group_rarity,
        groups=groups,
        packed=packed,
        steps=tuple(
            tuple((group, _DECAYS[step]) for group, step in closure if group in group_rarity)
            for closure in closures
        ),
        skill_length=_inverse_roots(_squares(skill_rarity, grades, width)),
    )


def _squares(skill_rarity: Iterable[float], grades: Grades, width: int) -> list[float]:
    squares = [0.0] * width
    for skill, rare in enumerate(skill_rarity):
        for weight, links in grades:
            square = (weight * rare) * (weight * rare)  # a power is rounded as the host's C library does
            for occupation in links[skill]:
                squares[occupation] += square
    return squares


def _inverse_roots(squares: Iterable[float]) -> list[float]:
    return [1 / math.sqrt(square) if square else 0.0 for square in squares]


def _closures(taxonomy: Taxonomy) -> list[Closure]:
    """Per skill the groups above it with the least number of steps to each, in order of their numbers."""
    broader = [tuple(row) for row in taxonomy.skill_broader]
    known: dict[tuple[int, ...], Closure] = {}
    found = []
    for parents in broader[: len(taxonomy.skills)]:
        closure = known.get(parents)
        if closure is None:
            closure = known[parents] = _climb(parents, broader, len(taxonomy.skills))
        found.append(closure)
    return found


def _climb(parents: tuple[int, ...], broader: list[tuple[int, ...]], first_group: int) -> Closure:
    steps: dict[int, int] = {}
    level = set(parents)
    for step in range(1, STEPS + 1):
        steps.update((node, step) for node in level)
        level = {above for node in level for above in broader[node]} - steps.keys()
    return tuple(sorted((node, step) for node, step in steps.items() if node >= first_group))


def _group_postings(
    closures: list[Closure], grades: Grades, width: int
) -> tuple[dict[int, Postings], dict[int, int], dict[int, float]]:
    below: defaultdict[int, defaultdict[int, list[int]]] = defaultdict(lambda: defaultdict(list))
    for skill, closure in enumerate(closures):
        for group, step in closure:
            below[group][step].append(skill)
    numbers = list(range(width))
    squares = [0.0] * width
    found: list[tuple[int, list[int], list[float]]] = []
    rarities: dict[int, float] = {}
    root = math.sqrt
    for group in sorted(below):
        sums = _sums(below.pop(group), grades)
        rare = rarity(width, len(sums))
        if rare * rare >= COMMON:
            rarities[group] = rare
            having = [numbers[occupation] for occupation in sums]
            weights = [root(total) * rare for total in sums.values()]
            found.append((group, having, weights))
            for occupation, weight in zip(having, weights, strict=True):
                squares[occupation] += weight * weight
    lengths = _inverse_roots(squares)
    postings, packed = {}, {}
    while found:  # taken out one by one, so that both forms of all groups never lie in memory together
        group, having, weights = found.pop()
        for place, occupation in enumerate(having):
            weights[place] *= lengths[occupation]
        if len(having) < MANY:
            postings[group] = Postings(having, weights)
        else:
            packed[group] = _pack(having, weights, width)
    return postings, packed, rarities


def _pack(having: list[int], weights: list[float], width: int) -> int:
    fields = array("Q", bytes(FIELD * width))
    for occupation, weight in zip(having, weights, strict=True):
        fields[occupation] = int(weight * SCALE)
    return int.from_bytes(fields.tobytes(), sys.byteorder)


def unpack(packed: int, width: int) -> "array[int]":
    """Sums of products in a packed number, per occupation; each times UNIT."""
    return array("Q", packed.to_bytes(FIELD * width, sys.byteorder))


def _sums(below: Mapping[int, list[int]], grades: Grades) -> dict[int, float]:
    """Per occupation what its skills below one group add up to."""
    sums: dict[int, float] = {}
    for step, skills in sorted(below.items()):
        for weight, links in grades:
            share = weight * _DECAYS[step]
            counted = Counter(chain.from_iterable([links[skill] for skill in skills]))
            for occupation, count in counted.items():
                sums[occupation] = sums.get(occupation, 0.0) + count * share
    return sums
