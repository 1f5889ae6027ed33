"""From a template to one straight-line Python function that canonicalises every document of the shape.

The function walks the document once, which checks its shape; looks at all values together; hashes each blank
node once (RDFC-1.0, first degree); and joins the lines of the subjects in canonical order. Its source is made
of what stands in this module and in `lines`; texts that a document brought are quoted constants in it.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias, cast

from passport.errors.jsonld import UnsafeDocument
from passport.jsonld.compiled.learn import Line, Template, Term
from passport.jsonld.compiled.lines import Lines, Name, blanks, is_blank, join, term_parts
from passport.jsonld.compiled.shape import Array, Constant, Grammar, Kind, Object, Part
from passport.jsonld.dataset import value_literal
from passport.jsonld.nquads import Quad, escape
from passport.jsonld.rdfc import NewHash, issue_identifiers

Program: TypeAlias = Callable[[Any, NewHash], str | None]
"""From a document and a hash function to the text; None, or one of MISFITS, when it does not fit."""

MISFITS = (LookupError, TypeError, ValueError, UnsafeDocument)
"""What a document of another shape makes a program raise: a key or an item that is not there, a value that is
no text, a text that is not Unicode, a number that is none."""

_ESCAPED = bytes(range(0x20)) + b'"\\\x7f'
"""What a literal never holds as it is (RDFC-1.0, section 5)."""


def compile_template(template: Template, grammar: Grammar) -> Program:
    writer = _Writer(template, grammar)
    source = writer.source()
    code = compile(source, "<compiled shape>", "exec", dont_inherit=True, optimize=2)
    exec(code, writer.names)  # noqa: S102  # our own source; see the module's text
    return cast("Program", writer.names["canonical"])


@dataclass(frozen=True, slots=True)
class _Alike:
    """Labels for blank nodes of which some have the same hash: the N-degree step of the reference."""

    hash_n_degree: int

    def __call__(
        self, joined: tuple[Quad, ...], hashes: Mapping[str, bytes], new_hash: NewHash
    ) -> Mapping[str, str]:
        first_degree = {node: digest.hex() for node, digest in hashes.items()}
        return issue_identifiers(joined, first_degree, new_hash=new_hash, hash_n_degree=self.hash_n_degree)


class _Writer:
    def __init__(self, template: Template, grammar: Grammar) -> None:
        self.template = template
        self.grammar = grammar
        self.body: list[str] = []
        self.names: dict[str, Any] = {
            "escape": escape,
            "number": value_literal,
            "alike": _Alike(template.hash_n_degree),
            "ESCAPED": _ESCAPED,
        }
        self.lines_of: dict[str, list[Line]] = {}
        for line in template.lines:
            for node in blanks(line):
                self.lines_of.setdefault(node, []).append(line)
        self.nodes = sorted(self.lines_of, key=_number)
        self._same = dict(template.shape.same)
        self._values = 0
        self._lengths: list[tuple[str, int]] = []
        self._arrays: list[str] = []
        self._constants: list[tuple[str, Any]] = []

    def source(self) -> str:
        self.walk()
        self.check_values()
        self.labels()
        self.subjects()
        return "\n".join(["def canonical(document, new_hash):", *(f" {line}" for line in self.body)])

    # The walk: everything is taken out, and then looked at together

    def walk(self) -> None:
        self.object("document", self.template.shape.document)
        self.must_be([f"len({name})" for name, _ in self._lengths], [length for _, length in self._lengths])
        self.must_be([f"type({name})" for name in self._arrays], [list] * len(self._arrays))
        self.must_be([source for source, _ in self._constants], [value for _, value in self._constants])

    def must_be(self, sources: list[str], values: list[Any]) -> None:
        if sources:
            name = f"k{len(self.names)}"
            self.names[name] = tuple(values)
            self.body.append(f"if {_tuple(sources)} != {name}: return")

    def object(self, name: str, part: Object) -> None:
        self._lengths.append((name, len(part.members)))
        for key, member in part.members:
            self.part(f"{name}[{key!r}]", member)

    def array(self, name: str, part: Array) -> None:
        self._lengths.append((name, len(part.items)))
        self._arrays.append(name)
        for index, item in enumerate(part.items):
            self.part(f"{name}[{index}]", item)

    def part(self, source: str, part: Part) -> None:
        if isinstance(part, Kind):
            self.body.append(f"v{self._values} = {source}")
            self._values += 1
        elif isinstance(part, Constant):
            if isinstance(part.value, bool):  # which equals a number
                self.body.append(f"if {source} is not {part.value}: return")
            else:
                self._constants.append((source, _as_in_json(part.value)))
        else:
            name = f"o{len(self._lengths)}"
            self.body.append(f"{name} = {source}")
            if isinstance(part, Object):
                self.object(name, part)
            else:
                self.array(name, part)

    # The values

    def check_values(self) -> None:
        numbered = [
            (number, kind)
            for number, kind in enumerate(self.template.kinds)
            if self._same.get(number, number) == number
        ]
        texts = [f"v{number}" for number, kind in numbered if kind is Kind.TEXT]
        addresses = [f"v{number}" for number, kind in numbered if kind is Kind.ADDRESS]
        if addresses:
            self.names["addresses"] = self.grammar.addresses(len(addresses))
            self.body.append(f"if not addresses('\\n'.join({_tuple(addresses)})): return")
        self.check_ids()
        if texts:
            self.body += [
                f"texts = ''.join({_tuple(texts)}).encode()",
                "if len(texts.translate(None, ESCAPED)) != len(texts):",
                f" {_tuple(texts)} = map(escape, {_tuple(texts)})",
            ]
        for number, kind in numbered:
            if kind in _TYPES:
                datatype = self.template.datatypes[number]
                self.body += [
                    f"if type(v{number}) is not {_TYPES[kind]}: return",
                    f"v{number} = number({{'@value': v{number}, '@type': {datatype!r}}})",
                ]

    def check_ids(self) -> None:
        """Nodes with one id are one node: the same ids are equal as when the shape was learned."""
        self.body += [
            f"if v{number} != v{first}: return" for number, first in self._same.items() if number != first
        ]
        firsts = sorted(set(self._same.values()))
        if len(firsts) > 1:
            ids = ", ".join(f"v{number}" for number in firsts)
            self.body.append(f"if len({{{ids}}}) != {len(firsts)}: return")

    # The labels

    def labels(self) -> None:
        """RDFC-1.0, section 4.4: nodes with a hash of their own are labelled in the order of the hashes."""
        if len(self.nodes) <= 1:
            return
        for index, node in enumerate(self.nodes):
            self.body.append(f"h{index} = new_hash({self.seen_from(node)}.encode()).digest()")
        hashes = ", ".join(f"h{index}" for index in range(len(self.nodes)))
        self.names["labels"] = tuple(f"_:c14n{index}" for index in range(len(self.nodes)))
        self.body += [
            f"issued = dict(zip(sorted(({hashes})), labels))",
            f"if len(issued) == {len(self.nodes)}:",
            *(f" c{index} = issued[h{index}]" for index in range(len(self.nodes))),
            "else:",
            f" issued = alike({self.joined()}, {self.hashes()}, new_hash)",
            *(f" c{index} = issued[{node!r}]" for index, node in enumerate(self.nodes)),
        ]

    def seen_from(self, node: str) -> str:
        """Section 4.6: the lines that hold a node, which is _:a, as every other is _:z; sorted."""
        written = Lines(self.body)
        lines = self.lines_of[node]
        named = [line for line in lines if not is_blank(line[0])]
        own = [line for line in lines if line[0] == node]
        others = [line for line in lines if is_blank(line[0]) and line[0] != node]

        def label(term: str) -> str:
            return "_:a" if term == node else "_:z"

        return join(
            [
                *written.of_any(named, label),
                *written.of_subject(own, label),
                *written.of_subject(others, label),
            ]
        )

    def joined(self) -> str:
        """The quads with two blank nodes or more: what the N-degree step follows from node to node."""
        quads = [line for line in self.template.lines if len(blanks(line)) > 1]
        return _tuple([_tuple([join(term_parts(term, str)) for term in line]) for line in quads])

    def hashes(self) -> str:
        return f"{{{', '.join(f'{node!r}: h{index}' for index, node in enumerate(self.nodes))}}}"

    # The text

    def subjects(self) -> None:
        """Lines are in canonical order within a subject, and so are subjects when sorted by their lines."""
        labels: dict[str, str] = {node: Name(f"c{index}") for index, node in enumerate(self.nodes)}
        if len(labels) == 1:
            labels = dict.fromkeys(labels, "_:c14n0")
        by_subject: dict[Term, list[Line]] = {}
        for line in self.template.lines:
            by_subject.setdefault(line[0], []).append(line)
        written = Lines(self.body)
        blocks = [join(written.of_subject(lines, labels.__getitem__)) for lines in by_subject.values()]
        self.body.append(f"return ''.join(sorted({_tuple(blocks)}))")


_TYPES = {Kind.INTEGER: "int", Kind.FLOAT: "float"}


def _as_in_json(value: str | tuple[str, ...]) -> str | list[str]:
    return list(value) if isinstance(value, tuple) else value


def _number(node: str) -> int:
    return int(node[3:])


def _tuple(sources: list[str]) -> str:
    return f"({', '.join(sources)},)" if sources else "()"
