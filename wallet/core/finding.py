"""Find skills and occupations by what people type, in Dutch or English, on the device."""

from matching.search import Table, search
from matching.taxonomy.compact import Taxonomy
from matching.taxonomy.model import Grade

SHOWN = 30

Found = tuple[tuple[str, str], ...]
"""Identifiers with their labels, the best first."""


def find_skills(taxonomy: Taxonomy, text: str, language: str) -> Found:
    """Raises SearchTextTooLong."""
    return _find(taxonomy, Table.SKILLS, text, language)


def find_occupations(taxonomy: Taxonomy, text: str, language: str) -> Found:
    """Raises SearchTextTooLong."""
    return _find(taxonomy, Table.OCCUPATIONS, text, language)


def skills_of_work(taxonomy: Taxonomy, occupation: str, language: str) -> Found:
    """What an occupation takes, the essential first. Raises UnknownOccupation.

    Most skills have no Dutch name in what is shipped, and occupations have: people find skills by their work.
    """
    needed = (skill for grade in Grade for skill in taxonomy.skills_of(occupation, grade))
    return tuple((skill, taxonomy.label(skill, language)) for skill in dict.fromkeys(needed))


def _find(taxonomy: Taxonomy, table: Table, text: str, language: str) -> Found:
    return tuple((found.iri, found.label) for found in search(taxonomy, table, text, language, top=SHOWN))
