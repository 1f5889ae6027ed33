"""Days as browsers and people write them."""

from datetime import datetime

from passport.clock import parse_datetime
from passport.errors import Invalid
from wallet.errors_leaving import JournalDays


def read_day(text: str) -> datetime | None:
    """The first moment of a day in UTC, None for nothing written; raises JournalDays."""
    if not text.strip():
        return None
    try:
        return parse_datetime(f"{text.strip()}T00:00:00Z")
    except Invalid:
        raise JournalDays from None
