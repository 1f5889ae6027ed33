"""What lies behind a share link: fetched by its address without the key, and opened here."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from passport.clock import Clock
from passport.errors.fetch import UnexpectedStatus
from passport.errors.share_link import ShareLinkGone
from passport.outbound.ports import Fetching
from passport.share_link import ShareLink, open_shared, parse_link, read_envelope

_JSON: Final = frozenset({"application/json"})
_GONE: Final = frozenset({404, 410})


@dataclass(frozen=True, slots=True)
class Linked:
    """A presentation that lay behind a link. Nothing of it is verified."""

    link: ShareLink
    until: datetime
    """When the link ends; the credentials in it have ends of their own."""
    source: bytes = field(repr=False)


async def fetch_shared(text: str, fetcher: Fetching, clock: Clock) -> Linked:
    """Fetch and decrypt what a link leads to.

    Raises:
        NotAShareLink, ShareLinkGone, ShareLinkEnded, MalformedShared, SharedTampered
        NotFetched: the host can't be reached, or may not be.
    """
    link = parse_link(text)
    try:
        fetched = await fetcher.get(link.sealed_url, _JSON)
    except UnexpectedStatus as error:
        if error.details.get("status") in _GONE:
            raise ShareLinkGone from None
        raise
    shared = read_envelope(fetched.body)
    return Linked(link, shared.until, open_shared(shared, link, clock()))
