"""What the wallet says of the published sets that it follows, and how old each is."""

from typing import Any

from passport.clock import format_datetime
from wallet.core.plain_text import plain_name
from wallet.core.published_sets import Followed, Outcome
from wallet.core.wallet import Wallet


def followed_json(wallet: Wallet, one: Followed) -> dict[str, Any]:
    """One address with its sets; names are plain text."""
    index = one.index
    return {
        "id": one.record,
        "address": one.address,
        "publisher": {"id": index.publisher, "name": plain_name(index.publisher_name)},
        "version": index.version,
        "created": format_datetime(index.created),
        "daysOld": max(0, (wallet.now() - index.created).days),
        "checkedAt": format_datetime(one.checked_at),
        "daysSinceChecked": max(0, (wallet.now() - one.checked_at).days),
        "sets": [
            {
                "name": each.name,
                "kind": str(each.kind),
                "documents": each.documents,
                **_outcome_json(one.outcomes.get(each.name, Outcome())),
            }
            for each in index.sets
        ],
    }


def _outcome_json(outcome: Outcome) -> dict[str, Any]:
    return {
        "taken": outcome.taken,
        "left": dict(outcome.left),
        "unsure": outcome.unsure,
        "error": outcome.error or None,
    }
