"""Why an occupation or a function profile fits, and what is missing: numbers that open to skills."""

import math
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import NamedTuple

from matching.bundle import load_bundle
from matching.profile import Profile, Skills, read_profile
from matching.taxonomy.compact import Taxonomy
from matching.taxonomy.model import Grade
from matching.vectors import GRADE_WEIGHT, index_of
from passport.answers import Reason

NAMED = 3
"""Skills that the sentences name; the lists hold all."""


class Demanded(NamedTuple):
    """One skill that is asked for: as much of passport.evidence's Demand as matching needs.

    A tuple, like SkillMatch, as hundreds are made for the first page of a ranking.
    """

    skill: str
    required: bool = True
    label: str = ""
    level: int | None = None


class SkillMatch(NamedTuple):
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


_SURPLUS = Demanded("", required=False)


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

    @property
    def reasons(self) -> tuple[Reason, ...]:
        """The same in sentences, as data; `matching.texts` renders them."""
        return _reasons(self)


def compare(
    skills: Skills | Profile,
    against: str | Sequence[Demanded],
    taxonomy: Taxonomy | None = None,
    *,
    language: str = "en",
    strengths: Mapping[str, str] | None = None,
    name: str = "",
) -> Comparison:
    """Compare skills with an occupation (its IRI) or with the demands of a function profile.

    Evidence is a second view: `strengths` (skill to strength) is only shown beside each skill.
    A profile that was read once, such as a ranking's, need not be read again.
    A demand for a skill of another taxonomy is met when the person has that very IRI.

    Raises:
        UnknownOccupation: no such occupation in this taxonomy.
        TooManySkills, WeightOutOfRange: the profile is beyond the limits.
    """
    release = taxonomy or load_bundle()
    profile = skills if isinstance(skills, Profile) else read_profile(skills, release)
    if isinstance(against, str):
        asked, subject, label = _needs_of(against, release), against, release.label(against, language)
    else:
        asked, subject, label = _asked(against, release), name, name
    has = {release.skills.iris[number] for number in profile.numbers}
    has.update(iri for iri in profile.unknown if iri in asked)
    weights = _weights(asked, release)
    shown = strengths or {}

    numbers, label_of = release.skills.numbers, release.skills.label

    def match(iri: str, share: float = 0.0) -> SkillMatch:
        _, required, text, level = asked.get(iri, _SURPLUS)
        if not text:
            text = label_of(numbers[iri], language) if iri in numbers else release.label(iri, language)
        return SkillMatch(iri, text, required, share, shown.get(iri), level)

    overlap = sorted(asked.keys() & has, key=lambda iri: (-weights[iri], iri))
    shortage = sorted(asked.keys() - has, key=lambda iri: (not asked[iri].required, -weights[iri], iri))
    total = math.fsum(weights[iri] for iri in overlap)
    return Comparison(
        subject,
        label,
        essential=_coverage(asked, has, required=True),
        optional=_coverage(asked, has, required=False),
        overlap=tuple([match(iri, weights[iri] / total if total else 0.0) for iri in overlap]),
        shortage=tuple([match(iri) for iri in shortage]),
        surplus=tuple([match(iri) for iri in sorted(has - asked.keys())]),
        unknown=tuple(iri for iri in profile.unknown if iri not in asked),
        retired=profile.retired,
    )


def _needs_of(occupation: str, taxonomy: Taxonomy) -> dict[str, Demanded]:
    number = taxonomy.occupation_number(occupation)
    iris = taxonomy.skills.iris
    return {
        iris[skill]: Demanded(iris[skill], grade is Grade.ESSENTIAL)
        for grade, links in taxonomy.needs.items()
        for skill in links[number]
    }


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


def _weights(asked: Mapping[str, Demanded], taxonomy: Taxonomy) -> dict[str, float]:
    """What each demand counts for: rarity, and a required one for more than an optional one.

    A skill that the taxonomy does not know counts as a rare one would.
    """
    rarity, numbers = index_of(taxonomy).skill_rarity, taxonomy.skills.numbers
    grade = {True: GRADE_WEIGHT[Grade.ESSENTIAL], False: GRADE_WEIGHT[Grade.OPTIONAL]}
    weights = {}
    for iri, demand in asked.items():
        number = numbers.get(iri)
        rare = 1.0 if number is None else rarity[number]
        weights[iri] = rare * rare * grade[demand.required]
    return weights


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
