"""Which statements a part of a document makes (ECDSA Cryptosuites 1.0, section 3.4).

A part on its own says nothing about which of the whole's blank nodes it speaks of. So every node without an
identifier gets a name first (skolemization): a part keeps the names, and its statements are found back in the
whole's. Documents are plain terms in JSON, so the names are put into the JSON as identifiers; what JSON has
no object for, the head of a list and the name of a graph, gets one in the expanded form.
"""

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import count
from typing import Any

from contexts import Contexts, shipped
from passport import json
from passport.errors import NotUnicode
from passport.errors.jsonld import UnsafeDocument
from passport.json import JsonObject
from passport.jsonld import expand, rdfc, screen
from passport.jsonld.canonical import canonicalize
from passport.jsonld.dataset import dataset
from passport.jsonld.nquads import RDF, Quad, line
from passport.jsonld.vocabulary import vocabulary

_BLANK = "_:"
_FIRST, _REST, _NIL = f"{RDF}first", f"{RDF}rest", f"{RDF}nil"
_NAME = 32


@dataclass(frozen=True, slots=True)
class Named:
    """A document in which every node has a name, and its statements, with the names as blank nodes."""

    document: JsonObject
    quads: frozenset[Quad]
    prefix: str
    contexts: Contexts

    def part(self, selection: JsonObject) -> frozenset[Quad]:
        """The statements of a part of `document`.

        Raises:
            UnsafeDocument: they are not among the whole's: a list or a JSON literal was cut.
            PassportError: what expanding it raises.
        """
        quads = _statements(selection, self.prefix, self.contexts)
        if not quads <= self.quads:
            raise UnsafeDocument
        return quads


def name_nodes(document: JsonObject, contexts: Contexts | None = None) -> Named:
    """Name every node of a document that has no identifier.

    Raises:
        PassportError: what `canonicalize` raises.
    """
    known = contexts or shipped()
    screen.check_structure(document, contexts=known)
    # No document holds the digest of itself, so none can name its nodes like these.
    prefix = f"urn:bnid:{hashlib.sha256(json.canonicalize(document)).hexdigest()[:_NAME]}:"
    names = (f"{prefix}{number}" for number in count())
    named = _with_names(document, names, vocabulary(known).json)
    return Named(named, _statements(named, prefix, known), prefix, known)


def canonical_labels(quads: frozenset[Quad]) -> Mapping[str, str]:
    """The label that each named node gets in the canonical form (RDFC-1.0, with SHA-256), by name.

    Raises:
        TooManyBlankNodes, PoisonGraph: beyond the limits.
        NotUnicode: a lone surrogate.
    """
    try:
        return rdfc.canonicalize_dataset(quads, hash_name="sha256").issued
    except UnicodeEncodeError:
        raise NotUnicode from None


def labelled(quads: frozenset[Quad], labels: Mapping[str, str]) -> tuple[str, ...]:
    """The statements as sorted lines, with a label for each named node."""

    def term(text: str) -> str:
        return _BLANK + labels[text[2:]] if text.startswith(_BLANK) else text

    return tuple(sorted(line((term(s), p, term(o), term(g))) for s, p, o, g in quads))


def canonical_statements(
    document: JsonObject, contexts: Contexts | None = None
) -> tuple[frozenset[Quad], frozenset[str]]:
    """The canonical statements of a document, and the labels of its blank nodes.

    Raises:
        PassportError: what `canonicalize` raises.
    """
    text = canonicalize(document, contexts=contexts)
    quads = frozenset(_quad(written) for written in text.split("\n") if written)
    terms = {term for quad in quads for term in quad if term.startswith(_BLANK)}
    return quads, frozenset(term[2:] for term in terms)


def _quad(written: str) -> Quad:
    """A line of canonical N-Quads; the only spaces and quotes inside a term are a literal's."""
    subject, predicate, rest = written.removesuffix(" .").split(" ", 2)
    end = rest.rfind('"') + 1
    ending, *graph = rest[end:].split(" ")
    return subject, predicate, rest[:end] + ending, "".join(graph)


def _with_names(value: Any, names: Iterator[str], json_terms: frozenset[str]) -> Any:
    if isinstance(value, list):
        return [_with_names(item, names, json_terms) for item in value]
    if not isinstance(value, dict) or "@value" in value:
        return value
    named = {} if "id" in value else {"id": next(names)}
    for key, member in value.items():
        literal = key == "@context" or key in json_terms
        named[key] = member if literal else _with_names(member, names, json_terms)
    return named


def _statements(named: JsonObject, prefix: str, contexts: Contexts) -> frozenset[Quad]:
    expanded = expand.expand(named, contexts)
    naming = _Naming(prefix)
    for node in expanded:
        naming.node(node)
    start = f"<{prefix}"

    def term(text: str) -> str:
        if text.startswith(_BLANK):
            raise UnsafeDocument  # a node that got no name: its statements could pass for another's
        return _BLANK + text[len(start) : -1] if text.startswith(start) else text

    return frozenset((term(s), p, term(o), term(g)) for s, p, o, g in dataset(expanded))


class _Naming:
    """Names for the nodes of an expanded document that no JSON object stands for."""

    def __init__(self, prefix: str) -> None:
        self._prefix = prefix
        self._given: set[str] = set()

    def node(self, node: dict[str, Any]) -> None:
        for key, values in node.items():
            if key in {"@id", "@type"}:
                continue
            for place, value in enumerate(values):
                if "@list" in value:
                    values[place] = self._list(node["@id"], key, value["@list"])
                elif "@value" not in value:
                    if "@graph" in value and "@id" not in value:
                        value["@id"] = self._name(node["@id"], key, value["@graph"][0]["@id"])
                    self.node(value)

    def _list(self, subject: str, predicate: str, items: list[Any]) -> dict[str, Any]:
        """The same list in the words of RDF (JSON-LD 1.1 API, section 8.2.3)."""
        rest: dict[str, Any] = {"@id": _NIL}
        for place, item in reversed(list(enumerate(items))):
            if "@value" not in item:
                self.node(item)
            name = self._name(subject, predicate, str(place))
            rest = {"@id": name, _FIRST: [item], _REST: [rest]}
        return rest

    def _name(self, *place: str) -> str:
        name = self._prefix + hashlib.sha256("\n".join(place).encode()).hexdigest()[:_NAME]
        if name in self._given:
            raise UnsafeDocument  # one node described twice, each time with such a list or graph
        self._given.add(name)
        return name
