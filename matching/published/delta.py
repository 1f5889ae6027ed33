"""From one content to the next: what stays is named by its place in the older, what is new is spelled out.

A delta is a row of steps: how many bytes to copy, from where, how many to add, and those bytes; numbers as
LEB128. It works for any bytes, and applying one is bounded by the size that the index says.
"""

from collections.abc import Iterator

from matching.published.errors import PublishedSetChanged

_BLOCK = 32
_STRIDE = 4_096
_MOST_DIGITS = 5


def make_delta(older: bytes, newer: bytes) -> bytes:
    """The steps from one to the other: the same two give the same bytes."""
    places: dict[bytes, int] = {}
    for at in range(0, len(older) - _BLOCK + 1, _BLOCK):
        places.setdefault(older[at : at + _BLOCK], at)
    steps = bytearray()
    copied = (0, 0)
    start = at = 0
    while at + _BLOCK <= len(newer):
        found = places.get(newer[at : at + _BLOCK])
        if found is None:
            at += 1
            continue
        while at > start and found > 0 and newer[at - 1] == older[found - 1]:
            at, found = at - 1, found - 1
        steps += _step(copied, newer[start:at])
        length = _common(older, found, newer, at)
        copied = (found, length)
        start = at = at + length
    return bytes(steps + _step(copied, newer[start:]))


def apply_delta(older: bytes, delta: bytes, size: int) -> bytes:
    """The newer content, which is `size` bytes long.

    Raises:
        PublishedSetChanged: the steps lead outside the older one, or to another size.
    """
    newer = bytearray()
    numbers = _Reader(delta)
    while numbers.left:
        length, start, added = numbers.next(), numbers.next(), numbers.next()
        if start + length > len(older) or len(newer) + length + added > size:
            raise PublishedSetChanged
        newer += older[start : start + length]
        newer += numbers.take(added)
    if len(newer) != size:
        raise PublishedSetChanged
    return bytes(newer)


def _common(older: bytes, found: int, newer: bytes, at: int) -> int:
    length = 0
    while (part := newer[at + length : at + length + _STRIDE]) and older[
        found + length : found + length + _STRIDE
    ] == part:
        length += len(part)
    end = min(len(older) - found, len(newer) - at)
    while length < end and older[found + length] == newer[at + length]:
        length += 1
    return length


def _step(copied: tuple[int, int], added: bytes) -> bytes:
    start, length = copied
    if not length and not added:
        return b""
    return b"".join(map(bytes, map(_digits, (length, start, len(added))))) + added


def _digits(number: int) -> Iterator[int]:
    while number > 0x7F:  # noqa: PLR2004
        yield number & 0x7F | 0x80
        number >>= 7
    yield number


class _Reader:
    """Numbers and bytes from the front of a delta."""

    def __init__(self, data: bytes) -> None:
        self._data, self._at = data, 0

    @property
    def left(self) -> bool:
        return self._at < len(self._data)

    def next(self) -> int:
        number = 0
        for place in range(_MOST_DIGITS):
            digit = self.take(1)[0]
            number |= (digit & 0x7F) << 7 * place
            if digit < 0x80:  # noqa: PLR2004
                return number
        raise PublishedSetChanged

    def take(self, count: int) -> bytes:
        found = self._data[self._at : self._at + count]
        if len(found) != count:
            raise PublishedSetChanged
        self._at += count
        return found
