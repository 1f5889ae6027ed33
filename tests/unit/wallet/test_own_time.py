"""People read their computer's own time; without a zone, UTC and that it is."""

import time
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from passport.texts import Language
from tests.unit.wallet.test_views import LATE
from wallet.desktop.own_time import on_the_terminal, own_time
from wallet.views import offers
from wallet.views.rendering import Renderer

WINTER = datetime(2026, 11, 22, 23, 45, tzinfo=UTC)
SUMMER = datetime(2026, 7, 1, 12, 0, tzinfo=UTC)


@pytest.fixture
def amsterdam(monkeypatch):
    yield from _at(monkeypatch, "Europe/Amsterdam")


@pytest.fixture
def new_york(monkeypatch):
    yield from _at(monkeypatch, "America/New_York")


def _at(monkeypatch, zone):
    with monkeypatch.context() as inner:
        inner.setenv("TZ", zone)
        time.tzset()
        yield
    time.tzset()


def waiting(local):
    late = replace(LATE, since=WINTER, ask_from=WINTER)
    renderer = Renderer(stylesheet="", local=local)
    return offers.waiting(renderer, Language.NL, [late], now=SUMMER).html


def test_a_page_shows_the_computers_own_time(amsterdam):
    page = waiting(own_time)
    assert "23 november 2026, 00:45</time>" in page
    assert f'datetime="{WINTER.isoformat()}"' in page
    assert "<dd>23 november 2026</dd>" in page
    assert "UTC" not in page


def test_a_day_and_a_time_of_one_page_are_of_one_zone(new_york):
    page = waiting(own_time)
    assert "22 november 2026, 18:45</time>" in page
    assert "<dd>22 november 2026</dd>" in page


def test_without_a_zone_it_is_utc_and_says_so():
    assert "22 november 2026, 23:45 UTC</time>" in waiting(None)


def test_commands_print_the_computers_own_time(amsterdam):
    assert on_the_terminal(SUMMER) == "2026-07-01 14:00"
    assert on_the_terminal("2026-11-22T23:45:00Z") == "2026-11-23 00:45"


@pytest.mark.parametrize("year", [1, 9999])
@pytest.mark.parametrize("zone", ["amsterdam", "new_york"])
def test_a_strangers_moment_at_the_edge_of_the_calendar_breaks_nothing(request, zone, year):
    request.getfixturevalue(zone)
    for moment in (datetime(year, 1, 1, tzinfo=UTC), datetime(year, 12, 31, 23, 59, tzinfo=UTC)):
        assert abs(own_time(moment).replace(tzinfo=UTC).year - year) <= 1
