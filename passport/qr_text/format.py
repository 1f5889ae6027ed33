"""The versions of the format: what is deflated (RFC 1951), and with which dictionary.

SP1   the document as it is
SP2   the document with its base64url decoded: a token takes half the room
"""

import zlib
from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from passport import limits
from passport.errors.qr_text import DamagedFrames, DocumentTooLargeForQr
from passport.qr_text import dictionary
from passport.qr_text.tokens import decoded, encoded

PLAIN: Final = "SP1"
TOKENS: Final = "SP2"
_RAW: Final = -15
_DICTIONARIES: Mapping[str, bytes] = MappingProxyType({PLAIN: dictionary.SP1, TOKENS: dictionary.SP2})


def smallest(document: bytes) -> tuple[str, bytes]:
    """The version in which a document takes least, and its content there; SP1 where it is nearly the same."""
    plain = _deflated(document, PLAIN)
    opened = decoded(document)
    tokens = plain if opened is None else _deflated(opened, TOKENS)
    return (TOKENS, tokens) if len(tokens) * 10 < len(plain) * 9 else (PLAIN, plain)


def inflated(content: bytes, version: str) -> bytes:
    """The document.

    Raises:
        DamagedFrames
        DocumentTooLargeForQr: it would inflate beyond limits.QR_TEXT.
    """
    most = limits.QR_TEXT.document
    inflate = zlib.decompressobj(_RAW, _DICTIONARIES[version])
    try:
        document = inflate.decompress(content, most + 1)
    except zlib.error:
        raise DamagedFrames from None
    if len(document) > most:
        raise DocumentTooLargeForQr(limit=most)
    if not inflate.eof or inflate.unused_data:
        raise DamagedFrames
    return document if version == PLAIN else encoded(document, most)


def _deflated(document: bytes, version: str) -> bytes:
    deflate = zlib.compressobj(
        9, zlib.DEFLATED, _RAW, zlib.DEF_MEM_LEVEL, zlib.Z_DEFAULT_STRATEGY, _DICTIONARIES[version]
    )
    return deflate.compress(document) + deflate.flush()
