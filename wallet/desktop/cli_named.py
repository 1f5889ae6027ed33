"""What a command names by the beginning of its id, as the lists show it: exactly one thing, or none."""

from collections.abc import Iterable

from wallet.core.shelf import kept
from wallet.core.wallet import Wallet
from wallet.errors import UnknownRecord


def one_named(named: str, ids: Iterable[str]) -> str:
    """The id that is named whole or by its beginning. Raises UnknownRecord where that is none, or several."""
    known = set(ids)
    found = [named] if named in known else [each for each in known if named and each.startswith(named)]
    if len(found) != 1:
        raise UnknownRecord
    return found[0]


def credentials_named(wallet: Wallet, named: Iterable[str]) -> list[str]:
    """The ids of credentials, each once, in the order in which they were named. Raises UnknownRecord."""
    ids = [one.id for one in kept(wallet)]
    return list(dict.fromkeys(one_named(each, ids) for each in named))
