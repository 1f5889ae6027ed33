"""Documents of a published set, given to the part of the wallet that they are for, each by its own rules."""

from collections import Counter
from collections.abc import Sequence

from matching.published.documents import verify_document
from matching.published.index import SetKind
from passport.documents import DocumentCache, Documents
from passport.errors import Indeterminate, PassportError
from passport.verification import Context
from wallet.core.market_kept import keep_market, verify_incoming_market
from wallet.core.plan.catalogues import keep_catalogue, verify_catalogue
from wallet.core.profiles_kept import keep_profile
from wallet.core.published_sets import Outcome
from wallet.core.taxonomy_in_use import check_taxonomy
from wallet.core.wallet import Wallet
from wallet.errors import VaultNotSaved, VaultTooLarge


def look_through(wallet: Wallet, kind: SetKind, sources: Sequence[bytes], documents: Documents) -> int:
    """Verify all, so that a host learns which keys it must fetch; nothing is kept and nothing is refused.

    Gives how many can't be told about: their publishers' keys are not at hand.
    """
    unsure = 0
    for source in sources:
        try:
            verify_document(kind, source, Context(documents, wallet.now()))
        except Indeterminate:
            unsure += 1
        except PassportError:
            continue
    return unsure


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
        verify_incoming_market(wallet, source, documents)
        keep_market(wallet, source)
