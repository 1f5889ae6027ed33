"""Source text that writes lines of N-Quads in their order, which may depend on the values in them."""

from collections.abc import Callable, Iterable, Sequence
from itertools import groupby
from typing import NamedTuple, TypeAlias

from passport.jsonld.compiled.learn import Line, Term
from passport.jsonld.compiled.sentinels import Slot

Label: TypeAlias = Callable[[str], str]
"""From a blank node to the source that writes it inside an f-string."""


class Piece(NamedTuple):
    """A line as the inside of an f-string."""

    source: str
    fixed: str
    """The line itself, where it holds no value and no label that is known only later; or ""."""
    node: tuple[str, ...]
    """The blank nodes in it. Two quads with the same ones, in the same places, are one quad when their lines
    are equal; with other ones they stay two, also where their nodes are written alike."""


def quoted(text: str) -> str:
    """A text as the inside of an f-string with single quotes."""
    escaped = text.encode("unicode_escape").decode("ascii")
    return escaped.replace("'", "\\'").replace("{", "{{").replace("}", "}}")


def is_blank(term: Term) -> bool:
    return isinstance(term, str) and term.startswith("_:")


def blanks(line: Line) -> set[str]:
    """The blank nodes of a quad."""
    return {term for term in line if isinstance(term, str) and is_blank(term)}


def value(slot: Slot) -> str:
    """The variable that holds a value, as it is written in N-Quads."""
    return f"v{slot.number}"


def piece(line: Line, label: Label) -> Piece:
    subject, predicate, obj, graph = line
    terms = [subject, predicate, obj, graph] if graph else [subject, predicate, obj]
    written = [_term(term, label) for term in terms]
    return Piece(
        source=f"{' '.join(source for source, _ in written)} .\\n",
        fixed=f"{' '.join(fixed for _, fixed in written)} .\n" if all(fixed for _, fixed in written) else "",
        node=tuple(
            term if isinstance(term, str) and is_blank(term) else "" for term in (subject, obj, graph)
        ),
    )


def _term(term: Term, label: Label) -> tuple[str, str]:
    """The source, and the term itself where it is fixed."""
    if isinstance(term, Slot):
        return f"{quoted(term.before)}{{{value(term)}}}{quoted(term.after)}", ""
    if is_blank(term):
        source = label(term)
        return source, "" if source.startswith("{") else source
    return quoted(term), term


class Lines:
    """Writes the statements that a text needs before it, and gives the inside of its f-string."""

    def __init__(self) -> None:
        self.statements: list[str] = []
        self._groups = 0

    def of_subject(self, lines: Iterable[Line], label: Label) -> str:
        """The lines of one subject, in order: by predicate, which is known, and then by what is not."""
        ordered = sorted(lines, key=lambda line: line[1])
        return "".join(
            self.sorted([piece(line, label) for line in group])
            for _, group in groupby(ordered, key=lambda line: line[1])
        )

    def mixed(self, lines: Iterable[Line], label: Label) -> str:
        """Lines of several subjects, in order."""
        return self.sorted([piece(line, label) for line in lines])

    def sorted(self, pieces: Sequence[Piece]) -> str:
        """These lines in order, each once."""
        if all(one.fixed for one in pieces):
            return "".join(quoted(text) for text in sorted(one.fixed for one in pieces))
        if len(pieces) == 1:
            return pieces[0].source
        by_node: dict[tuple[str, ...], list[str]] = {}
        for one in pieces:
            by_node.setdefault(one.node, []).append(f"f'{one.source}'")
        alternatives = [same[0] if len(same) == 1 else f"*{{{', '.join(same)}}}" for same in by_node.values()]
        name = f"g{self._groups}"
        self._groups += 1
        self.statements.append(f"{name} = ''.join(sorted([{', '.join(alternatives)}]))")
        return f"{{{name}}}"
