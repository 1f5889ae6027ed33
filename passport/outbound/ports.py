"""How a host is asked for what the network has. Coroutines: one that never waits is driven by one `send`."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Protocol

from passport.documents import Fetched
from passport.outbound.answered import Answered
from passport.outbound.media_types import PUBLISHED_TYPES

NO_HEADERS: Mapping[str, str] = MappingProxyType({})


class Source(Protocol):
    """Where `gather` gets documents: a Fetcher, or one that looks in a store first."""

    async def get(self, url: str, accept: frozenset[str] = PUBLISHED_TYPES) -> Fetched:
        """Raises NotFetched."""
        ...


class Fetching(Protocol):
    """Fetches one document: no proxy, no cookies, no redirects, only where `address.check_url` allows."""

    async def get(
        self,
        url: str,
        accept: frozenset[str] = PUBLISHED_TYPES,
        *,
        known: Fetched | None = None,
        languages: str = "",
    ) -> Fetched:
        """Fetch a document.

        Args:
            url: https, a public host name.
            accept: the media types that are taken, exactly.
            known: an older copy; when its ETag still holds it is returned with the present time.
            languages: what is said as Accept-Language; nothing where a document is the same for everybody.

        Raises:
            NotFetched: one of the classes in passport.errors.fetch.
        """
        ...


class Exchanging(Protocol):
    """Sends one request, once: what was posted may have been done. Raises NotFetched."""

    async def post(
        self,
        url: str,
        body: bytes,
        *,
        media_type: str,
        accept: frozenset[str],
        authorization: str | None = None,
        headers: Mapping[str, str] = NO_HEADERS,
    ) -> Answered:
        """Post a body. Every status but a redirect is an answer."""
        ...

    async def get(
        self,
        url: str,
        *,
        accept: frozenset[str] | None,
        authorization: str,
        headers: Mapping[str, str] = NO_HEADERS,
    ) -> Answered:
        """Get something that is only for the bearer of a token; `accept` None takes any media type."""
        ...

    async def tell(self, url: str, body: bytes, *, media_type: str, headers: Mapping[str, str]) -> Answered:
        """Post something whose answer is its status: what else comes back is not read."""
        ...
