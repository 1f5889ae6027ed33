"""Documents from elsewhere (DID documents, status lists), as a port: the pure part asks, a host fetches.

A verification is run; what it misses is listed in `wanted`; the host fetches that and runs it again.
So the rules do no I/O, work offline from a filled cache, and run the same on a phone.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from passport.errors.documents import NotFetched

__all__ = ["DocumentCache", "Documents", "Fetched", "NotFetched"]


@dataclass(frozen=True, slots=True)
class Fetched:
    """A document as it came over the wire."""

    url: str
    body: bytes
    fetched_at: datetime
    media_type: str = ""
    etag: str = ""


class Documents(Protocol):
    def get(self, url: str) -> Fetched:
        """Raises NotFetched when the document is not at hand."""
        ...


@dataclass(slots=True)
class DocumentCache:
    """The documents at hand, and the addresses that were asked for in vain."""

    at_hand: dict[str, Fetched] = field(default_factory=dict)
    wanted: set[str] = field(default_factory=set)

    @classmethod
    def of(cls, documents: Iterable[Fetched]) -> "DocumentCache":
        return cls({document.url: document for document in documents})

    def get(self, url: str) -> Fetched:
        found = self.at_hand.get(url)
        if found is None:
            self.wanted.add(url)
            raise NotFetched
        return found

    def put(self, document: Fetched) -> None:
        self.at_hand[document.url] = document
        self.wanted.discard(document.url)
