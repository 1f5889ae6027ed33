"""Trust lists in the wallet: whom the person, or who set up the wallet, relies on for recognitions."""

import json
from collections.abc import Collection

from passport.documents import Documents
from passport.json import JsonObject
from passport.trust import VerifiedTrustList, parse_trust_list, verify_trust_list
from passport.verification import Context
from wallet.core.shelf import trust
from wallet.core.wallet import Kind, Wallet, as_json


def verify_incoming(
    wallet: Wallet, source: bytes, documents: Documents, publishers: Collection[str] | None = None
) -> VerifiedTrustList:
    """Verify a list; `publishers` None takes whoever it proves to be from, for the person who chose it.

    Raises:
        PassportError: as verify_trust_list.
    """
    expected = {parse_trust_list(source).publisher} if publishers is None else publishers
    return verify_trust_list(source, context=Context(documents, wallet.now()), expected_publishers=expected)


def keep_list(wallet: Wallet, verified: VerifiedTrustList, *, url: str | None = None) -> None:
    """Keep a list, or a newer version of one.

    Raises:
        TrustListRollback, TrustListConflict: older than, or different from, the one that is kept.
    """
    trust(wallet).updated(verified)
    content = verified.content
    record: JsonObject = {
        "source": verified.source.decode("utf-8"),
        "publisher": content.publisher,
        "url": url,
    }
    wallet.save({(Kind.TRUST_LIST, content.id): as_json(record)})


def addresses(wallet: Wallet) -> dict[str, str]:
    """Where lists came from, to look for newer versions: address to publisher."""
    entries = (json.loads(data) for data in wallet.vault.of_kind(Kind.TRUST_LIST).values())
    return {entry["url"]: entry["publisher"] for entry in entries if entry["url"]}
