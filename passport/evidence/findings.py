"""What the linter of function profiles finds, and what it may use to find it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from passport.answers import Reason
from passport.trust import TrustStore

Labels = Callable[[str], Mapping[str, str] | None]
"""What a skill is called, by language, from its identifier; None for one that the taxonomy lacks."""


class Severity(StrEnum):
    ERROR = "error"
    WARNING = "warning"
    HINT = "hint"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is wrong, with the demand that it is about; None for the whole profile."""

    severity: Severity
    reason: Reason
    skill: str | None = None

    @property
    def code(self) -> str:
        return self.reason.code


@dataclass(frozen=True, slots=True)
class OccupationSkills:
    """The skills that an occupation has by a taxonomy, by identifier."""

    essential: frozenset[str]
    optional: frozenset[str] = frozenset()

    @property
    def all(self) -> frozenset[str]:
        return self.essential | self.optional


@dataclass(frozen=True, slots=True)
class Known:
    """What the rules may use beside the profile."""

    now: datetime
    trust: TrustStore | None
    occupation: OccupationSkills | None
    labels: Labels | None
    rubric_levels: int

    def names(self, skill: str) -> Mapping[str, str]:
        """What the taxonomy calls a skill; nothing where there is no taxonomy or no such skill."""
        return (self.labels(skill) if self.labels is not None else None) or {}
