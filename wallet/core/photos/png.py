"""PNG (third edition, sections 5 and 11) without metadata: the chunks that draw the picture and no others."""

import zlib

from wallet.errors_claims import PhotoNotRead

SIGNATURE = b"\x89PNG\r\n\x1a\n"
_DRAWS = frozenset(
    {
        *(b"IHDR", b"PLTE", b"IDAT", b"IEND"),
        *(b"tRNS", b"cHRM", b"gAMA", b"iCCP", b"sBIT", b"sRGB", b"cICP", b"bKGD", b"pHYs"),
    }
)
"""Critical chunks, and those that say what a colour is. Text, Exif, the time and unknown chunks stay behind;
an animation shows its first picture."""
_FRAME = 12
"""Bytes around a chunk's data: length, type, checksum."""


def strip_png(data: bytes) -> bytes:
    """The picture alone; raises PhotoNotRead where it is cut off or not built as a PNG is."""
    if not data.startswith(SIGNATURE):
        raise PhotoNotRead
    written, at, drawn = bytearray(SIGNATURE), len(SIGNATURE), False
    while True:
        end = at + _FRAME + int.from_bytes(data[at : at + 4], "big")
        if at + _FRAME > len(data) or end > len(data):
            raise PhotoNotRead
        kind = data[at + 4 : at + 8]
        if (kind == b"IHDR") is not (at == len(SIGNATURE)):
            raise PhotoNotRead
        if zlib.crc32(data[at + 4 : end - 4]) != int.from_bytes(data[end - 4 : end], "big"):
            raise PhotoNotRead  # a length that is not its own would take other chunks along
        drawn = drawn or kind == b"IDAT"
        if kind in _DRAWS:
            written += data[at:end]
        if kind == b"IEND":
            if not drawn:
                raise PhotoNotRead
            return bytes(written)
        at = end
