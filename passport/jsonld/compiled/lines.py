"""Source text that writes lines of N-Quads in their order, which may depend on the values in them."""

from collections.abc import Callable, Iterable, Sequence
from itertools import groupby
from operator import itemgetter
from typing import TypeAlias

from passport.jsonld.compiled.learn import Line, Term
from passport.jsonld.compiled.sentinels import Slot


class Name(str):
    """A variable of the program. Any other text stands for itself."""

    __slots__ = ()


Label: TypeAlias = Callable[[str], str]
"""How a blank node is written."""

_PREDICATE = itemgetter(1)


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


def line_parts(line: Line, label: Label) -> list[str]:
    """A line, as texts and variables."""
    return [*term_parts(line[0], label), f" {line[1]} ", *_end(line, label)]


def _end(line: Line, label: Label) -> list[str]:
    """What follows the predicate."""
    _, _, obj, graph = line
    if graph:
        return [*term_parts(obj, label), " ", *term_parts(graph, label), " .\n"]
    return [*term_parts(obj, label), " .\n"]


def _nodes(line: Line) -> tuple[Term, ...]:
    """The blank nodes in it. Two quads with the same ones, in the same places, are one quad when their lines
    are equal; with other ones they stay two, also where their nodes are written alike.
    """
    return tuple(term if is_blank(term) else "" for term in line)


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
            parts += self._in_order(list(group), label, alike=True)
        return parts

    def of_any(self, lines: Sequence[Line], label: Label) -> list[str]:
        """Lines of several subjects, in order."""
        return self._in_order(lines, label, alike=False)

    def _in_order(self, lines: Sequence[Line], label: Label, *, alike: bool) -> list[str]:
        """These lines, each once, in an order that is found when the program runs, unless it is known.

        `alike`: they differ in what follows the predicate only.
        """
        if len(lines) <= 1:
            return [part for line in lines for part in line_parts(line, label)]
        if alike:
            ends = [_end(line, label) for line in lines]
            if not any(part.__class__ is Name for end in ends for part in end):
                ordered = sorted(lines, key=lambda line: "".join(_end(line, label)))
                return [part for line in ordered for part in line_parts(line, label)]
        by_node: dict[tuple[Term, ...], list[str]] = {}
        for line in lines:
            by_node.setdefault(_nodes(line), []).append(join(line_parts(line, label)))
        alternatives = [same[0] if len(same) == 1 else f"*{{{', '.join(same)}}}" for same in by_node.values()]
        name = Name(f"g{len(self._body)}")
        self._body.append(f"{name} = ''.join(sorted([{', '.join(alternatives)}]))")
        return [name]
