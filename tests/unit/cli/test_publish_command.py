"""`passport publish`: a folder that any web server serves, whole at every moment, and the same for the same input."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from matching.building import write_files
from matching.bundle import build_bundle
from passport.cli import published_sets
from passport.keys import generate_signer
from tests.simulators.labour_markets import ALL, CARPENTERS, market_document, signed_market
from tests.simulators.modules import catalogue_source, module_document
from tests.simulators.parties import World
from tests.simulators.published import served
from tests.simulators.taxonomies import SIGNED, newer_release
from tests.simulators.wallets import Employer, demand

NOW = datetime.now(UTC).replace(microsecond=0)
CREATED = NOW.strftime("%Y-%m-%dT%H:%M:%SZ")


@pytest.fixture
def shop(passport, tmp_path, monkeypatch):
    """Catalogues, figures and profiles to publish, and the words that publish them."""
    monkeypatch.chdir(tmp_path)
    assert passport("keys", "new", "key").code == 0
    for folder in ("catalogues", "profiles/welder"):
        (tmp_path / folder).mkdir(parents=True)
    write_catalogue(tmp_path, 1)
    since = NOW - timedelta(days=1)
    dates = {"valid_from": since, "valid_until": since + timedelta(days=90)}
    figures = {(CARPENTERS, ALL): ([2000] * 12, [50] * 12)}
    Path("figures.json").write_bytes(signed_market(market_document(figures, **dates), created=since))
    employer = Employer(World())
    dates = {"valid_from": NOW - timedelta(days=1), "valid_until": NOW + timedelta(days=90)}
    profile = employer.profile([demand("http://data.europa.eu/esco/skill/1")], **dates)
    Path("profiles/welder/latest.json").write_text(json.dumps(profile), encoding="utf-8")
    Path("profiles/index.json").write_text("{}", encoding="utf-8")
    Path("catalogues/broken.json").write_text("{}", encoding="utf-8")

    def make(*words, out="www", code=0):
        given = ("--catalogues", "catalogues", "--market", "figures.json", "--profiles", "profiles")
        ran = passport(
            *("publish", "make", out, "--key", "key", "--name", "P", "--created", CREATED, "--json"),
            *given,
            *words,
        )
        assert ran.code == code, ran.err + ran.out
        return ran.json

    return make


def write_catalogue(folder, version):
    modules = [
        module_document(f"http://x.example/{n}", number=n, hours=40 + (version if n == 7 else 0))
        for n in range(60)
    ]
    source = catalogue_source(modules, now=NOW, version=version)
    (folder / "catalogues" / f"{version}.json").write_bytes(source)


def tree(folder):
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_the_same_input_gives_the_same_bytes_and_a_second_time_nothing(shop, tmp_path):
    first = shop()
    assert {one["kind"]: one["documents"] for one in first["sets"]} == {
        "catalogues": 1,
        "market": 1,
        "profiles": 1,
    }
    assert (first["changed"], first["version"], first["unchecked"]) == (True, 1, 1)
    assert first["dropped"] == {"catalogues": {"malformed_module_catalogue": 1}}
    made = tree(tmp_path / "www")
    assert shop()["changed"] is False
    assert tree(tmp_path / "www") == made
    shop(out="again")
    assert tree(tmp_path / "again") == made


def test_a_change_comes_with_a_delta_where_that_is_smaller(shop, passport, tmp_path):
    shop()
    write_catalogue(tmp_path, 2)
    found = shop()
    (one,) = [each for each in found["sets"] if each["kind"] == "catalogues"]
    assert found["version"] == 2
    assert found["dropped"]["catalogues"]["older_version"] == 1
    (delta,) = one["deltas"]
    assert delta < one["size"] / 2
    assert passport("publish", "check", "www").code == 0
    assert "deltas" in passport("publish", "check", "www").out


def test_only_as_many_earlier_versions_stay_as_is_said(shop, tmp_path):
    counts = []
    for version in range(2, 7):
        write_catalogue(tmp_path, version)
        found = shop("--keep", "1")
        counts.append(len(list((tmp_path / "www" / "files").iterdir())))
    (one,) = [each for each in found["sets"] if each["kind"] == "catalogues"]
    assert len(one["deltas"]) == 1
    assert counts[-1] == counts[-2]


def test_who_reads_in_the_middle_of_publishing_sees_a_whole_version(shop, passport, tmp_path, monkeypatch):
    """Stop after every file that is written: what the folder says then is all there, with its digests."""
    shop()
    write_catalogue(tmp_path, 2)
    replace, left = published_sets.replace_file, [0]

    def stops(path, data):
        if left[0] == 0:
            raise OSError(28, "No space left on device")
        left[0] -= 1
        replace(path, data)

    for count in range(4):
        left[0] = count
        with monkeypatch.context() as patched:
            patched.setattr(published_sets, "replace_file", stops)
            passport("publish", "make", "www", "--key", "key", "--name", "P", "--catalogues", "catalogues")
        assert passport("publish", "check", "www").code == 0


def test_check_says_what_does_not_hold(shop, passport, tmp_path):
    shop()
    with served(tmp_path / "www", etags=False) as there:
        words = ("publish", "check", f"{there.address}/index.json", "--allow-loopback", "--json")
        assert passport(*words).json["findings"]["market"] == []
    for path in (tmp_path / "www" / "files").iterdir():
        path.write_bytes(path.read_bytes()[:-1])
    ran = passport("publish", "check", "www", "--json")
    assert ran.code == 1
    assert ran.json["findings"]["market"] == ["published_sets_damaged"]
    assert "✘ market" in passport("publish", "check", "www").out


def test_the_shipped_list_of_occupations_is_published_too(shop, passport, tmp_path):
    found = shop("--taxonomy")
    assert [one["documents"] for one in found["sets"] if one["kind"] == "taxonomy"] == [1]
    assert passport("publish", "check", "www", "--json").json["findings"]["taxonomy"] == []


def test_a_folder_of_another_key_or_with_nothing_to_publish_is_refused(shop, passport, tmp_path):
    shop()
    passport("keys", "new", "other")
    again = passport("publish", "make", "www", "--key", "other", "--name", "P", "--market", "figures.json")
    assert (again.code, "another key" in again.err) == (1, True)
    assert passport("publish", "make", "none", "--key", "key", "--name", "P").code == 1
    assert not (tmp_path / "none").exists()
    (tmp_path / "www" / "index.json").write_text("{}", encoding="utf-8")
    assert (
        "empty folder"
        in passport("publish", "make", "www", "--key", "key", "--name", "P", "--market", "figures.json").err
    )


def test_a_folder_that_was_lost_goes_on_above_its_version(shop):
    assert shop("--version", "12")["version"] == 12


def test_a_newer_list_of_occupations_is_published_from_its_folder(passport, shop, tmp_path):
    signer = generate_signer()
    write_files(tmp_path / "list", build_bundle(newer_release(), signer=signer, created=SIGNED), signer)
    made = shop("--taxonomy-bundle", "list")
    assert {one["name"]: one["documents"] for one in made["sets"]}["taxonomy"] == 1
    assert passport("publish", "check", "www").code == 0
    (tmp_path / "list" / "bundle.bin").unlink()
    assert (
        passport("publish", "make", "x", "--key", "key", "--name", "P", "--taxonomy-bundle", "list").code == 1
    )
