"""A frame: the text of one QR code, "SP2/<part>/<of>/<hash>/<base45>/", all in the alphanumeric alphabet.

Base45 may end in a space, which people and programs trim: the last stroke keeps it.
"""

import re
from dataclasses import dataclass

from passport import limits
from passport.encoding import base45_decode, base45_encode
from passport.errors import MalformedEncoding
from passport.errors.qr_text import NotAFrame, UnknownFrameVersion
from passport.qr_text.format import PLAIN, TOKENS

_FORM = re.compile(r"(SP[12])/([1-9][0-9]?)/([1-9][0-9]?)/([0-9A-F]{8})/([0-9A-Z $%*+\-./:]+)/")
_BEGIN = re.compile(r"SP[1-9]")
_ANY_VERSION = re.compile(r"SP[1-9][0-9]?/.*", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Frame:
    """Part `part` of `of`, counted from 1, of the document whose SHA-256 begins with `hash`."""

    part: int
    of: int
    hash: str
    content: bytes
    version: str = PLAIN

    @property
    def text(self) -> str:
        return f"{self.version}/{self.part}/{self.of}/{self.hash}/{base45_encode(self.content)}/"


def parse_frame(text: str) -> Frame:
    """Read the text of a QR code.

    Raises:
        NotAFrame: something else, or damaged.
        UnknownFrameVersion: a frame of a later version.
    """
    if len(text) > limits.QR_TEXT.frame:
        raise NotAFrame
    match = _FORM.fullmatch(text)
    if match is None:
        if _ANY_VERSION.fullmatch(text) and text.partition("/")[0] not in {PLAIN, TOKENS}:
            raise UnknownFrameVersion
        raise NotAFrame
    part, of = int(match[2]), int(match[3])
    if part > of:
        raise NotAFrame
    try:
        return Frame(part, of, match[4], base45_decode(match[5]), match[1])
    except MalformedEncoding:
        raise NotAFrame from None


def frames_in(text: str) -> tuple[str, ...]:
    """The frames in a pasted text, one a line; spaces inside a frame are part of it.

    A line that begins no frame stays with the one before it, which is then no frame: nothing is passed over.
    The lines are gone through once: no search for where a frame begins goes back.
    """
    frames: list[list[str]] = []
    for line in text.strip().replace("\r", "\n").split("\n"):
        begun = line.lstrip()
        if not frames or _BEGIN.match(begun):
            frames.append([begun])
        elif begun:
            frames[-1].append(line)
    return tuple(map("\n".join, frames)) if text.strip() else ()


def looks_like_frames(text: str) -> bool:
    """Whether a text is meant as frames, of whatever version."""
    return _ANY_VERSION.fullmatch(text.strip()) is not None
