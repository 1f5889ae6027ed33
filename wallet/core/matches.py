"""Matching on the device: all occupations ranked, and one of them or a function profile explained.

Opens no socket: nobody learns what was looked at.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from matching.explain import Comparison, Demanded, compare
from matching.score import Ranked, rank
from matching.taxonomy.compact import Taxonomy
from passport.evidence.link import SkillEvidence
from wallet.core.skills import certain_strength

SHOWN = 20


@dataclass(frozen=True, slots=True)
class Match:
    """One occupation at its place, with the numbers behind it."""

    ranked: Ranked
    label: str
    comparison: Comparison


def match_occupations(
    evidence: Sequence[SkillEvidence], taxonomy: Taxonomy, *, language: str, most: int = SHOWN
) -> tuple[Match, ...]:
    """The best of all occupations; skills count whatever their proof, which is shown beside."""
    ranking = rank({one.skill for one in evidence}, taxonomy)
    return tuple(
        Match(
            ranked,
            taxonomy.label(ranked.occupation, language),
            match_occupation(evidence, ranked.occupation, taxonomy, language=language),
        )
        for ranked in ranking[:most]
        if ranked.score > 0
    )


def match_occupation(
    evidence: Sequence[SkillEvidence], occupation: str, taxonomy: Taxonomy, *, language: str
) -> Comparison:
    """Raises matching's UnknownOccupation."""
    return compare(
        {one.skill for one in evidence},
        occupation,
        taxonomy,
        language=language,
        strengths=_strengths(evidence),
    )


def match_demands(
    evidence: Sequence[SkillEvidence],
    demands: Sequence[Demanded],
    taxonomy: Taxonomy,
    *,
    language: str,
    name: str,
) -> Comparison:
    """Compare with what a function profile asks."""
    return compare(
        {one.skill for one in evidence},
        demands,
        taxonomy,
        language=language,
        strengths=_strengths(evidence),
        name=name,
    )


def _strengths(evidence: Sequence[SkillEvidence]) -> dict[str, str]:
    return {one.skill: str(certain_strength(one)) for one in evidence}
