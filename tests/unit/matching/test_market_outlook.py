"""What a set of labour-market data says of an occupation: trend, chances, back-test, and when it says nothing."""

import pytest

from matching.bundle import load_bundle
from matching.market.backtest import backtest
from matching.market.document import Measure
from matching.market.outlook import State, outlook, outlook_of
from matching.market.series import GROUP, series
from matching.texts import catalogue, render
from passport.texts import Language
from tests.simulators.labour_markets import (
    ALL,
    CARPENTERS,
    NOW,
    UTRECHT,
    ZEELAND,
    market_of,
    shrinking,
)

LOOKING = [100] * 12


@pytest.fixture(scope="module")
def esco():
    return load_bundle()


@pytest.fixture(scope="module")
def carpenter(esco):
    """An occupation of the group that the figures are of."""
    return next(
        iri for iri, code in zip(esco.occupations.iris, esco.codes, strict=True) if code.startswith("7115.")
    )


def codes(found):
    return [reason.code for reason in found.reasons]


def test_without_a_source_nothing_is_said(esco, carpenter):
    found = outlook_of(None, esco, now=NOW)(carpenter)
    assert found.state is State.CANNOT_TELL
    assert codes(found) == ["market.none"]
    assert (found.source, found.synthetic) == ("", False)


def test_a_shrinking_occupation_is_called_that_with_its_interval(esco, carpenter):
    market = market_of({(CARPENTERS, ALL): (shrinking(), LOOKING)})
    found = outlook(carpenter, market, esco, now=NOW)
    assert found.state is State.SHRINKING
    assert found.change.ratio.low < found.change.ratio.value < found.change.ratio.high < 1
    assert found.source == "A statistics office"
    assert found.synthetic
    assert "market.synthetic" in codes(found)


def test_one_line_proves_no_forecast(esco, carpenter):
    """R102: a trend that was right once is no ground for saying what will be."""
    market = market_of({(CARPENTERS, ALL): (shrinking(), LOOKING)})
    found = outlook(carpenter, market, esco, now=NOW)
    assert (found.tested.said, found.tested.right) == (1, 1)
    assert found.forecast is State.CANNOT_TELL
    assert "market.backtest.unproven" in codes(found)


def test_a_trend_that_beat_guessing_in_every_year_is_a_forecast(esco, carpenter):
    down, up = shrinking(20), [round(200 * 1.05**place) for place in range(20)]
    groups = [iri for iri in esco.occupation_groups.iris if len(iri) == len(GROUP) + 4 and iri != CARPENTERS]
    figures = {
        (group, ALL): (down if place % 2 else up, [50] * 20) for place, group in enumerate(groups[:80])
    }
    figures[CARPENTERS, ALL] = (down, [50] * 20)
    market = market_of(figures, first="2021-Q1")
    found = outlook(carpenter, market, esco, now=NOW)
    assert found.forecast is State.SHRINKING
    assert "market.backtest.holds" in codes(found)
    tested = backtest(market).of(State.SHRINKING)
    assert (tested.said, tested.right, len(tested.years)) == (123, 123, 3)


def test_what_turns_every_year_forecasts_nothing(esco):
    """Up one year, down the next: the trend is always wrong, and never a forecast."""
    groups = [iri for iri in esco.occupation_groups.iris if len(iri) == len(GROUP) + 4][:60]
    turning = [count for year in range(5) for count in ([100] * 4 if year % 2 else [300] * 4)]
    market = market_of({(group, ALL): (turning, [50] * 20) for group in groups}, first="2021-Q1")
    found = outlook(groups[0], market, esco, now=NOW)
    assert found.state is State.GROWING
    assert found.tested.right == 0
    assert found.forecast is State.CANNOT_TELL


def test_small_numbers_say_nothing(esco, carpenter):
    market = market_of({(CARPENTERS, ALL): ([1, 2, 1, 0] * 3, LOOKING)})
    found = outlook(carpenter, market, esco, now=NOW)
    assert found.state is State.CANNOT_TELL
    assert "market.trend.cannot-tell" in codes(found)


def test_many_vacancies_that_stay_are_stable(esco, carpenter):
    market = market_of({(CARPENTERS, ALL): ([900, 1000, 1100, 950] * 3, LOOKING)})
    assert outlook(carpenter, market, esco, now=NOW).state is State.STABLE


def test_a_season_is_no_trend(esco, carpenter):
    """Summer work: four times as many vacancies in one quarter, the same every year."""
    market = market_of({(CARPENTERS, ALL): ([200, 400, 800, 200] * 3, LOOKING)})
    assert outlook(carpenter, market, esco, now=NOW).state is State.STABLE


def test_figures_that_vary_more_than_chance_widen_the_interval(esco, carpenter):
    figures = {(CARPENTERS, ALL): (shrinking(start=100), LOOKING)}
    sure = outlook(carpenter, market_of(figures), esco, now=NOW)
    unsure = outlook(carpenter, market_of(figures, design_effect=25.0), esco, now=NOW)
    assert unsure.change.ratio.low < sure.change.ratio.low < sure.change.ratio.high < unsure.change.ratio.high
    assert unsure.state is State.CANNOT_TELL


def test_past_its_last_day_a_set_says_nothing(esco, carpenter):
    market = market_of({(CARPENTERS, ALL): (shrinking(), LOOKING)})
    found = outlook(carpenter, market, esco, now=market.valid_until)
    assert (found.state, codes(found)) == (State.CANNOT_TELL, ["market.expired"])


def test_less_than_two_years_is_no_trend(esco, carpenter):
    market = market_of({(CARPENTERS, ALL): ([10] * 7, [10] * 7)}, first="2024-Q1", last="2025-Q3")
    assert "market.too_short" in codes(outlook(carpenter, market, esco, now=NOW))


def test_an_occupation_without_figures_takes_its_group_and_says_so(esco, carpenter):
    for digits in ("7115", "711", "71"):
        market = market_of({(f"{GROUP}{digits}", ALL): (shrinking(), LOOKING)})
        found = outlook(carpenter, market, esco, now=NOW)
        assert found.series.occupation.endswith(digits)
        assert "market.group" in codes(found)
    own = market_of({(carpenter, ALL): (shrinking(), LOOKING), (CARPENTERS, ALL): (LOOKING, LOOKING)})
    assert "market.group" not in codes(outlook(carpenter, own, esco, now=NOW))


def test_a_major_group_is_too_wide_to_say_anything(esco, carpenter):
    market = market_of({(f"{GROUP}7", ALL): (shrinking(), LOOKING)})
    assert codes(outlook(carpenter, market, esco, now=NOW)) == ["market.no_figures"]


def test_regions_that_are_parts_are_not_added_to_the_whole(esco):
    figures = {(CARPENTERS, region): ([10] * 12, [5] * 12) for region in (ALL, UTRECHT, ZEELAND)}
    market = market_of(figures)
    assert series(market, CARPENTERS, esco).vacancies[0] == 10
    assert series(market, CARPENTERS, esco, [UTRECHT, ZEELAND]).vacancies[0] == 20
    chosen = series(market, CARPENTERS, esco, [ALL, UTRECHT, ZEELAND])
    assert (chosen.vacancies[0], chosen.regions) == (10, (ALL,))


def test_a_part_counts_where_the_whole_that_was_chosen_beside_it_has_no_figures(esco):
    market = market_of({(CARPENTERS, UTRECHT): ([10] * 12, [5] * 12)})
    assert series(market, CARPENTERS, esco, [ALL, UTRECHT]).vacancies[0] == 10


def test_a_part_of_a_sum_is_no_sum(esco):
    market = market_of(
        {
            (CARPENTERS, UTRECHT): ([10] * 12, [5] * 12),
            (CARPENTERS, ZEELAND): ([10] * 11 + [None], [None] * 12),
        }
    )
    found = series(market, CARPENTERS, esco, [UTRECHT, ZEELAND])
    assert found.vacancies[-2:] == (20, None)
    assert found.seekers == (None,) * 12
    assert codes(outlook(CARPENTERS, market, esco, now=NOW, regions=[UTRECHT, ZEELAND]))[:2] == [
        "market.too_short",
        "market.no_chances",
    ]


def test_open_vacancies_are_averaged_and_classed_published_ones_are_added(esco):
    figures = {(CARPENTERS, ALL): ([100] * 12, [100] * 12)}
    added = outlook(CARPENTERS, market_of(figures), esco, now=NOW).chances
    assert (added.vacancies, added.seekers, added.low) == (400, 100, None)
    average = outlook(CARPENTERS, market_of(figures, measure=Measure.OPEN), esco, now=NOW).chances
    assert (average.vacancies, average.seekers) == (100, 100)
    assert (average.low, average.high) == ("average", "average")


def test_nobody_who_looks_has_a_lower_bound_alone(esco):
    market = market_of({(CARPENTERS, ALL): ([100] * 12, [0] * 12)})
    found = outlook(CARPENTERS, market, esco, now=NOW)
    assert found.chances.ratio.value is None
    assert "market.chances.nobody" in codes(found)


def test_nothing_at_all_is_no_chance(esco):
    market = market_of({(CARPENTERS, ALL): ([0] * 12, [0] * 12)})
    assert codes(outlook(CARPENTERS, market, esco, now=NOW))[:2] == [
        "market.no_vacancies",
        "market.no_chances",
    ]


@pytest.mark.parametrize("language", Language)
def test_every_reason_reads_as_a_sentence(esco, carpenter, language):
    market = market_of({(CARPENTERS, ALL): (shrinking(), LOOKING)})
    for reason in outlook(carpenter, market, esco, now=NOW).reasons:
        said = render(reason, language)
        assert said != reason.code
        assert "{" not in said
    states = {f"market.trend.{state}" for state in State}
    assert states <= catalogue().codes(language)
