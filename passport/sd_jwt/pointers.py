"""JSON pointers (RFC 6901), which name a part of a document the same way in every form of it."""

from collections.abc import Sequence
from typing import Any

from passport.errors.sd_jwt import PointerNotFound

Place = tuple[str, ...]
"""The reference tokens of a pointer; an item of an array by its index."""


def parse_pointer(pointer: str) -> Place:
    """Raises PointerNotFound: no pointer at all."""
    if not pointer:
        return ()
    if not pointer.startswith("/"):
        raise PointerNotFound
    return tuple(token.replace("~1", "/").replace("~0", "~") for token in pointer[1:].split("/"))


def write_pointer(place: Sequence[str]) -> str:
    return "".join(f"/{token.replace('~', '~0').replace('/', '~1')}" for token in place)


def resolve_pointer(document: Any, place: Place) -> Any:
    """The value at a place; raises PointerNotFound."""
    value = document
    for token in place:
        if isinstance(value, dict) and token in value:
            value = value[token]
        elif isinstance(value, list) and token.isdecimal() and token in map(str, range(len(value))):
            value = value[int(token)]
        else:
            raise PointerNotFound
    return value


def value_at(document: Any, place: Place) -> Any:
    """The value at a place; None where there is nothing."""
    try:
        return resolve_pointer(document, place)
    except PointerNotFound:
        return None
