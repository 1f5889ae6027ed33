"""Published documents whose publisher's key is away: kept, shown as that, counted nowhere, and looked at again.

One rule for catalogues of modules, function profiles, labour-market data, maps of skills and published sets.
"""

from datetime import timedelta

import pytest

from matching.bundle import load_bundle
from matching.market.outlook import State
from matching.plan.catalogue import read_module
from matching.plan.publishing import build_module_catalogue
from matching.published.index import SetKind
from passport.answers import Answer
from passport.documents import DocumentCache
from passport.errors import Indeterminate, NoCryptography
from passport.evidence.skill_map import Closeness, MappedQualification, MappedSkill, build_skill_map
from passport.json import dump
from tests.simulators.labour_markets import ALL, CARPENTERS, market_document
from tests.simulators.modules import catalogue_source, module_document
from tests.simulators.parties import NOW, Party
from tests.simulators.published import Publisher, served
from tests.simulators.wallets import Employer, Person, demand
from wallet.core.market_kept import keep_market, market_in_use, outlooks, verify_incoming_market
from wallet.core.plan.catalogues import catalogues, keep_catalogue, lapsed, unchecked, verify_catalogue
from wallet.core.profiles_kept import keep_profile, profiles_kept
from wallet.core.published_sets import followed
from wallet.core.skill_maps import keep_map, skill_maps, unchecked_maps, verify_map
from wallet.core.unsure import check_incoming
from wallet.desk.published import follow, update_all
from wallet.desktop.outside import Outside
from wallet.errors_plan import CatalogueRollback

SKILL = "http://data.europa.eu/esco/skill/1"
PUBLISHER = Party.on_the_web("A publisher", "publisher.example")
DATES = {"valid_from": NOW - timedelta(days=1), "valid_until": NOW + timedelta(days=90)}
NAMED = {
    "version": 1,
    "name": {"en": "Some", "nl": "Wat"},
    "publisher": PUBLISHER.did,
    "publisher_name": "A publisher",
    **DATES,
}
FIGURES = {(CARPENTERS, ALL): ([2000] * 12, [50] * 12)}


def catalogue(version=1):
    members = {**NAMED, "version": version, "taxonomy": "ESCO 1.1.1"}
    modules = [read_module(module_document(SKILL))]
    return PUBLISHER.sign(
        build_module_catalogue(catalogue_id="https://school.example/modules", modules=modules, **members)
    )


def market(version=1):
    return PUBLISHER.sign(market_document(FIGURES, publisher=PUBLISHER.did, version=version, **DATES))


def skill_map(version=1):
    taught = MappedSkill(SKILL, "a skill", Closeness.EXACT, "core task 1")
    entry = MappedQualification("https://q.example/1", {"en": "One"}, (taught,))
    members = {**NAMED, "version": version, "taxonomy": "ESCO 1.1.1"}
    return PUBLISHER.sign(build_skill_map(map_id="https://school.example/map", entries=[entry], **members))


def profile(version=1):
    return Employer(Person().world, PUBLISHER).profile([demand(SKILL)], version=version)


class Catalogues:
    make = staticmethod(catalogue)

    @staticmethod
    def take(wallet, source, documents):
        keep_catalogue(wallet, verify_catalogue(wallet, source, documents), source)

    @staticmethod
    def counted(wallet):
        return bool(catalogues(wallet))

    @staticmethod
    def shown(wallet):
        return [str(one.authentic) for one in (*catalogues(wallet), *unchecked(wallet))]


class Markets:
    make = staticmethod(market)

    @staticmethod
    def take(wallet, source, documents):
        verify_incoming_market(wallet, source, documents)
        keep_market(wallet, source)

    @staticmethod
    def counted(wallet):
        return outlooks(wallet, load_bundle())(CARPENTERS).state is not State.CANNOT_TELL

    @staticmethod
    def shown(wallet):
        return [str(market_in_use(wallet).authentic)]


class Profiles:
    make = staticmethod(profile)

    @staticmethod
    def take(wallet, source, documents):
        keep_profile(wallet, source, documents)

    @staticmethod
    def counted(wallet):
        return any(one.answer is Answer.YES for one in profiles_kept(wallet))

    @staticmethod
    def shown(wallet):
        return [str(one.answer) for one in profiles_kept(wallet)]


class Maps:
    make = staticmethod(skill_map)

    @staticmethod
    def take(wallet, source, documents):
        keep_map(wallet, verify_map(wallet, source, documents), source)

    @staticmethod
    def counted(wallet):
        return bool(skill_maps(wallet))

    @staticmethod
    def shown(wallet):
        return ["yes"] * len(skill_maps(wallet)) + ["cannot-tell"] * len(unchecked_maps(wallet))


def key_at_hand(wallet):
    documents = DocumentCache()
    documents.put(PUBLISHER.did_document())
    wallet.keep_documents(documents)
    return wallet.documents()


@pytest.fixture
def wallet():
    return Person().wallet


@pytest.mark.parametrize("kind", [Catalogues, Markets, Profiles, Maps])
def test_it_is_kept_and_shown_and_counts_once_the_key_is_there(wallet, kind):
    kind.take(wallet, dump(kind.make()), DocumentCache())
    assert kind.shown(wallet) == ["cannot-tell"]
    assert not kind.counted(wallet)
    key_at_hand(wallet)
    assert kind.shown(wallet) == ["yes"]
    assert kind.counted(wallet)


@pytest.mark.parametrize("kind", [Catalogues, Markets, Profiles, Maps])
def test_nothing_that_is_here_gives_way_for_what_can_not_be_told(wallet, kind):
    kind.take(wallet, dump(kind.make()), key_at_hand(wallet))
    with pytest.raises(Indeterminate):
        kind.take(wallet, dump(kind.make(2)), DocumentCache())
    assert kind.counted(wallet)


@pytest.mark.parametrize("kind", [Catalogues, Markets, Profiles, Maps])
def test_one_that_was_changed_is_refused_or_counts_nowhere_once_the_key_is_there(wallet, kind):
    broken = {**kind.make(), "version": 7}
    kind.take(wallet, dump(broken), DocumentCache())
    key_at_hand(wallet)
    assert not kind.counted(wallet)


def test_what_nobody_can_check_does_not_keep_the_true_publisher_out(wallet):
    """Whoever sends a catalogue under another's address first, by a key that is nowhere."""
    keep = Catalogues.take
    keep(wallet, dump(catalogue(99)), DocumentCache())
    mine = catalogue_source([module_document(SKILL)], now=NOW)
    keep(wallet, mine, DocumentCache())
    assert [one.version for one in catalogues(wallet)] == [1]
    with pytest.raises(CatalogueRollback):
        keep(wallet, dump(catalogue(99)), key_at_hand(wallet))
    assert (unchecked(wallet), lapsed(wallet)) == ((), ())


def test_a_host_without_cryptography_keeps_and_tells_nothing():
    found = check_incoming(
        lambda: "verified", lambda: "parsed", held=False, authentic=lambda _: Answer.CANNOT_TELL
    )
    assert found == ("parsed", Answer.CANNOT_TELL)
    with pytest.raises(NoCryptography):
        check_incoming(
            lambda: "verified", lambda: "parsed", held=True, authentic=lambda _: Answer.CANNOT_TELL
        )


def test_of_published_sets_the_keys_are_looked_for_again_at_every_update(tmp_path, monkeypatch):
    """By everybody alike: what the person removed is asked for as well."""
    person, publisher = Person(), Publisher(tmp_path / "www")
    publisher.publish({SetKind.CATALOGUES: [catalogue()], SetKind.MARKET: [market()]}, NOW)
    outside = Outside(allow_loopback=True, clock=lambda: person.world.now)
    with served(publisher.folder, etags=True) as there:
        found = follow(outside, person.wallet, there.address)
        assert {name: (one.taken, one.unsure) for name, one in found.outcomes.items()} == {
            "catalogues": (1, 1),
            "market": (1, 1),
        }
        assert catalogues(person.wallet) == ()
        key_at_hand(person.wallet)  # its publisher is back
        update_all(outside, person.wallet)
    (kept,) = followed(person.wallet)
    assert [one.unsure for one in kept.outcomes.values()] == [0, 0]
    assert len(catalogues(person.wallet)) == 1
