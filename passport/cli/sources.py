"""What commands that check things have in common: documents from elsewhere, trust lists, the moment."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Annotated, TypeVar

import typer

from passport.clock import utc_now
from passport.documents import DocumentCache, Documents
from passport.errors import NotAuthenticated
from passport.fetch import Fetcher, gather_sync
from passport.limits import PUBLISHED
from passport.terminal import read_file
from passport.trust import TrustStore, VerifiedTrustList, verify_trust_list
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


class NoPublisher(NotAuthenticated):
    code = "no_publisher"
    sentence = "A trust list needs a publisher that you rely on. Name its DID with --publisher."


def with_documents(check: Callable[[Documents], Result], *, offline: bool, allow_loopback: bool) -> Result:
    """Run a check with the documents that it needs, fetched unless `offline`."""
    cache = DocumentCache()
    if offline:
        return check(cache)
    return gather_sync(check, cache, Fetcher(allow_loopback=allow_loopback))


def read_trust(
    lists: Sequence[Path] | None, publishers: Sequence[str] | None, *, offline: bool, allow_loopback: bool
) -> TrustStore:
    """The trust lists that somebody named, verified; raises NoPublisher without anybody to rely on."""
    if lists and not publishers:
        raise NoPublisher

    def verified(path: Path) -> VerifiedTrustList:
        source = read_file(path, PUBLISHED.size)
        return with_documents(
            lambda documents: verify_trust_list(
                source, context=Context(documents, utc_now()), expected_publishers=publishers or ()
            ),
            offline=offline,
            allow_loopback=allow_loopback,
        )

    return TrustStore([verified(path) for path in lists or ()])
