"""Trust lists in the wallet: whom the person, or who set up the wallet, relies on for recognitions."""

import json
from collections.abc import Collection, Mapping

from passport.documents import Documents
from passport.json import JsonObject
from passport.trust import VerifiedTrustList, check_newer, parse_trust_list, verify_trust_list
from passport.verification import Context
from wallet.core.shelf import trust
from wallet.core.wallet import Kind, Wallet, as_json


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
