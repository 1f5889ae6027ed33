"""The credentials in the wallet, verified anew whenever they are used, and who is trusted for what.

Nothing is stored as good: what the vault holds are documents as they came. A report is remembered for the
present revision and minute only.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from passport.answers import Answer
from passport.clock import parse_datetime
from passport.documents import DocumentCache
from passport.errors import PassportError
from passport.trust import TrustStore, VerifiedTrustList, verify_trust_list
from passport.verification import Context, CredentialReport, VerifiedCredential, verify_credential
from wallet.core.forms import SELECTIVE, FormName, KeptForm, name_of
from wallet.core.holder import Holder
from wallet.core.holding import bound_name
from wallet.core.wallet import Kind, Wallet
from wallet.errors import UnknownRecord

_MINUTE = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Kept:
    """One credential of the wallet and what is known of it at this moment."""

    id: str
    source: bytes
    report: CredentialReport
    received_at: datetime
    host: str | None
    """The host that it came from; None for a file or one's own."""
    forms: tuple[KeptForm, ...]
    """All forms in which it is here: the first is `source`, the one that is read and verified."""
    holder: str | None
    """The DID by which it names one of the wallet's keys; None where it names none of them."""

    @property
    def verified(self) -> VerifiedCredential | None:
        return self.report.credential

    @property
    def answer(self) -> Answer:
        """Yes only for a genuine credential in good standing."""
        if self.verified is not None:
            return self.verified.standing
        return Answer.NO if self.report.answer is Answer.NO else Answer.CANNOT_TELL

    @property
    def shows_parts(self) -> bool:
        """Whether a skill in it can stay behind while another is shown."""
        return any(form.name in SELECTIVE for form in self.forms)


def kept(wallet: Wallet, documents: DocumentCache | None = None) -> tuple[Kept, ...]:
    """Every credential that is in use, the latest first; a claim of one's own that was withdrawn is not.

    `documents` are those at hand, the wallet's own where it is None; what is missing is noted in `wanted`.
    """
    cache = wallet.documents() if documents is None else documents
    others, gone = other_forms(wallet), withdrawn(wallet)
    found = [
        _kept(wallet, record, cache, others.get(record, ()))
        for record in wallet.vault.of_kind(Kind.CREDENTIAL)
        if record not in gone
    ]
    return tuple(sorted(found, key=lambda one: (one.received_at, one.id), reverse=True))


def withdrawn(wallet: Wallet) -> Mapping[str, datetime]:
    """Since when the person no longer stands by claims of their own, by the wallet's ids."""
    return {
        record: parse_datetime(json.loads(data)["at"])
        for record, data in wallet.vault.of_kind(Kind.WITHDRAWN).items()
    }


def kept_one(wallet: Wallet, record: str, documents: DocumentCache | None = None) -> Kept:
    """Raises UnknownRecord."""
    if record not in wallet.vault.of_kind(Kind.CREDENTIAL):
        raise UnknownRecord
    cache = wallet.documents() if documents is None else documents
    return _kept(wallet, record, cache, other_forms(wallet).get(record, ()))


def other_forms(wallet: Wallet) -> Mapping[str, tuple[KeptForm, ...]]:
    """The forms beside the first one, by credential."""
    found: dict[str, tuple[KeptForm, ...]] = {}
    for identifier, source in wallet.vault.of_kind(Kind.FORM).items():
        record, _, name = identifier.partition(" ")
        found[record] = (*found.get(record, ()), KeptForm(FormName(name), source))
    return found


def genuine(credentials: tuple[Kept, ...]) -> tuple[VerifiedCredential, ...]:
    return tuple(one.verified for one in credentials if one.verified is not None)


def files(wallet: Wallet) -> Mapping[str, bytes]:
    """The evidence files at hand, by the id that credentials name them with."""
    return wallet.vault.of_kind(Kind.FILE)


def trust(wallet: Wallet, documents: DocumentCache | None = None) -> TrustStore:
    """The trust lists that the person took in; one that no longer verifies counts for nothing."""
    cache = wallet.documents() if documents is None else documents
    context = Context(cache, wallet.now())
    lists: list[VerifiedTrustList] = []
    for data in wallet.vault.of_kind(Kind.TRUST_LIST).values():
        entry = json.loads(data)
        try:
            lists.append(
                verify_trust_list(
                    entry["source"].encode("utf-8"),
                    context=context,
                    expected_publishers=() if "delegated" in entry else {entry["publisher"]},
                    delegates=None if "delegated" in entry else (),
                )
            )
        except PassportError:
            continue
    return TrustStore(lists)


def _kept(wallet: Wallet, record: str, cache: DocumentCache, others: tuple[KeptForm, ...]) -> Kept:
    source = wallet.vault.get(Kind.CREDENTIAL, record)
    receipt = json.loads(wallet.vault.get(Kind.RECEIPT, record))
    now = wallet.now()
    key = (record, now.replace(second=0, microsecond=0), frozenset(cache.at_hand))
    report = wallet.memory.get(key)
    if report is None:
        report = verify_credential(
            source, Context(cache, now, as_holder=True, certificates=wallet.certificates)
        )
        if not cache.wanted:
            wallet.memory[key] = report
    parsed = report.parsed
    first = KeptForm(FormName.LDP_VC if parsed is None else name_of(parsed), source)
    return Kept(
        id=record,
        source=source,
        report=report,
        received_at=parse_datetime(receipt["receivedAt"]),
        host=receipt["host"],
        forms=(first, *others),
        holder=None if parsed is None else bound_name(wallet.keys, source, parsed),
    )


def holder_for(wallet: Wallet, one: Kept) -> Holder:
    """As `wallet.holder_for`; raises NoHolderKey."""
    return wallet.holder_for(one)
