"""QR codes on a phone: drawn here without a library for pictures, and read before Python is asked."""

import hashlib
import struct
import zlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from passport.errors import TooLarge
from passport.errors.web import NoQrCode
from passport.pictures.matrix import matrix

_MODULE = 4
"""Points of a module in a still picture; what moves has one, and the page makes it large."""
_HUNDREDTHS = 25
"""Of a second for each picture: four a second, as passport.pictures.qr has them and for its reasons."""
_WHITE = False
_COLOURS = bytes((255, 255, 255, 0, 0, 0))
_CLEAR, _END, _FIRST = 4, 5, 6
"""Codes of GIF's compression where a point has two bits, the least that it allows."""
_MOST_CODES = 4_096

Modules = Sequence[Sequence[bool]]


@dataclass(slots=True)
class PhonePictures:
    """Implements wallet.desk.tools.Pictures."""

    found: dict[bytes, tuple[str, ...]] = field(default_factory=dict)
    """What the page read from the pictures of this request, by the digest of each."""

    def note(self, picture: bytes, texts: Sequence[str]) -> None:
        """What the page read from a picture that comes with this request."""
        self.found[hashlib.sha256(picture).digest()] = tuple(texts)

    def draw_png(self, text: str) -> bytes:
        """Raises TooLarge."""
        return _png(_enlarged(matrix(text), _MODULE))

    def draw_loop(self, texts: tuple[str, ...]) -> bytes:
        """Raises TooLarge: a text is more than a code holds, or there is none."""
        return _loop(texts)

    def reading(self, _pictures: int, /) -> "PhonePictures":
        return self

    def texts(self, data: bytes) -> tuple[str, ...]:
        """Raises NoQrCode: none was found, or the browser can't read the picture."""
        found = self.found.get(hashlib.sha256(data).digest(), ())
        if not found:
            raise NoQrCode
        return found


def _enlarged(modules: Modules, times: int) -> list[list[bool]]:
    wide = [[dark for dark in line for _ in range(times)] for line in modules]
    return [line for line in wide for _ in range(times)]


def _png(points: Modules) -> bytes:
    """Greyscale of one bit (PNG, third edition, section 11.2.1)."""
    lines = b"".join(b"\0" + _bits(line) for line in points)
    head = struct.pack(">IIBBBBB", len(points[0]), len(points), 1, 0, 0, 0, 0)
    parts = ((b"IHDR", head), (b"IDAT", zlib.compress(lines, 9)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(name, data) for name, data in parts)


def _bits(line: Sequence[bool]) -> bytes:
    """White is 1; the last byte is filled up."""
    text = "".join("0" if dark else "1" for dark in line)
    text += "0" * (-len(text) % 8)
    return int(text, 2).to_bytes(len(text) // 8, "big")


def _chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


@lru_cache(maxsize=8)
def _loop(texts: tuple[str, ...]) -> bytes:
    """A GIF that goes round for ever (GIF89a; the loop is Netscape's extension)."""
    if not texts:
        raise TooLarge
    pictures = [matrix(text) for text in texts]
    side = max(len(picture) for picture in pictures)
    size = struct.pack("<HH", side, side)
    written = [
        b"GIF89a" + size + b"\x80\0\0" + _COLOURS,
        b"!\xff\x0bNETSCAPE2.0\x03\x01\0\0\0",
    ]
    for picture in pictures:
        points = bytes(dark for line in _centred(picture, side) for dark in line)
        written += [
            b"!\xf9\x04\0" + struct.pack("<H", _HUNDREDTHS) + b"\0\0",
            b",\0\0\0\0" + size + b"\0\x02",
            _blocks(_compressed(points)),
        ]
    return b"".join(written) + b";"


def _centred(picture: Modules, side: int) -> Modules:
    before = (side - len(picture)) // 2
    after = side - len(picture) - before
    empty = [[_WHITE] * side]
    return [
        *empty * before,
        *([_WHITE] * before + list(line) + [_WHITE] * after for line in picture),
        *empty * after,
    ]


def _compressed(points: bytes) -> bytes:
    """LZW with codes of growing width (GIF89a, appendix F)."""
    known = {bytes((point,)): point for point in range(2)}
    width, following = 3, _FIRST
    written, filled = _CLEAR, width
    parts = []
    run = b""
    for place in range(len(points)):
        longer = run + points[place : place + 1]
        if longer in known:
            run = longer
            continue
        written |= known[run] << filled
        filled += width
        known[longer] = following
        following += 1
        if following > 1 << width:
            width += 1
        if following == _MOST_CODES:
            written |= _CLEAR << filled
            filled += width
            known = {bytes((point,)): point for point in range(2)}
            width, following = 3, _FIRST
        whole = filled // 8
        parts.append((written & (1 << whole * 8) - 1).to_bytes(whole, "little"))
        written >>= whole * 8
        filled -= whole * 8
        run = longer[-1:]
    written |= known[run] << filled
    filled += width
    written |= _END << filled
    filled += width
    parts.append(written.to_bytes(-(-filled // 8), "little"))
    return b"".join(parts)


def _blocks(data: bytes) -> bytes:
    """In blocks of at most 255 bytes, each with its length in front."""
    return (
        b"".join(
            bytes((len(data[place : place + 255]),)) + data[place : place + 255]
            for place in range(0, len(data), 255)
        )
        + b"\0"
    )
