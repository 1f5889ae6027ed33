"""Trust lists in the wallet: whom the person, or who set up the wallet, relies on for recognitions."""

import json
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from passport.answers import Answer
from passport.documents import Documents
from passport.errors.trust import TrustListRollback
from passport.evidence.kinds import Strength
from passport.evidence.policy import DemandResult
from passport.json import JsonObject
from passport.trust import (
    RecognitionClass,
    VerifiedTrustList,
    check_newer,
    parse_trust_list,
    verify_trust_list,
)
from passport.verification import Context
from wallet.core.plain_text import plain_name
from wallet.core.shelf import kept, trust
from wallet.core.wallet import Kind, Records, Wallet, as_json

_DECIDED = "trust-lists"
"""What the person decided about lists, beside those that are in use."""


@dataclass(frozen=True, slots=True)
class ListInUse:
    """A trust list in the wallet: whose word it is, and by whose leave it counts."""

    id: str
    name: Mapping[str, str]
    publisher: str
    """Of a delegate the name that the delegator gives it."""
    version: int
    age_days: int
    fresh: bool
    chosen: bool
    """The person, or who set up the wallet, chose its publisher."""
    through: tuple[tuple[str, tuple[str, ...]], ...]
    """Who lets the publisher recognise others, and as what. Not chosen and empty: it counts for nothing."""
    classes: tuple[RecognitionClass, ...] = ()
    """The list's own, each counting as one of the words."""
    shipped: bool = False
    """It came with this wallet: who set that up chose its publisher, not the person."""


def lists_in_use(wallet: Wallet) -> tuple[ListInUse, ...]:
    """The lists that were chosen first, then those of delegates."""
    store, now = trust(wallet), wallet.now()
    records = {key: json.loads(data) for key, data in wallet.vault.of_kind(Kind.TRUST_LIST).items()}
    found = []
    for one in sorted(store.lists, key=lambda each: not each.pinned):
        content = one.content
        letting = [by for by in store.delegations if by.lets(one) and by.entry.in_force(now)]
        found.append(
            ListInUse(
                id=content.id,
                name=content.name,
                publisher=content.publisher_name if one.pinned or not letting else letting[0].entry.name,
                version=content.version,
                age_days=one.age_days(now),
                fresh=one.fresh(now),
                chosen=one.pinned,
                through=tuple(
                    (by.source.content.publisher_name, tuple(sorted(map(str, by.entry.may_words))))
                    for by in letting
                ),
                classes=content.classes,
                shipped="shipped" in records[content.id],
            )
        )
    return tuple(found)


def list_json(one: ListInUse) -> JsonObject:
    """A list for programs."""
    return {
        "id": one.id,
        "name": dict(one.name),
        "publisher": one.publisher,
        "version": one.version,
        "ageDays": one.age_days,
        "fresh": one.fresh,
        "chosen": one.chosen,
        "cameWithWallet": one.shipped,
        "through": [{"delegator": name, "mayRecognise": list(words)} for name, words in one.through],
        "classes": [
            {"id": each.id, "name": dict(each.name), "countsAs": str(each.counts_as)} for each in one.classes
        ],
    }


def verify_incoming(
    wallet: Wallet,
    source: bytes,
    documents: Documents,
    publishers: Collection[str] | None = None,
    *,
    delegated: bool = False,
) -> VerifiedTrustList:
    """Verify a list; `publishers` None takes whoever it proves to be from, for the person who chose it.

    With `delegated` nobody chose it: it is taken as far as a list that was chosen lets its publisher
    recognise.

    Raises:
        PassportError: as verify_trust_list.
    """
    expected: Collection[str] = ()
    if not delegated:
        expected = {parse_trust_list(source).publisher} if publishers is None else publishers
    return verify_trust_list(
        source,
        context=Context(documents, wallet.now()),
        expected_publishers=expected,
        delegates=trust(wallet).delegates(wallet.now()) if delegated else (),
    )


def keep_list(
    wallet: Wallet, verified: VerifiedTrustList, *, url: str | None = None, shipped: bool = False
) -> None:
    """Keep a list, or a newer version of one; `shipped`: it came with this wallet.

    Raises:
        TrustListRollback, TrustListConflict: older than, or different from, the one that is kept, also
            where that one can't be verified at this moment; or older than one that the person removed.
        NotDelegated: nobody chose it, and no list that was chosen is about it.
    """
    content = verified.content
    data = wallet.vault.of_kind(Kind.TRUST_LIST).get(content.id)
    held = {} if data is None else json.loads(data)
    if held:
        check_newer(parse_trust_list(held["source"].encode("utf-8")), content)
    elif content.version < removed(wallet).get(content.id, 0):
        raise TrustListRollback
    trust(wallet).updated(verified)
    record: JsonObject = {
        "source": verified.source.decode("utf-8"),
        "publisher": content.publisher,
        "url": url,
        **({} if verified.pinned else {"delegated": True}),
        **({"shipped": True} if shipped or "shipped" in held else {}),
    }
    wallet.save({(Kind.TRUST_LIST, content.id): as_json(record)})


def addresses(wallet: Wallet) -> Mapping[str, str]:
    """Where chosen lists came from, to look for newer versions: address to publisher."""
    entries = (json.loads(data) for data in wallet.vault.of_kind(Kind.TRUST_LIST).values())
    return {
        entry["url"]: entry["publisher"] for entry in entries if entry["url"] and "delegated" not in entry
    }


def delegated_addresses(wallet: Wallet) -> tuple[str, ...]:
    """Where the lists of delegates are, as the lists say that were chosen.

    One that the person chose too is looked for where it came from, and stays chosen.
    """
    store = trust(wallet)
    chosen = {each.content.id for each in store.lists if each.pinned} | addresses(wallet).keys()
    return tuple(url for url in store.delegated_lists(wallet.now()) if url not in chosen)


def remove_list(wallet: Wallet, list_id: str) -> Records:
    """Rely on a list no longer. Its version is remembered: no older one takes its place afterwards.

    Raises:
        UnknownRecord
    """
    source = json.loads(wallet.vault.get(Kind.TRUST_LIST, list_id))["source"]
    _decided(wallet, "removed", list_id, parse_trust_list(source.encode("utf-8")).version)
    return wallet.erase(frozenset({(Kind.TRUST_LIST, list_id)}))


def decline_list(wallet: Wallet, list_id: str, version: int) -> None:
    """Do not bring this version of a list up again."""
    _decided(wallet, "declined", list_id, version)


def removed(wallet: Wallet) -> Mapping[str, int]:
    """The lists that the person removed, each with the version that it had."""
    return _decisions(wallet).get("removed", {})


def declined(wallet: Wallet) -> Mapping[str, int]:
    """The lists that came with the wallet and were not wanted, with the version that was looked at."""
    return _decisions(wallet).get("declined", {})


def check_decisions(wallet: Wallet) -> None:
    """Read what was decided, as it comes back from a backup; raises ValueError, TypeError, AttributeError."""
    for which in (removed(wallet), declined(wallet)):
        for version in which.values():
            if type(version) is not int:
                raise TypeError


def _decisions(wallet: Wallet) -> dict[str, dict[str, int]]:
    data = wallet.vault.of_kind(Kind.SETTING).get(_DECIDED)
    found: dict[str, dict[str, int]] = {} if data is None else json.loads(data)
    return found


def _decided(wallet: Wallet, which: str, list_id: str, version: int) -> None:
    found = _decisions(wallet)
    found[which] = {**found.get(which, {}), list_id: version}
    wallet.save({(Kind.SETTING, _DECIDED): as_json({**found})})


def unlisted(wallet: Wallet, results: Iterable[DemandResult]) -> tuple[str, ...]:
    """Who gave the proof that comes closest and yet is too soft, for they are on no list of this wallet."""
    lists = trust(wallet)
    issuers = {
        one.verified.credential.id: one.verified.credential.issuer
        for one in kept(wallet)
        if one.verified is not None
    }
    found = [
        issuers[result.credential_id]
        for result in results
        if result.answer is not Answer.YES
        and result.strength is Strength.SOFT
        and result.demand.minimum_strength is not Strength.SOFT
        and result.credential_id in issuers
    ]
    own = wallet.names
    names = (each.name or each.id for each in found if each.id not in own and not lists.ever(each.id))
    return tuple(dict.fromkeys(map(plain_name, names)))
