"""Values that are recognised wherever they land: one for each value of a shape."""

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from passport.json import JsonObject
from passport.jsonld.compiled.shape import Array, Constant, Kind, Object, Part, Shape

MARK = "sentinel-5f1d"
"""What no honest document holds; one that does is not compiled."""
_INTEGER, _FLOAT = 7_350_000_000, 7_350_000_000.5


class Slot(NamedTuple):
    """A value in an N-Quads term: its number, and what stands before and after it."""

    number: int
    before: str
    after: str


def kinds(part: Part) -> Iterator[Kind]:
    """The kinds of the values of a shape, in order."""
    if isinstance(part, Kind):
        yield part
    elif isinstance(part, Object):
        for _, member in part.members:
            yield from kinds(member)
    elif isinstance(part, Array):
        for item in part.items:
            yield from kinds(item)


def sentinels(shape: Shape) -> list[Any]:
    """A value for each kind; equal ids get equal ones."""
    same = dict(shape.same)
    return [_sentinel(kind, same.get(number, number)) for number, kind in enumerate(kinds(shape.document))]


def _sentinel(kind: Kind, number: int) -> Any:
    match kind:
        case Kind.TEXT:
            return f"{MARK}-{number}"
        case Kind.ADDRESS:
            return f"urn:{MARK}:{number}"
        case Kind.INTEGER:
            return _INTEGER + number
        case Kind.FLOAT:
            return _FLOAT + number


def fill(shape: Shape, values: Sequence[Any]) -> JsonObject:
    """A document of this shape with these values."""
    left = iter(values)

    def part(of: Part) -> Any:
        if isinstance(of, Object):
            return {key: part(member) for key, member in of.members}
        if isinstance(of, Array):
            return [part(item) for item in of.items]
        if isinstance(of, Constant):
            return list(of.value) if isinstance(of.value, tuple) else of.value
        return next(left)

    document: JsonObject = part(shape.document)
    return document
