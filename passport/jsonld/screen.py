"""The shape a JSON-LD document must have before anything expands it.

JSON-LD lets one graph be written in many ways. Code that decides reads JSON, a signature covers the graph:
every second spelling is a way to make the two differ (VC Data Integrity, section 2.4.1 and "Securing data
losslessly"). So one spelling is accepted: plain terms, contexts from a closed set and only at the top of a
credential, no keywords but in a text with its language, no full addresses as keys, no lists in lists, nothing
empty. All of it is linear.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from contexts import Contexts, shipped
from passport import limits
from passport.credentials.endorsement import is_endorsement
from passport.credentials.language import LANGUAGE_MEMBERS, check_language_value
from passport.credentials.presentation import check_how_many
from passport.errors import JsonTooDeep
from passport.errors.jsonld import (
    EmptyValue,
    KeywordNotAllowed,
    MisplacedContext,
    NestedArray,
    SecondSpelling,
    TooManyBlankNodes,
    TooManyItems,
    UnknownContext,
    UnsafeDocument,
)
from passport.json import JsonObject
from passport.jsonld.vocabulary import vocabulary

_CREDENTIALS = frozenset({"https://www.w3.org/2018/credentials/v1", "https://www.w3.org/ns/credentials/v2"})
_OPEN_BADGES = "https://purl.imsglobal.org/spec/ob/v3p0/context-"
_ARRAYS: Mapping[str, int] = {
    "type": limits.DOCUMENT.types,
    "tag": limits.DOCUMENT.tags,
    "evidence": limits.DOCUMENT.evidence,
    "proof": limits.DOCUMENT.proofs,
    "verifiableCredential": limits.DOCUMENT.credentials + limits.DOCUMENT.endorsements,
    "credentialStatus": limits.DOCUMENT.statuses,
}


@dataclass(frozen=True, slots=True)
class Size:
    """What canonicalising this document may cost: each credential in a presentation adds its share."""

    blank_nodes: int = limits.DOCUMENT.blank_nodes
    hash_n_degree: int = limits.DOCUMENT.hash_n_degree
    nodes: int = limits.DOCUMENT.nodes
    values: int = limits.DOCUMENT.values

    def __add__(self, other: "Size") -> "Size":
        return Size(
            self.blank_nodes + other.blank_nodes,
            self.hash_n_degree + other.hash_n_degree,
            self.nodes + other.nodes,
            self.values + other.values,
        )


_OF_ENDORSEMENT = Size(
    limits.ENDORSEMENT.blank_nodes,
    limits.ENDORSEMENT.hash_n_degree,
    limits.ENDORSEMENT.nodes,
    limits.ENDORSEMENT.values,
)


def _size_of(document: Any) -> Size:
    """What a document may cost by itself."""
    is_one = isinstance(document, dict) and is_endorsement(document)
    return _OF_ENDORSEMENT if is_one else Size()


def check_structure(document: JsonObject, *, contexts: Contexts | None = None) -> Size:
    """Refuse a document that is not written in the one accepted way.

    Raises:
        UnknownContext: a context outside the closed set.
        MisplacedContext, KeywordNotAllowed, SecondSpelling, NestedArray, EmptyValue: kinds of UnsafeDocument.
        TooManyItems, TooManyBlankNodes, JsonTooDeep: beyond the limits.
    """
    walk = _Walk(contexts or shipped(), _size_of(document))
    walk.credential(document, depth=1)
    if walk.blank_nodes > walk.size.blank_nodes:
        raise TooManyBlankNodes(limit=walk.size.blank_nodes)
    if walk.nodes > walk.size.nodes:
        raise TooManyItems(limit=walk.size.nodes)
    if walk.values > walk.size.values:
        raise TooManyItems(limit=walk.size.values)
    return walk.size


class _Walk:
    def __init__(self, contexts: Contexts, size: Size) -> None:
        self.contexts = contexts
        self.terms = vocabulary(contexts)
        self.blank_nodes = 0
        self.nodes = 0
        self.values = 0
        self.size = size

    def credential(self, document: Any, *, depth: int) -> None:
        """An object that carries contexts: a credential, presentation, endorsement or proof configuration."""
        if not isinstance(document, dict):
            raise UnsafeDocument
        named = _context_list(document.get("@context"))
        check_contexts(named, self.contexts)
        self.members(document, named, depth)

    def node(self, value: JsonObject, depth: int) -> None:
        if "@context" in value:
            raise MisplacedContext
        self.members(value, (), depth)

    def members(self, value: JsonObject, named: tuple[str, ...], depth: int) -> None:
        if depth > limits.CREDENTIAL.depth:
            raise JsonTooDeep(limit=limits.CREDENTIAL.depth)
        if len(value) > limits.CREDENTIAL.array:
            raise TooManyItems(limit=limits.CREDENTIAL.array)
        self.nodes += 1
        self.blank_nodes += "id" not in value
        types = self.check_types(value)
        for key, member in value.items():
            if member.__class__ is str and key in self.terms.plain:
                self.values += 1
                continue
            if key == "@context":
                continue
            self.check_key(key)
            if key in self.terms.json:
                _check_depth(member, depth + 1)
                continue
            if key == "verifiableCredential" and isinstance(member, list):
                check_how_many(member)
            for item in _items(key, member):
                self.item(key, item, types, named, depth + 1)

    def item(self, key: str, item: Any, types: frozenset[str], named: tuple[str, ...], depth: int) -> None:
        if item is None:
            raise EmptyValue
        if isinstance(item, list):
            raise NestedArray
        if not isinstance(item, dict):
            self.values += 1
            return
        if key in LANGUAGE_MEMBERS and len(item) > 1 and "@value" in item:
            self.values += 1
            check_language_value(item)
            return
        if key == "proof" and named:
            self.proof(item, named, depth)
        elif key == "verifiableCredential" and "VerifiablePresentation" in types and named:
            self.size += _size_of(item)
            self.credential(item, depth=depth)
        elif key == "endorsement" and "@context" in item and "EndorsementCredential" in _types(item):
            self.credential(item, depth=depth)
        else:
            self.node(item, depth)

    def check_key(self, key: Any) -> None:
        if not isinstance(key, str) or not key:
            raise UnsafeDocument
        if key.startswith("@") or ":" in key:
            raise KeywordNotAllowed
        if key in self.terms.classes:
            raise SecondSpelling

    def check_types(self, value: JsonObject) -> frozenset[str]:
        """A type is called by its name: `VerifiableCredential`, never its address or a field's name."""
        types = _types(value)
        for name in types:
            if name.startswith("@"):
                raise KeywordNotAllowed
            if name in self.terms.iris or name in self.terms.properties:
                raise SecondSpelling
        return types

    def proof(self, proof: JsonObject, named: tuple[str, ...], depth: int) -> None:
        """A proof may repeat the contexts of its document, from the first on (Data Integrity, 4.2)."""
        if "@context" in proof:
            own = _context_list(proof["@context"])
            if own != named[: len(own)]:
                raise MisplacedContext
        self.members(proof, named, depth)


def check_contexts(named: tuple[str, ...], contexts: Contexts) -> None:
    """The order that specifications ask for: the credentials context first, one version of each."""
    if len(named) > limits.DOCUMENT.contexts:
        raise TooManyItems(limit=limits.DOCUMENT.contexts)
    known = frozenset(contexts.known())
    if any(url not in known for url in named):
        raise UnknownContext
    if len(set(named)) != len(named):
        raise MisplacedContext
    if any(url in _CREDENTIALS for url in named[1:]):
        raise MisplacedContext
    if sum(url.startswith(_OPEN_BADGES) for url in named) > 1:
        raise MisplacedContext


def _context_list(value: Any) -> tuple[str, ...]:
    named = [value] if isinstance(value, str) else value
    if not isinstance(named, list) or not named or any(not isinstance(url, str) for url in named):
        raise MisplacedContext
    return tuple(named)


def _types(value: JsonObject) -> frozenset[str]:
    written = value.get("type", [])
    listed = [written] if isinstance(written, str) else written
    if not isinstance(listed, list) or any(not isinstance(name, str) for name in listed):
        raise UnsafeDocument
    return frozenset(listed)


def _items(key: str, member: Any) -> Iterable[Any]:
    if not isinstance(member, list):
        return (member,)
    most = _ARRAYS.get(key, limits.CREDENTIAL.array)
    if len(member) > most:
        raise TooManyItems(limit=most)
    if not member:
        raise EmptyValue
    return member


def _check_depth(value: Any, depth: int) -> None:
    if depth > limits.CREDENTIAL.depth:
        raise JsonTooDeep(limit=limits.CREDENTIAL.depth)
    for inner in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        _check_depth(inner, depth + 1)
