"""Badges to put into files, and the plainest pictures to put them into."""

import zlib

from passport.baking.png_chunks import SIGNATURE, Chunk
from passport.json import dump
from tests.simulators.forms import SchoolOfForms
from tests.simulators.parties import Party

SUBJECT = Party("A worker").did


def png(*more: Chunk, width: int = 1, height: int = 1) -> bytes:
    """One white point, with further chunks before its end."""
    header = Chunk(b"IHDR", width.to_bytes(4, "big") + height.to_bytes(4, "big") + b"\x08\x00\x00\x00\x00")
    drawn = Chunk(b"IDAT", zlib.compress(b"\x00\xff"))
    return SIGNATURE + b"".join(each.written() for each in (header, drawn, *more, Chunk(b"IEND", b"")))


SVG = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><circle cx="5" cy="5" r="4"/></svg>'


def signed(form: str = "ldp_vc", **members) -> bytes:
    """A badge of a school, in one of its forms."""
    school = SchoolOfForms()
    return school.sign(form, school.unsigned(SUBJECT, **members))


def text_chunk(text: bytes, keyword: bytes = b"openbadgecredential", kind: bytes = b"iTXt") -> Chunk:
    return Chunk(kind, keyword + (b"\0\0\0\0\0" if kind == b"iTXt" else b"\0") + text)


OLDER = {
    "@context": "https://w3id.org/openbadges/v2",
    "id": "https://badges.example/assertions/1",
    "type": "Assertion",
    "recipient": {"type": "email", "hashed": True, "salt": "zout", "identity": "sha256$00"},
    "issuedOn": "2019-05-17T09:00:00+00:00",
    "verification": {"type": "hosted"},
    "badge": {
        "id": "https://badges.example/badges/5",
        "type": "BadgeClass",
        "name": "Printen in drie lagen",
        "description": "Drukt onderdelen in kunststof.",
        "criteria": {"narrative": "Drie onderdelen gemaakt."},
        "issuer": {"id": "https://badges.example/issuer", "type": "Profile", "name": "Een makersplaats"},
    },
}
OLDER_BYTES = dump(OLDER)
