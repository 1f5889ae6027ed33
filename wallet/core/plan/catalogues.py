"""Catalogues of modules that the person took in whole; verified again whenever they are used."""

import hashlib

from matching.plan.catalogue import ModuleCatalogue, parse_module_catalogue, verify_module_catalogue
from passport.answers import Answer
from passport.documents import DocumentCache, Documents
from passport.errors import Indeterminate, PassportError
from passport.json import canonicalize
from passport.verification import Context
from wallet.core.plan.limits import CATALOGUES
from wallet.core.unsure import check_incoming
from wallet.core.wallet import Kind, Records, Wallet
from wallet.errors_plan import CatalogueRollback, TooManyCatalogues, UnknownCatalogue


def verify_catalogue(wallet: Wallet, source: bytes, documents: Documents) -> ModuleCatalogue:
    """Verify a catalogue that came in against the one that is here; who signed it is shown to the person.

    Raises:
        CatalogueRollback: a lower version, the same version with another content, or another publisher.
        Indeterminate: it can't be checked, and another version of it is here.
        PassportError: what parsing and verifying raise.
    """
    held = wallet.vault.of_kind(Kind.CATALOGUE).get(catalogue_record(parse_module_catalogue(source).id))
    found, _ = check_incoming(
        lambda: verify_module_catalogue(source, context=Context(documents, wallet.now())),
        lambda: parse_module_catalogue(source),
        held=held is not None,
        authentic=lambda one: one.authentic,
    )
    if held is not None:
        known = parse_module_catalogue(held)
        if known.publisher != found.publisher and _waits(held, Context(wallet.documents(), wallet.now())):
            return found  # nobody could tell whose the other one is: it holds no place
        if known.publisher != found.publisher or found.version < known.version:
            raise CatalogueRollback
        same = canonicalize(known.document) == canonicalize(found.document)
        if known.version == found.version and not same:
            raise CatalogueRollback
    return found


def keep_catalogue(wallet: Wallet, found: ModuleCatalogue, source: bytes) -> None:
    """Keep a catalogue that was verified; raises TooManyCatalogues."""
    record, here = catalogue_record(found.id), wallet.vault.of_kind(Kind.CATALOGUE)
    if record not in here and len(here) >= CATALOGUES:
        raise TooManyCatalogues(limit=CATALOGUES)
    if here.get(record) != source:
        wallet.save({(Kind.CATALOGUE, record): source})


def catalogues(wallet: Wallet, documents: DocumentCache | None = None) -> tuple[ModuleCatalogue, ...]:
    """The catalogues that still verify today, by their address; one that doesn't gives nothing."""
    return tuple(one for one in _read(wallet, documents) if one.authentic is Answer.YES)


def unchecked(wallet: Wallet) -> tuple[ModuleCatalogue, ...]:
    """The catalogues whose signature can't be checked at this moment: shown, and not planned with."""
    return tuple(one for one in _read(wallet) if one.authentic is not Answer.YES)


def _read(wallet: Wallet, documents: DocumentCache | None = None) -> tuple[ModuleCatalogue, ...]:
    """Those that hold, and those of which that can't be told.

    They are remembered for the present revision and minute, as credentials are.
    """
    cache = wallet.documents() if documents is None else documents
    now = wallet.now()
    key = ("module-catalogues", now.replace(second=0, microsecond=0), frozenset(cache.at_hand))
    known: tuple[ModuleCatalogue, ...] | None = wallet.memory.get(key)
    if known is not None:
        return known
    found: list[ModuleCatalogue] = []
    for source in wallet.vault.of_kind(Kind.CATALOGUE).values():
        try:
            found.append(verify_module_catalogue(source, context=Context(cache, now)))
        except Indeterminate:
            found.append(parse_module_catalogue(source))
        except PassportError:
            continue
    ordered = tuple(sorted(found, key=lambda one: one.id))
    if not cache.wanted:
        wallet.memory[key] = ordered
    return ordered


def _waits(source: bytes, context: Context) -> bool:
    try:
        return verify_module_catalogue(source, context=context).authentic is not Answer.YES
    except Indeterminate:
        return True
    except PassportError:
        return False


def lapsed(wallet: Wallet) -> tuple[ModuleCatalogue, ...]:
    """The catalogues that are here and no longer hold: to be fetched anew, or forgotten."""
    good = {one.id for one in _read(wallet)}
    held = map(parse_module_catalogue, wallet.vault.of_kind(Kind.CATALOGUE).values())
    return tuple(sorted((one for one in held if one.id not in good), key=lambda one: one.id))


def forget_catalogue(wallet: Wallet, record: str) -> Records:
    """Erase a catalogue; plans keep what they took from it. Raises UnknownCatalogue."""
    if record not in wallet.vault.of_kind(Kind.CATALOGUE):
        raise UnknownCatalogue
    return wallet.erase(frozenset({(Kind.CATALOGUE, record)}))


def catalogue_record(identifier: str) -> str:
    """The vault's id for a catalogue's address."""
    return hashlib.sha256(identifier.encode("utf-8")).hexdigest()[:32]
