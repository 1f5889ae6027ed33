"""Why an occupation or a function profile fits, and what is missing: numbers that open to skills."""

import math
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from matching.bundle import load_bundle
from matching.profile import Skills, read_profile
from matching.taxonomy.compact import Taxonomy
from matching.taxonomy.model import Grade
from matching.vectors import GRADE_WEIGHT, index_of
from passport.answers import Reason


NAMED = 3
"""Skills that the sentences name; the lists hold all."""


@dataclass(frozen=True, slots=True)
class Demanded:
    """One skill that is asked for; the shape of passport.evidence's Demand, as far as matching needs it."""

    skill: str
    required: bool = True
    label: str = ""
    level: int | None = None


@dataclass(frozen=True, slots=True)
class SkillMatch:
    """One skill in a comparison."""

    skill: str
    label: str
    required: bool
    share: float = 0.0
    """Its part of the overlap, by rarity; all parts together are 1."""
    strength: str | None = None
    """The strength of its evidence, for showing beside; it never changes a number."""
    level: int | None = None
    """The level that is asked for."""


@dataclass(frozen=True, slots=True)
class Coverage:
    """How many of the skills that are asked for are there: "14 of 21"."""

    met: int
    of: int

    @property
    def fraction(self) -> Fraction:
        """Nothing asked is nothing shown to be met: 0."""
        return Fraction(self.met, self.of) if self.of else Fraction(0)


@dataclass(frozen=True, slots=True)
class Comparison:
    """A person's skills beside those of an occupation or a function profile."""

    subject: str
    """The IRI or name of what was compared with."""
    label: str
    essential: Coverage
    optional: Coverage
    overlap: tuple[SkillMatch, ...]
    """Has and is asked for: the productive skills; those that weigh most first."""
    shortage: tuple[SkillMatch, ...]
    """Is asked for and not there: required ones first."""
    surplus: tuple[SkillMatch, ...]
    """Has and is not asked for."""
    unknown: tuple[str, ...]
    """IRIs in the profile that are not in this taxonomy, nor asked for."""
    retired: tuple[str, ...]
    reasons: tuple[Reason, ...] = ()
    """The same in sentences, as data; see `matching.texts`."""


def compare(
    skills: Skills,
    against: str | Sequence[Demanded],
    taxonomy: Taxonomy | None = None,
    *,
    language: str = "en",
    strengths: Mapping[str, str] | None = None,
    name: str = "",
) -> Comparison:
    """Compare skills with an occupation (its IRI) or with the demands of a function profile.

    Evidence is a second view: `strengths` (skill to strength) is only shown beside each skill.
    A demand for a skill of another taxonomy is met when the person has that very IRI.

    Raises:
        UnknownOccupation: no such occupation in this taxonomy.
        TooManySkills, WeightOutOfRange: the profile is beyond the limits.
    """
    release = taxonomy or load_bundle()
    profile = read_profile(skills, release)
    if isinstance(against, str):
        demands, subject, label = _demands_of(against, release), against, release.label(against, language)
    else:
        demands, subject, label = list(against), name, name
    asked = _asked(demands, release)
    has = {release.skills.iris[number] for number in profile.numbers} | (asked.keys() & set(skills))
    weights = {iri: _weight(iri, demand, release) for iri, demand in asked.items()}
    total = math.fsum(weights[iri] for iri in has & asked.keys())

    def match(iri: str) -> SkillMatch:
        demand = asked.get(iri)
        return SkillMatch(
            iri,
            (demand.label if demand else "") or release.label(iri, language),
            required=bool(demand and demand.required),
            share=weights[iri] / total if iri in has and demand and total else 0.0,
            strength=(strengths or {}).get(iri),
            level=demand.level if demand else None,
        )

    overlap = sorted(map(match, asked.keys() & has), key=lambda one: (-one.share, one.skill))
    shortage = sorted(
        map(match, asked.keys() - has),
        key=lambda one: (not one.required, -weights[one.skill], one.skill),
    )
    comparison = Comparison(
        subject,
        label,
        essential=_coverage(asked, has, required=True),
        optional=_coverage(asked, has, required=False),
        overlap=tuple(overlap),
        shortage=tuple(shortage),
        surplus=tuple(match(iri) for iri in sorted(has - asked.keys())),
        unknown=tuple(iri for iri in profile.unknown if iri not in asked),
        retired=profile.retired,
    )
    return replace(comparison, reasons=_reasons(comparison))


def _demands_of(occupation: str, taxonomy: Taxonomy) -> list[Demanded]:
    return [
        Demanded(skill, required=grade is Grade.ESSENTIAL)
        for grade in taxonomy.needed_by
        for skill in taxonomy.skills_of(occupation, grade)
    ]


def _asked(demands: Sequence[Demanded], taxonomy: Taxonomy) -> dict[str, Demanded]:
    """The demands by skill; a skill that is asked for twice counts once, required before optional."""
    asked: dict[str, Demanded] = {}
    for demand in demands:
        iri = _followed(demand.skill, taxonomy)
        if iri not in asked or demand.required > asked[iri].required:
            asked[iri] = demand
    return asked


def _coverage(asked: Mapping[str, Demanded], has: Collection[str], *, required: bool) -> Coverage:
    wanted = [iri for iri, demand in asked.items() if demand.required is required]
    return Coverage(sum(1 for iri in wanted if iri in has), len(wanted))


def _followed(iri: str, taxonomy: Taxonomy) -> str:
    """A retired skill's successor, where there is one."""
    gone = taxonomy.retired.get(iri)
    return gone.successor or iri if gone else iri


def _weight(iri: str, demand: Demanded, taxonomy: Taxonomy) -> float:
    number = taxonomy.skills.numbers.get(iri)
    rarity = 1.0 if number is None else index_of(taxonomy).skill_idf[number]
    return rarity * rarity * GRADE_WEIGHT[Grade.ESSENTIAL if demand.required else Grade.OPTIONAL]


def _reasons(found: Comparison) -> tuple[Reason, ...]:
    missing = [one for one in found.shortage if one.required]
    essential, optional = found.essential, found.optional
    reasons = [
        Reason("match.essential", {"met": essential.met, "of": essential.of, "name": found.label})
        if essential.of
        else Reason("match.nothing-essential", {"name": found.label})
    ]
    if optional.of:
        reasons.append(Reason("match.optional", {"met": optional.met, "of": optional.of}))
    reasons += [
        Reason("match.contributes", {"skill": one.label, "percent": round(100 * one.share)})
        for one in found.overlap[:NAMED]
        if one.share
    ]
    reasons += [Reason("match.missing", {"skill": one.label}) for one in missing[:NAMED]]
    if len(missing) > NAMED:
        reasons.append(Reason("match.missing-more", {"count": len(missing) - NAMED}))
    counted = {
        "match.surplus": found.surplus,
        "match.unknown": found.unknown,
        "match.retired": found.retired,
    }
    reasons += [Reason(code, {"count": len(listed)}) for code, listed in counted.items() if listed]
    return tuple(reasons)
