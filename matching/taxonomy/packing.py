"""The parts of a bundle: numbers, lists of numbers, IRIs and texts as bytes that compress well.

Sixteen-bit numbers are written as all their low bytes and then all their high bytes; lists as the distances
between their ascending numbers; IRIs that end in a UUID as 16 bytes each.
"""

import sys
import uuid
from array import array
from collections.abc import Iterable, Sequence
from itertools import accumulate, pairwise

from matching.errors import MalformedTaxonomyBundle
from matching.taxonomy.compact import Links

_UUID_TEXT = 36
_BINARY, _LINES = b"U", b"T"


def pack_numbers(numbers: Iterable[int]) -> bytes:
    data = _little(array("H", numbers)).tobytes()
    return data[0::2] + data[1::2]


def unpack_numbers(data: bytes) -> "array[int]":
    if len(data) % 2:
        raise MalformedTaxonomyBundle
    half = len(data) // 2
    joined = bytearray(len(data))
    joined[0::2], joined[1::2] = data[:half], data[half:]
    numbers = array("H")
    numbers.frombytes(joined)
    return _little(numbers)


def _little(numbers: "array[int]") -> "array[int]":
    if sys.byteorder == "big":
        numbers.byteswap()
    return numbers


def pack_links(lists: Sequence[Sequence[int]]) -> bytes:
    """Lists of ascending numbers: their lengths, then the distances."""
    distances = [
        number - before for numbers in lists for before, number in zip((0, *numbers), numbers, strict=False)
    ]
    return pack_numbers([len(numbers) for numbers in lists]) + pack_numbers(distances)


def unpack_links(data: bytes, count: int, width: int) -> Links:
    """Read `count` lists of numbers below `width`; raises MalformedTaxonomyBundle."""
    counts = unpack_numbers(data[: 2 * count])
    distances = unpack_numbers(data[2 * count :])
    if len(counts) != count or sum(counts) != len(distances):
        raise MalformedTaxonomyBundle
    flat = array("H")
    start = 0
    try:
        for length in counts:
            flat.extend(accumulate(distances[start : start + length]))
            start += length
    except OverflowError:
        raise MalformedTaxonomyBundle from None
    if flat and max(flat) >= width:
        raise MalformedTaxonomyBundle
    return Links(counts, flat)


def pack_iris(iris: Sequence[str]) -> bytes:
    prefix = iris[0][:-_UUID_TEXT] if iris else ""
    keys = [iri.removeprefix(prefix) for iri in iris]
    if prefix and all(len(key) == _UUID_TEXT and _is_uuid(key) for key in keys):
        return _BINARY + prefix.encode() + b"\n" + b"".join(uuid.UUID(key).bytes for key in keys)
    return _LINES + "\n".join(iris).encode()


def _is_uuid(text: str) -> bool:
    try:
        return str(uuid.UUID(text)) == text
    except ValueError:
        return False


def unpack_iris(data: bytes) -> tuple[str, ...]:
    """Read IRIs, which must ascend; raises MalformedTaxonomyBundle."""
    if data[:1] == _BINARY:
        prefix, _, keys = data[1:].partition(b"\n")
        if len(keys) % 16:
            raise MalformedTaxonomyBundle
        start, digits = _text(prefix), keys.hex()
        iris = tuple(
            f"{start}{digits[at : at + 8]}-{digits[at + 8 : at + 12]}-{digits[at + 12 : at + 16]}"
            f"-{digits[at + 16 : at + 20]}-{digits[at + 20 : at + 32]}"
            for at in range(0, len(digits), 32)
        )
    elif data[:1] == _LINES:
        iris = tuple(_text(data[1:]).split("\n")) if data[1:] else ()
    else:
        raise MalformedTaxonomyBundle
    if any(left >= right for left, right in pairwise(iris)):
        raise MalformedTaxonomyBundle
    return iris


def pack_lines(lines: Sequence[str]) -> bytes:
    return "\n".join(lines).encode()


def unpack_lines(data: bytes, *counts: int) -> list[list[str]]:
    """Read lines and cut them into tables of the given lengths; raises MalformedTaxonomyBundle."""
    lines = _text(data).split("\n") if any(counts) else []
    if len(lines) != sum(counts):
        raise MalformedTaxonomyBundle
    ends = list(accumulate(counts, initial=0))
    return [lines[start:end] for start, end in pairwise(ends)]


def _text(data: bytes) -> str:
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        raise MalformedTaxonomyBundle from None
