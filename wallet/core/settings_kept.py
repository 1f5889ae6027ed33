"""The person's choices about this wallet, kept in the vault: they travel with it."""

import json
from contextlib import suppress

from passport.clock import format_datetime
from wallet.core import limits
from wallet.core.wallet import Kind, Wallet, as_json
from wallet.errors import VaultTooLarge
from wallet.errors_leaving import NotALockTime

LOCK_MINUTES = (1, 5, 10, 30, 60, 0)
"""What can be chosen; 0 is never. People who read or type slowly need more time (WCAG 2.2, 2.2.1)."""
_LOCK, _WORDS, _BACKUP = "lock", "recovery-words", "backup"
OF_THIS_COPY = (Kind.SETTING, _BACKUP)
"""What a wallet knows of its own backups; another copy of the same wallet knows something else."""


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


def not_in_a_backup(wallet: Wallet) -> bool:
    """Whether a credential came in since the last backup, or there was none."""
    found = wallet.vault.of_kind(Kind.SETTING).get(_BACKUP)
    saved = () if found is None else json.loads(found)["credentials"]
    return not wallet.vault.of_kind(Kind.CREDENTIAL).keys() <= set(saved)


def keep_backup_made(wallet: Wallet) -> None:
    """All that is here at this moment is in a file. A wallet that is full goes without the note of it."""
    credentials = sorted(wallet.vault.of_kind(Kind.CREDENTIAL))
    made = {"made": format_datetime(wallet.now()), "credentials": credentials}
    with suppress(VaultTooLarge):
        wallet.save({(Kind.SETTING, _BACKUP): as_json(made)})
