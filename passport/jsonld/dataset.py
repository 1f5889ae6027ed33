"""From expanded JSON-LD to an RDF dataset (JSON-LD 1.1 API, section 7), refusing what RDF would lose."""

import math
import re
from typing import Any

from passport import json
from passport.errors.jsonld import NotAnAbsoluteIri, UnsafeDocument
from passport.jsonld.descriptions import Descriptions
from passport.jsonld.nquads import RDF, XSD, Quad, literal
from passport.jsonld.processor import BASE

_ABSOLUTE_IRI = re.compile(r"[A-Za-z][A-Za-z0-9+.\-]*:[^\x00-\x20<>\"{}|^`\\\x7f]+")
_TYPE = f"<{RDF}type>"
_I18N = "https://www.w3.org/ns/i18n#"
"""The datatype of a text that has a direction (JSON-LD 1.1 API, `rdfDirection` i18n-datatype), so that the
direction is signed as well. JSON-LD leaves the choice open; this is the one that is made in the field."""
_FIRST, _REST, _NIL = f"<{RDF}first>", f"<{RDF}rest>", f"<{RDF}nil>"
_INTEGERS_END = 1e21
"""From here on an integer is written as a double."""
_NUMBER = re.compile(r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?")


def dataset(expanded: list[Any]) -> frozenset[Quad]:
    """The quads of an expanded document.

    Raises:
        NotAnAbsoluteIri: an identifier, type or property that RDF would leave out.
        DescribedTwice: one node described differently in two places.
        UnsafeDocument: anything but one node at the top, or a node in a graph of which nothing is said.
    """
    if len(expanded) != 1:
        raise UnsafeDocument
    made = _Dataset()
    made.node(expanded[0], "")
    return frozenset(made.quads)


def iri(text: str) -> str:
    """An absolute IRI as an N-Quads term. A character that ends the term early would inject quads."""
    if not _ABSOLUTE_IRI.fullmatch(text) or text.startswith(BASE):
        raise NotAnAbsoluteIri
    return f"<{text}>"


class _Dataset:
    def __init__(self) -> None:
        self.quads: set[Quad] = set()
        self._blank_nodes = 0
        self._descriptions = Descriptions()

    def blank(self) -> str:
        self._blank_nodes += 1
        return f"_:b{self._blank_nodes}"

    def node(self, node: dict[str, Any], graph: str) -> str:
        subject = iri(node["@id"]) if "@id" in node else self.blank()
        if "@id" in node:
            self._descriptions.add(graph, node)
        for key, values in node.items():
            if key == "@type":
                self.quads.update((subject, _TYPE, iri(name), graph) for name in values)
            elif key == "@graph":
                for inner in values:
                    if inner.keys() <= {"@id"}:
                        raise UnsafeDocument  # an address alone in a graph is in no quad
                    self.node(inner, subject)
            elif key != "@id":
                predicate = iri(key)
                self.quads.update((subject, predicate, self.object(value, graph), graph) for value in values)
        return subject

    def object(self, value: dict[str, Any], graph: str) -> str:
        if "@value" in value:
            return value_literal(value)
        if "@list" in value:
            return self.list(value["@list"], graph)
        return self.node(value, graph)

    def list(self, items: list[Any], graph: str) -> str:
        rest = _NIL
        for item in reversed(items):
            head = self.blank()
            self.quads.add((head, _FIRST, self.object(item, graph), graph))
            self.quads.add((head, _REST, rest, graph))
            rest = head
        return rest


def value_literal(item: dict[str, Any]) -> str:
    """A value object as a literal (section 8.2.2)."""
    value, datatype, language = item["@value"], item.get("@type", ""), item.get("@language", "")
    if "@direction" in item:
        datatype, language = f"{_I18N}{language}_{item['@direction']}", ""
    if datatype == "@json":
        return literal(json.canonicalize(value).decode("utf-8"), f"{RDF}JSON")
    if datatype:
        iri(datatype)
    if isinstance(value, bool):
        return literal("true" if value else "false", datatype or f"{XSD}boolean")
    if isinstance(value, str):
        if datatype == f"{XSD}double" and _NUMBER.fullmatch(value):
            return literal(canonical_double(float(value)), datatype)
        return literal(value, datatype, language)
    if not isinstance(value, int | float) or not math.isfinite(value):
        raise UnsafeDocument
    if datatype == f"{XSD}double" or value != int(value) or abs(value) >= _INTEGERS_END:
        return literal(canonical_double(value), datatype or f"{XSD}double")
    return literal(str(int(value)), datatype or f"{XSD}integer")


def canonical_double(value: float) -> str:
    """The canonical form of xsd:double that JSON-LD asks for: 5.3E0."""
    return re.sub(r"(\d)0*E\+?(-)?0*(\d)", r"\1E\2\3", f"{value:1.15E}")
