"""Date and time as the specifications write them: XML Schema dateTimeStamp, always with a zone."""

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta, timezone
from functools import lru_cache

from passport import limits
from passport.errors import MalformedDateTime

Clock = Callable[[], datetime]
"""Returns the present moment, in UTC. A parameter wherever time matters."""

_FORM = re.compile(
    r"([0-9]{4})-([0-9]{2})-([0-9]{2})T([0-9]{2}):([0-9]{2}):([0-9]{2})(?:\.([0-9]{1,9}))?"
    r"(?:(Z)|([+-])([0-9]{2}):([0-9]{2}))"
)
_USUAL_LENGTH = len("2026-01-31T09:00:00Z")
_MAX_OFFSET = timedelta(hours=14)


def utc_now() -> datetime:
    return datetime.now(UTC)


def parse_datetime(text: object) -> datetime:
    """Read an XML Schema 1.1 dateTimeStamp (section 3.4.28) into an aware datetime in UTC.

    Raises:
        MalformedDateTime: any other form, among them week dates, naive times, 24:00 and leap seconds.
    """
    if not isinstance(text, str):
        raise MalformedDateTime
    if len(text) == _USUAL_LENGTH and (moment := _usual(text)) is not None:
        return moment
    match = _FORM.fullmatch(text)
    if match is None:
        raise MalformedDateTime
    year, month, day, hour, minute, second = (int(part) for part in match.groups()[:6])
    microsecond = int((match[7] or "0").ljust(6, "0")[:6])
    try:
        zone = UTC if match[8] else _zone(match[9], int(match[10]), int(match[11]))
        return datetime(year, month, day, hour, minute, second, microsecond, zone).astimezone(UTC)
    except (ValueError, OverflowError):
        raise MalformedDateTime from None


@lru_cache(maxsize=limits.DATES_KEPT)
def _usual(text: str) -> datetime | None:
    """Whole seconds in UTC, if they would be written just so: `fromisoformat` takes other forms as well."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    return moment if moment.isoformat() == f"{text[:-1]}+00:00" and text[-1] == "Z" else None


def _zone(sign: str, hours: int, minutes: int) -> timezone:
    offset = timedelta(hours=hours, minutes=minutes)
    if minutes > 59 or offset > _MAX_OFFSET:  # noqa: PLR2004
        raise ValueError
    return timezone(-offset if sign == "-" else offset)


def format_datetime(moment: datetime) -> str:
    """Write an aware moment as dateTimeStamp in UTC with whole seconds.

    Raises:
        MalformedDateTime: a naive moment, which could be any of 27 hours.
    """
    if moment.utcoffset() is None:
        raise MalformedDateTime
    return moment.astimezone(UTC).isoformat(timespec="seconds")[:19] + "Z"
