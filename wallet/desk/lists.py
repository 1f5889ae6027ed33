"""Trust lists from outside, and looking everything up again."""

from collections.abc import Collection
from contextlib import suppress

from passport.documents import DocumentCache, Documents
from passport.errors import PassportError
from passport.trust import VerifiedTrustList
from wallet.core.endorsements import endorsements
from wallet.core.shelf import kept, trust
from wallet.core.trust_lists import addresses, delegated_addresses, keep_list, verify_incoming
from wallet.core.wallet import Wallet
from wallet.desk.desk import Desk


def take_list(
    desk: Desk, wallet: Wallet, address: str, *, publishers: Collection[str] | None = None
) -> VerifiedTrustList:
    """Fetch a trust list, verify and keep it.

    Raises:
        NotFetched, and as verify_trust_list and keep_list.
    """
    source = desk.reach(desk.outside.fetcher.get(address)).body
    return take_list_source(desk, wallet, source, address=address, publishers=publishers)


def take_list_source(
    desk: Desk,
    wallet: Wallet,
    source: bytes,
    *,
    address: str | None = None,
    publishers: Collection[str] | None = None,
) -> VerifiedTrustList:
    """Verify and keep a trust list that is at hand, and fetch those of its delegates."""
    verified = _take(desk, wallet, source, address=address, publishers=publishers)
    _take_delegated(desk, wallet)
    return verified


def _take(
    desk: Desk,
    wallet: Wallet,
    source: bytes,
    *,
    address: str | None,
    publishers: Collection[str] | None = None,
    delegated: bool = False,
) -> VerifiedTrustList:
    verified = desk.examine(
        wallet,
        lambda documents: verify_incoming(wallet, source, documents, publishers, delegated=delegated),
    )
    keep_list(wallet, verified, url=address)
    return verified


def _take_delegated(desk: Desk, wallet: Wallet) -> None:
    """The lists of all who may recognise others by a chosen list; what can't be had stays as it was."""
    for address in delegated_addresses(wallet):
        with suppress(PassportError):
            source = desk.reach(desk.outside.fetcher.get(address)).body
            _take(desk, wallet, source, address=address, delegated=True)


def refresh(desk: Desk, wallet: Wallet) -> None:
    """Ask again for newer trust lists, and for keys and status lists of everything in the wallet.

    What can't be reached keeps its older copy, whose age the checks weigh.
    """
    for address, publisher in addresses(wallet).items():
        with suppress(PassportError):
            source = desk.reach(desk.outside.fetcher.get(address)).body
            _take(desk, wallet, source, address=address, publishers={publisher})
    _take_delegated(desk, wallet)
    fresh = DocumentCache()

    def everything(documents: Documents) -> None:
        assert isinstance(documents, DocumentCache)
        kept(wallet, documents)
        endorsements(wallet, documents)
        trust(wallet, documents)

    desk.check(wallet, everything, fresh)
