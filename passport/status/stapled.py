"""Stapled status lists: what the presenter brings along so that a check works without a network.

A status list carries its issuer's signature, so it may come from anybody. A DID document does not: it is
never taken from the presenter.
"""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Final

from passport import limits
from passport.documents import Documents, Fetched, NotFetched

_FRESH = timedelta(seconds=limits.TIME.status_list_fresh)
NEVER: Final = datetime.min.replace(tzinfo=UTC)
"""When a stapled list was fetched: nobody saw it."""


class WithStapled:
    """Status lists at hand first; where one is missing or older than a day, the stapled one.

    Nobody saw a stapled list being fetched, so only its own signed `validFrom` says how fresh it is.
    """

    def __init__(self, documents: Documents, stapled: Mapping[str, bytes], *, now: datetime) -> None:
        self._documents = documents
        self._stapled = stapled
        self._now = now

    def get(self, url: str) -> Fetched:
        """Raises NotFetched when neither is there."""
        body = self._stapled.get(url)
        try:
            found = self._documents.get(url)
        except NotFetched:
            if body is None:
                raise
            return Fetched(url, body, NEVER)
        if body is not None and self._now - found.fetched_at > _FRESH:
            return Fetched(url, body, NEVER)
        return found
