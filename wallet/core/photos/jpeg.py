"""JPEG (ITU-T T.81, annex B) without metadata: what draws the picture is copied, the rest stays behind.

What stays: the coding segments, JFIF, the colour profile, Adobe's colour transform. Of Exif one thing comes
back: how the camera was held, since without it the photo lies on its side. Whatever follows the end of the
image (previews, moving pictures, depth maps) is left out as well: it has metadata of its own.
"""

from collections.abc import Iterator

from wallet.errors_claims import PhotoNotRead

_START, _END, _SCAN = 0xD8, 0xD9, 0xDA
_RESTARTS = frozenset(range(0xD0, 0xD8))
_JFIF, _EXIF, _COLOURS, _ADOBE, _COMMENT = 0xE0, 0xE1, 0xE2, 0xEE, 0xFE
_APPLICATION = frozenset(range(0xE0, 0xF0))
_PROFILE = b"ICC_PROFILE\x00"
_EXIF_NAME = b"Exif\x00\x00"
_ORIENTATION = 0x0112
_UPRIGHT, _LAST = 1, 8
_SHORT = 3
_IFD_ENTRY = 12
_MOST_ENTRIES = 512


def strip_jpeg(data: bytes) -> bytes:
    """The picture alone.

    Raises:
        PhotoNotRead: cut off, or not built as a JPEG is; then nobody can say what would stay behind in it.
    """
    written = bytearray(b"\xff\xd8")
    turned = _UPRIGHT
    kept: list[bytes] = []
    for marker, part in _segments(data):
        if marker == _EXIF and part[4:].startswith(_EXIF_NAME):
            turned = _orientation(part[4 + len(_EXIF_NAME) :])
        if _draws(marker, part):
            kept.append(part)
    if turned != _UPRIGHT:
        written += _turned(turned)
    for part in kept:
        written += part
    return bytes(written)


def _draws(marker: int, part: bytes) -> bool:
    if marker == _COMMENT:
        return False
    if marker not in _APPLICATION:
        return True
    body = part[4:]
    if marker == _JFIF:
        return body.startswith(b"JFIF\x00")
    if marker == _COLOURS:
        return body.startswith(_PROFILE)
    return marker == _ADOBE and body.startswith(b"Adobe")


def _segments(data: bytes) -> Iterator[tuple[int, bytes]]:
    """Every segment after the start of the image, up to and with its end; a scan with its coded data."""
    at = 2
    if data[:at] != b"\xff\xd8":
        raise PhotoNotRead
    scanned = False
    while True:
        if data[at : at + 1] != b"\xff":
            raise PhotoNotRead
        while data[at + 1 : at + 2] == b"\xff":  # fill bytes, B.1.1.2
            at += 1
        if at + 1 >= len(data):
            raise PhotoNotRead
        marker = data[at + 1]
        if marker == _END:
            if not scanned:
                raise PhotoNotRead
            yield marker, b"\xff\xd9"
            return
        end = at + 2 + int.from_bytes(data[at + 2 : at + 4], "big")
        if end < at + 4 or end > len(data) or marker in {0, _START} or marker in _RESTARTS:
            raise PhotoNotRead
        if marker == _SCAN:
            scanned = True
            end = _coded(data, end)
        yield marker, data[at:end]
        at = end


def _coded(data: bytes, at: int) -> int:
    """Where the entropy-coded data ends: at a marker that is neither a stuffed byte nor a restart."""
    while True:
        at = data.find(b"\xff", at)
        if at < 0 or at + 1 >= len(data):
            raise PhotoNotRead
        following = data[at + 1]
        if following == 0xFF:  # noqa: PLR2004  # a fill byte: the marker comes after it
            at += 1
        elif following == 0 or following in _RESTARTS:
            at += 2
        else:
            return at


def _orientation(tiff: bytes) -> int:
    """How the camera was held (Exif 2.3, tag 0x0112); upright where that can't be read."""
    order = {b"II*\x00": "little", b"MM\x00*": "big"}.get(tiff[:4])
    if order is None:
        return _UPRIGHT
    little = order == "little"

    def number(at: int, size: int) -> int:
        return int.from_bytes(tiff[at : at + size], "little" if little else "big")

    directory = number(4, 4)
    for place in range(min(number(directory, 2), _MOST_ENTRIES)):
        entry = directory + 2 + place * _IFD_ENTRY
        if number(entry, 2) == _ORIENTATION and number(entry + 2, 2) == _SHORT:
            found = number(entry + 8, 2)
            return found if _UPRIGHT <= found <= _LAST else _UPRIGHT
    return _UPRIGHT


def _turned(orientation: int) -> bytes:
    """An Exif segment that says this and nothing else."""
    entry = (
        _ORIENTATION.to_bytes(2, "big")
        + _SHORT.to_bytes(2, "big")
        + (1).to_bytes(4, "big")
        + orientation.to_bytes(2, "big")
        + b"\x00\x00"
    )
    tiff = b"MM\x00*" + (8).to_bytes(4, "big") + (1).to_bytes(2, "big") + entry + (0).to_bytes(4, "big")
    body = _EXIF_NAME + tiff
    return b"\xff\xe1" + (len(body) + 2).to_bytes(2, "big") + body
