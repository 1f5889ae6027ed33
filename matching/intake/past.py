"""Past work and schooling become skills: derived, with the reason, and soft until somebody proves them."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from matching.taxonomy.compact import Taxonomy
from matching.taxonomy.model import Grade
from matching.vectors import GRADE_WEIGHT
from passport.answers import Reason


class PastKind(StrEnum):
    WORK = "work"
    SCHOOL = "school"


@dataclass(frozen=True, slots=True)
class Past:
    """A job that somebody had, or a school or course that prepared for one."""

    id: str
    kind: PastKind
    occupations: tuple[str, ...]
    """IRIs: what the work was, or what the school prepared for."""
    since: int
    until: int | None = None
    """Years; no end while it goes on."""
    title: str = ""
    """What the person calls it."""
    level: str = ""
    """Of a school: a code of `SCHOOL_LEVELS`."""

    def last(self, now: int) -> int:
        return now if self.until is None else min(self.until, now)


SCHOOL_LEVELS = ("primary", "vmbo", "havo-vwo", "mbo-1", "mbo-2", "mbo-3", "mbo-4", "hbo", "wo", "course")
"""Dutch schooling, from the lowest on; a course has no level."""


@dataclass(frozen=True, slots=True)
class Origin:
    """One job or school that a skill follows from."""

    past: Past
    occupation: str
    grade: Grade
    last: int
    """The year in which it was last used."""

    @property
    def weight(self) -> float:
        """What it counts for before its age is taken into account."""
        return GRADE_WEIGHT[self.grade]


@dataclass(frozen=True, slots=True)
class Derived:
    """A skill that follows from the past; a guess about the person, not a proof."""

    skill: str
    origins: tuple[Origin, ...]
    """The one that counts most first."""

    @property
    def last(self) -> int:
        return max(origin.last for origin in self.origins)


def derive(pasts: Iterable[Past], taxonomy: Taxonomy, *, now: int) -> tuple[Derived, ...]:
    """The skills of all that somebody did, the essential ones that were last used first.

    `matching.recency` says what age leaves of a weight. An occupation that the taxonomy does not know gives
    no skills.
    """
    origins: dict[str, list[Origin]] = {}
    for past in pasts:
        last = past.last(now)
        for occupation in past.occupations:
            if occupation not in taxonomy.occupations:
                continue
            for grade in Grade:
                for skill in taxonomy.skills_of(occupation, grade):
                    origins.setdefault(skill, []).append(Origin(past, occupation, grade, last))
    found = [Derived(skill, tuple(sorted(each, key=_place))) for skill, each in origins.items()]
    return tuple(sorted(found, key=lambda one: (*_place(one.origins[0])[:2], one.skill)))


def _place(origin: Origin) -> tuple[float, int, str, str]:
    return (-origin.weight, -origin.last, origin.past.id, origin.occupation)


def why(origin: Origin, taxonomy: Taxonomy) -> Reason:
    """Why a skill is here, as a reason in both languages."""
    kind = "school" if origin.past.kind is PastKind.SCHOOL else "work"
    grade = "essential" if origin.grade is Grade.ESSENTIAL else "other"
    return Reason(
        f"intake.{kind}-{grade}",
        {
            "occupation.nl": taxonomy.label(origin.occupation, "nl"),
            "occupation.en": taxonomy.label(origin.occupation, "en"),
            "since": origin.past.since,
            "until": origin.last,
        },
    )


def faded(year: int, left: float) -> Reason:
    """What age left of it, as a part of 1."""
    return Reason("intake.faded", {"year": year, "percent": round(100 * left)})
