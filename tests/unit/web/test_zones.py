"""Moments are told in the time of the people who look; days that they filter by are theirs."""

from datetime import UTC, date, datetime

import pytest
from pydantic import TypeAdapter, ValidationError

from passport.texts import Language
from passport.web import Pages
from passport.web.zones import HOME, ZoneName, day_ends, day_starts, zone_of

LATE = datetime(2026, 7, 14, 23, 5, tzinfo=UTC)


@pytest.fixture
def pages(tmp_path, monkeypatch):
    (tmp_path / "pages_of_a_service" / "templates").mkdir(parents=True)
    (tmp_path / "pages_of_a_service" / "__init__.py").touch()
    (tmp_path / "pages_of_a_service" / "templates" / "moment.html").write_text("{{ moment(at) }}")
    monkeypatch.syspath_prepend(tmp_path)
    return lambda zone: Pages("pages_of_a_service", zone=zone_of(zone))


@pytest.mark.parametrize(
    ("zone", "language", "words"),
    [
        (HOME, Language.NL, "15 juli 2026, 01:05 (tijd in Amsterdam)"),
        (HOME, Language.EN, "15 July 2026, 01:05 (Amsterdam time)"),
        ("America/New_York", Language.EN, "14 July 2026, 19:05 (New York time)"),
        ("No/Where", Language.EN, "14 July 2026, 23:05 UTC"),
    ],
)
def test_a_moment_is_told_in_the_time_of_a_place_and_marked_for_programs(pages, zone, language, words):
    assert (
        pages(zone).render("moment.html", language, at=LATE)
        == f'<time datetime="2026-07-14T23:05:00+00:00">{words}</time>'
    )


@pytest.mark.parametrize("name", ["No/Where", "Europe", "../etc/passwd", ""])
def test_a_zone_that_nobody_knows_is_no_setting(name):
    with pytest.raises(ValidationError):
        TypeAdapter(ZoneName).validate_python(name)


def test_days_begin_and_end_there_and_the_ends_of_time_do_not_overflow():
    home = zone_of(HOME)
    assert day_starts(date(2026, 7, 15), home) == datetime(2026, 7, 14, 22, tzinfo=UTC)
    assert day_ends(date(2026, 7, 15), home) == datetime(2026, 7, 15, 21, 59, 59, 999999, tzinfo=UTC)
    assert day_starts(date.min, home) == datetime(1, 1, 1, tzinfo=UTC)
    assert day_ends(date.max, zone_of("America/New_York")).date() == date.max
