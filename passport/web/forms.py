"""Forms of our own pages: sent by our own pages only."""

from urllib.parse import urlsplit

from fastapi import Depends, Request

from passport.errors.web import CrossOrigin

_HIDDEN = "null"


async def sent_by_our_page(request: Request) -> None:
    """Compare what the browser says of the sending page with the host that was asked.

    Beside strict cookies this is the whole defence against forged forms: browsers set both headers and
    no page can change them (Fetch Metadata; RFC 6454, section 7). A browser that hides the origin of its own
    page (Fetch, "append a request Origin header": a referrer policy may ask that) still says `same-origin`.

    Raises:
        CrossOrigin: another site sent this, or the browser says nothing about who did.
    """
    site = request.headers.get("sec-fetch-site")
    if site is not None and site != "same-origin":
        raise CrossOrigin
    origin = request.headers.get("origin")
    if origin is None and site is None:
        raise CrossOrigin
    if origin is None or (origin == _HIDDEN and site is not None):
        return
    if _authority(origin) != request.headers.get("host"):
        raise CrossOrigin


def _authority(origin: str) -> str | None:
    try:
        return urlsplit(origin).netloc
    except ValueError:
        return None  # an open bracket: no browser sends that


same_origin = Depends(sent_by_our_page)
"""In a route: `dependencies=[same_origin]`."""
