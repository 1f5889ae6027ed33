"""The list of occupations and skills that this wallet works with: the one of the program, or a newer one.

A newer one comes in a published set, signed. It is only offered: the person sees what it would change for
them, and whose it is, before anything is counted with it. Back to the program's list is one step.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from matching.bundle import load_bundle, load_previous, read_bundle
from matching.published.documents import read_taxonomy
from matching.published.index import SetKind
from matching.published.limits import PUBLISHED_SETS
from matching.published.packing import inflate, pack, read_content
from matching.taxonomy.compact import Taxonomy
from matching.upgrade.carried import resolving
from passport.answers import Answer
from passport.errors import PassportError
from wallet.core.published_sets import followed
from wallet.core.wallet import Kind, Wallet
from wallet.errors_sets import NoTaxonomyOffered, TaxonomyNotChecked, TaxonomyNotNewer, TaxonomyOfAnother

USED = "used"
"""The record of the list that was taken into use, as it was published, compressed."""
_DIGITS = 6
_READ = 3
"""Lists that stay read: the one in use, the one that is offered, and one that was offered before."""


@dataclass(frozen=True, slots=True)
class OfferedTaxonomy:
    """A newer list that the wallet fetched, and who publishes the sets that it came in."""

    taxonomy: Taxonomy
    source: bytes
    named: str
    """Who publishes the sets, as they call themselves."""


def taxonomy_in_use(wallet: Wallet) -> Taxonomy:
    """What everything is counted with; the program's own once that is as new."""
    packed = wallet.vault.of_kind(Kind.TAXONOMY).get(USED)
    found = None if packed is None else _read_packed(packed)
    return load_bundle() if found is None else found


def taxonomy_before(wallet: Wallet) -> Taxonomy:
    """What the one in use took the place of."""
    shipped = load_bundle()
    return load_previous() if taxonomy_in_use(wallet) is shipped else shipped


def check_taxonomy(source: bytes) -> Taxonomy:
    """Verify a published list, and that it can take the place of the program's.

    Raises:
        TaxonomyOfAnother: it is of another taxonomy.
        TaxonomyNotNewer: the program has one that is as new.
        PassportError: what reading and verifying the bundle raise.
    """
    bundle, publisher = read_taxonomy(source)
    found, shipped = read_bundle(bundle, publishers={publisher}), load_bundle()
    if found.scheme != shipped.scheme:
        raise TaxonomyOfAnother
    if not _newer(found, shipped):
        raise TaxonomyNotNewer
    return resolving(found, shipped)


def offered_taxonomy(wallet: Wallet) -> OfferedTaxonomy | None:
    """The newest list of those that the wallet fetched, if it is newer than the one in use."""
    here = taxonomy_in_use(wallet)
    best: OfferedTaxonomy | None = None
    for one in _offered(wallet):
        if _newer(one.taxonomy, here if best is None else best.taxonomy):
            best = one
    return best


def use_taxonomy(wallet: Wallet, publisher: str | None = None) -> Taxonomy:
    """Count with the offered list from now on; `publisher` is whose the person expects it to be.

    Raises:
        NoTaxonomyOffered: there is none, or none of theirs.
        TaxonomyNotChecked: this host can't check the signature.
        VaultNotSaved, VaultTooLarge
    """
    found = offered_taxonomy(wallet)
    if found is None or (publisher or found.taxonomy.publisher) != found.taxonomy.publisher:
        raise NoTaxonomyOffered
    if found.taxonomy.authentic is not Answer.YES:
        raise TaxonomyNotChecked
    wallet.save({(Kind.TAXONOMY, USED): pack(found.source)})
    return found.taxonomy


def use_shipped(wallet: Wallet) -> None:
    """Count with the program's own list again."""
    if USED in wallet.vault.of_kind(Kind.TAXONOMY):
        wallet.save(remove=frozenset({(Kind.TAXONOMY, USED)}))


def _offered(wallet: Wallet) -> Iterator[OfferedTaxonomy]:
    held = wallet.vault.of_kind(Kind.PUBLISHED)
    for one in followed(wallet):
        for each in one.index.sets:
            packed = held.get(f"{one.record} {each.name}")
            if each.kind is SetKind.TAXONOMY and packed is not None:
                for source, taxonomy in _read_set(packed):
                    yield OfferedTaxonomy(taxonomy, source, one.index.publisher_name)


@lru_cache(maxsize=_READ)
def _read_set(packed: bytes) -> tuple[tuple[bytes, Taxonomy], ...]:
    """The lists of a set that can be used; reading one takes a tenth of a second."""
    found: list[tuple[bytes, Taxonomy]] = []
    for source in read_content(inflate(packed, PUBLISHED_SETS.content)):
        try:
            found.append((source, check_taxonomy(source)))
        except PassportError:
            continue
    return tuple(found)


@lru_cache(maxsize=_READ)
def _read_packed(packed: bytes) -> Taxonomy | None:
    """None for one that can't be used any more: what was taken stays in the vault, and counts no more."""
    try:
        return check_taxonomy(inflate(packed, PUBLISHED_SETS.content))
    except PassportError:
        return None


def _newer(one: Taxonomy, other: Taxonomy) -> bool:
    return _numbers(one.version) > _numbers(other.version)


def _numbers(version: str) -> tuple[int, ...]:
    """`1.1.1` in order; a release that is named otherwise is newer than none."""
    parts = version.split(".")
    plain = all(part.isascii() and part.isdecimal() and len(part) <= _DIGITS for part in parts)
    return tuple(map(int, parts)) if plain else ()
