"""A set as content, a line of JSON for each document, and as it travels: compressed, named by digest."""

import zlib
from collections.abc import Iterable

from matching.published.errors import PublishedSetChanged, PublishedSetTooLarge
from matching.published.limits import PUBLISHED_SETS
from passport.encoding import check_digest_multibase
from passport.errors import Invalid
from passport.json import JsonObject, canonicalize


def write_content(documents: Iterable[JsonObject]) -> bytes:
    """One line for each document in canonical form (RFC 8785), sorted: the same documents, the same bytes.

    Raises:
        PublishedSetTooLarge
    """
    lines = sorted(canonicalize(document) for document in documents)
    content = b"".join(line + b"\n" for line in lines)
    if len(lines) > PUBLISHED_SETS.documents or len(content) > PUBLISHED_SETS.content:
        raise PublishedSetTooLarge(limit=PUBLISHED_SETS.content)
    return content


def read_content(content: bytes) -> tuple[bytes, ...]:
    """The documents of a set, each to be read and verified by whoever uses it.

    Raises:
        PublishedSetTooLarge
    """
    lines = tuple(content.split(b"\n")[:-1])
    if len(lines) > PUBLISHED_SETS.documents:
        raise PublishedSetTooLarge(limit=PUBLISHED_SETS.documents)
    return lines


def pack(content: bytes) -> bytes:
    """As it travels; raises PublishedSetTooLarge."""
    packed = zlib.compress(content, 9)
    if len(packed) > PUBLISHED_SETS.file:
        raise PublishedSetTooLarge(limit=PUBLISHED_SETS.file)
    return packed


def unpack(packed: bytes, *, size: int, digest: str, most: int) -> bytes:
    """Look at the digest, then inflate at most so many bytes.

    Raises:
        PublishedSetChanged, PublishedSetTooLarge
    """
    if len(packed) != size:
        raise PublishedSetChanged
    check(packed, digest)
    return inflate(packed, most)


def inflate(packed: bytes, most: int) -> bytes:
    """At most so many bytes.

    Raises:
        PublishedSetChanged, PublishedSetTooLarge
    """
    inflater = zlib.decompressobj()
    try:
        content = inflater.decompress(packed, most + 1)
    except zlib.error:
        raise PublishedSetChanged from None
    if len(content) > most:
        raise PublishedSetTooLarge(limit=most)
    if not inflater.eof or inflater.unused_data:
        raise PublishedSetChanged
    return content


def check(data: bytes, digest: str) -> None:
    """Raises PublishedSetChanged."""
    try:
        check_digest_multibase(data, digest)
    except Invalid:
        raise PublishedSetChanged from None
