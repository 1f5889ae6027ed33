"""A function profile to start from: what an occupation needs, the skills that tell most in front."""

from collections.abc import Mapping
from dataclasses import dataclass

from matching.taxonomy.compact import Taxonomy
from matching.taxonomy.model import Grade
from matching.vectors import index_of


@dataclass(frozen=True, slots=True)
class StartingSkill:
    """One skill of an occupation, with its labels by language."""

    skill: str
    labels: Mapping[str, str]
    required: bool


def start_from(occupation: str, taxonomy: Taxonomy, *, most: int) -> tuple[StartingSkill, ...]:
    """The essential skills as required, then the others; within each, those that few occupations ask.

    An employer cuts down from there: what all work asks for tells nobody apart.

    Raises UnknownOccupation.
    """
    number = taxonomy.occupation_number(occupation)
    rare = index_of(taxonomy).skill_rarity
    found = [
        (grade is not Grade.ESSENTIAL, -rare[skill], skill)
        for grade, links in taxonomy.needs.items()
        for skill in links[number]
    ]
    return tuple(
        StartingSkill(taxonomy.skills.iris[skill], _labels(skill, taxonomy), not optional)
        for optional, _, skill in sorted(found)[:most]
    )


def _labels(skill: int, taxonomy: Taxonomy) -> dict[str, str]:
    """Those that a language has of its own."""
    told = {language: names[skill] for language, names in taxonomy.skills.labels.items()}
    return {language: name for language, name in told.items() if name}
