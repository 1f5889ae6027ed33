"""The person's choices about this wallet, kept in the vault: they travel with it."""

import json

from passport.clock import format_datetime
from wallet.core import limits
from wallet.core.wallet import Kind, Wallet, as_json
from wallet.errors_leaving import NotALockTime

LOCK_MINUTES = (1, 5, 10, 30, 60, 0)
"""What can be chosen; 0 is never. People who read or type slowly need more time (WCAG 2.2, 2.2.1)."""
_LOCK, _WORDS = "lock", "recovery-words"


def lock_minutes(wallet: Wallet) -> int:
    """After how many minutes without use the wallet locks; 0 is never."""
    found = wallet.vault.of_kind(Kind.SETTING).get(_LOCK)
    chosen = limits.LOCK_MINUTES if found is None else int(json.loads(found)["minutes"])
    return chosen if chosen in LOCK_MINUTES else limits.LOCK_MINUTES


def keep_lock_minutes(wallet: Wallet, minutes: int) -> None:
    """Raises NotALockTime."""
    if minutes not in LOCK_MINUTES:
        raise NotALockTime
    wallet.save({(Kind.SETTING, _LOCK): as_json({"minutes": minutes})})


def words_checked(wallet: Wallet) -> bool:
    """Whether the person proved to have the present recovery words."""
    return _WORDS in wallet.vault.of_kind(Kind.SETTING)


def keep_words_checked(wallet: Wallet) -> None:
    wallet.save({(Kind.SETTING, _WORDS): as_json({"checked": format_datetime(wallet.now())})})


def words_replaced() -> frozenset[tuple[str, str]]:
    """What to remove when there are new words: nobody proved to have those."""
    return frozenset({(Kind.SETTING, _WORDS)})
