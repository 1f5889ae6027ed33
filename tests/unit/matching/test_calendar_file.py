"""Calendar files as RFC 5545 has them."""

from datetime import UTC, date, datetime

import icalendar
import pytest

from matching.calendar_file import DayEvent, write_calendar

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)


def lines(*events):
    return write_calendar(events, now=NOW).decode().split("\r\n")


def test_a_yearly_day_with_a_reminder():
    event = DayEvent("check-up@wallet", date(2027, 2, 28), "Check-up", yearly=True, remind_days=14)
    assert lines(event) == [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//skills-passport//calendar//EN",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        "BEGIN:VEVENT",
        "UID:check-up@wallet",
        "DTSTAMP:20260301T120000Z",
        "DTSTART;VALUE=DATE:20270228",
        "DTEND;VALUE=DATE:20270301",
        "RRULE:FREQ=YEARLY",
        "SUMMARY:Check-up",
        "TRANSP:TRANSPARENT",
        "BEGIN:VALARM",
        "ACTION:DISPLAY",
        "DESCRIPTION:Check-up",
        "TRIGGER:-P14D",
        "END:VALARM",
        "END:VEVENT",
        "END:VCALENDAR",
        "",
    ]


def test_several_days_once():
    found = lines(DayEvent("a", date(2026, 12, 30), "Course", "With; commas, and\nlines\\", date(2027, 1, 2)))
    assert "DTEND;VALUE=DATE:20270103" in found
    assert "DESCRIPTION:With\\; commas\\, and\\nlines\\\\" in found
    assert not {"RRULE:FREQ=YEARLY", "BEGIN:VALARM"} & set(found)


@pytest.mark.parametrize(
    "text", ["x\r\nBEGIN:VEVENT", "x\rBEGIN:VEVENT", "x\u2028BEGIN:VEVENT", "x\x00\x0bBEGIN:VEVENT"]
)
def test_no_title_can_start_an_event_of_its_own(text):
    found = lines(DayEvent("a", date(2026, 1, 1), text, text))
    assert [line for line in found if line.startswith("BEGIN:")] == ["BEGIN:VCALENDAR", "BEGIN:VEVENT"]


@pytest.mark.parametrize("letter", ["a", "é", "€", "𝄞"])
def test_long_lines_go_on_without_cutting_a_letter(letter):
    whole = write_calendar([DayEvent("a", date(2026, 1, 1), letter * 200)], now=NOW)
    assert all(len(line) <= 75 for line in whole.split(b"\r\n"))
    assert f"SUMMARY:{letter * 200}\r\n" in whole.decode().replace("\r\n ", "")


def test_the_first_and_the_last_of_all_days_can_be_written():
    assert "DTSTART;VALUE=DATE:00010101" in lines(DayEvent("a", date.min, "Course"))
    found = lines(DayEvent("a", date(2026, 1, 1), "Course", last=date.max))
    assert not any(line.startswith("DTEND") for line in found)


def test_a_library_for_calendars_reads_what_was_written():
    """It was made by others, from RFC 5545."""
    title = "Lassen, deel 2; \\ é " + "x" * 90
    events = [
        DayEvent("a@x", date(2027, 2, 1), title, "one\ntwo", last=date(2027, 3, 1), remind_days=7),
        DayEvent("b@x", date(2027, 5, 1), "Check-up", "", yearly=True),
    ]
    found = icalendar.Calendar.from_ical(write_calendar(events, now=datetime(2026, 11, 22, tzinfo=UTC)))
    first, second = found.walk("VEVENT")
    assert (first.decoded("DTSTART"), first.decoded("DTEND")) == (date(2027, 2, 1), date(2027, 3, 2))
    assert (str(first["SUMMARY"]), str(first["DESCRIPTION"])) == (title, "one\ntwo")
    assert [alarm.decoded("TRIGGER").days for alarm in first.walk("VALARM")] == [-7]
    assert dict(second["RRULE"]) == {"FREQ": ["YEARLY"]}
    assert not any(part.errors for part in found.walk())
