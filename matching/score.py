"""Rank every occupation for a profile: TF-IDF cosine over skills, and lightly over the groups above them."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from heapq import nlargest
from operator import mul
from typing import overload

from matching.profile import Profile, Skills, read_profile
from matching.taxonomy.compact import Taxonomy
from matching.vectors import GRADE_WEIGHT, SCALE, UNIT, ScoreIndex, index_of, unpack

SKILLS, GROUPS = 2 / 3, 1 / 3
"""The hierarchy adds half of what the skills say. More of it helps rich profiles and harms poor ones."""
_FEW = 64
"""Up to this many best occupations are picked without sorting all of them."""


@dataclass(frozen=True, slots=True)
class Ranked:
    """An occupation at its place; `score` is 0 for nothing in common and at most 1."""

    occupation: str
    score: float
    place: int


class Ranking(Sequence[Ranked]):
    """All occupations, best first; equal scores in the order of their IRIs."""

    def __init__(self, taxonomy: Taxonomy, profile: Profile, scores: list[float]) -> None:
        self._taxonomy = taxonomy
        self._scores = scores
        self.profile = profile

    @cached_property
    def _order(self) -> list[int]:
        return sorted(range(len(self._scores)), key=self._scores.__getitem__, reverse=True)

    def __len__(self) -> int:
        return len(self._scores)

    @overload
    def __getitem__(self, place: int) -> Ranked: ...
    @overload
    def __getitem__(self, place: slice) -> tuple[Ranked, ...]: ...
    def __getitem__(self, place: int | slice) -> Ranked | tuple[Ranked, ...]:
        if isinstance(place, int):
            return self._at(self._order[place], place % len(self) + 1)
        places = range(*place.indices(len(self)))
        few = places and max(places) < _FEW and "_order" not in self.__dict__
        order = self._best(max(places) + 1) if few else self._order
        return tuple(self._at(order[one], one + 1) for one in places)

    def _best(self, count: int) -> list[int]:
        """The best ones in order, without an order for all."""
        least = nlargest(count, self._scores)[-1] if count < len(self) else -1.0
        among = [number for number, score in enumerate(self._scores) if score >= least]
        return sorted(among, key=self._scores.__getitem__, reverse=True)

    def _at(self, number: int, place: int) -> Ranked:
        return Ranked(self._taxonomy.occupations.iris[number], self._scores[number], place)

    def __iter__(self) -> Iterator[Ranked]:
        return (self._at(number, place) for place, number in enumerate(self._order, 1))

    def score(self, occupation: str) -> float:
        """The score of one occupation; raises UnknownOccupation."""
        return self._scores[self._taxonomy.occupation_number(occupation)]

    def place_of(self, occupation: str) -> int:
        """The place of one occupation, from 1; raises UnknownOccupation."""
        number = self._taxonomy.occupation_number(occupation)
        own = self._scores[number]
        better = sum(map(own.__lt__, self._scores))
        return 1 + better + self._scores[:number].count(own)


def rank(skills: Skills, taxonomy: Taxonomy) -> Ranking:
    """Rank all occupations of a taxonomy for some skills.

    Raises:
        TooManySkills, WeightOutOfRange: the profile is beyond the limits.
    """
    profile = read_profile(skills, taxonomy)
    return Ranking(taxonomy, profile, _scores(profile, taxonomy, index_of(taxonomy)))


def _scores(profile: Profile, taxonomy: Taxonomy, index: ScoreIndex) -> list[float]:
    scores = _skill_scores(profile, taxonomy, index)
    return _with_group_scores(scores, profile, index)


def _skill_scores(profile: Profile, taxonomy: Taxonomy, index: ScoreIndex) -> list[float]:
    """Per occupation its share of the score from skills."""
    pairs = list(zip(profile.numbers, profile.weights, strict=True))
    values = [weight * index.skill_rarity[number] for number, weight in pairs]
    length = math.sqrt(math.fsum(value * value for value in values))
    products = [0.0] * len(taxonomy.occupations)
    if not length:
        return products
    grades = [(GRADE_WEIGHT[grade] * SKILLS / length, links) for grade, links in taxonomy.needed_by.items()]
    for number, weight in pairs:
        rare = index.skill_rarity[number]
        for grade, links in grades:
            value = weight * rare * rare * grade
            for occupation in links[number]:
                products[occupation] += value
    return list(map(mul, products, index.skill_length))


def _with_group_scores(scores: list[float], profile: Profile, index: ScoreIndex) -> list[float]:
    """Add to each occupation its share of the score from groups."""
    packed = 0
    for group, share in group_shares(profile, index):
        if group in index.packed:
            packed += int(share * SCALE) * index.packed[group]
            continue
        posting = index.groups[group]
        for occupation, weight in zip(posting.occupations, posting.weights, strict=True):
            scores[occupation] += share * weight
    if not packed:
        return scores
    sums = unpack(packed, len(scores))
    return [score + total * UNIT for score, total in zip(scores, sums, strict=True)]


def group_shares(profile: Profile, index: ScoreIndex) -> list[tuple[int, float]]:
    """The groups above a profile's skills, each with what it counts for; none where there are none."""
    sums: dict[int, float] = {}
    for number, weight in zip(profile.numbers, profile.weights, strict=True):
        for group, decay in index.steps[number]:
            sums[group] = sums.get(group, 0.0) + weight * decay
    values = {group: math.sqrt(total) * index.group_rarity[group] for group, total in sorted(sums.items())}
    length = math.sqrt(math.fsum(value * value for value in values.values()))
    return [(group, value * GROUPS / length) for group, value in values.items()]
