"""Function profiles from files and addresses into the wallet; nothing of the person goes out for it."""

from collections.abc import Iterable

from wallet.core.profiles_kept import KeptProfile, keep_profile
from wallet.core.wallet import Wallet
from wallet.desk.desk import Desk


def take_profiles(desk: Desk, wallet: Wallet, sources: Iterable[bytes]) -> tuple[KeptProfile, ...]:
    """Verify and keep profiles that are at hand; the first that is refused ends it.

    Raises:
        PassportError: as keep_profile.
    """
    return tuple(_take(desk, wallet, source, None) for source in sources)


def fetch_profile(desk: Desk, wallet: Wallet, address: str) -> KeptProfile:
    """Fetch one whole profile, verify and keep it.

    Raises:
        NotFetched, and as keep_profile.
    """
    source = desk.reach(desk.outside.fetcher.get(address)).body
    return _take(desk, wallet, source, address)


def _take(desk: Desk, wallet: Wallet, source: bytes, address: str | None) -> KeptProfile:
    return desk.examine(wallet, lambda documents: keep_profile(wallet, source, documents, address=address))
