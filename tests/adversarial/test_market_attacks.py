"""Whoever makes a set of labour-market data wants to be believed more than they should be."""

import json

import pytest

from matching.bundle import load_bundle
from matching.limits import MARKET
from matching.market.document import parse_market
from matching.market.errors import MalformedMarketData, MarketDataNotYetValid
from matching.market.outlook import State, outlook
from matching.market.signed import verify_market
from passport.documents import DocumentCache
from passport.errors import Invalid, PassportError, SignatureMismatch
from passport.errors.trust import PublisherMismatch, UnexpectedPublisher
from passport.json import dump
from passport.keys import generate_signer
from passport.verification import Context
from tests.simulators.labour_markets import (
    ALL,
    CARPENTERS,
    NOW,
    UTRECHT,
    market_document,
    market_of,
    shrinking,
    signed_market,
)

LOOKING = [50] * 12
FIGURES = {(CARPENTERS, ALL): (shrinking(), LOOKING)}


def verify(source, **expected):
    return verify_market(source, context=Context(DocumentCache(), NOW), **expected)


def test_figures_under_another_publishers_name_are_refused():
    signed = json.loads(signed_market(market_document(FIGURES)))
    signed["publisher"]["id"] = json.loads(signed_market(market_document(FIGURES)))["publisher"]["id"]
    with pytest.raises((PublisherMismatch, SignatureMismatch)):
        verify(dump(signed))


def test_a_publisher_that_nobody_expects_is_refused():
    with pytest.raises(UnexpectedPublisher):
        verify(signed_market(market_document(FIGURES)), expected_publishers=["did:web:statistics.example"])


@pytest.mark.parametrize(
    "name", ["synthetic", "designEffect", "measure", "validUntil", "figures", "windows", "method"]
)
def test_no_member_can_be_changed_or_left_out_after_signing(name):
    """Above all `synthetic`: made-up figures can't lose their label on the way."""
    signed = json.loads(signed_market(market_document(FIGURES)))
    del signed[name]
    with pytest.raises(PassportError):
        verify(dump(signed))


def test_the_label_of_made_up_figures_cannot_be_taken_off():
    signed = json.loads(signed_market(market_document(FIGURES)))
    signed["synthetic"] = False
    with pytest.raises(SignatureMismatch):
        verify(dump(signed))


def test_an_unsigned_set_is_refused():
    with pytest.raises(Invalid):
        verify(dump(market_document(FIGURES)))


def test_a_set_from_the_future_is_refused():
    document = market_document(FIGURES)
    later = {**document, "validFrom": "2027-01-01T00:00:00Z", "validUntil": "2028-01-01T00:00:00Z"}
    with pytest.raises(MarketDataNotYetValid):
        verify(signed_market(later))


@pytest.mark.parametrize(
    "change",
    [
        {"designEffect": 0.001},
        {"designEffect": 0},
        {"designEffect": True},
        {"designEffect": "1"},
        {"designEffect": MARKET.design_effect + 1},
        {"windows": {"first": "2025-Q4", "last": "2023-Q1"}},
        {"windows": {"first": "2023-Q1", "last": "2025"}},
        {"windows": {"first": "1900-01", "last": "2025-12"}},
        {"regions": [{"code": "A", "name": "A", "within": "B"}, {"code": "B", "name": "B", "within": "A"}]},
        {"regions": [{"code": "A", "name": "A", "within": "A"}]},
        {"regions": [{"code": ALL, "name": "A", "within": "nowhere"}]},
        {"regions": [{"code": ALL, "name": "A"}] * 2},
        {"regions": [{"code": ALL, "name": "A", "latitude": 91, "longitude": 0}]},
        {"regions": [{"code": ALL, "name": "A", "latitude": 50}]},
        {"regions": [{"code": ALL, "name": "\u202eA"}]},
        {"dropped": {"x": -1}},
        {"dropped": {str(n): 1 for n in range(MARKET.rules + 1)}},
        {"synthetic": "no"},
        {"forecast": []},
    ],
)
def test_a_set_of_another_form_is_refused(change):
    """A design effect under 1 would make every interval as narrow as its publisher likes."""
    with pytest.raises(MalformedMarketData):
        parse_market({**market_document(FIGURES), **change})


@pytest.mark.parametrize("count", [-1, 1.5, True, "9", MARKET.count + 1, 1e300])
def test_a_count_that_is_none_is_refused(count):
    document = market_document(FIGURES)
    [figure] = document["figures"]
    broken = {**figure, "vacancies": [count, *figure["vacancies"][1:]]}
    with pytest.raises(MalformedMarketData):
        parse_market({**document, "figures": [broken]})


def test_a_figure_twice_cannot_say_two_things():
    document = market_document(FIGURES)
    with pytest.raises(MalformedMarketData):
        parse_market({**document, "figures": document["figures"] * 2})


def test_a_list_shorter_than_the_windows_cannot_shift_the_years():
    document = market_document(FIGURES)
    [figure] = document["figures"]
    with pytest.raises(MalformedMarketData):
        parse_market({**document, "figures": [{**figure, "seekers": figure["seekers"][1:]}]})


def test_a_rigged_history_of_one_year_makes_no_forecast():
    """Whoever adds a hundred rows in which the trend was right once still has one event."""
    groups = [iri for iri in load_bundle().occupation_groups.iris if len(iri) > 35][:100]
    market = market_of({(group, ALL): (shrinking(), LOOKING) for group in groups})
    found = outlook(groups[0], market, load_bundle(), now=NOW)
    assert found.tested.right == found.tested.said >= 100
    assert found.forecast is State.CANNOT_TELL


def test_leaving_the_bad_regions_out_shows_which_ones_are_left():
    market = market_of({(CARPENTERS, UTRECHT): (shrinking(), LOOKING)})
    found = outlook(CARPENTERS, market, load_bundle(), now=NOW, regions=[UTRECHT, "NL34"])
    assert found.series.regions == (UTRECHT,)


def test_another_key_cannot_take_over_a_name():
    """The person sees the DID: the name alone is only what its publisher calls itself."""
    one, other = (verify(signed_market(market_document(FIGURES), generate_signer())).market for _ in range(2))
    assert one.publisher_name == other.publisher_name
    assert one.publisher != other.publisher
