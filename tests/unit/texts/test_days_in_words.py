"""Days that people read are in words, in their language, whatever form they had in a document."""

from datetime import UTC, date, datetime

import pytest

from passport.answers import Reason
from passport.errors import MalformedDateTime
from passport.texts import Language, render_reason
from passport.texts.days import day_in_words, with_days_in_words


@pytest.mark.parametrize(
    ("language", "written"), [("nl", "22 november 2026"), ("en", "22 November 2026")], ids=str
)
@pytest.mark.parametrize(
    "day",
    [date(2026, 11, 22), datetime(2026, 11, 22, 23, 59, tzinfo=UTC), "2026-11-22T23:59:59Z"],
    ids=["day", "moment", "text"],
)
def test_a_day_is_written_as_people_write_it(day, language, written):
    assert day_in_words(day, language) == written


def test_a_text_that_is_no_moment_is_refused():
    with pytest.raises(MalformedDateTime):
        day_in_words("22-11-2026", "nl")


@pytest.mark.parametrize("value", ["2026-02-01", "2026-02-01T00:00:00Z", "2026-02-01T09:00:00.5+01:00"])
def test_a_date_in_a_sentence_is_said_in_words(value):
    assert with_days_in_words(value, "nl") == "1 februari 2026"
    assert with_days_in_words(value, "en") == "1 February 2026"


@pytest.mark.parametrize(
    "value",
    [
        "2026-02-30",
        "2026-13-01T00:00:00Z",
        "2026-02-01T25:00:00Z",
        "2026",
        "2026-02",
        "x 2026-02-01",
        "",
        2026,
    ],
    ids=str,
)
def test_what_is_no_date_is_said_as_it_came(value):
    assert with_days_in_words(value, "nl") == value


def test_so_is_the_date_in_a_reason_of_a_check():
    expired = Reason("expired", {"until": "2026-11-22T12:00:00Z"})
    assert render_reason(expired, Language.NL) == "Verlopen op 22 november 2026."
    assert render_reason(expired, Language.EN) == "Expired on 22 November 2026."
