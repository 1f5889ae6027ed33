"""Which work a qualification may lead to, by its name alone: a suggestion that a person chooses from."""

from dataclasses import dataclass

from matching.folding import fold, words
from matching.limits import PROFILE
from matching.mbo.model import Qualification
from matching.onet.crosswalk import MatchType
from matching.search import Found
from matching.taxonomy.compact import Taxonomy

TOP = 5
_FILLER = frozenset({
    "aankomend", "allround", "assistent", "basismedewerker", "beginnend", "eerste", "en",
    "gespecialiseerd", "in", "junior", "leidinggevende", "medewerker", "meewerkend", "of", "op",
    "senior", "technisch", "uitvoerend", "vakbekwaam", "van", "vakexpert", "voor", "zelfstandig",
})  # fmt: skip
"""Words that say how far somebody is, and not in which work."""
_LEAST = 3.0
"""Of a search score: below it only a common word is shared."""
_NEAR = 0.6
"""Of the best score: what lies below it is not shown beside it."""


@dataclass(frozen=True, slots=True)
class Suggested:
    """An occupation that a qualification's name suggests."""

    iri: str
    label: str
    match_type: MatchType
    """CLOSE where the names are the same but for words of degree; else RELATED. Never EXACT: a qualification
    is no occupation."""


def suggest_occupations(
    qualification: Qualification, taxonomy: Taxonomy, *, language: str = "nl", top: int = TOP
) -> tuple[Suggested, ...]:
    """The occupations that the name suggests, the most alike first; none is better than a wild one."""
    telling = [word for word in words(fold(qualification.name)) if word not in _FILLER and not word.isdigit()]
    name = " ".join(telling)[: PROFILE.search]
    found = taxonomy.search_occupations(name, "nl", top=top) if name else ()
    least = max(_LEAST, _NEAR * found[0].score) if found else _LEAST
    return tuple(
        Suggested(one.iri, taxonomy.label(one.iri, language), _match_type(one, name))
        for one in found
        if one.score >= least
    )


def _match_type(found: Found, name: str) -> MatchType:
    same = " ".join(words(fold(found.label))) == name
    return MatchType.CLOSE if same else MatchType.RELATED
