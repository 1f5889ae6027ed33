"""docs/leaving.md, done: everything out of one wallet, into another, and compared record by record.

The commands and what they print stand in the document; this test runs them and compares.
"""

import json
import os
import re
import stat
import sys
import zipfile
from pathlib import Path

import pytest

from passport.cli.main import main
from passport.clock import utc_now
from passport.json import dump
from tests.simulators.age_files import opened_by_age
from tests.simulators.parties import Party
from wallet.core.archive import write_archive
from wallet.core.settings_kept import OF_THIS_COPY
from wallet.core.wallet import Kind
from wallet.desktop.keeper import Keeper

DOCUMENT = Path(__file__).resolve().parents[2] / "docs" / "leaving.md"
SKILL = "http://data.europa.eu/esco/skill/08a5f6dd-d3dd-4371-9919-6d730f34499c"
PASSPHRASE = "a short sentence of mine"


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    made = tmp_path_factory.mktemp("leaving")
    (made / "passphrase").write_text(f"{PASSPHRASE}\n")
    (made / "hours.csv").write_bytes(b"date,hours\n2026-10-01,8\n")
    return made


@pytest.fixture
def run(place, capsys, monkeypatch):
    """`passport …` in the folder, as it is typed; what it printed."""
    monkeypatch.chdir(place)
    monkeypatch.setenv("PASSPORT_WALLET_PASSPHRASE_FILE", "passphrase")
    monkeypatch.setenv("COLUMNS", "120")
    monkeypatch.setenv("LANG", "C")

    def command(line, *, expected=0):
        words = line.split()
        home = "first"
        if "=" in words[0]:
            home = words.pop(0).partition("=")[2]
        monkeypatch.setenv("PASSPORT_WALLET_HOME", home)
        monkeypatch.setattr(sys, "argv", words)
        capsys.readouterr()
        with pytest.raises(SystemExit) as ended:
            main()
        printed = capsys.readouterr()
        assert (ended.value.code or 0) == expected, printed
        return printed.out if not expected else printed.out + printed.err

    return command


@pytest.fixture
def first(run, place):
    """A wallet with two credentials, evidence, a line of the journal; made once."""
    if not (place / "first").exists():
        run("passport wallet init")
        run(f"passport wallet claim add --skill {SKILL} --file hours.csv")
        did = Keeper(place / "first").unlock(PASSPHRASE).did
        (place / "badge.json").write_bytes(dump(Party("A school").issue(did, [SKILL], at=utc_now())))
        run("passport wallet receive badge.json")
        one = json.loads(run("passport wallet list --json"))["credentials"][0]["id"]
        run(f"passport wallet present {one}")
    return everything(place / "first")


def everything(folder):
    """Every record, but what each copy knows of its own backups."""
    wallet = Keeper(folder).unlock(PASSPHRASE)
    records = {(key.kind, key.id): record.data for key, record in wallet.vault.records.items()}
    return {place: data for place, data in records.items() if place != OF_THIS_COPY}


def opened_backup(place, home):
    """A backup as `age --decrypt` leaves it: opening a sealed one takes a second on purpose."""
    file = place / f"{home}.json"
    file.write_bytes(write_archive(Keeper(place / home).unlock(PASSPHRASE), with_seed=True))
    return file.name


def shown_in_the_document():
    """Each block of commands with what the document says that they print."""
    text = DOCUMENT.read_text(encoding="utf-8")
    return re.findall(r"```sh\n(.*?)```\n+```text\n(.*?)```", text, re.DOTALL)


def test_the_round_trip_of_the_document(run, place, first):
    blocks = shown_in_the_document()
    assert len(blocks) == 2
    for commands, printed in blocks:
        lines = [line for line in commands.strip().split("\n") if not line.startswith("age ")]
        for line in lines[:-1]:
            run(line)
        said = run(lines[-1])
        assert re.sub(r" +\n", "\n", said) == printed
    assert everything(place / "second") == first, "every record, byte for byte"
    assert stat.S_IMODE((place / "wallet.age").stat().st_mode) == 0o600
    assert (Kind.SEED, "holder") in first
    shown = json.loads(run("PASSPORT_WALLET_HOME=second passport wallet list --json"))["credentials"][0]["id"]
    run(f"PASSPORT_WALLET_HOME=second passport wallet present {shown}")


def test_what_is_written_is_for_its_owner_alone(run, place, first):
    mask = os.umask(0)
    try:
        run("passport wallet export mine.zip --zip")
        run("passport wallet export folder")
    finally:
        os.umask(mask)
    for path in (place / "mine.zip", *(place / "folder").rglob("*"), place / "folder"):
        assert stat.S_IMODE(path.stat().st_mode) & 0o077 == 0, path
    for path in (place / "first").iterdir():
        assert stat.S_IMODE(path.stat().st_mode) & 0o077 == 0, path


def test_plain_age_opens_a_sealed_copy_and_what_it_opened_restores(run, place, first):
    """For the backup itself see test_keeper_and_backup.py."""
    run("passport wallet export copy.zip.age --seal")
    (place / "opened.zip").write_bytes(opened_by_age(place / "copy.zip.age", PASSPHRASE))
    with zipfile.ZipFile(place / "opened.zip") as opened:
        assert "skills-passport/index.html" in opened.namelist()
    run(f"PASSPORT_WALLET_HOME=third passport wallet restore {opened_backup(place, 'first')}")
    assert everything(place / "third") == first


def test_a_backup_comes_into_a_wallet_that_holds_something(run, place, first):
    run(f"PASSPORT_WALLET_HOME=fourth passport wallet restore {opened_backup(place, 'first')}")
    run(f"PASSPORT_WALLET_HOME=fourth passport wallet claim add --skill {SKILL} --words more")
    after = opened_backup(place, "fourth")
    seen = json.loads(run(f"passport wallet import-archive {after} --json", expected=1))
    assert seen["kinds"][Kind.CREDENTIAL] == {"new": 1, "same": 2, "different": 0}
    assert everything(place / "first").keys() >= first.keys()
    taken = json.loads(run(f"passport wallet import-archive {after} --yes --json"))["taken"]
    assert taken == sum(one["new"] for one in seen["kinds"].values())
    assert "here already" in run(f"passport wallet import-archive {after} --yes", expected=1)
    run("PASSPORT_WALLET_HOME=stranger passport wallet init")
    theirs = opened_backup(place, "stranger")
    assert "another wallet" in run(f"passport wallet import-archive {theirs} --yes", expected=1)
    assert '"otherHolder": true' in run(f"passport wallet compare {theirs} --json", expected=1)


def test_things_are_forgotten_and_the_wallet_is_destroyed(run, place, first):
    run(f"PASSPORT_WALLET_HOME=fifth passport wallet restore {opened_backup(place, 'first')}")
    home = "PASSPORT_WALLET_HOME=fifth passport wallet"
    for one in json.loads(run(f"{home} list --json"))["credentials"]:
        run(f"{home} forget {one['id']}")
    run(f"{home} forget --journal")
    assert "Write both days" in run(f"{home} forget --journal --since tomorrow", expected=1)
    assert "Choose" in run(f"{home} forget", expected=1)
    assert "does not hold" in run(f"{home} forget --evidence urn:uuid:0", expected=1)
    kinds = {kind for kind, _ in everything(place / "fifth")}
    assert not kinds & {Kind.CREDENTIAL, Kind.JOURNAL, Kind.FILE, Kind.RECEIPT}
    words = json.loads(run(f"{home} recovery-words --json"))["recoveryWords"]
    (place / "words").write_text(words)
    run(f"{home} passphrase --recovery-words words --new passphrase")
    assert "Tick the box" in run(f"{home} destroy", expected=1)
    run(f"{home} destroy --yes")
    assert [path.name for path in (place / "fifth").iterdir()] == ["vault.lock"]
    assert "Make one first" in run(f"{home} list", expected=1)
