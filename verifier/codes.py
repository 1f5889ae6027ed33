"""What the text of one QR code is, for a page that collects them. Nothing of it is verified yet."""

from dataclasses import dataclass
from enum import StrEnum

from passport.baking import credentials_in
from passport.errors import PassportError
from passport.qr_text import looks_like_frames, parse_frame
from passport.share_link import looks_like_link

_ASKS = ("openid4vp:", "haip-vp:", "eudi-openid4vp:", "mdoc-openid4vp:")
_OFFERS = ("openid-credential-offer:", "haip-vci:")


class Kind(StrEnum):
    FRAME = "frame"
    """One of several codes of a document."""
    WHOLE = "whole"
    """All there is to check: a share link, or a credential in one code."""
    ASKS = "asks"
    """A question for a wallet: nothing is proven by it."""
    OFFERS = "offers"
    """An offer for a wallet."""
    NEWER = "newer"
    """A frame of a version that is not known here."""
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Code:
    kind: Kind
    text: str = ""
    """Given back where the page needs it: frames and what is whole."""
    part: int = 0
    of: int = 0
    mark: str = ""
    """Which document a frame belongs to."""


def code_of(text: str) -> Code:
    """What this is, by how it is written."""
    if looks_like_frames(text):
        try:
            frame = parse_frame(text)
        except PassportError:
            return Code(Kind.NEWER)
        return Code(Kind.FRAME, text, frame.part, frame.of, f"{frame.version}/{frame.of}/{frame.hash}")
    if looks_like_link(text):
        return Code(Kind.WHOLE, text)
    scheme = text[:64].strip().lower()
    for begins, kind in ((_ASKS, Kind.ASKS), (_OFFERS, Kind.OFFERS)):
        if scheme.startswith(begins):
            return Code(kind)
    try:
        credentials_in(text.encode("utf-8", "replace"))
    except PassportError:
        return Code(Kind.OTHER)
    return Code(Kind.WHOLE, text)
