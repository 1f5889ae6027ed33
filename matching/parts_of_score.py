"""A score opened: what every skill and every group of skills adds to it. All parts together are the score."""

import math
from dataclasses import dataclass

from matching.profile import Profile
from matching.score import SKILLS, group_shares
from matching.taxonomy.compact import Taxonomy
from matching.vectors import GRADE_WEIGHT, SCALE, UNIT, index_of, unpack


@dataclass(frozen=True, slots=True)
class Part:
    """What one skill, or one group of alike skills, adds."""

    iri: str
    label: str
    value: float


@dataclass(frozen=True, slots=True)
class ScoreParts:
    """Skills that are shared to the letter, and groups in which both have something; the largest first."""

    skills: tuple[Part, ...]
    groups: tuple[Part, ...]

    @property
    def from_skills(self) -> float:
        return math.fsum(part.value for part in self.skills)

    @property
    def from_groups(self) -> float:
        return math.fsum(part.value for part in self.groups)

    @property
    def total(self) -> float:
        return self.from_skills + self.from_groups


def parts_of(profile: Profile, occupation: str, taxonomy: Taxonomy, *, language: str = "en") -> ScoreParts:
    """Open the score of one occupation for a profile that a ranking read; raises UnknownOccupation."""
    number = taxonomy.occupation_number(occupation)
    return ScoreParts(
        _ordered(_skills(profile, number, taxonomy, language)),
        _ordered(_groups(profile, number, taxonomy, language)),
    )


def _skills(profile: Profile, occupation: int, taxonomy: Taxonomy, language: str) -> list[Part]:
    index = index_of(taxonomy)
    rare = index.skill_rarity
    values = [weight * rare[skill] for skill, weight in zip(profile.numbers, profile.weights, strict=True)]
    length = math.sqrt(math.fsum(value * value for value in values))
    if not length:
        return []
    own = dict(zip(profile.numbers, profile.weights, strict=True))
    share = SKILLS / length * index.skill_length[occupation]
    return [
        Part(
            taxonomy.skills.iris[skill],
            taxonomy.skills.label(skill, language),
            own[skill] * rare[skill] * rare[skill] * GRADE_WEIGHT[grade] * share,
        )
        for grade, links in taxonomy.needs.items()
        for skill in links[occupation]
        if skill in own
    ]


def _groups(profile: Profile, occupation: int, taxonomy: Taxonomy, language: str) -> list[Part]:
    index, first, width = index_of(taxonomy), len(taxonomy.skills), len(taxonomy.occupations)
    found = []
    for group, share in group_shares(profile, index):
        if group in index.packed:
            value = UNIT * unpack(int(share * SCALE) * index.packed[group], width)[occupation]
        else:
            posting = index.groups[group]
            value = share * dict(zip(posting.occupations, posting.weights, strict=True)).get(occupation, 0.0)
        iri = taxonomy.skill_groups.iris[group - first]
        found.append(Part(iri, taxonomy.skill_groups.label(group - first, language), value))
    return found


def _ordered(parts: list[Part]) -> tuple[Part, ...]:
    return tuple(sorted((part for part in parts if part.value > 0), key=lambda part: (-part.value, part.iri)))
