"""The bits of a Bitstring Status List 1.0: gzip, multibase `u`, most significant bit first."""

import gzip
import zlib
from typing import Final

from passport.encoding import multibase_decode, multibase_encode
from passport.errors import EncodingTooLong, MalformedEncoding
from passport.errors.status import (
    MalformedStatusList,
    StatusIndexOutOfRange,
    StatusListTooLarge,
    StatusListTooShort,
)
from passport.limits import STATUS

_GZIP: Final = 31
"""zlib's wbits for a 32 KiB window in a gzip wrapper."""
_LEVEL: Final = 6
"""A list of 10 million entries takes 0.1 s; the default level 9 takes over a second."""


def empty(entries: int = STATUS.minimum_expanded * 8) -> bytearray:
    """A bitstring with all bits off, rounded up to whole bytes and to the least length (section 6.1)."""
    return bytearray(max((entries + 7) // 8, STATUS.minimum_expanded))


def encode(bits: bytes) -> str:
    """Write the `encodedList` of a bitstring (section 3.3).

    Raises:
        StatusListTooShort, StatusListTooLarge: outside limits.STATUS.
    """
    _check_length(bits)
    return multibase_encode(gzip.compress(bits, _LEVEL, mtime=0), "u")


def decode(text: str) -> bytes:
    """Read an `encodedList` (section 3.4); the inflate is bounded.

    Raises:
        MalformedStatusList: not multibase `u`, no gzip, damaged, cut off, or followed by more.
        StatusListTooShort, StatusListTooLarge: outside limits.STATUS.
    """
    compressed = _compressed(text)
    inflate = zlib.decompressobj(_GZIP)
    try:
        bits = inflate.decompress(compressed, STATUS.expanded + 1)
    except zlib.error:
        raise MalformedStatusList from None
    if len(bits) > STATUS.expanded:
        raise StatusListTooLarge(limit=STATUS.expanded)
    if not inflate.eof or inflate.unused_data:
        raise MalformedStatusList
    _check_length(bits)
    return bits


def bit(bits: bytes | bytearray, index: int) -> bool:
    """The bit at an index; index 0 is the leftmost bit of the first byte.

    Raises:
        StatusIndexOutOfRange
    """
    _check_index(bits, index)
    return bool(bits[index >> 3] >> (7 - index % 8) & 1)


def set_bit(bits: bytearray, index: int, *, on: bool) -> None:
    """Put the bit at an index on or off; raises StatusIndexOutOfRange."""
    _check_index(bits, index)
    mask = 1 << (7 - index % 8)
    if on:
        bits[index >> 3] |= mask
    else:
        bits[index >> 3] &= ~mask & 0xFF


def _compressed(text: str) -> bytes:
    if not text.startswith("u"):
        raise MalformedStatusList
    try:
        compressed = multibase_decode(text)
    except MalformedEncoding:
        raise MalformedStatusList from None
    except EncodingTooLong:
        raise StatusListTooLarge(limit=STATUS.compressed) from None
    if len(compressed) > STATUS.compressed:
        raise StatusListTooLarge(limit=STATUS.compressed)
    return compressed


def _check_length(bits: bytes) -> None:
    if len(bits) < STATUS.minimum_expanded:
        raise StatusListTooShort(least=STATUS.minimum_expanded)
    if len(bits) > STATUS.expanded:
        raise StatusListTooLarge(limit=STATUS.expanded)


def _check_index(bits: bytes | bytearray, index: int) -> None:
    if not 0 <= index < len(bits) * 8:
        raise StatusIndexOutOfRange
