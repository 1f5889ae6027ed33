"""Text with its base64url decoded, as it is deflated in SP2: what a token repeats can be found in it.

A run of base64url is written as a zero byte, its length in bytes, and the bytes that it stands for. All other
text stands as it is, and holds no zero byte. Each text has exactly one such form that `decoded` writes, and
`encoded` gives that very text back.
"""

import re
from typing import Final

from passport.encoding import base64url_decode, base64url_encode
from passport.errors import MalformedEncoding
from passport.errors.qr_text import DamagedFrames

_RUN = re.compile(rb"[A-Za-z0-9_-]{40,}")
"""Shorter ones are words and numbers more often than not."""
_MARK: Final = b"\0"
_LENGTH: Final = 3
"""Bytes in which a length is written: seven bits in each, the lowest first."""


def decoded(text: bytes) -> bytes | None:
    """The text with every run of base64url decoded; None where there is none, or a zero byte."""
    if _MARK in text:
        return None
    found = _RUN.sub(_decode, text)
    return None if found == text else found


def encoded(written: bytes, most: int) -> bytes:
    """The text that was decoded.

    Raises:
        DamagedFrames: `decoded` did not write it, or its text has more than `most` bytes.
    """
    parts: list[bytes] = []
    at = size = 0
    while True:
        mark = written.find(_MARK, at)
        parts.append(written[at:] if mark < 0 else written[at:mark])
        if mark >= 0:
            length, start = _read_length(written, mark + 1)
            at = start + length
            if at > len(written):
                raise DamagedFrames
            parts.append(base64url_encode(written[start:at]).encode("ascii"))
        size += sum(map(len, parts[-2:]))
        if size > 2 * most:
            raise DamagedFrames
        if mark < 0:
            break
    text = b"".join(parts)
    if len(text) > most:
        raise DamagedFrames
    return text


def _decode(run: re.Match[bytes]) -> bytes:
    try:
        data = base64url_decode(run[0].decode("ascii"), len(run[0]))
    except MalformedEncoding:
        return run[0]  # a word, or no whole number of bytes
    if len(data) >= 1 << 7 * _LENGTH:
        return run[0]
    return _MARK + _written_length(len(data)) + data


def _written_length(length: int) -> bytes:
    written = bytearray()
    while length >= 128:  # noqa: PLR2004  # what seven bits hold
        written.append(length & 127 | 128)
        length >>= 7
    return bytes((*written, length))


def _read_length(written: bytes, at: int) -> tuple[int, int]:
    length = 0
    for number, byte in enumerate(written[at : at + _LENGTH]):
        length |= (byte & 127) << 7 * number
        if byte < 128:  # noqa: PLR2004
            return length, at + number + 1
    raise DamagedFrames
