"""WebP (RFC 9649) without metadata: no Exif, no XMP, no unknown chunks."""

from wallet.errors_claims import PhotoNotRead

_DRAWS = frozenset({b"VP8 ", b"VP8L", b"VP8X", b"ALPH", b"ICCP", b"ANIM", b"ANMF"})
_PICTURES = frozenset({b"VP8 ", b"VP8L", b"ANMF"})
_HEADER = 12
_EXIF, _XMP = 0x08, 0x04


def strip_webp(data: bytes) -> bytes:
    """The picture alone; raises PhotoNotRead where it is cut off or not built as a WebP is."""
    size = int.from_bytes(data[4:8], "little") + 8
    if data[:4] != b"RIFF" or data[8:_HEADER] != b"WEBP" or size > len(data):
        raise PhotoNotRead
    chunks, at, drawn = bytearray(), _HEADER, False
    while at < size:
        length = int.from_bytes(data[at + 4 : at + 8], "little")
        end = at + 8 + length + length % 2
        if at + 8 > size or end > size:
            raise PhotoNotRead
        kind, chunk = data[at : at + 4], data[at:end]
        if kind == b"VP8X" and length:
            chunk = chunk[:8] + bytes([chunk[8] & ~(_EXIF | _XMP)]) + chunk[9:]
        drawn = drawn or kind in _PICTURES
        if kind in _DRAWS:
            chunks += chunk
        at = end
    if not drawn:
        raise PhotoNotRead
    return b"RIFF" + (len(chunks) + 4).to_bytes(4, "little") + b"WEBP" + bytes(chunks)
