"""The part of CBOR (RFC 8949) that proof values need: whole numbers, bytes, text, arrays, maps.

One way to write each thing: shortest lengths, definite lengths, no tags, nothing behind the end. Only the
order of a map's keys is left free: the cryptosuite doesn't fix it, and encoders differ.
"""

from collections.abc import Mapping, Sequence
from typing import TypeAlias

from passport.errors import MalformedEncoding

Cbor: TypeAlias = "int | bytes | str | Sequence[Cbor] | Mapping[int, Cbor]"

_UINT, _BYTES, _TEXT, _ARRAY, _MAP = 0, 2, 3, 4, 5
_DIRECT = 24
"""Numbers below are in the first byte; from here on it says how many bytes follow."""
_WIDTHS = {24: 1, 25: 2, 26: 4, 27: 8}
_DEPTH = 2
"""Arrays and maps within the outer array: none holds a further one."""


def encode(value: Cbor) -> bytes:
    """Write deterministically (RFC 8949, section 4.2.1)."""
    if isinstance(value, int):
        return _head(_UINT, value)
    if isinstance(value, bytes):
        return _head(_BYTES, len(value)) + value
    if isinstance(value, str):
        text = value.encode("utf-8")
        return _head(_TEXT, len(text)) + text
    if isinstance(value, Mapping):
        pairs = (encode(key) + encode(member) for key, member in sorted(value.items()))
        return _head(_MAP, len(value)) + b"".join(pairs)
    return _head(_ARRAY, len(value)) + b"".join(map(encode, value))


def decode(data: bytes) -> Cbor:
    """Read one value, and nothing behind it.

    Raises:
        MalformedEncoding
    """
    reader = _Reader(data)
    value = reader.value(0)
    if reader.place != len(data):
        raise MalformedEncoding
    return value


def _head(major: int, number: int) -> bytes:
    if number < _DIRECT:
        return bytes((major << 5 | number,))
    code, width = next((code, width) for code, width in _WIDTHS.items() if number < 256**width)
    return bytes((major << 5 | code,)) + number.to_bytes(width, "big")


class _Reader:
    def __init__(self, data: bytes) -> None:
        self._data = data
        self.place = 0

    def value(self, depth: int) -> Cbor:
        major, number = self._read_head()
        if major == _UINT:
            return number
        if major == _BYTES:
            return self._take(number)
        if major == _TEXT:
            return self._text(number)
        if depth >= _DEPTH or major not in {_ARRAY, _MAP} or number > len(self._data) - self.place:
            raise MalformedEncoding
        if major == _ARRAY:
            return [self.value(depth + 1) for _ in range(number)]
        return self._map(number, depth)

    def _map(self, number: int, depth: int) -> dict[int, Cbor]:
        found: dict[int, Cbor] = {}
        for _ in range(number):
            key = self.value(_DEPTH)
            if not isinstance(key, int) or key in found:
                raise MalformedEncoding
            found[key] = self.value(depth + 1)
        return found

    def _text(self, length: int) -> str:
        try:
            return self._take(length).decode("utf-8")
        except UnicodeDecodeError:
            raise MalformedEncoding from None

    def _read_head(self) -> tuple[int, int]:
        first = self._take(1)[0]
        major, code = first >> 5, first & 31
        if code < _DIRECT:
            return major, code
        if code not in _WIDTHS:
            raise MalformedEncoding
        number = int.from_bytes(self._take(_WIDTHS[code]), "big")
        if number < (_DIRECT if code == _DIRECT else 256 ** (_WIDTHS[code] // 2)):
            raise MalformedEncoding
        return major, number

    def _take(self, length: int) -> bytes:
        end = self.place + length
        if end > len(self._data):
            raise MalformedEncoding
        taken = self._data[self.place : end]
        self.place = end
        return taken
