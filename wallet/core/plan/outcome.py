"""What came of plans, counted on this device, only where the person switched that on (R119).

Numbers by month, without names, skills or work. Nobody gets them but by the person's own hand: there is no
address that they go to. Switched off, they are erased.
"""

import json
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from passport.clock import format_datetime, parse_datetime
from passport.json import JsonObject
from wallet.core.plan.limits import EVENTS
from wallet.core.wallet import Kind, Records, Wallet, as_json
from wallet.errors_plan import OutcomeOff

_RECORD = "counts"


class Happened(StrEnum):
    PLANNED = "planned"
    BEGUN = "begun"
    DONE = "done"


@dataclass(frozen=True, slots=True)
class Outcome:
    since: datetime
    months: Mapping[str, Mapping[Happened, int]]
    """By month, as `2026-11`, how often each happened."""

    @property
    def total(self) -> Mapping[Happened, int]:
        counted: Counter[Happened] = Counter()
        for month in self.months.values():
            counted.update(month)
        return {each: counted[each] for each in Happened}


def outcome(wallet: Wallet) -> Outcome | None:
    """What was counted; None where it is switched off."""
    held = wallet.vault.of_kind(Kind.OUTCOME)
    return {record: _read(data) for record, data in held.items()}.get(_RECORD)


def _read(data: bytes) -> Outcome:
    kept = json.loads(data)
    months = {
        str(month): {each: int(counts.get(each, 0)) for each in Happened}
        for month, counts in kept["months"].items()
    }
    return Outcome(parse_datetime(kept["since"]), dict(sorted(months.items())))


def switch_on(wallet: Wallet) -> None:
    """Count from now on; what happened before is not counted."""
    if outcome(wallet) is None:
        wallet.save(_records(Outcome(wallet.now(), {})))


def switch_off(wallet: Wallet) -> None:
    """Stop, and erase what was counted."""
    if outcome(wallet) is not None:
        wallet.erase(frozenset({(Kind.OUTCOME, _RECORD)}))


def outcome_records(wallet: Wallet, happened: Iterable[Happened]) -> Records:
    """What to save beside a change; nothing where it is switched off."""
    known, fresh = outcome(wallet), list(happened)
    if known is None or not fresh:
        return {}
    month = f"{wallet.now():%Y-%m}"
    counts = Counter(known.months.get(month, {}))
    counts.update(fresh)
    capped = {each: min(count, EVENTS) for each, count in counts.items()}
    return _records(Outcome(known.since, {**known.months, month: capped}))


def outcome_json(wallet: Wallet) -> JsonObject:
    """The counts as a file that the person may give to somebody; raises OutcomeOff."""
    found = outcome(wallet)
    if found is None:
        raise OutcomeOff
    return {
        "type": "PlanOutcome",
        "since": format_datetime(found.since),
        "months": {month: _counts(counts) for month, counts in found.months.items()},
        "total": _counts(found.total),
    }


def _counts(counts: Mapping[Happened, int]) -> JsonObject:
    return {str(each): count for each, count in counts.items()}


def _records(found: Outcome) -> Records:
    months = {month: _counts(counts) for month, counts in found.months.items()}
    return {(Kind.OUTCOME, _RECORD): as_json({"since": format_datetime(found.since), "months": months})}
