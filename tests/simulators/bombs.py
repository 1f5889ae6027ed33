"""Bytes that unpack to a thousand times as many zeros: one packed block over and over, so making them is quick."""

import gzip
import zlib

_BLOCK = 1_000_000
_RAW = -zlib.MAX_WBITS


def zeros_in_zlib(blocks: int) -> bytes:
    """So many million zeros (RFC 1950)."""
    return b"\x78\xda" + _deflated(blocks) + zlib.adler32(bytes(blocks * _BLOCK)).to_bytes(4, "big")


def zeros_in_gzip(blocks: int) -> bytes:
    """So many million zeros (RFC 1952)."""
    header, size = gzip.compress(b"", mtime=0)[:10], blocks * _BLOCK
    ends = zlib.crc32(bytes(size)).to_bytes(4, "little") + size.to_bytes(4, "little")
    return header + _deflated(blocks) + ends


def _deflated(blocks: int) -> bytes:
    """RFC 1951; after a full flush nothing refers to what came before."""
    packer = zlib.compressobj(9, zlib.DEFLATED, _RAW)
    block = packer.compress(bytes(_BLOCK)) + packer.flush(zlib.Z_FULL_FLUSH)
    return block * blocks + zlib.compressobj(9, zlib.DEFLATED, _RAW).flush()
