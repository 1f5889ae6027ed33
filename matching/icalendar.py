"""Calendar files (iCalendar, RFC 5545): days to remember, for the person's own agenda. Nothing is sent.

Only what we write: whole days, with a reminder. Written here rather than with a library so that it also
runs on a phone, where nothing but the standard library is (docs/decisions/0038).
"""

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

_PRODUCT = "-//Skills passport//NONSGML plan//EN"
_LINE = 75
"""Octets, without the line break (section 3.1)."""
MEDIA_TYPE = "text/calendar; charset=utf-8"


@dataclass(frozen=True, slots=True)
class Day:
    """Something on one day, or on several in a row (VEVENT, section 3.6.1)."""

    uid: str
    """The same for the same thing, so that a second file changes the entry and does not double it."""
    summary: str
    first: date
    last: date | None = None
    """The last day, included."""
    description: str = ""
    url: str | None = None
    remind_days: int | None = None
    """So many days before it an alarm shows the summary."""
    every_year: bool = False


def write_calendar(days: Sequence[Day], *, name: str, now: datetime) -> bytes:
    """A calendar file: the same days, name and moment give the same bytes."""
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        f"PRODID:{_PRODUCT}",
        "CALSCALE:GREGORIAN",
        f"NAME:{_text(name)}",  # RFC 7986, section 5.1
        f"X-WR-CALNAME:{_text(name)}",
    ]
    for day in days:
        lines += _event(day, now)
    lines.append("END:VCALENDAR")
    return "".join(f"{folded}\r\n" for line in lines for folded in _folded(line)).encode("utf-8")


def _event(day: Day, now: datetime) -> Iterator[str]:
    after = (day.last or day.first) + timedelta(days=1)
    yield "BEGIN:VEVENT"
    yield f"UID:{_text(day.uid)}"
    yield f"DTSTAMP:{now.astimezone(UTC):%Y%m%dT%H%M%SZ}"
    yield f"DTSTART;VALUE=DATE:{day.first:%Y%m%d}"
    yield f"DTEND;VALUE=DATE:{after:%Y%m%d}"  # the day after the last (section 3.6.1)
    if day.every_year:
        yield "RRULE:FREQ=YEARLY"
    yield f"SUMMARY:{_text(day.summary)}"
    if day.description:
        yield f"DESCRIPTION:{_text(day.description)}"
    if day.url is not None:
        yield f"URL:{_printable(day.url)}"
    yield "TRANSP:TRANSPARENT"  # a whole day takes nobody's free hours
    yield "CLASS:PRIVATE"
    if day.remind_days is not None:
        yield "BEGIN:VALARM"
        yield "ACTION:DISPLAY"
        yield f"TRIGGER:-P{day.remind_days}D"
        yield f"DESCRIPTION:{_text(day.summary)}"
        yield "END:VALARM"
    yield "END:VEVENT"


def _text(text: str) -> str:
    """TEXT with its escapes (section 3.3.11). A stranger's words begin no line and no property."""
    escaped = text.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    lines = escaped.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return "\\n".join(_printable(line) for line in lines)


def _printable(text: str) -> str:
    """Without control and format characters, and without the line breaks that are none in RFC 5545."""
    return "".join(
        letter for letter in text if unicodedata.category(letter) not in {"Cc", "Cf", "Cs", "Zl", "Zp"}
    )


def _folded(line: str) -> Iterator[str]:
    """Lines of at most 75 octets, a letter never in two halves; what goes on begins with a blank."""
    part, size = "", 0
    for letter in line:
        octets = len(letter.encode("utf-8"))
        if size + octets > _LINE:
            yield part
            part, size = " ", 1
        part, size = part + letter, size + octets
    yield part
