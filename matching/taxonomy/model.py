"""One model for ESCO, O*NET and CompetentNL, as a release is read from its publisher's files."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Grade(StrEnum):
    """How much a skill belongs to an occupation, the strongest first.

    ESCO grades essential and optional; CompetentNL essential, important and somewhat.
    """

    ESSENTIAL = "essential"
    IMPORTANT = "important"
    SOMEWHAT = "somewhat"
    OPTIONAL = "optional"


class SkillKind(StrEnum):
    SKILL = "skill"
    KNOWLEDGE = "knowledge"
    TASK = "task"
    """Part of an occupation's work (CompetentNL); to be able to do it is a skill."""


class Reuse(StrEnum):
    """In how many fields a skill is of use (ESCO's reuse level)."""

    TRANSVERSAL = "transversal"
    CROSS_SECTOR = "cross-sector"
    SECTOR_SPECIFIC = "sector-specific"
    OCCUPATION_SPECIFIC = "occupation-specific"


@dataclass(frozen=True, slots=True)
class Concept:
    """Something with an IRI, labels per language and broader concepts."""

    iri: str
    labels: Mapping[str, str]
    alternates: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    broader: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Skill(Concept):
    kind: SkillKind = SkillKind.SKILL
    reuse: Reuse = Reuse.SECTOR_SPECIFIC


@dataclass(frozen=True, slots=True)
class Occupation(Concept):
    code: str = ""
    skills: Mapping[Grade, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Retired:
    """A concept that an older release had; its label is kept so that old credentials stay readable."""

    iri: str
    label: str
    successor: str | None = None


@dataclass(frozen=True, slots=True)
class Release:
    """One release of one taxonomy. Every table is sorted by IRI."""

    scheme: str
    version: str
    licence: str
    attribution: tuple[str, ...]
    occupations: tuple[Occupation, ...]
    skills: tuple[Skill, ...]
    skill_groups: tuple[Concept, ...]
    occupation_groups: tuple[Concept, ...]
    retired: tuple[Retired, ...] = ()
    dropped: Mapping[str, int] = field(default_factory=dict)
    """What the publisher's files hold and the release can't: the rule and how many."""
    look_alikes: int = 0
    """Labels that look like another one and are written otherwise; they are kept, and reported."""
