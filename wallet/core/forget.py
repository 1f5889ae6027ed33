"""Forgetting a credential: with its forms, what confirms it alone, and files that nothing else names."""

from collections.abc import Iterable

from passport.credentials import RelatedResource
from wallet.core.endorsements import endorsements
from wallet.core.shelf import kept_one, other_forms
from wallet.core.wallet import Kind, Wallet


def forget(wallet: Wallet, record: str) -> None:
    """Remove a credential and what means nothing without it; raises UnknownRecord."""
    one = kept_one(wallet, record)
    gone = {(Kind.CREDENTIAL, record), (Kind.RECEIPT, record), (Kind.WITHDRAWN, record)}
    gone |= {(Kind.FORM, f"{record} {form.name}") for form in other_forms(wallet).get(record, ())}
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
    wallet.save(remove=frozenset(gone))


def _ids(resources: Iterable[RelatedResource]) -> set[str]:
    return {resource.id for resource in resources}
