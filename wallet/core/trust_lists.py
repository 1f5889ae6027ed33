"""Trust lists in the wallet: whom the person, or who set up the wallet, relies on for recognitions."""

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from passport.documents import Documents
from passport.json import JsonObject
from passport.trust import (
    RecognitionClass,
    VerifiedTrustList,
    check_newer,
    parse_trust_list,
    verify_trust_list,
)
from passport.verification import Context
from wallet.core.shelf import trust
from wallet.core.wallet import Kind, Wallet, as_json


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


def lists_in_use(wallet: Wallet) -> tuple[ListInUse, ...]:
    """The lists that were chosen first, then those of delegates."""
    store, now = trust(wallet), wallet.now()
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


def keep_list(wallet: Wallet, verified: VerifiedTrustList, *, url: str | None = None) -> None:
    """Keep a list, or a newer version of one.

    Raises:
        TrustListRollback, TrustListConflict: older than, or different from, the one that is kept, also
            where that one can't be verified at this moment.
        NotDelegated: nobody chose it, and no list that was chosen is about it.
    """
    content = verified.content
    kept = wallet.vault.of_kind(Kind.TRUST_LIST).get(content.id)
    if kept is not None:
        check_newer(parse_trust_list(json.loads(kept)["source"].encode("utf-8")), content)
    trust(wallet).updated(verified)
    record: JsonObject = {
        "source": verified.source.decode("utf-8"),
        "publisher": content.publisher,
        "url": url,
        **({} if verified.pinned else {"delegated": True}),
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
