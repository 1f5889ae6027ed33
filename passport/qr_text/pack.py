"""From a document to the texts of a few QR codes, and back."""

import hashlib
from collections.abc import Iterable
from typing import Final

from passport import limits
from passport.errors.qr_text import (
    DamagedFrames,
    DocumentTooLargeForQr,
    FrameContradicts,
    FramesMissing,
    OtherDocument,
)
from passport.qr_text.format import inflated, smallest
from passport.qr_text.frame import Frame, parse_frame

_HEADER: Final = len("SP1/99/99/01234567//")


def pack(document: bytes, *, most: int = 900) -> tuple[str, ...]:
    """Write a document as the texts of QR codes.

    Args:
        document: any bytes; JSON is what the dictionary is for.
        most: characters in one QR code. A phone reads about 1,000 well.

    Raises:
        DocumentTooLargeForQr: it would take more frames than limits.QR_TEXT allows.
    """
    bounds = limits.QR_TEXT
    most = min(max(most, bounds.least_frame), bounds.frame)
    if len(document) > bounds.document:
        raise DocumentTooLargeForQr(limit=bounds.document)
    version, content = smallest(document)
    width = (most - _HEADER) // 3 * 2
    of = -(-len(content) // width)
    if of > bounds.frames:
        raise DocumentTooLargeForQr(frames=bounds.frames)
    width = -(-len(content) // of)  # parts of one size make pictures of one size
    width += width % 2
    mark = _mark(document)
    parts = [content[start : start + width] for start in range(0, len(content), width)]
    return tuple(Frame(number, len(parts), mark, part, version).text for number, part in enumerate(parts, 1))


def unpack(frames: Iterable[str]) -> bytes:
    """The document of a complete set of frames, in any order; raises as Collector."""
    collector = Collector()
    for text in frames:
        collector.add(text)
    return collector.document()


class Collector:
    """Takes frames as they are scanned: in any order, each as often as it comes by.

    A frame that is refused leaves what was collected as it was.
    """

    def __init__(self) -> None:
        self._first: Frame | None = None
        self._parts: dict[int, bytes] = {}

    def add(self, text: str) -> None:
        """Take the text of one QR code.

        Raises:
            NotAFrame, UnknownFrameVersion: not one of ours.
            OtherDocument: of another document than the first one.
            FrameContradicts: another content for a part that is there.
        """
        frame = parse_frame(text)
        first = self._first or frame
        if (frame.hash, frame.of, frame.version) != (first.hash, first.of, first.version):
            raise OtherDocument
        if self._parts.get(frame.part, frame.content) != frame.content:
            raise FrameContradicts
        self._first = first
        self._parts[frame.part] = frame.content

    @property
    def missing(self) -> tuple[int, ...]:
        """The numbers of the parts that have not come by. Before the first frame nothing is known: ()."""
        of = 0 if self._first is None else self._first.of
        return tuple(number for number in range(1, of + 1) if number not in self._parts)

    @property
    def complete(self) -> bool:
        return self._first is not None and not self.missing

    def document(self) -> bytes:
        """The document.

        Raises:
            FramesMissing: not complete yet.
            DamagedFrames: what the parts make up is not what was sent.
            DocumentTooLargeForQr: it would inflate beyond limits.QR_TEXT.
        """
        if self._first is None or self.missing:
            raise FramesMissing(missing=len(self.missing))
        content = b"".join(self._parts[number] for number in sorted(self._parts))
        document = inflated(content, self._first.version)
        if _mark(document) != self._first.hash:
            raise DamagedFrames
        return document


def _mark(document: bytes) -> str:
    """Tells one document from the next and a damaged one from a whole one; not a protection: proofs are."""
    return hashlib.sha256(document).hexdigest()[:8].upper()
