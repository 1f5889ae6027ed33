"""Find skills and occupations by words, with typing errors, in Dutch and English.

Nothing but the taxonomy's own labels comes out, so that a text that looks like a skill can't pass for one.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from heapq import nsmallest

from matching.dutch.names import skill_names, work_names
from matching.dutch.reading import Meaning, meanings
from matching.errors import SearchTextTooLong
from matching.folding import fold, words
from matching.limits import PROFILE
from matching.taxonomy.compact import Taxonomy
from matching.word_indexes import DUTCH, FALLBACK, Table, concepts_of, word_index

__all__ = ["FALLBACK", "Found", "Table", "search"]

_TRANSLATED = {Table.SKILLS: 8.0, Table.OCCUPATIONS: 5.0}
"""What a name counts for that only the dictionary leads to; a word of a name itself counts to about 9."""
_KNOWN = 0.9
"""How sure a meaning is of words that are no typing error."""
_LEAST = 0.2
"""A likeness below this is nearly always chance."""


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
    concepts = concepts_of(taxonomy, table)
    folded = fold(text)
    meant = meanings(words(folded)) if language == DUTCH else ()
    sure = frozenset(word for one in meant if one.sure >= _KNOWN for word in one.typed)
    scores = word_index(taxonomy, table, language).scores(folded, sure)
    if meant:
        _add_translated(scores, meant, taxonomy, table)
    best = nsmallest(top, scores.items(), key=lambda pair: (-pair[1], pair[0]))
    return tuple(
        Found(concepts.iris[number], concepts.label(number, language), score) for number, score in best
    )


def _add_translated(
    scores: dict[int, float], meant: Sequence[Meaning], taxonomy: Taxonomy, table: Table
) -> None:
    """Add what the dictionary finds by English names. A name that is the text itself still comes first."""
    names = skill_names(taxonomy) if table is Table.SKILLS else work_names(taxonomy)
    for number, (score, _) in names.scores(meant).items():
        if score >= _LEAST:
            scores[number] = scores.get(number, 0.0) + _TRANSLATED[table] * score
