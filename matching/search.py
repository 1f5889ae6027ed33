"""Find skills and occupations by words, with typing errors, in Dutch and English.

Nothing but the taxonomy's own labels comes out, so that a text that looks like a skill can't pass for one.
"""

from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from heapq import nsmallest

from matching.errors import SearchTextTooLong
from matching.folding import fold
from matching.limits import PROFILE
from matching.taxonomy.compact import Concepts, Taxonomy
from matching.words import WordIndex

FALLBACK = "en"


class Table(StrEnum):
    SKILLS = "skills"
    OCCUPATIONS = "occupations"


@dataclass(frozen=True, slots=True)
class Found:
    """A concept that a search found; a label that is the text itself comes first."""

    iri: str
    label: str
    score: float


def search(
    taxonomy: Taxonomy, table: Table, text: str, language: str = FALLBACK, *, top: int = 10
) -> tuple[Found, ...]:
    """The best concepts of a table for a text, at most `top`; none where nothing resembles it.

    Labels of every language count, and a whole label of any comes first: most skills have no other than an
    English one, and people name their work in their own language.

    Raises SearchTextTooLong.
    """
    if len(text) > PROFILE.search:
        raise SearchTextTooLong(limit=PROFILE.search)
    concepts = _concepts(taxonomy, table)
    scores = _index(taxonomy, table, language).scores(fold(text))
    best = nsmallest(top, scores.items(), key=lambda pair: (-pair[1], pair[0]))
    return tuple(
        Found(concepts.iris[number], concepts.label(number, language), score) for number, score in best
    )


def _concepts(taxonomy: Taxonomy, table: Table) -> Concepts:
    return taxonomy.skills if table is Table.SKILLS else taxonomy.occupations


@lru_cache(maxsize=8)
def _index(taxonomy: Taxonomy, table: Table, language: str) -> WordIndex:
    """Built on the first search, about 0.3 s for ESCO's skills."""
    concepts = _concepts(taxonomy, table)
    count = len(concepts)
    english = concepts.labels[FALLBACK]
    own = concepts.labels.get(language, english)
    labels = [mine or other for mine, other in zip(own, english, strict=True)]
    titles = [names for spoken, names in concepts.labels.items() if spoken != language]
    others = [*titles, *concepts.alternates.values()] or [[""] * count]
    return WordIndex(labels, ["\t".join(names) for names in zip(*others, strict=True)], titles)
