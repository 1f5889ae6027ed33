"""The last day that a calendar has, in a field of a page: an answer, and no fault of the service."""

from datetime import UTC, date, datetime
from types import SimpleNamespace

import pytest

from issuer.console.audit import Asked
from passport.errors.web import MalformedRequest
from verifier.history import Wanted

SOMEBODY = SimpleNamespace(id="somebody")


def test_reports_until_the_last_day_of_the_calendar_are_found():
    made = Wanted(since=date.min, until=date.max).of(SOMEBODY)["created_at"]
    assert made == {"$gte": datetime.min.replace(tzinfo=UTC), "$lte": datetime.max.replace(tzinfo=UTC)}


def test_reports_of_one_day_are_all_of_that_day():
    made = Wanted(since=date(2026, 5, 1), until=date(2026, 5, 1)).of(SOMEBODY)["created_at"]
    assert made["$gte"] == datetime(2026, 5, 1, tzinfo=UTC)
    assert made["$lte"] == datetime(2026, 5, 1, 23, 59, 59, 999_999, tzinfo=UTC)


@pytest.mark.parametrize("day", ["9999-12-31", "10000-01-01", "0000-01-01"])
def test_a_log_until_a_day_after_the_last_is_refused(day):
    with pytest.raises(MalformedRequest):
        _ = Asked("", "", "", day, UTC).filter
