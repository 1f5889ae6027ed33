"""What the shipped taxonomy tells the linter of function profiles: an occupation's skills, their names."""

from collections.abc import Mapping

from matching.bundle import load_bundle
from matching.taxonomy.model import Grade
from passport.evidence.findings import Labels, OccupationSkills


def occupation_skills(occupation: str | None, taxonomy: str) -> OccupationSkills | None:
    """The skills of an occupation; None where the taxonomy is another, or has no such occupation."""
    shipped = load_bundle()
    if taxonomy != shipped.name or occupation is None or occupation not in shipped.occupations:
        return None
    essential = frozenset(shipped.skills_of(occupation, Grade.ESSENTIAL))
    others = (shipped.skills_of(occupation, grade) for grade in Grade if grade is not Grade.ESSENTIAL)
    return OccupationSkills(essential, frozenset().union(*others))


def labels_in(taxonomy: str) -> Labels | None:
    """What skills are called in a taxonomy; None where it is another one."""
    shipped = load_bundle()
    if taxonomy != shipped.name:
        return None

    def labels(skill: str) -> Mapping[str, str] | None:
        number = shipped.skills.numbers.get(skill)
        if number is None:
            return None
        told = {language: names[number] for language, names in shipped.skills.labels.items()}
        return {language: name for language, name in told.items() if name}

    return labels
