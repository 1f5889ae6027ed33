"""What commands that check things have in common: documents from elsewhere, trust lists, the moment."""

import asyncio
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Annotated, TypeVar

import typer

from passport.clock import utc_now
from passport.documents import DocumentCache, Documents, Fetched, NotFetched
from passport.errors import NotAuthenticated
from passport.errors.fetch import AddressRefused
from passport.fetch import PUBLISHED_TYPES, Fetcher, gather_sync
from passport.limits import PUBLISHED
from passport.outbound.address import check_url
from passport.outbound.shared import Linked, fetch_shared
from passport.share_link.limits import SHARE_LINK
from passport.terminal import errors, read_file
from passport.trust import TrustStore, open_trust_lists
from passport.verification import Context

Result = TypeVar("Result")

Offline = Annotated[bool, typer.Option("--offline", help="Fetch nothing: what is not at hand can't be told.")]
AllowLoopback = Annotated[
    bool, typer.Option("--allow-loopback", help="Also fetch from services on this machine (development).")
]
Trust = Annotated[
    list[Path] | None, typer.Option("--trust", exists=True, dir_okay=False, help="A signed trust list.")
]
Publisher = Annotated[
    list[str] | None, typer.Option("--publisher", help="DID of a publisher of trust lists that you rely on.")
]

Authorities = Annotated[
    Path | None,
    typer.Option("--authorities", help="PEM: authorities that are trusted to know issuers without a DID."),
]


class NoPublisher(NotAuthenticated):
    code = "no_publisher"
    sentence = "A trust list needs a publisher that you rely on. Name its DID with --publisher."


class Hinting:
    """Fetches; remembers when something on this machine was asked for that may not be fetched."""

    def __init__(self, *, allow_loopback: bool) -> None:
        self._fetcher = Fetcher(allow_loopback=allow_loopback)
        self._refused = False

    async def get(self, url: str, accept: frozenset[str] = PUBLISHED_TYPES) -> Fetched:
        """Raises NotFetched."""
        try:
            return await self._fetcher.get(url, accept)
        except AddressRefused:
            self._refused = self._refused or _is_loopback(url)
            raise

    def hint(self) -> None:
        """Say what would help, on a line that is not part of the result."""
        if self._refused:
            errors.print("A document is on this machine, which is not asked without --allow-loopback.")


def open_link(text: str | None, *, allow_loopback: bool, offline: bool) -> Linked | None:
    """What lies behind a share link; None without one. `-` reads it from standard input: no history keeps it.

    Raises:
        NotFetched: also `offline`.
        PassportError: as passport.outbound.shared.fetch_shared.
    """
    if not text:
        return None
    if offline:
        raise NotFetched
    whole = sys.stdin.readline(SHARE_LINK.address + 2) if text == "-" else text
    return asyncio.run(fetch_shared(whole, Fetcher(allow_loopback=allow_loopback), utc_now))


def _is_loopback(url: str) -> bool:
    """Whether an address that was refused would be taken with --allow-loopback."""
    try:
        return check_url(url, allow_loopback=True).pinned is not None
    except AddressRefused:
        return False


def with_documents(
    check: Callable[[Documents], Result],
    *,
    offline: bool,
    allow_loopback: bool,
    cache: DocumentCache | None = None,
) -> Result:
    """Run a check with the documents that it needs, fetched unless `offline`."""
    at_hand = cache if cache is not None else DocumentCache()
    if offline:
        return check(at_hand)
    source = Hinting(allow_loopback=allow_loopback)
    try:
        return gather_sync(check, at_hand, source)
    finally:
        source.hint()


def check_trust(lists: Sequence[Path] | None, publishers: Sequence[str] | None) -> None:
    """Raises NoPublisher for lists without anybody to rely on."""
    if lists and not publishers:
        raise NoPublisher


def read_trust(
    lists: Sequence[Path] | None, publishers: Sequence[str] | None, *, offline: bool, allow_loopback: bool
) -> TrustStore:
    """The trust lists that somebody named, verified; raises NoPublisher without anybody to rely on.

    Lists of the publishers' delegates may be among them.
    """
    check_trust(lists, publishers)
    sources = [read_file(path, PUBLISHED.size) for path in lists or ()]
    return with_documents(
        lambda documents: open_trust_lists(
            sources, context=Context(documents, utc_now()), expected_publishers=publishers or ()
        ),
        offline=offline,
        allow_loopback=allow_loopback,
    )
