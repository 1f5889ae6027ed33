"""Expansion that loses nothing: every leaf of the document must land in the expanded form.

PyLD counts the properties that it drops. That is not enough: identifiers are completed against a base, types
are looked up, prefixes are replaced. So the leaves are compared as well. A leaf lands as itself; only a plain
word (a term used as a type or as a value of a vocabulary) may land as the address that a context gives it.
"""

import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

from contexts import Contexts
from passport.errors.jsonld import NotAnAbsoluteIri, UndefinedTerm, UnsafeDocument
from passport.json import JsonObject
from passport.jsonld.processor import BASE, expander
from passport.jsonld.vocabulary import vocabulary

_WORD = re.compile(r"[^:/?#]*")
"""What can be a term: an address has one of these in it."""
_JSON_LITERAL = ("json", "")
_TAGGED = frozenset({"@language", "@direction"})
_VALUE_KEYWORDS = frozenset({"@value", "@type"}) | _TAGGED


def expand(document: JsonObject, contexts: Contexts) -> list[Any]:
    """Expand a screened document.

    Raises:
        UndefinedTerm: a property, a type or a value would be dropped.
        NotAnAbsoluteIri: an identifier would change: relative, or written with a prefix.
        UnsafeDocument: JSON-LD refuses it.
    """
    expanded = expander(contexts).expand(document)
    check_leaves_land(document, expanded, vocabulary(contexts).json)
    return expanded


def check_leaves_land(document: JsonObject, expanded: list[Any], json_terms: frozenset[str]) -> None:
    """Raises as `expand`."""
    landed = _Landed()
    landed.walk(expanded)
    written = Counter(_written(document, json_terms))
    if landed.values - written:
        raise UndefinedTerm
    written -= landed.values
    changed, made = written - landed.addresses, landed.addresses - written
    if changed.total() != made.total():
        raise UndefinedTerm
    if any(kind != "str" or leaf.startswith(BASE) for kind, leaf in made):
        raise NotAnAbsoluteIri  # an address that looks like a keyword becomes none at all
    if any(kind != "str" or not _WORD.fullmatch(leaf) for kind, leaf in changed):
        raise NotAnAbsoluteIri  # `//host/` too: it takes no more than the scheme of what it is completed with


def _leaf(value: Any) -> tuple[str, Any]:
    """1, 1.0 and True are equal in Python and are three leaves."""
    return type(value).__name__, value


def _tagged(item: dict[str, Any]) -> tuple[str, Any]:
    """A text with its language and direction is one leaf: none of the three may change or go to another."""
    return "tagged", (item["@value"], item.get("@language", "").lower(), item.get("@direction", ""))


def _written(value: Any, json_terms: frozenset[str]) -> Iterator[tuple[str, Any]]:
    if isinstance(value, dict) and "@value" in value:
        yield _tagged(value)
    elif isinstance(value, dict):
        for key, member in value.items():
            if key in json_terms:
                yield _JSON_LITERAL
            elif key != "@context":
                yield from _written(member, json_terms)
    elif isinstance(value, list):
        for item in value:
            yield from _written(item, json_terms)
    else:
        yield _leaf(value)


class _Landed:
    """The leaves of an expanded document: values, and the addresses of nodes and types."""

    def __init__(self) -> None:
        self.values: Counter[tuple[str, Any]] = Counter()
        self.addresses: Counter[tuple[str, Any]] = Counter()

    def walk(self, items: list[Any]) -> None:
        for item in items:
            if "@value" in item:
                self.value(item)
            elif "@list" in item:
                self.walk(item["@list"])
            else:
                self.node(item)

    def value(self, item: dict[str, Any]) -> None:
        if not item.keys() <= _VALUE_KEYWORDS:
            raise UnsafeDocument  # @index is in no quad
        if _TAGGED & item.keys():
            self.values[_tagged(item)] += 1
        else:
            self.values[_JSON_LITERAL if item.get("@type") == "@json" else _leaf(item["@value"])] += 1

    def node(self, node: dict[str, Any]) -> None:
        for key, member in node.items():
            if key == "@id":
                self.addresses[_leaf(member)] += 1
            elif key == "@type":
                if any(name.startswith(BASE) for name in member):
                    raise UndefinedTerm
                self.addresses.update(map(_leaf, member))
            elif key.startswith("@") and key != "@graph":
                raise UnsafeDocument  # @reverse, @included, @index: statements elsewhere, or nowhere
            else:
                self.walk(member)
