"""What a person can do, as scoring takes it: skills with a weight each."""

import math
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from matching.errors import TooManySkills, WeightOutOfRange
from matching.limits import PROFILE
from matching.taxonomy.compact import Taxonomy

Skills = Mapping[str, float] | Collection[str]
"""IRIs of skills; with a weight above 0 and at most 1 where some count less, because they were long ago."""


@dataclass(frozen=True, slots=True)
class Profile:
    """Skills by their number in a taxonomy, ascending, with their weights, and what was not found there."""

    numbers: tuple[int, ...]
    weights: tuple[float, ...]
    unknown: tuple[str, ...] = ()
    """IRIs that are not skills of this release."""
    retired: tuple[str, ...] = ()
    """IRIs of an older release without a successor."""


def read_profile(skills: Skills, taxonomy: Taxonomy) -> Profile:
    """Look up the skills of a profile; a retired one with a successor counts as that.

    The order does not matter and a skill counts once, with its highest weight.

    Raises:
        TooManySkills: more than `PROFILE.skills`.
        WeightOutOfRange: a weight that is no number above 0 and at most 1.
    """
    if len(skills) > PROFILE.skills:
        raise TooManySkills(limit=PROFILE.skills)
    weighted: Iterable[tuple[str, float]]
    weighted = skills.items() if isinstance(skills, Mapping) else ((iri, 1.0) for iri in skills)
    found: dict[int, float] = {}
    unknown: set[str] = set()
    retired: set[str] = set()
    for iri, weight in weighted:
        if not (isinstance(weight, (int, float)) and math.isfinite(weight) and 0 < weight <= 1):
            raise WeightOutOfRange
        number = taxonomy.skills.numbers.get(iri)
        if number is None:
            gone = taxonomy.retired.get(iri)
            number = taxonomy.skills.numbers.get(gone.successor or "") if gone else None
            if number is None:
                (retired if gone else unknown).add(iri)
                continue
        found[number] = max(found.get(number, 0.0), float(weight))
    numbers = tuple(sorted(found))
    return Profile(
        numbers, tuple(found[number] for number in numbers), tuple(sorted(unknown)), tuple(sorted(retired))
    )
