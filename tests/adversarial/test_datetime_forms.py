"""A5: dates in forms that other readers take are refused; limits of each field."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from passport.clock import format_datetime, parse_datetime, utc_now
from passport.errors import MalformedDateTime

REFUSED = [
    "",
    "2026-01-31",
    "2026-01-31T09:00:00",
    "2026-01-31 09:00:00Z",
    "2026-01-31T09:00:00z",
    "2026-01-31t09:00:00Z",
    "2026-01-31T09:00Z",
    "2026-01-31T09Z",
    "20260131T090000Z",
    "2026-W05-6T09:00:00Z",
    "2026-031T09:00:00Z",
    "2026-02-30T09:00:00Z",
    "2025-02-29T09:00:00Z",
    "2026-13-01T09:00:00Z",
    "2026-00-10T09:00:00Z",
    "2026-01-00T09:00:00Z",
    "2026-01-31T24:00:00Z",
    "2026-01-31T09:60:00Z",
    "2026-06-30T23:59:60Z",
    "2026-01-31T09:00:00+99:00",
    "2026-01-31T09:00:00+14:01",
    "2026-01-31T09:00:00+01:60",
    "2026-01-31T09:00:00+0100",
    "2026-01-31T09:00:00+01",
    "2026-01-31T09:00:00 Z",
    " 2026-01-31T09:00:00Z",
    "2026-01-31T09:00:00Z\n",
    "2026-01-31T09:00:00.Z",
    "2026-01-31T09:00:00,5Z",
    "2026-01-31T09:00:00.1234567890Z",
    "0000-01-01T00:00:00Z",
    "10000-01-01T00:00:00Z",
    "-2026-01-31T09:00:00Z",
    "+2026-01-31T09:00:00Z",
    "26-01-31T09:00:00Z",
    "٢٠٢٦-01-31T09:00:00Z",
    "2026-01-31T09:00:00−01:00",
    "0001-01-01T00:00:00+00:01",
    "9999-12-31T23:59:59-00:01",
    "1700000000",
    "now",
    1700000000,
    1.5,
    True,
    None,
    ["2026-01-31T09:00:00Z"],
    b"2026-01-31T09:00:00Z",
]


@pytest.mark.parametrize("text", REFUSED, ids=repr)
def test_refused(text):
    with pytest.raises(MalformedDateTime):
        parse_datetime(text)


@given(
    st.from_regex(
        r"[0-9]{4}[-0-9W][0-9]{2}[-0-9][0-9]{2}[T 0-9][0-9]{2}[:0-9][0-9]{2}[:.][0-9]{2}Z", fullmatch=True
    )
)
def test_twenty_characters_are_read_as_any_other_length(text):
    longer = f"{text[:-1]}.0Z"  # which no quick road takes
    try:
        moment = parse_datetime(text)
    except MalformedDateTime:
        with pytest.raises(MalformedDateTime):
            parse_datetime(longer)
    else:
        assert moment == parse_datetime(longer)
        assert format_datetime(moment) == text


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2026-01-31T09:00:00Z", datetime(2026, 1, 31, 9, tzinfo=UTC)),
        ("2026-01-31T09:00:00+00:00", datetime(2026, 1, 31, 9, tzinfo=UTC)),
        ("2026-01-31T09:00:00-00:00", datetime(2026, 1, 31, 9, tzinfo=UTC)),
        ("2026-01-31T09:00:00+14:00", datetime(2026, 1, 30, 19, tzinfo=UTC)),
        ("2026-01-31T09:00:00-14:00", datetime(2026, 1, 31, 23, tzinfo=UTC)),
        ("2026-01-31T09:00:00+05:45", datetime(2026, 1, 31, 3, 15, tzinfo=UTC)),
        ("2024-02-29T23:59:59.5Z", datetime(2024, 2, 29, 23, 59, 59, 500_000, UTC)),
        ("2026-01-31T09:00:00.123456789Z", datetime(2026, 1, 31, 9, 0, 0, 123_456, UTC)),
        ("0001-01-01T00:00:00Z", datetime(1, 1, 1, tzinfo=UTC)),
        ("9999-12-31T23:59:59Z", datetime(9999, 12, 31, 23, 59, 59, tzinfo=UTC)),
    ],
)
def test_accepted_in_utc(text, moment):
    parsed = parse_datetime(text)
    assert parsed == moment
    assert parsed.tzinfo is UTC


def test_a_naive_moment_is_not_written():
    with pytest.raises(MalformedDateTime):
        format_datetime(datetime(2026, 1, 31, 9))  # noqa: DTZ001


@given(st.datetimes(timezones=st.just(UTC)))
def test_writing_and_reading_agree_to_the_second(moment):
    text = format_datetime(moment)
    assert len(text) == 20
    assert parse_datetime(text) == moment.replace(microsecond=0)


def test_now_has_a_zone():
    assert utc_now().utcoffset() == timedelta(0)
