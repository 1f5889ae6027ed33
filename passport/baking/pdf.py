"""Credentials attached to a PDF file: embedded file streams (ISO 32000-2, section 7.11.4).

They are found by going through the file once. The tables by which a viewer finds its way are not followed, so
none can lead in a circle.
"""

import re
import zlib
from collections.abc import Iterator

from passport.baking.inside import BLANKS, Inside, is_token
from passport.baking.limits import CARRIER
from passport.errors.baking import (
    BadgeFileTooLarge,
    EncryptedPdf,
    NoCredentialInside,
    TwoCredentialsInside,
    UnpackedTooLarge,
)

_STREAM = re.compile(rb"stream\r?\n")
_FILTER = re.compile(rb"/Filter\s*(?:\[\s*)?/(\w+)")
_LENGTH = re.compile(rb"/Length\s+(\d{1,9})\b(?!\s+\d+\s+R)")
_ENCRYPTED = re.compile(rb"/Encrypt\s+\d+\s+\d+\s+R")
_EMBEDDED = re.compile(rb"/EmbeddedFile(?!s)")
_DICTIONARY = 2_048
"""Bytes within which a stream's dictionary ends after it named its type."""


def unpdf(file: bytes) -> Inside:
    """The one credential that is attached to a PDF file, among whatever else is attached.

    Raises:
        NoCredentialInside
        TwoCredentialsInside: different ones.
        EncryptedPdf
        BadgeFileTooLarge, UnpackedTooLarge.
    """
    if len(file) > CARRIER.pdf:
        raise BadgeFileTooLarge(limit=CARRIER.pdf)
    found = list(dict.fromkeys(text for text in _attached(file) if text[:1] == b"{" or is_token(text)))
    if len(found) > 1:
        raise TwoCredentialsInside
    if found:
        return Inside(found[0])
    if _ENCRYPTED.search(file):
        raise EncryptedPdf
    raise NoCredentialInside


def _attached(file: bytes) -> Iterator[bytes]:
    at = 0
    for _ in range(CARRIER.attachments):
        named = _EMBEDDED.search(file, at)
        if named is None:
            return
        at = named.end()
        stream = _STREAM.search(file, at, at + _DICTIONARY)
        if stream is None or file.find(b"endobj", at, stream.start()) >= 0:
            continue
        begun = max(file.rfind(b" obj", max(0, at - _DICTIONARY), at), 0)
        at = stream.end()
        text = _content(file, file[begun : stream.start()], at)
        if text is not None:
            yield text.strip(BLANKS)
    raise BadgeFileTooLarge(attachments=CARRIER.attachments)


def _content(file: bytes, dictionary: bytes, start: int) -> bytes | None:
    """What a stream holds; None for one that is packed in a way that is not read here."""
    packed = _FILTER.search(dictionary)
    if packed is not None:
        return _inflated(file[start : start + CARRIER.text]) if packed[1] == b"FlateDecode" else None
    length = _LENGTH.search(dictionary)
    end = start + int(length[1]) if length else file.find(b"endstream", start)
    if end - start > CARRIER.text:
        return None  # a film, a scan: no credential
    return file[start:end]


def _inflated(packed: bytes) -> bytes | None:
    inflate = zlib.decompressobj()
    try:
        text = inflate.decompress(packed, CARRIER.text + 1)
    except zlib.error:
        return None
    if len(text) > CARRIER.text:
        raise UnpackedTooLarge(limit=CARRIER.text)
    return text if inflate.eof else None
