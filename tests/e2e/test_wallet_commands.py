"""`passport wallet` from the command line: init, take in, explain, match, show, answer, back up, restore."""

import io
import json
import os
import sys
from datetime import timedelta
from pathlib import Path

import pytest

from passport.clock import utc_now
from passport.json import dump
from passport.pictures.qr import draw_loop, read_image
from passport.qr_text import pack, unpack
from tests.simulators.parties import Party, World
from tests.simulators.wallets import Employer, demand
from tests.simulators.warm import ran
from wallet.desktop.cli_base import new_passphrase
from wallet.errors import PassphraseNotGiven

PASSPHRASE = "een korte zin van mij"
WELD = "http://data.europa.eu/esco/skill/15d76317-c71a-4fa2-aadc-2ecc34e627b7"


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    made = tmp_path_factory.mktemp("commands")
    (made / "passphrase").write_text(PASSPHRASE + "\n")
    return made


@pytest.fixture(scope="module")
def run(folder):
    def command(*words, expected=0, home="wallet", as_json=True, passphrase="passphrase"):
        done = ran(
            "wallet",
            *words,
            *(["--json"] if as_json else []),
            environment={
                **os.environ,
                "PASSPORT_WALLET_HOME": str(folder / home),
                "PASSPORT_WALLET_PASSPHRASE_FILE": str(folder / passphrase),
            },
        )
        assert done.returncode == expected, done.stderr + done.stdout
        assert "Traceback" not in done.stderr
        if expected:
            return done.stdout if as_json else done.stderr
        return json.loads(done.stdout) if as_json else done.stdout

    return command


@pytest.fixture(scope="module")
def holder(run):
    made = run("init")
    assert len(made["recoveryWords"].split()) == 24
    return made["did"]


@pytest.fixture(scope="module")
def badge(run, folder, holder):
    """A diploma, taken in from a file."""
    school = Party("De Vakschool")
    document = school.issue(holder, {WELD: "lassen"}, kind="Diploma", genres=["examination"], at=utc_now())
    file = folder / "badge.json"
    file.write_bytes(dump(document))
    (one,) = run("receive", file)["credentials"]
    assert one["answer"] == "yes"
    return one


def test_a_second_init_is_refused_in_one_sentence(run, holder):
    assert run("init", expected=1, as_json=False) == "There is a wallet here already.\n"
    assert json.loads(run("init", expected=1))["error"]["code"] == "vault_exists"


def test_a_wrong_passphrase_is_refused_in_one_sentence(run, folder, holder):
    (folder / "wrong").write_text("een verkeerde zin")
    said = run("list", expected=1, as_json=False, passphrase="wrong")
    assert said.count("\n") == 1
    assert "does not open" in said


def test_no_wallet_is_said_so(run):
    assert "Make one first" in run("list", expected=1, as_json=False, home="nowhere")


def test_a_credential_comes_in_from_a_file_and_is_explained(run, badge):
    (skill,) = run("explain", "lassen", "--language", "nl")["skills"]
    assert (skill["skill"], skill["certainStrength"]) == (WELD, "soft")
    assert skill["reasons"][0]["text"]
    assert "lassen" in run("explain", WELD, as_json=False)
    assert "lassen" in run("list", as_json=False)


def test_a_picture_of_the_same_credential_changes_nothing(run, folder, badge):
    before = run("list")
    file = folder / "badge.gif"
    file.write_bytes(draw_loop(pack((folder / "badge.json").read_bytes())))
    assert run("receive", file)["credentials"][0]["id"] == badge["id"]
    assert len(run("list")["credentials"]) == len(before["credentials"])


def test_what_is_for_somebody_else_is_refused(run, folder, holder):
    file = folder / "other.json"
    file.write_bytes(dump(Party("School").issue(Party("Other"), [WELD], at=utc_now())))
    said = run("receive", file, expected=1, as_json=False)
    assert "somebody else" in said
    assert said.count("\n") == 1
    (folder / "rubbish.bin").write_bytes(bytes(range(256)))
    assert (
        json.loads(run("receive", folder / "rubbish.bin", expected=1))["error"]["code"] == "nothing_received"
    )


def test_matching_gives_occupations(run, badge):
    found = run("match", "--most", "3", "--language", "nl")
    assert len(found["matches"]) == 3
    said = run("match", as_json=False).splitlines()
    assert [line.split(".")[0].strip() for line in said[:10]] == [str(place) for place in range(1, 11)]
    assert " needed, " in said[0]
    assert "0 needed" in said[-1], "what a nought means is said"


def test_a_self_assessment_is_made(run, holder):
    made = run("assess", WELD, "--narrative", "Al jaren.")
    assert made["answer"] == "yes"
    assert json.loads(run("assess", "urn:x", expected=1))["error"]["code"] == "which_skill"


def test_showing_writes_pictures_that_can_be_read(run, folder, badge):
    shown = run("present", badge["id"][:8], "--out", folder / "qr")
    pictures = sorted((folder / "qr").iterdir())
    modes = {each.stat().st_mode & 0o777 for each in pictures}
    assert pictures
    assert modes == {0o600}, "what is shown within two minutes is its owner's to show"
    texts = [text for picture in shown["pictures"] for text in read_image(Path(picture).read_bytes())]
    assert unpack(dict.fromkeys(texts)) == dump(shown["presentation"])
    assert json.loads(run("present", "zz", expected=1))["error"]["code"] == "unknown_record"


def test_a_request_is_answered_only_with_approval(run, folder, badge):
    employer = Employer(World(utc_now()), Party("Staalbouw"))
    profile = employer.profile(
        [demand(WELD, "lassen")],
        valid_from=utc_now() - timedelta(days=1),
        valid_until=utc_now() + timedelta(days=1),
    )
    document = employer.request([], profile=profile)
    file = folder / "request.json"
    file.write_bytes(dump(document))
    looked = run("respond", file)
    assert looked["sent"] is None
    assert "presentation" not in looked
    before = len(run("journal")["entries"])
    answered = run("respond", file, "--approve", "--out", folder / "answer")
    assert answered["presentation"]["proof"]["challenge"] == document["challenge"]
    assert len(run("journal")["entries"]) == before + 1
    assert json.loads(run("respond", file, "--approve", expected=1))["error"]["code"] == "request_closed"
    assert "Answered a question" in run("journal", as_json=False)


def test_a_backup_is_restored_into_a_new_wallet(run, folder, holder, badge):
    run("backup", folder / "backup.age", "--with-key")
    made = run("restore", folder / "backup.age", home="restored")
    assert (made["did"], made["canSign"]) == (holder, True)
    assert run("list", home="restored") == run("list")
    assert run("journal", home="restored") == run("journal")


def test_whoever_forgot_the_passphrase_chooses_another_with_the_recovery_words(run, folder):
    made = run("init", home="forgotten")
    assert "nothing in it yet" in run("list", home="forgotten", as_json=False)
    (folder / "words").write_text(made["recoveryWords"])
    (folder / "new").write_text("een heel andere zin\n")
    run("passphrase", "--recovery-words", folder / "words", "--new", folder / "new", home="forgotten")
    assert json.loads(run("list", home="forgotten", expected=1))["error"]["code"] == "wrong_passphrase"
    assert run("list", home="forgotten", passphrase="new")["credentials"] == []
    run("passphrase", "--new", folder / "passphrase", home="forgotten", passphrase="new")
    assert run("list", home="forgotten")["credentials"] == []


def test_without_a_passphrase_and_without_a_terminal_it_says_what_to_do(monkeypatch):
    monkeypatch.delenv("PASSPORT_WALLET_PASSPHRASE_FILE", raising=False)
    monkeypatch.setattr(sys, "stdin", io.StringIO())
    with pytest.raises(PassphraseNotGiven, match="PASSPORT_WALLET_PASSPHRASE_FILE"):
        new_passphrase("Choose a passphrase: ")
