"""Skills and occupations as people name them on the command line: nothing is added unseen."""

from collections.abc import Iterable

from matching.errors import UnknownOccupation, WhichOccupation
from matching.folding import fold
from matching.search import Found, Table, search
from matching.taxonomy.compact import Concepts, Taxonomy

_NEAR = 4
"""Occupations that are told of when none has exactly this title."""


def recognise(
    texts: Iterable[str], taxonomy: Taxonomy, language: str
) -> tuple[list[str], dict[str, tuple[Found, ...]]]:
    """IRIs and exact labels are taken; for the rest the person is asked, with what it may mean."""
    known: list[str] = []
    suggestions: dict[str, tuple[Found, ...]] = {}
    for text in texts:
        found = () if "://" in text else search(taxonomy, Table.SKILLS, text, language, top=3)
        if "://" in text:
            known.append(text)
        elif found and _names(found[0], text):
            known.append(found[0].iri)
        else:
            suggestions[text] = found
    return known, suggestions


def occupation_named(text: str, taxonomy: Taxonomy, language: str) -> str:
    """What is written as an IRI as it is; else the occupation of exactly this title: nothing is guessed at.

    Raises WhichOccupation with those that come close, and UnknownOccupation where none does.
    """
    if "://" in text:
        return text
    exact = _titled(text, taxonomy.occupations, language)
    if exact is not None:
        return exact
    near = search(taxonomy, Table.OCCUPATIONS, text, language, top=_NEAR)
    if not near:
        raise UnknownOccupation
    raise WhichOccupation(near=as_lines(near))


def as_lines(near: Iterable[Found]) -> str:
    """A line each: what it is called, and the IRI to name it by."""
    return "".join(f"\n  {one.label}  {one.iri}" for one in near)


def skill_titled(text: str, taxonomy: Taxonomy, language: str) -> str | None:
    """The skill whose name is this, in the language that is spoken or in another; None without one."""
    return _titled(text, taxonomy.skills, language)


def _titled(text: str, concepts: Concepts, language: str) -> str | None:
    wanted = fold(text.strip())
    labels = concepts.labels
    for spoken in (language, *(each for each in labels if each != language)):
        for number, label in enumerate(labels.get(spoken, ())):
            if label and fold(label) == wanted:
                return concepts.iris[number]
    return None


def _names(found: Found, text: str) -> bool:
    """The text is the label, or the label without what stands in brackets behind it."""
    label = fold(found.label)
    return fold(text.strip()) in {label, label.partition(" (")[0]}
