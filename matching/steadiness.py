"""How much a place in the ranking hangs on single skills: an interval beside every number (R118).

A tenth of the profile is left out, ten times over, every skill once; where a place stays put, a forgotten or
wrongly ticked skill would not have changed it. Nothing is drawn by lot: the same profile gives the same
interval. It says nothing about whether the work suits the person, only how firm the number is.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from matching.profile import Skills
from matching.score import rank
from matching.taxonomy.compact import Taxonomy

PARTS = 10
"""Parts that are left out in turn; with fewer skills, each skill is one."""
_LEAST_PARTS = 2


@dataclass(frozen=True, slots=True)
class Steadiness:
    """Where an occupation stands with the whole profile, and between which bounds without a part of it."""

    occupation: str
    place: int
    best: int
    worst: int
    score: float
    lowest: float
    highest: float


def steadiness(
    skills: Skills, occupations: Collection[str], taxonomy: Taxonomy
) -> tuple[Steadiness, ...] | None:
    """The interval of each occupation, in the order given; None with fewer than two skills.

    Raises:
        UnknownOccupation, TooManySkills, WeightOutOfRange.
    """
    weights = dict(skills) if isinstance(skills, Mapping) else dict.fromkeys(skills, 1.0)
    known = sorted(iri for iri in weights if iri in taxonomy.skills or iri in taxonomy.retired)
    parts = min(PARTS, len(known))
    if parts < _LEAST_PARTS:
        return None
    whole = rank(weights, taxonomy)
    others = [
        rank({iri: weights[iri] for place, iri in enumerate(known) if place % parts != left_out}, taxonomy)
        for left_out in range(parts)
    ]
    found = []
    for iri in occupations:
        places = [one.place_of(iri) for one in others]
        scores = [one.score(iri) for one in others]
        found.append(
            Steadiness(
                iri,
                whole.place_of(iri),
                min(*places, whole.place_of(iri)),
                max(*places, whole.place_of(iri)),
                whole.score(iri),
                min(*scores, whole.score(iri)),
                max(*scores, whole.score(iri)),
            )
        )
    return tuple(found)
