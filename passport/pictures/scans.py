"""How often a JPEG goes over the whole picture, before anything decodes it (ITU-T T.81, annex B).

A progressive JPEG is sharpened scan by scan. A scan that changes nothing takes fifty bytes, and its decoder
goes over every point of the picture for it: eight megabytes of them keep a processor busy for half an hour.
"""

import re
from typing import Final

SCANS: Final = 64
"""Of one JPEG. Encoders write one to a dozen."""
_MARKER = re.compile(rb"\xff+([^\x00\xd0-\xd7\xff])")
"""Not what is stuffed into the data of a scan, and no restart."""
_SOI, _SOS, _EOI = 0xD8, 0xDA, 0xD9
_WITHOUT_LENGTH = frozenset({0x01, _SOI})


def too_many_scans(picture: bytes) -> bool:
    """Whether a picture is a JPEG with more than SCANS scans; another picture has none.

    Pictures inside its metadata are passed over, and what follows its end.
    """
    if not picture.startswith(b"\xff\xd8"):
        return False
    at = scans = 0
    while scans <= SCANS:
        found = _MARKER.search(picture, at)
        if found is None or found[1][0] == _EOI:
            return False
        kind, at = found[1][0], found.end()
        scans += kind == _SOS
        if kind not in _WITHOUT_LENGTH:
            at += int.from_bytes(picture[at : at + 2], "big")
    return True
