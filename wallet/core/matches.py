"""Matching on the device: all occupations ranked, near work, one occupation or function profile explained.

Opens no socket: nobody learns what was looked at.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from matching.adjacent import adjacent
from matching.closeness import Closeness, closeness
from matching.explain import Comparison, Demanded, compare
from matching.intake.assessment import Answers
from matching.intake.beside import rank_beside
from matching.onet.model import Onet
from matching.score import Ranked, rank
from matching.taxonomy.compact import Taxonomy
from wallet.core.profile_skills import PersonProfile

SHOWN = 20
NEAR = 10


@dataclass(frozen=True, slots=True)
class Match:
    """One occupation at its place, with the numbers behind it."""

    ranked: Ranked
    label: str
    comparison: Comparison
    difference: float | None = None
    """Steps that an answer of the self-assessment is away, where that was counted as well and is known."""

    @property
    def closeness(self) -> Closeness:
        return closeness(self.ranked.score)


def match_occupations(
    person: PersonProfile, taxonomy: Taxonomy, *, language: str, most: int = SHOWN
) -> tuple[Match, ...]:
    """The best of all occupations; skills count whatever their proof, which is shown beside."""
    ranking = rank(person.weights, taxonomy)[:most]
    return _matches(person, (one for one in ranking if one.score > 0), taxonomy, language)


def match_with_answers(
    person: PersonProfile,
    answers: Answers,
    onet: Onet,
    taxonomy: Taxonomy,
    *,
    language: str,
    most: int = SHOWN,
) -> tuple[Match, ...]:
    """The best of all occupations by skills and self-assessment together; none without a pattern in it."""
    ranked = rank_beside(rank(person.weights, taxonomy), answers, onet, taxonomy)[:most]
    matches = _matches(
        person, (Ranked(one.occupation, one.score, one.place) for one in ranked), taxonomy, language
    )
    return tuple(
        replace(match, difference=one.difference) for match, one in zip(matches, ranked, strict=True)
    )


def match_near(
    person: PersonProfile, occupation: str, taxonomy: Taxonomy, *, language: str, most: int = NEAR
) -> tuple[Match, ...]:
    """Work close to an occupation, whoever asks; beside it what the person has of it.

    Raises UnknownOccupation.
    """
    return _matches(person, adjacent(occupation, taxonomy, most=most), taxonomy, language)


def match_chosen(
    person: PersonProfile, occupations: Sequence[str], taxonomy: Taxonomy, *, language: str
) -> tuple[Match, ...]:
    """The occupations that the person chose, at their places among all; unknown ones are left out."""
    ranking = rank(person.weights, taxonomy)
    found = [
        Ranked(iri, ranking.score(iri), ranking.place_of(iri))
        for iri in occupations
        if iri in taxonomy.occupations
    ]
    return _matches(person, sorted(found, key=lambda one: one.place), taxonomy, language)


def match_occupation(
    person: PersonProfile, occupation: str, taxonomy: Taxonomy, *, language: str
) -> Comparison:
    """Raises matching's UnknownOccupation."""
    return compare(
        person.weights,
        occupation,
        taxonomy,
        language=language,
        strengths=person.strengths,
        levels=person.levels,
    )


def match_demands(
    person: PersonProfile,
    demands: Sequence[Demanded],
    taxonomy: Taxonomy,
    *,
    language: str,
    name: str,
) -> Comparison:
    """Compare with what a function profile asks."""
    return compare(
        person.weights,
        demands,
        taxonomy,
        language=language,
        strengths=person.strengths,
        levels=person.levels,
        name=name,
    )


def _matches(
    person: PersonProfile, found: Iterable[Ranked], taxonomy: Taxonomy, language: str
) -> tuple[Match, ...]:
    return tuple(
        Match(
            one,
            taxonomy.label(one.occupation, language),
            match_occupation(person, one.occupation, taxonomy, language=language),
        )
        for one in found
    )
