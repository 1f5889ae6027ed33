"""Expansion that loses nothing: every leaf of the document must land in the expanded form.

PyLD counts the properties that it drops. That is not enough: identifiers are completed against a base, types
are looked up, prefixes are replaced. So the leaves are compared as well. A leaf lands as itself; only a plain
word (a term used as a type or as a value of a vocabulary) may land as the address that a context gives it.
"""

from collections import Counter
from collections.abc import Iterator
from typing import Any

from contexts import Contexts
from passport.errors.jsonld import NotAnAbsoluteIri, UndefinedTerm, UnsafeDocument
from passport.json import JsonObject
from passport.jsonld.processor import BASE, expander
from passport.jsonld.vocabulary import vocabulary

_JSON_LITERAL = ("json", "")
_NODE_KEYWORDS = frozenset({"@id", "@type", "@graph"})
_VALUE_KEYWORDS = frozenset({"@value", "@type", "@language"})


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
    written = Counter(_written(document, json_terms))
    landed = Counter(_landed(expanded))
    changed, made = written - landed, landed - written
    for kind, leaf in made:
        if kind != "str" or leaf.startswith(BASE):
            raise NotAnAbsoluteIri
    if changed.total() != made.total():
        raise UndefinedTerm
    for kind, leaf in changed:
        if kind != "str" or ":" in leaf:
            raise NotAnAbsoluteIri


def _leaf(value: Any) -> tuple[str, Any]:
    return type(value).__name__, value


def _written(value: Any, json_terms: frozenset[str]) -> Iterator[tuple[str, Any]]:
    if isinstance(value, dict):
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


def _landed(value: Any) -> Iterator[tuple[str, Any]]:
    if isinstance(value, list):
        for item in value:
            yield from _landed(item)
    elif isinstance(value, str):
        yield _leaf(value)
    elif "@value" in value:
        if not value.keys() <= _VALUE_KEYWORDS:
            raise UnsafeDocument  # @direction and @index are in no quad
        yield _JSON_LITERAL if value.get("@type") == "@json" else _leaf(value["@value"])
    elif "@list" in value:
        yield from _landed(value["@list"])
    else:
        for key, member in value.items():
            if key.startswith("@") and key not in _NODE_KEYWORDS:
                raise UnsafeDocument  # @reverse, @included, @index: statements elsewhere, or nowhere
            if key == "@type" and any(name.startswith(BASE) for name in member):
                raise UndefinedTerm
            yield from _landed(member)
