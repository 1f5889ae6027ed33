"""The part of a document that JSON pointers select (RFC 6901; ECDSA Cryptosuites 1.0, 3.4.11 to 3.4.14).

With every object on the way come its identifier, its types and its contexts: without them it would be
another thing, or mean something else.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from passport import limits
from passport.errors.proofs import MalformedPointer, PointerToNothing, TooManyPointers
from passport.json import JsonObject

_ESCAPED = re.compile(r"(?:[^~]|~[01])*")
_INDEX = re.compile(r"0|[1-9][0-9]{0,5}", re.ASCII)
_ALWAYS = frozenset({"@context", "id", "type"})


@dataclass(slots=True)
class _Mark:
    """What of a value is selected: some members, or the whole."""

    members: "dict[str, _Mark]" = field(default_factory=dict)
    whole: bool = False


def select(document: JsonObject, pointers: Sequence[str]) -> JsonObject:
    """The part of a document that these pointers select, at least one.

    Raises:
        MalformedPointer: no JSON pointer, or one to the document itself or to a context.
        PointerToNothing: the document has no such member.
        TooManyPointers: beyond the limit.
    """
    if len(pointers) > limits.SELECTIVE.pointers:
        raise TooManyPointers(limit=limits.SELECTIVE.pointers)
    mark = _Mark()
    for pointer in pointers:
        _select(document, parse_pointer(pointer), mark)
    selected: JsonObject = _taken(document, mark)
    return selected


def parse_pointer(pointer: str) -> tuple[str, ...]:
    """The names on the way. Raises MalformedPointer."""
    if not pointer.startswith("/") or len(pointer) > limits.SELECTIVE.pointer:
        raise MalformedPointer
    if not _ESCAPED.fullmatch(pointer):
        raise MalformedPointer
    names = tuple(part.replace("~1", "/").replace("~0", "~") for part in pointer[1:].split("/"))
    if "@context" in names:
        raise MalformedPointer
    return names


def _select(value: Any, names: Sequence[str], mark: _Mark) -> None:
    for name in names:
        value = _member(value, name)
        mark = mark.members.setdefault(name, _Mark())
    mark.whole = True


def _member(value: Any, name: str) -> Any:
    if isinstance(value, dict) and name in value:
        return value[name]
    if isinstance(value, list) and _INDEX.fullmatch(name) and int(name) < len(value):
        return value[int(name)]
    raise PointerToNothing


def _taken(value: Any, mark: _Mark) -> Any:
    if mark.whole:
        return value
    if isinstance(value, list):
        return [_taken(value[int(index)], mark.members[index]) for index in sorted(mark.members, key=int)]
    return {
        key: member if key in _ALWAYS else _taken(member, mark.members[key])
        for key, member in value.items()
        if key in _ALWAYS or key in mark.members
    }
