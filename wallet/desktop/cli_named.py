"""What a command names: by the beginning of its id or by its title, exactly one thing or none."""

from collections.abc import Iterable

from matching.errors import UnknownOccupation
from matching.named import occupation_titled
from matching.taxonomy.compact import Taxonomy
from wallet.core.shelf import kept
from wallet.core.wallet import Wallet
from wallet.errors import UnknownRecord
from wallet.errors_intake import WhichOccupation

_NEAR = 4


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


def occupation_named(taxonomy: Taxonomy, text: str, language: str) -> str:
    """An occupation by its IRI or its whole title in any language: nothing is guessed at.

    Raises WhichOccupation with the titles that come close, and UnknownOccupation where none does.
    """
    if text in taxonomy.occupations:
        return text
    found = occupation_titled(text, taxonomy, language)
    if found is not None:
        return found
    near = () if "://" in text else taxonomy.search_occupations(text, language, top=_NEAR)
    if not near:
        raise UnknownOccupation
    raise WhichOccupation(near=", ".join(one.label for one in near))
