"""Skills that follow from a document, each with the reason why. What is derived is a start, never proof.

A claim made of them has the genre `derived`, so the rule table holds it soft, whoever signed the document.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from passport.answers import Reason
from passport.credentials import Credential
from passport.elm import EuropeanCredential
from passport.evidence.skill_map import MappedQualification, SkillMap


@dataclass(frozen=True, slots=True)
class DerivedSkill:
    """One skill that a document leads to. `sure` is False where it only usually goes with it."""

    skill: str
    name: str
    framework: str | None
    reasons: tuple[Reason, ...]
    sure: bool


def from_european(document: EuropeanCredential) -> tuple[DerivedSkill, ...]:
    """The skills that the learning outcomes of a European Digital Credential name."""
    return tuple(
        DerivedSkill(
            skill.id,
            skill.name,
            "ESCO" if skill.esco else None,
            (Reason("derived.outcome", {"outcome": skill.outcome}),),
            sure=True,
        )
        for skill in document.skills
    )


def from_badge(credential: Credential) -> tuple[DerivedSkill, ...]:
    """The skills that a badge aligns to: those it proves itself, in whatever standing it is."""
    achievement = credential.subject.achievement
    reason = Reason("derived.aligned", {"name": achievement.name})
    return tuple(
        DerivedSkill(each.target_url, each.target_name, each.target_framework, (reason,), sure=True)
        for each in achievement.alignments
    )


def from_map(found: SkillMap, entry: MappedQualification, language: str) -> tuple[DerivedSkill, ...]:
    """The skills that a published map gives for a qualification, with the map's own source for each."""
    called = entry.name.get(language) or next(iter(entry.name.values()))
    return tuple(
        DerivedSkill(
            each.skill,
            each.name,
            found.taxonomy,
            (
                Reason(
                    "derived.mapped",
                    {
                        "qualification": called,
                        "publisher": found.publisher_name,
                        "date": found.valid_from.date().isoformat(),
                        "source": each.source,
                    },
                ),
                Reason(f"derived.match.{each.closeness}"),
            ),
            sure=False,
        )
        for each in entry.skills
    )


def from_occupation(
    occupation: str, skills: Iterable[tuple[str, str]], framework: str
) -> tuple[DerivedSkill, ...]:
    """The skills that an occupation needs, by identifier and label: usual in that work, seen by nobody."""
    reason = Reason("derived.occupation", {"occupation": occupation, "taxonomy": framework})
    return tuple(DerivedSkill(skill, name, framework, (reason,), sure=False) for skill, name in skills)


def together(*groups: Iterable[DerivedSkill]) -> tuple[DerivedSkill, ...]:
    """Each skill once, with all reasons for it; the first that names it gives its name."""
    found: dict[str, DerivedSkill] = {}
    for each in (each for group in groups for each in group):
        known = found.get(each.skill)
        found[each.skill] = each if known is None else _joined(known, each)
    return tuple(found.values())


def _joined(one: DerivedSkill, other: DerivedSkill) -> DerivedSkill:
    reasons = (*one.reasons, *(reason for reason in other.reasons if reason not in one.reasons))
    return DerivedSkill(
        one.skill, one.name, one.framework or other.framework, reasons, one.sure or other.sure
    )
