"""Plans and catalogues from the command line, from a school's table to the calendar."""

import json
import sys

import pytest

from matching.bundle import load_bundle
from matching.plan.table import COLUMNS
from matching.taxonomy.model import Grade
from passport.cli.main import main

TAXONOMY = load_bundle()
WELDER = TAXONOMY.search_occupations("welder", top=1)[0].iri
NEEDED = TAXONOMY.skills_of(WELDER, Grade.ESSENTIAL)


@pytest.fixture
def passport(tmp_path, capsys, monkeypatch):
    """The command line in this process; `as_json` False gives what people read."""
    (tmp_path / "passphrase").write_text("een korte zin van mij")
    monkeypatch.setenv("PASSPORT_WALLET_HOME", str(tmp_path / "wallet"))
    monkeypatch.setenv("PASSPORT_WALLET_PASSPHRASE_FILE", str(tmp_path / "passphrase"))

    def run(*words, as_json=True, code=0):
        asked = [*map(str, words), *(["--json"] if as_json else [])]
        monkeypatch.setattr(sys, "argv", ["passport", *asked])
        capsys.readouterr()
        with pytest.raises(SystemExit) as ended:
            main()
        printed = capsys.readouterr()
        assert (ended.value.code or 0) == code, printed
        return json.loads(printed.out) if as_json else printed.out + printed.err

    return run


@pytest.fixture
def catalogue(passport, tmp_path):
    rows = [
        f'https://s.example/m/1,Lassen 1,Welding 1,School,40,"450,50",school,nee,Utrecht,,urn:a:1,,{skill},s,'
        for skill in NEEDED[:3]
    ]
    table = tmp_path / "modules.csv"
    table.write_text("\n".join([",".join(COLUMNS), *rows]))
    passport("keys", "new", tmp_path / "school.key")
    made = passport(
        *("plan", "catalogue", "make", "https://s.example/modules", table, "--key", tmp_path / "school.key"),
        *("--name", "Modules", "--publisher-name", "School", "-o", tmp_path / "modules.json"),
    )
    assert made["modules"] == 1
    return tmp_path / "modules.json"


def test_a_school_makes_checks_and_shows_its_catalogue(passport, catalogue):
    checked = passport("plan", "catalogue", "check", catalogue)
    assert checked["signatureHolds"] == "yes"
    assert {each["code"] for each in checked["findings"]} == {"catalogue.name-differs", "catalogue.no-levels"}
    assert "hint" in passport("plan", "catalogue", "check", catalogue, as_json=False)
    assert len(passport("plan", "catalogue", "show", catalogue)["modules"]) == 1
    refused = passport(
        "plan", "catalogue", "show", catalogue, "--publisher", "did:key:z6MkOther", as_json=False, code=1
    )
    assert "publisher" in refused


def test_what_is_missing_becomes_a_plan_without_a_wallet(passport, catalogue):
    made = passport("plan", "make", NEEDED[0], "--for", WELDER, "--catalogue", catalogue, "--hours", 40)
    assert [each["id"] for each in made["modules"]] == ["https://s.example/m/1"]
    assert made["closed"] == 2
    assert made["exact"]
    dear = passport("plan", "make", "--for", WELDER, "--catalogue", catalogue, "--euros", 450)
    assert dear["closed"] == 0
    said = passport("plan", "make", "--for", WELDER, "--catalogue", catalogue, "-l", "nl", as_json=False)
    assert "Dit plan vult 3 van de" in said
    assert "€ 450,50" in said


def test_the_example_says_that_it_is_made_up(passport, tmp_path):
    example = tmp_path / "example.json"
    assert passport("plan", "catalogue", "example", "welder", "-o", example)["synthetic"]
    assert json.loads(example.read_bytes())["synthetic"] is True
    assert "Made up" in passport("plan", "catalogue", "show", example, as_json=False)


def test_a_plan_in_the_wallet(passport, catalogue, tmp_path):
    passport("wallet", "init")
    made = passport("wallet", "plan", "new", WELDER)["id"][:8]
    assert passport("wallet", "plan", "catalogue", catalogue)["catalogues"][0]["count"] == 1
    assert passport("wallet", "plan", "wish", made, "--hours", 10)["proposal"]["modules"] == []
    assert len(passport("wallet", "plan", "wish", made, "--hours", 100)["proposal"]["modules"]) == 1
    [part] = passport("wallet", "plan", "take", made, "--proposed")["items"]
    moved = passport(
        "wallet", "plan", "part", made, part["id"][:6], "--status", "busy", "--first", "2099-01-05"
    )
    assert moved["items"][0]["status"] == "busy"
    passport("wallet", "plan", "calendar", made, "-o", tmp_path / "plan.ics")
    assert b"DTSTART;VALUE=DATE:20990105" in (tmp_path / "plan.ics").read_bytes()
    assert passport("wallet", "plan", "outcome", "--on")["total"] == {"planned": 0, "begun": 0, "done": 0}
    assert passport("wallet", "plan", "outcome", "--off") == {"on": False}
    assert "Lassen 1" in passport("wallet", "plan", "show", made, "-l", "nl", as_json=False)
    assert passport("wallet", "plan", "part", made, part["id"], "--remove")["items"] == []
    passport("wallet", "plan", "forget", made)
    assert passport("wallet", "plan", "list")["plans"] == []
    passport("wallet", "plan", "show", made, code=1)
