"""Lists in pages: `limit`, `offset` and `since`, X-Total-Count and Link (6.2.2 and 6.4; RFC 8288)."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode, urljoin

from passport.clock import format_datetime, parse_datetime
from passport.errors import MalformedDateTime
from passport.errors.open_badges_api import MalformedPaging
from passport.open_badges_api.limits import OPEN_BADGES_API
from passport.open_badges_api.paths import origin_of

_LONGEST_NUMBER = 20
_LINK = re.compile(r'<([^<>]{1,2048})>((?:\s*;\s*[a-zA-Z*]{1,16}="?[^",;]{0,256}"?){1,8})', re.ASCII)
_NEXT = re.compile(r';\s*rel="?(?:[a-z ]{0,64} )?next(?: [a-z ]{0,64})?"?', re.IGNORECASE | re.ASCII)


@dataclass(frozen=True, slots=True)
class Page:
    """Which part of a list is asked for."""

    limit: int = OPEN_BADGES_API.page
    offset: int = 0
    since: datetime | None = None
    """Only what was issued after this moment."""

    def query(self) -> str:
        members: dict[str, str | int] = {"limit": self.limit, "offset": self.offset}
        if self.since is not None:
            members["since"] = format_datetime(self.since)
        return urlencode(members)


def parse_page(query: Mapping[str, str]) -> Page:
    """Read the parameters of a request. More than we give at once is asked for in vain, and is no error.

    Raises:
        MalformedPaging
    """
    limit = _number(query.get("limit", str(OPEN_BADGES_API.page)))
    if limit < 1:
        raise MalformedPaging
    since = query.get("since")
    try:
        moment = None if since is None else parse_datetime(since)
    except MalformedDateTime:
        raise MalformedPaging from None
    return Page(min(limit, OPEN_BADGES_API.page), _number(query.get("offset", "0")), moment)


def paging_headers(url: str, page: Page, total: int) -> dict[str, str]:
    """The headers of one page of a list of `total`, which is at `url`."""
    last = max(total - 1, 0) // page.limit * page.limit
    offsets = {"first": 0, "last": last}
    if page.offset > 0:
        offsets["prev"] = max(min(page.offset, total) - page.limit, 0)
    if page.offset + page.limit < total:
        offsets["next"] = page.offset + page.limit
    links = [
        f'<{url}?{Page(page.limit, offset, page.since).query()}>; rel="{relation}"'
        for relation, offset in offsets.items()
    ]
    return {"X-Total-Count": str(total), "Link": ", ".join(links)}


def next_page(url: str, headers: Mapping[str, str]) -> str | None:
    """Where a provider says that its next page is, as a client reads it; `headers` in small letters.

    None where there is none, or where it is on another host: a token never goes there.
    """
    for found in _LINK.finditer(headers.get("link", "")):
        if _NEXT.search(found[2]):
            address = urljoin(url, found[1])
            return address if origin_of(address) == origin_of(url) else None
    return None


def _number(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) <= _LONGEST_NUMBER):
        raise MalformedPaging
    return int(text)
