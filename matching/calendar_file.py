"""Calendar files (iCalendar, RFC 5545) with whole days in them: a plan's dates, the day of a check-up.

The subset that is written is small: events on a day, once or every year, with a reminder. So it stands here,
without a library that a phone would have to load.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

_LINE = 75
"""Octets of a line, without its end (RFC 5545, section 3.1)."""
_PRODUCT = "-//skills-passport//calendar//EN"
_ESCAPED = str.maketrans({"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n", "\r": None})
MEDIA_TYPE = "text/calendar"


@dataclass(frozen=True, slots=True)
class DayEvent:
    """Something on a day, or on all days from it until `last`."""

    uid: str
    """The same for the same event, so that a calendar that takes the file in again changes it."""
    day: date
    summary: str
    description: str = ""
    last: date | None = None
    yearly: bool = False
    remind_days: int | None = None
    """A reminder so many days before; None is no reminder."""


def write_calendar(events: Iterable[DayEvent], *, now: datetime) -> bytes:
    """An iCalendar object (section 3.4) with these events, in UTF-8 with the lines' ends of the standard."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", f"PRODID:{_PRODUCT}", "CALSCALE:GREGORIAN", "METHOD:PUBLISH"]
    for event in events:
        lines += _event(event, now)
    lines.append("END:VCALENDAR")
    return "".join(f"{_folded(line)}\r\n" for line in lines).encode("utf-8")


def _event(event: DayEvent, now: datetime) -> Iterator[str]:
    """Section 3.6.1; a day's event ends before the day after (section 3.8.2.2), and takes nobody's time."""
    yield "BEGIN:VEVENT"
    yield f"UID:{_text(event.uid)}"
    yield f"DTSTAMP:{now.astimezone(UTC):%Y%m%dT%H%M%SZ}"
    yield f"DTSTART;VALUE=DATE:{_day(event.day)}"
    ends = event.last or event.day
    if ends < date.max:  # after the last of all days there is none to end before
        yield f"DTEND;VALUE=DATE:{_day(ends + timedelta(days=1))}"
    if event.yearly:
        yield "RRULE:FREQ=YEARLY"
    yield f"SUMMARY:{_text(event.summary)}"
    if event.description:
        yield f"DESCRIPTION:{_text(event.description)}"
    yield "TRANSP:TRANSPARENT"
    if event.remind_days is not None:
        yield "BEGIN:VALARM"
        yield "ACTION:DISPLAY"
        yield f"DESCRIPTION:{_text(event.summary)}"
        yield f"TRIGGER:-P{event.remind_days}D"
        yield "END:VALARM"
    yield "END:VEVENT"


def _day(day: date) -> str:
    """Section 3.3.4, four digits for every year."""
    return day.isoformat().replace("-", "")


def _text(value: str) -> str:
    """TEXT (section 3.3.11); control characters can't be written at all."""
    plain = "".join(mark for mark in value.replace("\r\n", "\n") if mark == "\n" or mark.isprintable())
    return plain.translate(_ESCAPED)


def _folded(line: str) -> str:
    """Section 3.1: a line longer than 75 octets goes on after a line end and a space; no letter is cut."""
    parts, part, size = [], "", 0
    for mark in line:
        length = len(mark.encode("utf-8"))
        if size + length > _LINE:
            parts.append(part)
            part, size = " ", 1
        part, size = part + mark, size + length
    return "\r\n".join([*parts, part])
