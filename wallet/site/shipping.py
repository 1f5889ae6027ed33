"""Trust lists for new wallets, from files: checked, with the keys of their publishers as they are today."""

from collections.abc import Sequence
from pathlib import Path
from types import MappingProxyType

from passport.clock import utc_now
from passport.documents import DocumentCache
from passport.errors import Indeterminate
from passport.fetch import Fetcher, gather_sync
from passport.terminal import read_file
from wallet.core import limits
from wallet.core.shipped_lists import NOTHING_SHIPPED, Shipped, check_shipped


def shipped_from(paths: Sequence[Path], *, allow_loopback: bool = False, strict: bool = True) -> Shipped:
    """The lists in these files.

    `strict`: none may be past its last day, and each can be checked at this moment. Who opens a wallet on
    their computer may be offline, a year later; what can't be checked there is not kept (take_shipped).

    Raises:
        TooLarge, ShippedListsTooLarge, ShippedListEnded
        PassportError: as verify_trust_list; Indeterminate where a publisher's key can't be had.
    """
    if not paths:
        return NOTHING_SHIPPED
    sources = tuple(read_file(path, limits.SHIPPED_LISTS) for path in paths)
    cache, now = DocumentCache(), utc_now()
    try:
        gather_sync(
            lambda documents: check_shipped(sources, documents, now, in_date=strict),
            cache,
            Fetcher(allow_loopback=allow_loopback),
        )
    except Indeterminate:
        if strict:
            raise
    return Shipped(sources, MappingProxyType(dict(cache.at_hand)))
