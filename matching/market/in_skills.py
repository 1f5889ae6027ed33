"""Demand in skills instead of titles: what the work around somebody asks for, skill by skill (R103).

The formula: a skill counts the vacancies of the last year of every occupation that needs it. Occupations
whose figures are those of one group count that group once, so that no vacancy is counted twice. Nothing is
estimated: an occupation without figures counts as one that asks, and adds no vacancies.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from matching.market.chances import level
from matching.market.outlook import Outlook
from matching.taxonomy.compact import Taxonomy
from matching.taxonomy.model import Grade


@dataclass(frozen=True, slots=True)
class WorkAsked:
    """One occupation, and the vacancies of the last year in the figures that speak for it."""

    occupation: str
    counted: str | None = None
    """Whose figures they are: of the occupation or of a group; None without figures."""
    vacancies: int = 0


@dataclass(frozen=True, slots=True)
class SkillAsked:
    """One skill: by how many of the occupations it is needed, and the vacancies in which."""

    skill: str
    occupations: int
    vacancies: int


def work_asked(found: Outlook) -> WorkAsked:
    """What a set says of one occupation, as it counts here."""
    series, market = found.series, found.market
    if series is None or market is None:
        return WorkAsked(found.occupation)
    year = level(series.vacancies[-market.first.period.a_year :], market.measure)
    if year is None:
        return WorkAsked(found.occupation)
    return WorkAsked(found.occupation, series.occupation, round(year))


def in_skills(work: Sequence[WorkAsked], taxonomy: Taxonomy) -> tuple[SkillAsked, ...]:
    """Every skill that some of the occupations need, the one that is asked most in front.

    Ties stand in the order of how many occupations need them, then of their IRIs.
    """
    occupations: dict[str, int] = {}
    counted: dict[str, dict[str, int]] = {}
    for each in work:
        if each.occupation not in taxonomy.occupations:
            continue
        for skill in taxonomy.skills_of(each.occupation, Grade.ESSENTIAL):
            occupations[skill] = occupations.get(skill, 0) + 1
            if each.counted is not None:
                counted.setdefault(skill, {})[each.counted] = each.vacancies
    found = (
        SkillAsked(skill, count, sum(counted.get(skill, {}).values())) for skill, count in occupations.items()
    )
    return tuple(sorted(found, key=lambda one: (-one.vacancies, -one.occupations, one.skill)))
