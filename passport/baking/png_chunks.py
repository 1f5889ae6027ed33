"""PNG (third edition, section 5) as a list of chunks. No picture is decoded and nothing is inflated."""

import zlib
from collections.abc import Iterator
from dataclasses import dataclass

from passport.baking.limits import PICTURE
from passport.errors.baking import BadgeFileTooLarge, DamagedPng

SIGNATURE = b"\x89PNG\r\n\x1a\n"
_AROUND = 12
"""Bytes beside a chunk's data: length, type, checksum."""
_HEADER_LENGTH = 13


@dataclass(frozen=True, slots=True)
class Chunk:
    kind: bytes
    data: bytes

    def written(self) -> bytes:
        body = self.kind + self.data
        return len(self.data).to_bytes(4, "big") + body + zlib.crc32(body).to_bytes(4, "big")


def chunks(picture: bytes) -> Iterator[Chunk]:
    """Every chunk, header first and end last. What follows the end is no part of the picture.

    Raises:
        BadgeFileTooLarge: more bytes or chunks than passport.baking.limits.
        DamagedPng: no PNG, cut off, or with a checksum that does not fit.
    """
    if len(picture) > PICTURE.size:
        raise BadgeFileTooLarge(limit=PICTURE.size)
    if not picture.startswith(SIGNATURE):
        raise DamagedPng
    at = len(SIGNATURE)
    for number in range(PICTURE.chunks):
        end = at + _AROUND + int.from_bytes(picture[at : at + 4], "big")
        if at + _AROUND > len(picture) or end > len(picture):
            raise DamagedPng
        kind, data = picture[at + 4 : at + 8], picture[at + 8 : end - 4]
        if (kind == b"IHDR") is not (number == 0) or (number == 0 and len(data) != _HEADER_LENGTH):
            raise DamagedPng
        if zlib.crc32(picture[at + 4 : end - 4]) != int.from_bytes(picture[end - 4 : end], "big"):
            raise DamagedPng
        yield Chunk(kind, data)
        if kind == b"IEND":
            return
        at = end
    raise BadgeFileTooLarge(chunks=PICTURE.chunks)


def size_of(header: Chunk) -> tuple[int, int]:
    """Width and height, as the header says."""
    return int.from_bytes(header.data[:4], "big"), int.from_bytes(header.data[4:8], "big")
