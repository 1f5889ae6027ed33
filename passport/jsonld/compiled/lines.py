"""Source text that writes lines of N-Quads in their order, which may depend on the values in them."""

from collections.abc import Callable, Iterable, Sequence
from itertools import groupby
from operator import itemgetter
from typing import NamedTuple, TypeAlias

from passport.jsonld.compiled.learn import Line, Term
from passport.jsonld.compiled.sentinels import Slot


class Name(str):
    """A variable of the program. Any other text stands for itself."""

    __slots__ = ()


Label: TypeAlias = Callable[[str], str]
"""How a blank node is written."""

_PREDICATE = itemgetter(1)


class Piece(NamedTuple):
    """A line, as texts and variables."""

    parts: tuple[str, ...]
    end: str | None
    """What follows the predicate, unless there is a variable in it."""
    nodes: tuple[str, ...]
    """The blank nodes in it. Two quads with the same ones, in the same places, are one quad when their lines
    are equal; with other ones they stay two, also where their nodes are written alike."""


def is_blank(term: Term) -> bool:
    return isinstance(term, str) and term.startswith("_:")


def blanks(line: Line) -> set[str]:
    """The blank nodes of a quad."""
    return {term for term in line if isinstance(term, str) and is_blank(term)}


def variable(slot: Slot) -> Name:
    """What holds a value, as it is written in N-Quads."""
    return Name(f"v{slot.number}")


def term_parts(term: Term, label: Label) -> tuple[str, ...]:
    if isinstance(term, Slot):
        return term.before, variable(term), term.after
    return (label(term),) if term.startswith("_:") else (term,)


def piece(line: Line, label: Label) -> Piece:
    subject, predicate, obj, graph = line
    end = (*term_parts(obj, label), *((" ", *term_parts(graph, label)) if graph else ()), " .\n")
    return Piece(
        parts=(*term_parts(subject, label), f" {predicate} ", *end),
        end=None if any(isinstance(part, Name) for part in end) else "".join(end),
        nodes=tuple(
            term if isinstance(term, str) and is_blank(term) else "" for term in (subject, obj, graph)
        ),
    )


def join(parts: Iterable[str]) -> str:
    """The source of an expression: these texts and variables as one text."""
    sources: list[str] = []
    fixed = ""
    for part in parts:
        if part.__class__ is Name:
            if fixed:
                sources.append(repr(fixed))
                fixed = ""
            sources.append(part)
        else:
            fixed += part
    if fixed or not sources:
        sources.append(repr(fixed))
    return sources[0] if len(sources) == 1 else f"''.join(({', '.join(sources)}))"


class Lines:
    """Writes the statements that a text needs before it, and gives the parts of that text."""

    def __init__(self, body: list[str]) -> None:
        self._body = body

    def of_subject(self, lines: Iterable[Line], label: Label) -> list[str]:
        """Lines that begin with the same text, in order: by predicate, which is known, then by the rest."""
        parts: list[str] = []
        for _, group in groupby(sorted(lines, key=_PREDICATE), key=_PREDICATE):
            pieces = [piece(line, label) for line in group]
            if all(one.end is not None for one in pieces):
                pieces.sort(key=lambda one: one.end or "")
                parts += [part for one in pieces for part in one.parts]
            else:
                parts += self._in_order(pieces)
        return parts

    def of_any(self, lines: Iterable[Line], label: Label) -> list[str]:
        """Lines of several subjects, in order."""
        return self._in_order([piece(line, label) for line in lines])

    def _in_order(self, pieces: Sequence[Piece]) -> list[str]:
        """These lines as the program sorts them, each once."""
        if len(pieces) <= 1:
            return [part for one in pieces for part in one.parts]
        by_node: dict[tuple[str, ...], list[str]] = {}
        for one in pieces:
            by_node.setdefault(one.nodes, []).append(join(one.parts))
        alternatives = [same[0] if len(same) == 1 else f"*{{{', '.join(same)}}}" for same in by_node.values()]
        name = Name(f"g{len(self._body)}")
        self._body.append(f"{name} = ''.join(sorted([{', '.join(alternatives)}]))")
        return [name]
