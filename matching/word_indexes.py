"""The word indexes of a taxonomy: one a table and language, built on first use and kept."""

from enum import StrEnum
from functools import lru_cache

from matching.taxonomy.compact import Concepts, Taxonomy
from matching.words import WordIndex

FALLBACK = "en"
DUTCH = "nl"


class Table(StrEnum):
    SKILLS = "skills"
    OCCUPATIONS = "occupations"


def concepts_of(taxonomy: Taxonomy, table: Table) -> Concepts:
    return taxonomy.skills if table is Table.SKILLS else taxonomy.occupations


@lru_cache(maxsize=8)
def word_index(taxonomy: Taxonomy, table: Table, language: str) -> WordIndex:
    """Labels of a language, or else English ones, and all other names; in about 0.15 s for ESCO's skills."""
    concepts = concepts_of(taxonomy, table)
    count = len(concepts)
    english = concepts.labels[FALLBACK]
    own = concepts.labels.get(language, english)
    labels = [mine or other for mine, other in zip(own, english, strict=True)]
    titles = [names for spoken, names in concepts.labels.items() if spoken != language]
    others = [*titles, *concepts.alternates.values()] or [[""] * count]
    joined = ["\t".join(filter(None, names)) for names in zip(*others, strict=True)]
    return WordIndex(labels, joined, titles)
