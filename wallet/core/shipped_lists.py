"""Trust lists that came with the wallet: who set it up chose their publishers, for people who know of none.

They are kept when a wallet is made. A wallet that is there already is offered what it lacks and newer
versions of what it has; its person decides (docs/trust-lists.md).
"""

import json
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache
from types import MappingProxyType

from passport.documents import DocumentCache, Documents, Fetched
from passport.errors import PassportError
from passport.trust import TrustList, TrustStore, parse_trust_list, verify_trust_list
from passport.verification import Context
from wallet.core import documents_kept, limits
from wallet.core.trust_lists import declined, keep_list, removed, verify_incoming
from wallet.core.wallet import Kind, Wallet
from wallet.errors import UnknownRecord
from wallet.errors_shipped import ShippedListEnded, ShippedListsTooLarge


@dataclass(frozen=True, slots=True)
class Shipped:
    """Signed lists, and the keys of their publishers as they were when this was put together."""

    sources: tuple[bytes, ...] = ()
    documents: Mapping[str, Fetched] = field(default_factory=lambda: MappingProxyType({}))

    def chosen(self) -> tuple[TrustList, ...]:
        """Without those of parties that another of the lists lets recognise others."""
        return tuple(one for one, _ in _parsed(self.sources)[0])


NOTHING_SHIPPED = Shipped()


@dataclass(frozen=True, slots=True)
class OfferedList:
    """A list that came with this version of the wallet, and that the person may take."""

    content: TrustList
    held: int
    """The version that is in use; 0 where none is."""
    told: bool
    """Whether the person decided about it before: then it is only there to be found."""


def check_shipped(
    sources: Sequence[bytes], documents: Documents, now: datetime, *, in_date: bool = True
) -> None:
    """Whether lists may go along with a wallet: each is its publisher's own, and all can be used together.

    Raises:
        ShippedListsTooLarge
        ShippedListEnded: past its `validUntil`, where it must be `in_date`.
        PassportError: as verify_trust_list; TrustListConflict where two have one id.
    """
    if sum(map(len, sources)) > limits.SHIPPED_LISTS:
        raise ShippedListsTooLarge(limit=limits.SHIPPED_LISTS)
    found = []
    for source in sources:
        publisher = parse_trust_list(source).publisher
        context = Context(documents, now)
        found.append(verify_trust_list(source, context=context, expected_publishers={publisher}))
    if in_date and not all(each.fresh(now) for each in found):
        raise ShippedListEnded
    TrustStore(found)


def pack_shipped(shipped: Shipped) -> bytes:
    """As one file of JSON; the same lists give the same bytes, whatever order they came in."""
    documents = documents_kept.changed({}, DocumentCache(dict(shipped.documents)))
    content = {
        "lists": sorted(source.decode("utf-8") for source in shipped.sources),
        "documents": {url: json.loads(data) for url, data in sorted(documents.items())},
    }
    return json.dumps(content, ensure_ascii=False, sort_keys=True).encode("utf-8")


def read_shipped(data: bytes) -> Shipped:
    """What `pack_shipped` wrote; no bytes at all are no lists."""
    if not data:
        return NOTHING_SHIPPED
    content = json.loads(data)
    records = {url: json.dumps(each).encode("utf-8") for url, each in content["documents"].items()}
    return Shipped(
        tuple(source.encode("utf-8") for source in content["lists"]),
        MappingProxyType(documents_kept.read(records).at_hand),
    )


def keep_all_shipped(wallet: Wallet, shipped: Shipped) -> None:
    """Into a wallet that was just made; what can't be used at this moment is offered later."""
    for one in shipped.chosen():
        with suppress(PassportError):
            take_shipped(wallet, shipped, one.id)


def take_shipped(wallet: Wallet, shipped: Shipped, list_id: str) -> None:
    """Keep one of the lists as the person's choice, and after it those of delegates, as far as these may.

    Raises:
        UnknownRecord: none that came along has this id.
        PassportError: as verify_incoming and keep_list.
    """
    chosen, delegated = _parsed(shipped.sources)
    source = next((source for one, source in chosen if one.id == list_id), None)
    if source is None:
        raise UnknownRecord
    _keep(wallet, shipped, source)
    for _, source in delegated:
        with suppress(PassportError):
            _keep(wallet, shipped, source, delegated=True)


def offered_lists(wallet: Wallet, shipped: Shipped) -> tuple[OfferedList, ...]:
    """What came along and is not in use, or in an older version; never what is older than the person had."""
    gone, refused = removed(wallet), declined(wallet)
    found = []
    for one in shipped.chosen():
        held = 0
        data = wallet.vault.of_kind(Kind.TRUST_LIST).get(one.id)
        if data is not None:
            try:
                kept = parse_trust_list(json.loads(data)["source"].encode("utf-8"))
            except PassportError:
                continue  # nothing takes its place: nobody can tell which version it was
            if kept.publisher != one.publisher:
                continue
            held = kept.version
        if one.version > held and one.version >= gone.get(one.id, 0):
            told = refused.get(one.id, 0) >= one.version or (not held and one.id in gone)
            found.append(OfferedList(one, held, told))
    return tuple(found)


def _keep(wallet: Wallet, shipped: Shipped, source: bytes, *, delegated: bool = False) -> None:
    at_hand = wallet.documents()
    lacking = DocumentCache(
        {url: one for url, one in shipped.documents.items() if url not in at_hand.at_hand}
    )
    wallet.keep_documents(lacking)
    verified = verify_incoming(wallet, source, wallet.documents(), delegated=delegated)
    keep_list(wallet, verified, url=verified.content.id, shipped=True)


_Parsed = tuple[tuple[TrustList, bytes], ...]


@lru_cache(maxsize=1)
def _parsed(sources: tuple[bytes, ...]) -> tuple[_Parsed, _Parsed]:
    """The lists of chosen publishers, and those of whom these let recognise others: read once."""
    found = [(parse_trust_list(source), source) for source in sources]
    let = {
        (entry.list_id, did)
        for one, _ in found
        for entry in one.delegations
        for did in entry.dids
        if entry.list_id != one.id
    }
    chosen = tuple(each for each in found if (each[0].id, each[0].publisher) not in let)
    return chosen, tuple(each for each in found if each not in chosen)
