"""The bits of a Bitstring Status List 1.0: gzip, multibase `u`, most significant bit first.

An entry takes `size` bits (statusSize), the most significant first, at `index` times `size`. Status List
2021 is the same with a size of 1 and without the multibase letter.
"""

from passport.encoding import base64url_encode
from passport.errors.status import (
    MalformedStatusList,
    StatusIndexOutOfRange,
    StatusListTooLarge,
    StatusListTooShort,
    StatusValueOutOfRange,
)
from passport.limits import STATUS
from passport.status.compression import GZIP, compress, expand

_MINIMUM_ENTRIES = STATUS.minimum_expanded * 8


def empty(entries: int = _MINIMUM_ENTRIES, size: int = 1) -> bytearray:
    """A bitstring of zeros, rounded up to whole bytes and to the least length (section 6.1)."""
    return bytearray((max(entries, _MINIMUM_ENTRIES) * size + 7) // 8)


def encode(bits: bytes) -> str:
    """Write the `encodedList` of a bitstring (section 3.3).

    Raises:
        StatusListTooShort, StatusListTooLarge: outside limits.STATUS.
    """
    _check_length(bits)
    return "u" + base64url_encode(compress(bits, GZIP))


def decode(text: str) -> bytes:
    """Read an `encodedList` (section 3.4); the inflate is bounded.

    Raises:
        MalformedStatusList: not multibase `u`, no gzip, damaged, cut off, or followed by more.
        StatusListTooShort, StatusListTooLarge: outside limits.STATUS.
    """
    if not text.startswith("u"):
        raise MalformedStatusList
    return decode_2021(text[1:])


def decode_2021(text: str) -> bytes:
    """Read an `encodedList` of Status List 2021: without a multibase letter; raises as `decode`."""
    bits = expand(text, GZIP)
    _check_length(bits)
    return bits


def bit(bits: bytes | bytearray, index: int) -> bool:
    """The bit at an index; index 0 is the leftmost bit of the first byte.

    Raises:
        StatusIndexOutOfRange
    """
    if not 0 <= index < len(bits) * 8:
        raise StatusIndexOutOfRange
    return bool(bits[index >> 3] >> (7 - index % 8) & 1)


def set_bit(bits: bytearray, index: int, *, on: bool) -> None:
    """Put the bit at an index on or off; raises StatusIndexOutOfRange."""
    if not 0 <= index < len(bits) * 8:
        raise StatusIndexOutOfRange
    mask = 1 << (7 - index % 8)
    if on:
        bits[index >> 3] |= mask
    else:
        bits[index >> 3] &= ~mask & 0xFF


def status_at(bits: bytes | bytearray, index: int, *, size: int) -> int:
    """The value of an entry of `size` bits, 1 to 8 (section 3.2).

    Raises:
        StatusIndexOutOfRange
        StatusListTooShort: with entries of this size there are fewer than the least number.
    """
    if size == 1:
        return int(bit(bits, index))
    if len(bits) * 8 < _MINIMUM_ENTRIES * size:
        raise StatusListTooShort(least=_MINIMUM_ENTRIES * size // 8)
    first, past = index * size, (index + 1) * size
    if index < 0 or past > len(bits) * 8:
        raise StatusIndexOutOfRange
    found = int.from_bytes(bits[first >> 3 : (past + 7) >> 3], "big")
    return found >> -past % 8 & (1 << size) - 1


def set_status(bits: bytearray, index: int, status: int, *, size: int) -> None:
    """Put an entry of `size` bits to a value.

    Raises:
        StatusIndexOutOfRange
        StatusValueOutOfRange: it does not fit into `size` bits.
    """
    if not 0 <= status < 1 << size:
        raise StatusValueOutOfRange(bits=size)
    first, past = index * size, (index + 1) * size
    if index < 0 or past > len(bits) * 8:
        raise StatusIndexOutOfRange
    touched = slice(first >> 3, (past + 7) >> 3)
    width, shift = touched.stop - touched.start, -past % 8
    mask = (1 << size) - 1 << shift
    found = int.from_bytes(bits[touched], "big") & ~mask | status << shift
    bits[touched] = found.to_bytes(width, "big")


def _check_length(bits: bytes) -> None:
    if len(bits) < STATUS.minimum_expanded:
        raise StatusListTooShort(least=STATUS.minimum_expanded)
    if len(bits) > STATUS.expanded:
        raise StatusListTooLarge(limit=STATUS.expanded)
