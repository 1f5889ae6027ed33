"""Documents of a published set, given to the part of the wallet that they are for, each by its own rules."""

from collections import Counter
from collections.abc import Sequence

from matching.published.documents import verify_document
from matching.published.index import SetKind
from passport.documents import DocumentCache, Documents
from passport.errors import PassportError
from passport.verification import Context
from wallet.core.market_kept import keep_market, market_in_use, verify_incoming_market
from wallet.core.plan.catalogues import keep_catalogue, verify_catalogue
from wallet.core.profiles_kept import keep_profile
from wallet.core.published_sets import Outcome
from wallet.core.taxonomy_in_use import check_taxonomy
from wallet.core.wallet import Wallet
from wallet.errors import VaultNotSaved, VaultTooLarge
from wallet.errors_sets import OtherMarketInUse


def look_through(wallet: Wallet, kind: SetKind, sources: Sequence[bytes], documents: Documents) -> None:
    """Verify all, so that a host learns which keys it must fetch; nothing is kept and nothing is refused."""
    for source in sources:
        try:
            verify_document(kind, source, Context(documents, wallet.now()))
        except PassportError:
            continue


def give(wallet: Wallet, kind: SetKind, sources: Sequence[bytes], documents: DocumentCache) -> Outcome:
    """Verify and keep each; what is refused is counted, and the rest goes on.

    Raises:
        VaultNotSaved, VaultTooLarge
    """
    taken, left = 0, Counter[str]()
    for source in sources:
        try:
            _keep(wallet, kind, source, documents)
        except (VaultNotSaved, VaultTooLarge):
            raise
        except PassportError as error:
            left[error.code] += 1
        else:
            taken += 1
    return Outcome(taken, dict(left))


def _keep(wallet: Wallet, kind: SetKind, source: bytes, documents: DocumentCache) -> None:
    if kind is SetKind.PROFILES:
        keep_profile(wallet, source, documents)
    elif kind is SetKind.CATALOGUES:
        keep_catalogue(wallet, verify_catalogue(wallet, source, documents), source)
    elif kind is SetKind.TAXONOMY:
        check_taxonomy(source)  # offered: the person decides whether to count with it
    else:
        _check_market(wallet, source, documents)
        keep_market(wallet, source)


def _check_market(wallet: Wallet, source: bytes, documents: DocumentCache) -> None:
    """Another set, which the person chose, is never replaced; raises OtherMarketInUse."""
    found, held = verify_incoming_market(wallet, source, documents).market, market_in_use(wallet)
    if held is not None and (held.market.id, held.market.publisher) != (found.id, found.publisher):
        raise OtherMarketInUse
