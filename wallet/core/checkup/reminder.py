"""When the check-up is due, and the person's wish to hear of it: later, or not at all. Computed here."""

import json
from datetime import date, timedelta
from typing import Any

from matching.calendar_file import DayEvent, write_calendar
from matching.checkup.due import Due, due
from passport.clock import parse_datetime
from wallet.core.checkup.kept import check_ups
from wallet.core.wallet import Kind, Wallet, as_json
from wallet.errors_checkup import NotASnooze

SNOOZE_DAYS = (7, 30, 90)
"""What can be chosen beside never."""
REMIND_DAYS = 14
"""Before the day, in the person's own calendar."""
_WISH = "check-up"


def due_of(wallet: Wallet) -> Due:
    """When the next check-up is due, and whether to say so on the first page."""
    wish = _wish(wallet)
    last = next((one.snapshot.made.date() for one in check_ups(wallet)), None)
    return due(
        began=_began(wallet),
        last=last,
        today=wallet.now().date(),
        snoozed_until=None if wish.get("until") is None else date.fromisoformat(wish["until"]),
        off=bool(wish.get("off", False)),
    )


def snooze(wallet: Wallet, days: int) -> None:
    """Say nothing of it for so many days; raises NotASnooze."""
    if days not in SNOOZE_DAYS:
        raise NotASnooze
    until = wallet.now().date() + timedelta(days=days)
    wallet.save({(Kind.SETTING, _WISH): as_json({"until": until.isoformat(), "off": False})})


def remind(wallet: Wallet, *, on: bool) -> None:
    """Turn reminders on or off; nobody but the person does that."""
    wallet.save({(Kind.SETTING, _WISH): as_json({"until": None, "off": not on})})


def check_up_calendar(wallet: Wallet, *, summary: str, description: str) -> bytes:
    """The day of the next check-up and every year after it, for the person's own calendar."""
    event = DayEvent(
        uid="check-up@skills-passport",
        day=max(due_of(wallet).day, wallet.now().date()),
        summary=summary,
        description=description,
        yearly=True,
        remind_days=REMIND_DAYS,
    )
    return write_calendar([event], now=wallet.now())


def _wish(wallet: Wallet) -> dict[str, Any]:
    found = wallet.vault.of_kind(Kind.SETTING).get(_WISH)
    return {} if found is None else dict(json.loads(found))


def _began(wallet: Wallet) -> date:
    """When the first thing came into the wallet; a wallet that holds nothing begins today."""
    came = [
        parse_datetime(json.loads(data)["receivedAt"]).date()
        for data in wallet.vault.of_kind(Kind.RECEIPT).values()
    ]
    return min(came, default=wallet.now().date())
