"""Learn where each value of a shape lands: the reference canonicalisation, run on sentinels."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

from contexts import Contexts
from passport.errors import PassportError
from passport.jsonld import expand, screen
from passport.jsonld.compiled.sentinels import MARK, Slot, fill, kinds, sentinels
from passport.jsonld.compiled.shape import Kind, Shape
from passport.jsonld.dataset import dataset, value_literal
from passport.jsonld.nquads import RDF, XSD, Quad

Term: TypeAlias = str | Slot
Line: TypeAlias = tuple[Term, str, Term, str]
"""A quad with slots for the values. A graph is the default one, or a blank node."""

_TYPE = f"<{RDF}type>"
_CALCULATED = f'"^^<{XSD}double>'
"""Texts of this datatype are rewritten when they are numbers."""


@dataclass(frozen=True, slots=True)
class Template:
    """The quads of every document of a shape."""

    shape: Shape
    kinds: tuple[Kind, ...]
    lines: tuple[Line, ...]
    datatypes: Mapping[int, str]
    """Of the numbers; "" where the contexts say none and the number decides."""
    hash_n_degree: int


def learn(shape: Shape, contexts: Contexts) -> Template | None:
    """Run the reference on a document of this shape; None when the values don't all land as themselves."""
    given = sentinels(shape)
    document = fill(shape, given)
    try:
        size = screen.check_structure(document, contexts=contexts)
        expanded = expand.expand(document, contexts)
        quads = sorted(dataset(expanded))
    except PassportError:
        return None
    found = tuple(kinds(shape.document))
    placed = {given[number]: number for number, kind in enumerate(found) if kind in _NUMBERS}
    numbers = {placed[item["@value"]]: item for item in _items(expanded)}
    landing = _Landing(shape, given, found, numbers)
    try:
        lines = tuple(landing.line(quad) for quad in quads)
    except _ElsewhereError:
        return None
    if landing.waiting:
        return None
    return Template(
        shape=shape,
        kinds=found,
        lines=lines,
        datatypes={number: item.get("@type", "") for number, item in numbers.items()},
        hash_n_degree=size.hash_n_degree,
    )


_NUMBERS = frozenset({Kind.INTEGER, Kind.FLOAT})


def _items(expanded: Any) -> Iterator[Mapping[str, Any]]:
    """Every value object with a number."""
    if isinstance(expanded, list):
        for item in expanded:
            yield from _items(item)
    elif isinstance(expanded, dict):
        if type(expanded.get("@value")) in {int, float}:
            yield expanded
        else:
            for member in expanded.values():
                yield from _items(member)


class _ElsewhereError(Exception):
    """A value landed where it would steer, or in a form that is not its own."""


class _Landing:
    def __init__(
        self,
        shape: Shape,
        given: list[Any],
        found: tuple[Kind, ...],
        numbers: Mapping[int, Mapping[str, Any]],
    ) -> None:
        same = dict(shape.same)
        self._nodes = set(same.values())
        firsts = [number for number in range(len(given)) if same.get(number, number) == number]
        self._addresses = {f"<{given[n]}>": Slot(n, "<", ">") for n in firsts if found[n] is Kind.ADDRESS}
        self._texts = {given[n]: n for n in firsts if found[n] is Kind.TEXT}
        self._numbers = {value_literal(dict(item)): Slot(n, "", "") for n, item in numbers.items()}
        self.waiting = set(firsts)
        """Values that have not landed."""

    def line(self, quad: Quad) -> Line:
        subject, predicate, obj, graph = quad
        if MARK in predicate or not (graph == "" or graph.startswith("_:")):
            raise _ElsewhereError
        found, about = self.term(obj), self.term(subject)
        types = isinstance(found, Slot) and predicate == _TYPE
        if types or (isinstance(about, Slot) and about.number not in self._nodes):
            raise _ElsewhereError
        return (about, predicate, found, graph)

    def term(self, term: str) -> Term:
        slot = self._addresses.get(term) or self._numbers.get(term)
        if slot is None and term.startswith('"'):
            body, _, ending = term[1:].rpartition('"')
            number = self._texts.get(body)
            if number is not None and ending[:1] != "@" and f'"{ending}' != _CALCULATED:
                slot = Slot(number, '"', f'"{ending}')
        if slot is None:
            if MARK in term:
                raise _ElsewhereError
            return term
        self.waiting.discard(slot.number)
        return slot
