"""From documents and what was published before to the next index and its files."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from matching.published.delta import apply_delta, make_delta
from matching.published.errors import NothingToPublish, PublishedSetChanged
from matching.published.index import Earlier, File, Index, PublishedSet, SetKind
from matching.published.limits import PUBLISHED_SETS
from matching.published.packing import check, pack, unpack, write_content
from passport.encoding import digest_multibase
from passport.json import JsonObject

Read = Callable[[File], bytes]
"""A file of the index; raises PassportError or OSError where it is not there."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What to write: the files by their place, and the index after them."""

    index: Index
    files: Mapping[str, bytes]
    changed: bool


def plan_sets(
    wanted: Mapping[SetKind, Sequence[JsonObject]],
    *,
    publisher: str,
    publisher_name: str,
    created: datetime,
    before: Index | None,
    read: Read,
    keep: int,
) -> Plan:
    """The next version; nothing changes when the sets and the publisher are what they were.

    Raises:
        NothingToPublish, PublishedSetTooLarge
    """
    files: dict[str, bytes] = {}
    known = {} if before is None else {one.name: one for one in before.sets}
    sets = tuple(
        _next(kind, documents, known.get(str(kind)), files, read=read, keep=keep)
        for kind, documents in sorted(wanted.items())
        if documents
    )
    if not sets:
        raise NothingToPublish
    if before is not None and (before.sets, before.publisher_name) == (sets, publisher_name):
        return Plan(before, {}, changed=False)
    version = 1 if before is None else before.version + 1
    return Plan(Index(version, publisher, publisher_name, created, sets), files, changed=True)


def _next(
    kind: SetKind,
    documents: Sequence[JsonObject],
    known: PublishedSet | None,
    files: dict[str, bytes],
    *,
    read: Read,
    keep: int,
) -> PublishedSet:
    content = write_content(documents)
    digest = digest_multibase(content)
    if known is not None and known.content_digest == digest:
        return known
    whole = _add(files, pack(content))
    earlier: list[Earlier] = []
    for each in () if known is None else _kept(known, digest)[:keep]:
        older = unpack(read(each.file), size=each.file.size, digest=each.file.digest, most=each.content_size)
        steps = make_delta(older, content)
        packed = pack(steps)
        smaller = len(packed) < whole.size
        delta = _add(files, packed) if smaller else None
        earlier.append(
            Earlier(each.file, each.content_digest, each.content_size, delta, len(steps) if smaller else 0)
        )
    return PublishedSet(str(kind), kind, len(documents), whole, digest, len(content), tuple(earlier))


def _kept(known: PublishedSet, digest: str) -> list[Earlier]:
    """The version before and those that it kept, without the one that comes back now."""
    before = Earlier(known.file, known.content_digest, known.content_size, None, 0)
    return [each for each in (before, *known.earlier) if each.content_digest != digest]


def _add(files: dict[str, bytes], data: bytes) -> File:
    file = File(digest_multibase(data), len(data))
    files[file.place] = data
    return file


def open_set(one: PublishedSet, packed: bytes) -> bytes:
    """The content of a set that was fetched whole.

    Raises:
        PublishedSetChanged, PublishedSetTooLarge
    """
    content = unpack(packed, size=one.file.size, digest=one.file.digest, most=one.content_size)
    check(content, one.content_digest)
    return content


def open_delta(one: PublishedSet, each: Earlier, packed: bytes, older: bytes) -> bytes:
    """The content of a set from an earlier one and the delta.

    Raises:
        PublishedSetChanged, PublishedSetTooLarge
    """
    if each.delta is None:
        raise PublishedSetChanged
    steps = unpack(packed, size=each.delta.size, digest=each.delta.digest, most=each.delta_size)
    content = apply_delta(older, steps, one.content_size)
    check(content, one.content_digest)
    return content


MOST_KEPT = PUBLISHED_SETS.earlier
