"""Forgetting for good. What goes is erased from the vault and its older copy (docs/leaving.md).

Each function gives what it removed, so that a host can offer to put it back for a moment, from memory.
"""

from collections.abc import Iterable
from datetime import datetime
from types import MappingProxyType

from passport.credentials import RelatedResource
from wallet.core.claiming.copies import records_of_copies
from wallet.core.endorsements import endorsements
from wallet.core.fetched_for import fetched_only_for
from wallet.core.imported import file_id
from wallet.core.journal import journal
from wallet.core.shelf import kept_one, other_forms
from wallet.core.wallet import Kind, Records, Wallet


def forget(wallet: Wallet, record: str) -> Records:
    """Erase a credential and what means nothing without it; raises UnknownRecord.

    With its forms, copies and receipt, the confirmations of it alone, files that nothing else names, and
    what was fetched to check it alone.
    """
    one = kept_one(wallet, record)
    gone = {(Kind.CREDENTIAL, record), (Kind.RECEIPT, record), (Kind.WITHDRAWN, record)}
    gone |= {(Kind.FORM, f"{record} {form.name}") for form in other_forms(wallet).get(record, ())}
    gone |= records_of_copies(wallet, record)
    named = set[str]() if one.report.parsed is None else _ids(one.report.parsed.related_resources)
    staying = set[str]()
    for each in endorsements(wallet):
        ids = set[str]() if each.report.parsed is None else _ids(each.report.parsed.related_resources)
        if each.confirms == (record,):
            gone |= {(Kind.ENDORSEMENT, each.id), (Kind.RECEIPT, each.id)}
            named |= ids
        else:
            staying |= ids
    for other in wallet.vault.of_kind(Kind.CREDENTIAL):
        parsed = None if other == record else kept_one(wallet, other).report.parsed
        staying |= set[str]() if parsed is None else _ids(parsed.related_resources)
    gone |= {(Kind.FILE, evidence) for evidence in named - staying}
    gone |= {(Kind.DOCUMENT, url) for url in fetched_only_for(wallet, gone)}
    return wallet.erase(frozenset(gone))


def forget_file(wallet: Wallet, evidence: str) -> Records:
    """Erase one evidence file, of a diploma also what is known of it; what names it stays.

    Raises UnknownRecord.
    """
    wallet.vault.get(Kind.FILE, evidence)
    diplomas = {record for record in wallet.vault.of_kind(Kind.IMPORTED) if file_id(record) == evidence}
    return wallet.erase(frozenset({(Kind.FILE, evidence), *((Kind.IMPORTED, each) for each in diplomas)}))


def forget_journal(wallet: Wallet, since: datetime | None = None, until: datetime | None = None) -> Records:
    """Erase entries of the journal from `since` until before `until`; without any, nothing happens."""
    chosen = {
        (Kind.JOURNAL, entry.id)
        for entry in journal(wallet)
        if (since is None or entry.at >= since) and (until is None or entry.at < until)
    }
    return wallet.erase(frozenset(chosen)) if chosen else MappingProxyType({})


def put_back(wallet: Wallet, records: Records) -> None:
    """Put back what was just erased; what came in its place since stays."""
    here = {(key.kind, key.id) for key in wallet.vault.records}
    wallet.save({key: data for key, data in records.items() if key not in here})


def _ids(resources: Iterable[RelatedResource]) -> set[str]:
    return {resource.id for resource in resources}
