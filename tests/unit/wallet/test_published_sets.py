"""Published sets in the wallet: fetched whole from any server, and never so that it shows what somebody looked at."""

import json
from datetime import UTC, datetime, timedelta

import pytest
from typer.testing import CliRunner

from matching.published.index import SetKind
from passport.json import parse_object
from passport.limits import PUBLISHED
from tests.simulators.desks import at_desk
from tests.simulators.labour_markets import ALL, CARPENTERS, market_document, signed_market
from tests.simulators.modules import SCHOOL_KEY, catalogue_source, module_document
from tests.simulators.parties import NOW, Party
from tests.simulators.published import Publisher, served
from tests.simulators.wallets import Employer, Person, demand
from wallet.core import limits
from wallet.core.archive import read_archive, write_archive
from wallet.core.market_kept import forget_market, keep_market, market_in_use, markets
from wallet.core.plan.catalogues import catalogues, forget_catalogue
from wallet.core.profiles_kept import forget_profile, profiles_kept
from wallet.core.published_sets import followed, stop_following
from wallet.core.published_summary import followed_json
from wallet.core.trial import check_records
from wallet.core.wallet import Kind
from wallet.desk.published import follow, take_again, update, update_all
from wallet.desktop.cli_base import desk_for
from wallet.desktop.cli_sets import sets_app
from wallet.desktop.outside import Outside
from wallet.errors_sets import NotAnAddressOfSets, NotFollowed, TooManyFollowed

FIGURES = {(CARPENTERS, ALL): ([2000] * 12, [50] * 12)}
SKILL = "http://data.europa.eu/esco/skill/1"
EMPLOYER = Party("An employer")


def figures(version=1):
    dates = {"valid_from": NOW - timedelta(days=1), "valid_until": NOW + timedelta(days=90)}
    return parsed(signed_market(market_document(FIGURES, version=version, **dates), SCHOOL_KEY, created=NOW))


def parsed(source):
    return parse_object(source, PUBLISHED)


def documents(version=1):
    modules = [module_document(f"http://x.example/{n}", number=n, hours=40 + version) for n in range(40)]
    employer = Employer(Person().world, EMPLOYER)
    named = [f"https://employer.example/profiles/{n}" for n in range(3)]
    return {
        SetKind.CATALOGUES: [parsed(catalogue_source(modules, now=NOW, version=version))],
        SetKind.MARKET: [figures(version)],
        SetKind.PROFILES: [employer.profile([demand(SKILL)], profile_id=one, version=1) for one in named]
        + [employer.profile([demand(SKILL)], profile_id="https://employer.example/p/new", version=version)],
    }


@pytest.fixture
def publisher(tmp_path):
    made = Publisher(tmp_path / "www")
    made.publish(documents(), NOW)
    return made


@pytest.fixture
def person():
    return Person()


def outside_of(person):
    return Outside(allow_loopback=True, clock=lambda: person.world.now)


def holds(person):
    market = market_in_use(person.wallet)
    return (
        [one.version for one in catalogues(person.wallet)],
        None if market is None else market.market.version,
        sorted(one.profile.version for one in profiles_kept(person.wallet)),
    )


def test_what_is_published_comes_to_the_plan_the_market_and_the_profiles(person, publisher):
    with served(publisher.folder, etags=False) as there:
        found = follow(outside_of(person), person.wallet, f"{there.address}/index.json")
    assert holds(person) == ([1], 1, [1, 1, 1, 1])
    assert {name: one.taken for name, one in found.outcomes.items()} == {
        "catalogues": 1,
        "market": 1,
        "profiles": 4,
    }
    person.world.now = NOW + timedelta(days=12)
    (kept,) = followed(person.wallet)
    said = followed_json(person.wallet, kept)
    assert (said["daysOld"], said["daysSinceChecked"]) == (12, 12)
    assert said["publisher"]["id"] == publisher.did


@pytest.mark.parametrize("etags", [False, True])
def test_an_update_asks_for_the_index_and_for_deltas_of_what_changed_alone(person, publisher, etags):
    outside = outside_of(person)
    with served(publisher.folder, etags=etags) as there:
        follow(outside, person.wallet, there.address)
        there.asked.clear()
        update_all(outside, person.wallet)
        assert there.paths == ["/index.json"]
        assert any("If-None-Match" in dict(headers) for _, headers in there.asked) is etags
        index = publisher.publish({**documents(2), SetKind.MARKET: documents()[SetKind.MARKET]}, NOW)
        there.asked.clear()
        update_all(outside, person.wallet)
    changed = [one for one in index.sets if one.name != "market"]
    assert there.paths == ["/index.json", *(f"/{one.earlier[0].delta.place}" for one in changed)]
    assert holds(person) == ([2], 1, [1, 1, 1, 2])


@pytest.mark.parametrize("etags", [False, True])
def test_nobody_learns_what_a_person_looked_at_kept_or_removed(publisher, etags):
    """Two people follow one address. One removes, keeps and replaces things; the requests are the same."""
    asked = []
    first = publisher.publish(documents(), NOW)
    for busy in (False, True):
        person, folder = Person(), publisher.folder.parent / f"copy-{busy}"
        copy = Publisher(folder, publisher.signer)
        copy.publish(documents(), NOW)
        assert copy.publish(documents(), NOW).sets == first.sets
        outside = outside_of(person)
        with served(folder, etags=etags) as there:
            follow(outside, person.wallet, there.address)
            if busy:
                one, two, *_ = profiles_kept(person.wallet)
                forget_profile(person.wallet, one.id)
                forget_profile(person.wallet, two.id)
                for record in tuple(person.wallet.vault.of_kind(Kind.CATALOGUE)):
                    forget_catalogue(person.wallet, record)
                forget_market(person.wallet)
                other = market_document(FIGURES, set_id="https://other.example/", valid_from=NOW)
                keep_market(person.wallet, signed_market(other, created=NOW))
                take_again(outside, person.wallet, followed(person.wallet)[0].record)
            update_all(outside, person.wallet)
            copy.publish(documents(2), NOW)
            update_all(outside, person.wallet)
            port = there.address.rpartition(":")[2]
            asked.append([(line, str(headers).replace(port, "PORT")) for line, headers in there.asked])
    assert asked[0] == asked[1]
    assert len(asked[0]) == 1 + 3 + 1 + 1 + 3


def test_what_a_person_removed_comes_back_only_when_asked_for(person, publisher):
    outside = outside_of(person)
    with served(publisher.folder, etags=True) as there:
        follow(outside, person.wallet, there.address)
        gone = next(one for one in profiles_kept(person.wallet) if not one.profile.id.endswith("new"))
        forget_profile(person.wallet, gone.id)
        publisher.publish(documents(2), NOW)
        update_all(outside, person.wallet)
        assert gone.id not in {one.id for one in profiles_kept(person.wallet)}
        there.asked.clear()
        take_again(outside, person.wallet, followed(person.wallet)[0].record)
    assert there.asked == []
    assert gone.id in {one.id for one in profiles_kept(person.wallet)}


def test_figures_that_the_person_chose_stay_beside_those_that_are_published(person, publisher):
    other = market_document(FIGURES, set_id="https://other.example/", valid_from=NOW)
    keep_market(person.wallet, signed_market(other, created=NOW))
    with served(publisher.folder, etags=True) as there:
        found = follow(outside_of(person), person.wallet, there.address)
    assert (found.outcomes["market"].taken, len(markets(person.wallet))) == (1, 2)


def test_without_the_server_all_that_was_fetched_stays(person, publisher):
    outside = outside_of(person)
    with served(publisher.folder, etags=True) as there:
        follow(outside, person.wallet, there.address)
    ((one, error),) = update_all(outside, person.wallet)
    assert error is not None
    assert (one.index.version, holds(person)) == (1, ([1], 1, [1, 1, 1, 1]))


def test_a_set_that_can_not_be_had_leaves_the_others_and_is_asked_again(person, publisher):
    outside, index = outside_of(person), publisher.publish(documents(), NOW)
    (market,) = [one for one in index.sets if one.name == "market"]
    path = publisher.folder / market.file.place
    data = path.read_bytes()
    path.unlink()
    with served(publisher.folder, etags=True) as there:
        found = follow(outside, person.wallet, there.address)
        assert found.outcomes["market"].error == "unexpected_status"
        assert holds(person) == ([1], None, [1, 1, 1, 1])
        path.write_bytes(data)
        update(outside, person.wallet, found.record)
    assert holds(person)[1] == 1


def test_stopping_erases_what_was_fetched_and_leaves_what_was_taken_over(person, publisher):
    with served(publisher.folder, etags=True) as there:
        one = follow(outside_of(person), person.wallet, there.address)
    stop_following(person.wallet, one.record)
    assert person.wallet.vault.of_kind(Kind.PUBLISHED) == {}
    assert holds(person) == ([1], 1, [1, 1, 1, 1])
    with pytest.raises(NotFollowed):
        stop_following(person.wallet, one.record)


def test_what_is_followed_travels_in_a_backup(person, publisher):
    with served(publisher.folder, etags=True) as there:
        follow(outside_of(person), person.wallet, there.address)
    records = read_archive(write_archive(person.wallet, with_seed=True))
    there = check_records(records, clock=person.wallet.clock, random=person.wallet.random)
    assert followed(there) == followed(person.wallet)


def test_addresses_are_plain_and_few(person, publisher, monkeypatch):
    outside = outside_of(person)
    for text in (
        "",
        "publisher.example",
        "https://p.example/?who=me",
        "https://p.example/#x",
        "https://p.example/\x00",
    ):
        with pytest.raises(NotAnAddressOfSets):
            follow(outside, person.wallet, text)
    monkeypatch.setattr(limits, "FOLLOWED", 0)
    with pytest.raises(TooManyFollowed):
        follow(outside, person.wallet, "https://p.example/")


def test_the_page_and_the_programs_interface_follow_update_and_stop(tmp_path):
    """In a wallet of its own, with the clock of today."""
    now = datetime.now(UTC).replace(microsecond=0)
    source = catalogue_source([module_document(SKILL)], now=now)
    publisher = Publisher(tmp_path / "www")
    publisher.publish({SetKind.CATALOGUES: [parsed(source)]}, now)
    with at_desk(tmp_path / "wallet") as here, served(publisher.folder, etags=True) as there:
        assert "U volgt nog geen adres" in here.get("/sets").text
        assert here.post("/sets", address="https://x.example/?who=me").status_code == 400
        page = here.post("/sets", address=there.address).text
        assert "Lijsten met modules: 1" in page
        assert "Uitgegeven: vandaag." in page
        (one,) = here.get("/api/sets").json()["followed"]
        posted = here.client.post("/api/sets", json={"address": there.address})
        assert posted.json()["id"] == one["id"]
        assert here.client.post("/api/sets/update").json()["followed"][0]["error"] is None
        assert here.client.post(f"/api/sets/{one['id']}/take").json()["sets"][0]["taken"] == 1
        assert here.post("/sets/update").is_success
        assert here.post(f"/sets/{one['id']}/take").is_success
        assert here.post("/sets/none/take").status_code == 404
        (publisher.folder / "index.json").unlink()
        failed = here.post("/sets/update")
        assert (failed.is_success, "Lijsten met modules: 1" in failed.text) == (False, True)
        assert "U volgt nog geen adres" in here.post(f"/sets/{one['id']}/stop").text
        assert here.post(f"/sets/{one['id']}/stop").status_code == 404
        here.client.post("/undo")
        assert here.client.delete(f"/api/sets/{one['id']}").status_code in {204, 404}


def test_the_commands_follow_update_and_stop(tmp_path, monkeypatch, capsys):
    now = datetime.now(UTC).replace(microsecond=0)
    publisher = Publisher(tmp_path / "www")
    source = catalogue_source([module_document(SKILL)], now=now)
    publisher.publish({SetKind.CATALOGUES: [parsed(source)]}, now)
    (tmp_path / "words").write_text("een korte zin van mij", encoding="utf-8")
    monkeypatch.setenv("PASSPORT_WALLET_PASSPHRASE_FILE", str(tmp_path / "words"))
    desk = desk_for(tmp_path / "wallet")
    desk.create("een korte zin van mij")
    desk.close()

    def passport(*words, code=0):
        found = CliRunner().invoke(sets_app, [*words, "--wallet", str(tmp_path / "wallet")])
        assert found.exit_code == code, found.output
        return found.output

    with served(publisher.folder, etags=True) as there:
        one = json.loads(passport("follow", there.address, "--allow-loopback", "--json"))
        assert one["sets"][0]["taken"] == 1
        assert "Lijsten met modules: 1" in passport("update", "--allow-loopback", "-l", "nl")
    failed = passport("update", "--allow-loopback", "-l", "en", code=1)
    assert all(text in failed for text in ("✕", "A publisher", "Published: today."))
    passport("stop", one["id"][:6])
