"""The shape of a document: all that decides how it expands. What is left are values that are copied.

Keys, nesting, lengths of arrays, kinds of values, types, contexts and booleans are shape. So is a text that
stands where an address is expected and is no plain one: `assertionMethod` is looked up, and steers.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache
from typing import Any, NamedTuple, TypeAlias

from contexts import Contexts
from passport import limits
from passport.json import JsonObject
from passport.jsonld.processor import BASE
from passport.jsonld.vocabulary import vocabulary

_SCHEMES = ("https", "http", "urn", "did", "mailto", "data", "ftp", "tel", "cid", "ipfs", "openid", "info")
"""The usual ones. An address with another scheme is part of the shape."""
_ADDRESS = r"[!#-;=?-\[\]_a-z~]+"
"""ASCII without space, control characters and <>"{}|\\^` (N-Quads, IRIREF)."""


class Kind(Enum):
    """How the value of a leaf is copied."""

    TEXT = "text"
    ADDRESS = "address"
    INTEGER = "integer"
    FLOAT = "float"


_KINDS: dict[tuple[type, bool], Kind] = {
    (str, False): Kind.TEXT,
    (str, True): Kind.ADDRESS,
    (int, False): Kind.INTEGER,
    (float, False): Kind.FLOAT,
}


class Constant(NamedTuple):
    """A value that is part of the shape; a tuple stands for an array of texts."""

    value: bool | str | tuple[str, ...]


class Array(NamedTuple):
    items: tuple["Part", ...]


class Object(NamedTuple):
    """Members sorted by key."""

    members: tuple[tuple[str, "Part"], ...]


Part: TypeAlias = "Object | Array | Constant | Kind"


class Shape(NamedTuple):
    """The document without its values, which are numbered as they stand in it, keys sorted."""

    document: Object
    same: tuple[tuple[int, int], ...]
    """For the id of each node that is described: its number, and that of the first id that equals it."""


@lru_cache(maxsize=limits.COMPILED.parts)
def addresses(address: str, count: int) -> Callable[[str], Any]:
    """A test that a text is so many lines, each of this pattern."""
    return re.compile(rf"{address}(?:\n{address}){{{count - 1}}}").fullmatch


@dataclass(frozen=True, slots=True)
class Read:
    """A document taken apart."""

    shape: Shape
    values: tuple[Any, ...]
    """What stands where the shape has a kind, in order."""


class Grammar:
    """How a closed set of contexts reads a leaf."""

    def __init__(self, contexts: Contexts) -> None:
        self.contexts = contexts
        terms = vocabulary(contexts)
        defined = terms.classes | terms.properties
        self.json, self.address_terms = terms.json, terms.addresses
        schemes = [scheme for scheme in _SCHEMES if scheme not in defined]
        incomplete = re.escape(BASE.partition(":")[2])
        self._address = f"(?:{'|'.join(schemes)}):(?!{incomplete}){_ADDRESS}"
        self.is_address = addresses(self._address, 1)
        self.usable = "urn" in schemes and not any(":" in term for term in defined)
        """Whether addresses can be told from terms: never so far with contexts that anybody publishes."""

    def addresses(self, count: int) -> Callable[[str], Any]:
        """A test that a text is so many lines, each of them an address."""
        return addresses(self._address, count)

    def read(self, document: JsonObject) -> Read | None:
        """The shape of a document and its values; None when it is of no kind that is compiled.

        The document comes from a stranger and nothing was checked before.
        """
        reader = _Reader(self)
        try:
            read = reader.object(document, 1)
        except _NotCompiledError:
            return None
        return Read(Shape(read, tuple(reader.same)), tuple(reader.values))


class _NotCompiledError(Exception):
    """There is something in the document that only expansion judges."""


class _Reader:
    def __init__(self, grammar: Grammar) -> None:
        self.grammar = grammar
        self.values: list[Any] = []
        self.same: list[tuple[int, int]] = []
        self._first: dict[str, int] = {}
        self._left = limits.COMPILED.parts

    def object(self, value: JsonObject, depth: int) -> Object:
        if depth > limits.CREDENTIAL.depth or not value or any(type(key) is not str for key in value):
            raise _NotCompiledError
        return Object(tuple((key, self.member(key, value, depth + 1)) for key in sorted(value)))

    def member(self, key: str, holder: JsonObject, depth: int) -> Part:
        value = holder[key]
        if key in {"@context", "type"}:
            return self.constant(value)
        if key.startswith("@") or key in self.grammar.json:
            raise _NotCompiledError
        if key == "id" and len(holder) > 1:
            return self.described(value)
        return self.part(value, depth, address=key == "id" or key in self.grammar.address_terms)

    def constant(self, value: Any) -> Constant:
        if isinstance(value, list) and all(type(item) is str for item in value):
            return Constant(tuple(value))
        if type(value) is str:
            return Constant(value)
        raise _NotCompiledError

    def described(self, value: Any) -> Part:
        """The id of a node: two nodes with one id are one node, so which are equal is part of the shape."""
        number = len(self.values)
        part = self.leaf(value, address=True)
        if part is Kind.ADDRESS:
            self.same.append((number, self._first.setdefault(value, number)))
        return part

    def part(self, value: Any, depth: int, *, address: bool) -> Part:
        self._left -= 1
        if self._left < 0:
            raise _NotCompiledError
        if type(value) is dict:
            return self.object(value, depth)
        if type(value) is list:
            if not value or any(type(item) is list for item in value):
                raise _NotCompiledError
            return Array(tuple(self.part(item, depth, address=address) for item in value))
        return self.leaf(value, address=address)

    def leaf(self, value: Any, *, address: bool) -> Part:
        if type(value) is bool:
            return Constant(value)
        if type(value) is str and address and not self.grammar.is_address(value):
            return Constant(value)
        kind = _KINDS.get((type(value), address and type(value) is str))
        if kind is None:
            raise _NotCompiledError
        self.values.append(value)
        return kind
