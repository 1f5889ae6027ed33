"""Why an occupation or a function profile fits, and what is missing: numbers that open to skills."""

from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from math import fsum
from typing import NamedTuple, TypeVar

from matching.bundle import load_bundle
from matching.compared import Comparison, Coverage, Demanded, SkillMatch
from matching.profile import Profile, Skills, read_profile
from matching.taxonomy.compact import Taxonomy
from matching.taxonomy.model import Grade
from matching.vectors import GRADE_WEIGHT, ScoreIndex, index_of

__all__ = ["Comparison", "Coverage", "Demanded", "SkillMatch", "compare"]

_Row = tuple[float, str, int, bool, int | None, str]
"""A skill that is asked for: minus what it weighs, its IRI, its number (-1 where this taxonomy has none),
whether it is required, at which level, and what the demand calls it. Sorted, the heaviest comes first."""
_STRANGER = -1
Value = TypeVar("Value")


def compare(
    skills: Skills | Profile,
    against: str | Sequence[Demanded],
    taxonomy: Taxonomy | None = None,
    *,
    language: str = "en",
    strengths: Mapping[str, str] | None = None,
    levels: Mapping[str, int] | None = None,
    name: str = "",
) -> Comparison:
    """Compare skills with an occupation (its IRI) or with the demands of a function profile.

    Evidence is a second view: `strengths` (skill to strength) is only shown beside each skill.
    A skill at a lower level (`levels`) than a demand asks is not met; where no level is known it is met, and
    marked. A profile that was read once, such as a ranking's, need not be read again.
    A demand for a skill of another taxonomy is met when the person has that very IRI.

    Raises:
        UnknownOccupation: no such occupation in this taxonomy.
        TooManySkills, WeightOutOfRange: the profile is beyond the limits.
    """
    release = taxonomy or load_bundle()
    profile = skills if isinstance(skills, Profile) else read_profile(skills, release)
    index = index_of(release)
    if isinstance(against, str):
        rows, subject, label = _needs_of(against, release, index), against, release.label(against, language)
    else:
        rows, subject, label = _asked(against, release, index), name, name
    view = _View(
        subject,
        label,
        release.skills.iris,
        _names(release, language),
        _successors(strengths or {}, release),
        _successors(levels or {}, release),
    )
    return _beside(profile, rows, view)


class _View(NamedTuple):
    """What is shown of each skill, and of what they are compared with."""

    subject: str
    label: str
    iris: tuple[str, ...]
    names: list[str]
    strengths: Mapping[str, str]
    levels: Mapping[str, int]


def _beside(profile: Profile, rows: list[_Row], view: _View) -> Comparison:
    subject, label, iris, names, strengths, levels = view
    has = {iris[number]: weight for number, weight in zip(profile.numbers, profile.weights, strict=True)}
    asked = {row[1] for row in rows}
    if profile.unknown:
        has.update((iri, 1.0) for iri in profile.unknown if iri in asked)
    met = sorted(
        [row for row in rows if row[1] in has and _reached(row, levels)],
        key=lambda row: (has[row[1]] * row[0], row[1]),
    )
    there = {row[1] for row in met}
    lacking = sorted([row for row in rows if row[1] not in there], key=_required_first)
    values = [has[row[1]] * -row[0] for row in met]
    total = fsum(values)
    strength_of, level_of = strengths.get, levels.get
    new: Callable[[type[SkillMatch], tuple[object, ...]], SkillMatch] = tuple.__new__

    shares = [value / total if total else 0.0 for value in values]
    listed = [
        new(
            SkillMatch,
            (
                iri,
                text or names[number],
                required,
                share,
                strength_of(iri),
                level,
                level_of(iri),
                has.get(iri, 0.0),
            ),
        )
        for (_, iri, number, required, level, text), share in zip(
            [*met, *lacking], [*shares, *([0.0] * len(lacking))], strict=True
        )
    ]
    return Comparison(
        subject,
        label,
        essential=Coverage(sum(1 for row in met if row[3]), sum(1 for row in rows if row[3])),
        optional=Coverage(sum(1 for row in met if not row[3]), sum(1 for row in rows if not row[3])),
        overlap=tuple(listed[: len(met)]),
        shortage=tuple(listed[len(met) :]),
        surplus=tuple(
            [
                new(
                    SkillMatch,
                    (iri, names[number], False, 0.0, strength_of(iri), None, level_of(iri), weight),
                )
                for number, weight in zip(profile.numbers, profile.weights, strict=True)
                for iri in (iris[number],)
                if iri not in asked
            ]
        ),
        unknown=tuple([iri for iri in profile.unknown if iri not in asked]),
        retired=profile.retired,
    )


@lru_cache(maxsize=4)
def _names(taxonomy: Taxonomy, language: str) -> list[str]:
    """What the skills are called, by their numbers."""
    return [taxonomy.skills.label(number, language) for number in range(len(taxonomy.skills))]


def _reached(row: _Row, levels: Mapping[str, int]) -> bool:
    """The level that is asked for is there, or nobody can say."""
    asked = row[4]
    return asked is None or levels.get(row[1], asked) >= asked


def _required_first(row: _Row) -> tuple[bool, float, str]:
    return not row[3], row[0], row[1]


def _needs_of(occupation: str, taxonomy: Taxonomy, index: ScoreIndex) -> list[_Row]:
    number = taxonomy.occupation_number(occupation)
    iris, rare = taxonomy.skills.iris, index.skill_rarity
    rows: list[_Row] = []
    for grade, links in taxonomy.needs.items():
        weight, required = -GRADE_WEIGHT[grade], grade is Grade.ESSENTIAL
        rows += [
            (rare[skill] * rare[skill] * weight, iris[skill], skill, required, None, "")
            for skill in links[number]
        ]
    return rows


def _asked(demands: Sequence[Demanded], taxonomy: Taxonomy, index: ScoreIndex) -> list[_Row]:
    """The demands by skill; a skill that is asked for twice counts once, required before optional, and at the
    highest of its levels: so a profile that contradicts itself is met in any order by who meets all of it.

    A required demand weighs as an essential skill, and one that this taxonomy does not know as a rare one.
    """
    asked: dict[str, Demanded] = {}
    for demand in demands:
        iri = _followed(demand.skill, taxonomy)
        before = asked.get(iri)
        if before is None:
            asked[iri] = demand
            continue
        levels = [one.level for one in (before, demand) if one.level is not None]
        kept = demand if demand.required > before.required else before
        asked[iri] = kept._replace(level=max(levels, default=None))
    rows = []
    for iri, demand in asked.items():
        number = taxonomy.skills.numbers.get(iri, _STRANGER)
        rare = 1.0 if number == _STRANGER else index.skill_rarity[number]
        grade = GRADE_WEIGHT[Grade.ESSENTIAL if demand.required else Grade.OPTIONAL]
        label = demand.label or ("" if number != _STRANGER else taxonomy.label(iri))
        rows.append((-(rare * rare * grade), iri, number, demand.required, demand.level, label))
    return rows


def _followed(iri: str, taxonomy: Taxonomy) -> str:
    """A retired skill's successor, where there is one."""
    gone = taxonomy.retired.get(iri)
    return gone.successor or iri if gone else iri


def _successors(told: Mapping[str, Value], taxonomy: Taxonomy) -> Mapping[str, Value]:
    """What is told of skills, with what is told of a retired one at its successor."""
    if not told or taxonomy.retired.keys().isdisjoint(told):
        return told
    return {**{_followed(iri, taxonomy): value for iri, value in told.items()}, **told}
