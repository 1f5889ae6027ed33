"""Labour-market data in the wallet: taken in, shown, used where the person wants to work, and forgotten."""

import json
from datetime import timedelta

import pytest

from matching.bundle import load_bundle
from matching.market.document import Region
from matching.market.outlook import State
from passport.documents import DocumentCache
from passport.errors import PassportError, SignatureMismatch
from passport.keys import generate_signer
from tests.simulators.desks import at_desk
from tests.simulators.labour_markets import (
    ALL,
    CARPENTERS,
    UTRECHT,
    ZEELAND,
    market_document,
    shrinking,
    signed_market,
)
from wallet.core import limits
from wallet.core.archive import read_archive, write_archive
from wallet.core.market_kept import (
    forget_market,
    keep_market,
    keep_reach,
    market_in_use,
    market_record,
    markets,
    months_old,
    outlooks,
    outlooks_by_source,
    reach,
    regions_in_reach,
    verify_incoming_market,
)
from wallet.core.trial import check_records
from wallet.core.wallet import Kind
from wallet.errors_market import MarketDataRollback, NotATravelDistance, TooManyMarkets, UnknownMarket

GROWING = list(range(100, 1300, 100))
FIGURES = {
    (CARPENTERS, ALL): ([2000] * 12, [50] * 12),
    (CARPENTERS, UTRECHT): (shrinking(), [50] * 12),
    (CARPENTERS, ZEELAND): (GROWING, [50] * 12),
}


@pytest.fixture(scope="module")
def desk(tmp_path_factory):
    with at_desk(tmp_path_factory.mktemp("market") / "wallet") as here:
        yield here


@pytest.fixture
def wallet(desk):
    with desk.desk.wallet() as here:
        yield here
        forget_market(here)
        keep_reach(here, "", 0)


def made(wallet, signer=None, **changed):
    since = wallet.now() - timedelta(days=1)
    dates = {"valid_from": since, "valid_until": since + timedelta(days=365)}
    return signed_market(market_document(FIGURES, **{**dates, **changed}), signer, created=since)


def take(wallet, source):
    found = verify_incoming_market(wallet, source, DocumentCache())
    keep_market(wallet, source)
    return found


def test_without_a_set_every_outlook_says_so(wallet):
    found = outlooks(wallet, load_bundle())(CARPENTERS)
    assert (found.state, found.reasons[0].code) == (State.CANNOT_TELL, "market.none")


def test_where_the_person_wants_to_work_changes_what_is_said(wallet):
    """R111: the region and how far to travel stay in the vault."""
    take(wallet, made(wallet))
    of = outlooks(wallet, load_bundle())
    assert of(CARPENTERS).state is State.STABLE
    keep_reach(wallet, UTRECHT, 30)
    assert outlooks(wallet, load_bundle())(CARPENTERS).state is State.SHRINKING
    keep_reach(wallet, ZEELAND, 0)
    assert outlooks(wallet, load_bundle())(CARPENTERS).state is State.GROWING
    keep_reach(wallet, ZEELAND, 150)
    market = market_in_use(wallet).market
    assert regions_in_reach(wallet, market) == (ZEELAND, UTRECHT)
    assert json.loads(wallet.vault.of_kind(Kind.SETTING)["market-reach"])["home"] == ZEELAND


@pytest.mark.parametrize(("home", "kilometres"), [("NL99", 0), (UTRECHT, 12)])
def test_a_region_or_distance_that_was_not_offered_is_refused(wallet, home, kilometres):
    take(wallet, made(wallet))
    with pytest.raises(NotATravelDistance):
        keep_reach(wallet, home, kilometres)
    assert reach(wallet) is None


def test_a_region_that_a_new_set_lacks_means_everywhere(wallet):
    signer = generate_signer()
    take(wallet, made(wallet, signer))
    keep_reach(wallet, UTRECHT, 0)
    other = {place: counts for place, counts in FIGURES.items() if place[1] == ALL}
    since = wallet.now() - timedelta(days=1)
    document = market_document(
        other,
        regions=[region for region in market_in_use(wallet).market.regions if region.code == ALL],
        version=2,
        valid_from=since,
        valid_until=since + timedelta(days=9),
    )
    take(wallet, signed_market(document, signer, created=since))
    assert regions_in_reach(wallet, market_in_use(wallet).market) == ()


def test_an_older_set_does_not_come_back(wallet):
    signer = generate_signer()
    take(wallet, made(wallet, signer, version=3))
    for changed in ({"version": 2}, {"version": 3, "design_effect": 2.0}):
        with pytest.raises(MarketDataRollback):
            take(wallet, made(wallet, signer, **changed))
    take(wallet, made(wallet, signer, version=4))
    assert market_in_use(wallet).market.version == 4


def test_a_set_that_was_changed_is_not_taken(wallet):
    with pytest.raises(SignatureMismatch):
        take(wallet, made(wallet).replace(b"[2000,", b"[2001,", 1))
    assert market_in_use(wallet) is None


def test_a_set_that_does_not_hold_any_more_says_nothing(wallet):
    """However it came into the vault, for example by a backup of somebody else."""
    keep_market(wallet, made(wallet).replace(b"[2000,", b"[2001,", 1))
    assert market_in_use(wallet) is None
    assert outlooks(wallet, load_bundle())(CARPENTERS).state is State.CANNOT_TELL


def test_it_travels_in_a_backup_and_is_gone_when_it_is_forgotten(wallet):
    source = made(wallet)
    take(wallet, source)
    keep_reach(wallet, UTRECHT, 0)
    restored = check_records(
        read_archive(write_archive(wallet, with_seed=True)), clock=wallet.clock, random=wallet.random
    )
    assert market_in_use(restored).market.id == market_in_use(wallet).market.id
    assert reach(restored).home == UTRECHT
    assert list(forget_market(wallet).values()) == [source]
    assert market_in_use(wallet) is None


def test_the_pages_and_the_interface_say_the_same(desk):
    page = desk.get("/market").text
    assert "Nog geen cijfers" in page
    assert "verzonnen" in desk.post("/market/example").text
    page = desk.post("/market/reach", home="NL31", kilometres="75").text
    assert "Deze cijfers zijn verzonnen" in page
    assert "handtekening klopt" in page
    found = desk.get(f"/market/occupation?iri={CARPENTERS}").text
    assert "<svg" in found
    assert "Deze cijfers zijn verzonnen" in found
    state = desk.get("/api/market").json()
    assert (state["set"]["synthetic"], state["reach"]["home"]) == (True, "NL31")
    said = desk.client.get("/api/market/occupation", params={"iri": CARPENTERS}).json()
    assert said["synthetic"] is True
    assert said["change"]["low"] <= said["change"]["ratio"] <= said["change"]["high"]
    assert "Nog geen cijfers" in desk.post("/market/remove").text


def test_the_pages_refuse_with_a_sentence(desk):
    with desk.desk.wallet() as wallet:
        broken = made(wallet).replace(b"[2000,", b"[2001,", 1)
    answer = desk.post("/market", files={"file": ("set.json", broken)})
    assert answer.status_code == 400
    assert "Nog geen cijfers" in answer.text
    with desk.desk.wallet() as wallet, pytest.raises(PassportError):
        take(wallet, b"{}")


def test_of_several_sources_the_latest_speaks_and_none_are_added_up(wallet):
    """A country's set, and a region's own that goes on for longer: both are here, each with its age."""
    keep_reach(wallet, "", 0)
    take(wallet, made(wallet))
    regional = {(CARPENTERS, UTRECHT): (shrinking(), [50] * 12)}
    since = wallet.now() - timedelta(days=1)
    document = market_document(
        regional,
        set_id="https://region.example/",
        first="2023-Q2",
        last="2026-Q1",
        regions=[Region(UTRECHT, "Utrecht")],
        valid_from=since,
        valid_until=since + timedelta(days=90),
    )
    take(wallet, signed_market(document, created=since))
    assert [len(one.market.regions) for one in markets(wallet)] == [3, 1]  # anywhere: the country speaks
    keep_reach(wallet, UTRECHT, 0)
    first, second = markets(wallet)
    assert (first.market.id, len(markets(wallet))) == ("https://region.example/", 2)
    assert months_old(first.market, wallet.now().date()) + 3 == months_old(second.market, wallet.now().date())
    found = outlooks_by_source(wallet, load_bundle(), CARPENTERS)
    assert [(one.state, one.market.id) for one in found] == [
        (State.SHRINKING, first.market.id),
        (State.SHRINKING, second.market.id),
    ]
    assert outlooks(wallet, load_bundle())(CARPENTERS).market is first.market
    keep_reach(wallet, ZEELAND, 0)
    assert outlooks(wallet, load_bundle())(CARPENTERS).state is State.GROWING
    keep_reach(wallet, "", 0)
    assert outlooks(wallet, load_bundle())(CARPENTERS).state is State.STABLE
    forget_market(wallet, market_record(second.market))
    assert [one.market.id for one in markets(wallet)] == [first.market.id]
    with pytest.raises(UnknownMarket):
        forget_market(wallet, market_record(second.market))


def test_real_figures_speak_before_made_up_ones(wallet):
    take(wallet, made(wallet))
    since = wallet.now() - timedelta(days=1)
    document = market_document(
        FIGURES,
        set_id="https://real.example/",
        last="2020-Q4",
        first="2018-Q1",
        synthetic=False,
        valid_from=since,
        valid_until=since + timedelta(days=90),
    )
    take(wallet, signed_market(document, created=since))
    assert market_in_use(wallet).market.id == "https://real.example/"


def test_sets_are_few(wallet, monkeypatch):
    take(wallet, made(wallet))
    monkeypatch.setattr(limits, "MARKETS", 1)
    with pytest.raises(TooManyMarkets):
        take(wallet, made(wallet))
