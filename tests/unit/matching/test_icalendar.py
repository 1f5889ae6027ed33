"""Calendar files: RFC 5545 to the letter, and whatever a provider wrote stays text."""

import re
import unicodedata
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching.icalendar import Day, write_calendar

NOW = datetime(2026, 11, 22, 16, 0, tzinfo=UTC)


def unfolded(data):
    """The content lines as a reader takes them (section 3.1)."""
    assert data.endswith(b"\r\n")
    for line in data.split(b"\r\n"):
        assert len(line) <= 75
        assert b"\n" not in line
        assert b"\r" not in line
        line.decode("utf-8")
    return data.decode("utf-8").replace("\r\n ", "").split("\r\n")[:-1]


def test_a_day_as_an_event():
    day = Day(
        "1@plan",
        "Lassen; deel 1, begin",
        date(2027, 2, 1),
        date(2027, 2, 28),
        "Twee\nregels\\",
        "https://school.example/m/1",
        14,
        every_year=True,
    )
    assert unfolded(write_calendar([day], name="Mijn plan", now=NOW)) == [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Skills passport//NONSGML plan//EN",
        "CALSCALE:GREGORIAN",
        "NAME:Mijn plan",
        "X-WR-CALNAME:Mijn plan",
        "BEGIN:VEVENT",
        "UID:1@plan",
        "DTSTAMP:20261122T160000Z",
        "DTSTART;VALUE=DATE:20270201",
        "DTEND;VALUE=DATE:20270301",
        "RRULE:FREQ=YEARLY",
        "SUMMARY:Lassen\\; deel 1\\, begin",
        "DESCRIPTION:Twee\\nregels\\\\",
        "URL:https://school.example/m/1",
        "TRANSP:TRANSPARENT",
        "CLASS:PRIVATE",
        "BEGIN:VALARM",
        "ACTION:DISPLAY",
        "TRIGGER:-P14D",
        "DESCRIPTION:Lassen\\; deel 1\\, begin",
        "END:VALARM",
        "END:VEVENT",
        "END:VCALENDAR",
    ]


def test_one_day_ends_the_day_after():
    lines = unfolded(write_calendar([Day("1", "x", date(2026, 12, 31))], name="x", now=NOW))
    assert "DTEND;VALUE=DATE:20270101" in lines
    assert not any(line.startswith(("URL", "DESCRIPTION", "RRULE", "BEGIN:VALARM")) for line in lines)


@pytest.mark.parametrize(
    "text",
    [
        "x\r\nEND:VEVENT\r\nBEGIN:VEVENT\r\nSUMMARY:evil",
        "x\nATTACH:https://evil.example",
        "x\rATTENDEE:mailto:boss@evil.example",
        "\u202eevil\u2028ATTACH:x",
        "\x00\x1bx\x85y",
        "é" * 200,
        "👩‍🔧" * 60,
    ],
)
def test_a_title_begins_no_line_of_its_own(text):
    day = Day("1", text, date(2027, 1, 1), description=text, url=f"https://x.example/{text}")
    lines = unfolded(write_calendar([day], name=text, now=NOW))
    assert lines.count("BEGIN:VEVENT") == lines.count("END:VEVENT") == 1
    assert not any(re.match(r"(ATTACH|ATTENDEE)", line) for line in lines)


@given(st.text(max_size=300))
def test_any_text_is_folded_so_that_it_reads_back(text):
    (line,) = [
        each
        for each in unfolded(write_calendar([Day("1", text, date(2027, 1, 1))], name="x", now=NOW))
        if each.startswith("SUMMARY:")
    ]
    back = re.sub(r"\\(.)", lambda found: "\n" if found[1] == "n" else found[1], line[len("SUMMARY:") :])
    kept = text.replace("\r\n", "\n").replace("\r", "\n")
    assert back == "".join(
        letter
        for letter in kept
        if letter == "\n" or unicodedata.category(letter) not in {"Cc", "Cf", "Cs", "Zl", "Zp"}
    )
