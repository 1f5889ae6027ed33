"""The occupations that the person keeps an eye on, kept in the vault; nobody else hears of them."""

import json

from matching.taxonomy.compact import Taxonomy
from passport.clock import format_datetime, parse_datetime
from wallet.core import limits
from wallet.core.wallet import Kind, Wallet, as_json
from wallet.errors_matching import TooMuchWorkChosen


def chosen_work(wallet: Wallet) -> tuple[str, ...]:
    """The identifiers of the chosen occupations, the first chosen in front."""
    found = {
        occupation: parse_datetime(json.loads(data)["at"])
        for occupation, data in wallet.vault.of_kind(Kind.CHOSEN_WORK).items()
    }
    return tuple(sorted(found, key=lambda occupation: (found[occupation], occupation)))


def choose_work(wallet: Wallet, occupation: str, taxonomy: Taxonomy) -> None:
    """Keep an occupation; choosing it again changes nothing.

    Raises:
        UnknownOccupation: not in this taxonomy.
        TooMuchWorkChosen
    """
    taxonomy.occupation_number(occupation)
    chosen = wallet.vault.of_kind(Kind.CHOSEN_WORK)
    if occupation in chosen:
        return
    if len(chosen) >= limits.CHOSEN_WORK:
        raise TooMuchWorkChosen(most=limits.CHOSEN_WORK)
    wallet.save({(Kind.CHOSEN_WORK, occupation): as_json({"at": format_datetime(wallet.now())})})


def leave_work(wallet: Wallet, occupation: str) -> None:
    """No longer keep an eye on it; nothing of it stays in the vault."""
    if occupation in wallet.vault.of_kind(Kind.CHOSEN_WORK):
        wallet.erase(frozenset({(Kind.CHOSEN_WORK, occupation)}))
