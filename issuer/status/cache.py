"""Signed status lists, kept while they are the present ones."""

from collections import OrderedDict
from dataclasses import dataclass

_MOST = 256
"""Lists of 20 kB and more: a few megabytes."""


@dataclass(frozen=True, slots=True)
class PublishedList:
    version: int
    period: int
    """Which stretch of time it was signed for."""
    body: bytes
    etag: str


class ListCache:
    def __init__(self) -> None:
        self._kept: OrderedDict[str, PublishedList] = OrderedDict()

    def get(self, key: str, version: int, period: int) -> PublishedList | None:
        found = self._kept.get(key)
        return found if found is not None and (found.version, found.period) == (version, period) else None

    def put(self, key: str, published: PublishedList) -> None:
        self._kept[key] = published
        self._kept.move_to_end(key)
        while len(self._kept) > _MOST:
            self._kept.popitem(last=False)
