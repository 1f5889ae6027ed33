"""Compressing and expanding the bytes of a status list, in bounds both ways."""

import zlib
from typing import Final

from passport.encoding import base64url_decode
from passport.errors import EncodingTooLong, MalformedEncoding
from passport.errors.status import MalformedStatusList, StatusListTooLarge
from passport.limits import STATUS

GZIP: Final = 31
"""zlib's wbits for a 32 KiB window in a gzip wrapper: Bitstring Status List, Status List 2021."""
ZLIB: Final = 15
"""The same in a zlib wrapper: Token Status List."""

_LEVEL: Final = 6
_MEMORY: Final = 9


def compress(data: bytes, wrapper: int) -> bytes:
    """Compress with run lengths only (Z_RLE).

    A status list is runs of zeros with set bits strewn in: nothing repeats, so searching for matches costs
    much and finds little. Ten million entries with one of a hundred set take 6 ms and 148 kB; the default
    strategy takes 49 ms and 160 kB at level 6. The same bytes in give the same bytes out.

    Raises:
        StatusListTooLarge: what comes out is more than would be read again.
    """
    deflate = zlib.compressobj(_LEVEL, zlib.DEFLATED, wrapper, _MEMORY, zlib.Z_RLE)
    compressed = deflate.compress(data) + deflate.flush()
    if len(compressed) > STATUS.compressed:
        raise StatusListTooLarge(limit=STATUS.compressed)
    return compressed


def expand(text: str, wrapper: int) -> bytes:
    """Decode base64url and inflate, both bounded; it must be one whole stream and nothing else.

    Raises:
        MalformedStatusList: no base64url, another wrapper, damaged, cut off, or followed by more.
        StatusListTooLarge: beyond limits.STATUS, before or after inflating.
    """
    compressed = _decoded(text)
    inflate = zlib.decompressobj(wrapper)
    try:
        data = inflate.decompress(compressed, STATUS.expanded + 1)
    except zlib.error:
        raise MalformedStatusList from None
    if len(data) > STATUS.expanded:
        raise StatusListTooLarge(limit=STATUS.expanded)
    if not inflate.eof or inflate.unused_data:
        raise MalformedStatusList
    return data


def _decoded(text: str) -> bytes:
    try:
        compressed = base64url_decode(text)
    except MalformedEncoding:
        raise MalformedStatusList from None
    except EncodingTooLong:
        raise StatusListTooLarge(limit=STATUS.compressed) from None
    if len(compressed) > STATUS.compressed:
        raise StatusListTooLarge(limit=STATUS.compressed)
    return compressed
