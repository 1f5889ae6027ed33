"""Rank every occupation for a profile: TF-IDF cosine over skills, and lightly over their ancestors."""

import math
from array import array
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import overload

from matching.profile import Profile, Skills, read_profile
from matching.taxonomy.compact import Taxonomy
from matching.vectors import GRADE_WEIGHT, ScoreIndex, index_of

ANCESTORS = 0.25
"""What the hierarchy adds. More of it helps rich profiles and harms poor ones."""


@dataclass(frozen=True, slots=True)
class Ranked:
    """An occupation at its place; `score` is 0 for nothing in common and at most 1."""

    occupation: str
    score: float
    place: int


class Ranking(Sequence[Ranked]):
    """All occupations, best first; equal scores in the order of their IRIs."""

    __slots__ = ("_order", "_scores", "_taxonomy", "profile")

    def __init__(self, taxonomy: Taxonomy, profile: Profile, scores: "list[float]") -> None:
        self._taxonomy = taxonomy
        self._scores = scores
        self._order = sorted(range(len(scores)), key=scores.__getitem__, reverse=True)
        self.profile = profile

    def __len__(self) -> int:
        return len(self._order)

    @overload
    def __getitem__(self, place: int) -> Ranked: ...
    @overload
    def __getitem__(self, place: slice) -> "tuple[Ranked, ...]": ...
    def __getitem__(self, place: int | slice) -> "Ranked | tuple[Ranked, ...]":
        if isinstance(place, slice):
            return tuple(self[one] for one in range(*place.indices(len(self))))
        number = self._order[place]
        return Ranked(self._taxonomy.occupations.iris[number], self._scores[number], place % len(self) + 1)

    def __iter__(self) -> Iterator[Ranked]:
        return (self[place] for place in range(len(self)))

    def score(self, occupation: str) -> float:
        """The score of one occupation; raises UnknownOccupation."""
        return self._scores[self._taxonomy.occupation_number(occupation)]


def rank(skills: Skills, taxonomy: Taxonomy) -> Ranking:
    """Rank all occupations of a taxonomy for some skills.

    Raises:
        TooManySkills, WeightOutOfRange: the profile is beyond the limits.
    """
    profile = read_profile(skills, taxonomy)
    return Ranking(taxonomy, profile, _scores(profile, taxonomy, index_of(taxonomy)))


def _scores(profile: Profile, taxonomy: Taxonomy, index: ScoreIndex) -> list[float]:
    width = len(taxonomy.occupations)
    by_skill, length = _skill_products(profile, taxonomy, index)
    by_ancestor, ancestor_length = _ancestor_products(profile, index, width)
    share = 1 / (length * (1 + ANCESTORS)) if length else 0.0
    ancestor_share = ANCESTORS / (ancestor_length * (1 + ANCESTORS)) if ancestor_length else 0.0
    return [
        product * share * own + other * ancestor_share * ancestor
        for product, own, other, ancestor in zip(
            by_skill, index.skill_length, by_ancestor, index.ancestor_length, strict=True
        )
    ]


def _skill_products(profile: Profile, taxonomy: Taxonomy, index: ScoreIndex) -> "tuple[array[float], float]":
    products = array("d", bytes(8 * len(taxonomy.occupations)))
    grades = [(GRADE_WEIGHT[grade], links) for grade, links in taxonomy.needed_by.items()]
    squares = []
    for number, weight in zip(profile.numbers, profile.weights, strict=True):
        rarity = index.skill_idf[number]
        squares.append((weight * rarity) ** 2)
        for grade, links in grades:
            value = weight * rarity * rarity * grade
            for occupation in links[number]:
                products[occupation] += value
    return products, math.sqrt(math.fsum(squares))


def _ancestor_products(profile: Profile, index: ScoreIndex, width: int) -> "tuple[array[float], float]":
    products = array("d", bytes(8 * width))
    sums: dict[int, float] = {}
    for number, weight in zip(profile.numbers, profile.weights, strict=True):
        for node, decay in index.steps[number]:
            sums[node] = sums.get(node, 0.0) + weight * decay
    squares = []
    for node in sorted(sums):
        value = math.sqrt(sums[node]) * index.ancestor_idf[node]
        squares.append(value * value)
        posting = index.ancestors[node]
        for occupation, weight in zip(posting.occupations, posting.weights, strict=True):
            products[occupation] += value * weight
    return products, math.sqrt(math.fsum(squares))
