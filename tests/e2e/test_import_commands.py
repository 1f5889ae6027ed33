"""Diplomas from the command line: keep, map, derive, join, renew."""

import io
import json
import os
import sys
from contextlib import redirect_stderr, redirect_stdout
from datetime import timedelta

import pytest

from passport.cli.main import main
from passport.clock import utc_now
from passport.json import dump
from tests.simulators.european import TEAMWORK, WELDING, around, european_credential
from tests.simulators.issuing import ACHIEVEMENT, issuer_process, open_office
from tests.simulators.parties import Party

DAY = timedelta(days=1)


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    made = tmp_path_factory.mktemp("import-commands")
    (made / "passphrase").write_text("een korte zin van mij\n")
    return made


@pytest.fixture(scope="module")
def run(folder):
    """`passport …` in this process: what it printed, as JSON unless it is for people."""
    environment = {
        **os.environ,
        "PASSPORT_WALLET_HOME": str(folder / "wallet"),
        "PASSPORT_WALLET_PASSPHRASE_FILE": str(folder / "passphrase"),
        "PASSPORT_ALLOW_LOOPBACK": "1",
    }

    def command(*words, expected=0, as_json=True):
        printed, refused = io.StringIO(), io.StringIO()
        asked = ["passport", *map(str, words), *(["--json"] if as_json else [])]
        with pytest.MonkeyPatch.context() as patch, redirect_stdout(printed), redirect_stderr(refused):
            patch.setattr(sys, "argv", asked)
            for name, value in environment.items():
                patch.setenv(name, value)
            with pytest.raises(SystemExit) as ended:
                main()
        assert (ended.value.code or 0) == expected, refused.getvalue() + printed.getvalue()
        return json.loads(printed.getvalue()) if as_json else printed.getvalue()

    return command


@pytest.fixture(scope="module")
def did(run):
    return run("wallet", "init")["did"]


def written(folder, name, data):
    path = folder / name
    path.write_bytes(data)
    return path


def test_a_european_credential_is_kept_and_what_is_ticked_is_signed(run, folder, did):
    path = written(folder, "diploma.jsonld", around(european_credential()))
    made = run("wallet", "import", path)["imported"]
    assert (made["checked"], made["seal"]) == (False, "jades")
    assert [each["skill"] for each in made["offered"]][:2] == [WELDING, TEAMWORK]
    assert all(each["named"] and each["reasons"] for each in made["offered"])
    shown = run("wallet", "import", path, as_json=False)
    assert "not checked" in shown
    assert f"passport wallet derive {made['id']}" in shown
    offered = run("wallet", "derive", made["id"])["offered"]
    assert offered == made["offered"]
    assert WELDING in run("wallet", "derive", made["id"], as_json=False)
    claim = run("wallet", "derive", made["id"], WELDING)["credential"]
    assert claim["issuer"]["id"] == did
    [skill] = run("wallet", "explain", WELDING)["skills"]
    assert skill["strength"] == "soft"
    assert "Signed by yourself, so soft" in run("wallet", "derive", made["id"], TEAMWORK, as_json=False)


def test_a_scan_with_a_dossiers_code_and_a_map(run, folder, did):
    run("keys", "new", folder / "sector.key")
    head = "qualification,codes,name,skill,skill_name,match,source"
    table = f"{head}\nurn:q:welder,crebo 12345,Lasser,{WELDING},lassen,exact,Kerntaak 1\n"
    path = written(folder, "table.csv", table.encode())
    words = ("--key", folder / "sector.key", "--name", "Synthetic", "--publisher-name", "Sector")
    run("skill-map", "make", "https://sector.example/map", path, *words, "-o", folder / "map.json")
    taken = run("wallet", "skill-map", folder / "map.json")
    assert taken["version"] == 1
    assert taken["publisher"] in run("wallet", "skill-map", folder / "map.json", as_json=False)
    scan = written(folder, "scan.pdf", b"%PDF-1.7\nscan\n%%EOF")
    refused = run("wallet", "import", scan, expected=1)
    assert refused["error"]["code"] == "diploma_not_described"
    made = run(
        "wallet", "import", scan, "--title", "Diploma lasser", "--institution", "Een school",
        "--date", "2008-07-01", "--qualification", "crebo 12345",
    )["imported"]  # fmt: skip
    [skill] = made["offered"]
    assert (skill["skill"], skill["named"]) == (WELDING, False)
    assert run("wallet", "derive", made["id"], "urn:other", expected=1)["error"]["code"] == "not_derived_here"


def test_a_badge_goes_its_usual_way_and_gives_more_by_a_map(run, folder, did):
    badge = Party("School").issue(did, {TEAMWORK: "teamwork"}, kind="Diploma", at=utc_now() - DAY)
    [taken] = run("wallet", "import", written(folder, "badge.json", dump(badge)))["credentials"]
    assert taken["genuine"]
    assert "kept as a credential" in run("wallet", "import", folder / "badge.json", as_json=False)
    more = run("wallet", "derive", taken["id"], "--qualification", "crebo 12345")["offered"]
    assert [each["skill"] for each in more] == [WELDING]


def test_licences_are_listed_with_what_to_renew_first(run, folder, did):
    assert "no licence" in run("wallet", "licences", as_json=False)
    for days, number in ((400, "B"), (30, "A")):
        badge = Party("Register").issue(
            did,
            [f"urn:skill:{number}"],
            kind="License",
            at=utc_now() - DAY,
            valid_until=utc_now() + days * DAY,
            license_number=number,
        )
        run("wallet", "import", written(folder, f"{number}.json", dump(badge)))
    found = run("wallet", "licences")["licences"]
    assert [(each["number"], each["state"]) for each in found] == [("A", "renew-soon"), ("B", "in-force")]
    assert "expires soon" in run("wallet", "licences", as_json=False)
    assert "loopt bijna af" in run("wallet", "licences", "-l", "nl", as_json=False)


def test_parts_are_joined_after_a_yes(run, folder, did):
    with issuer_process(folder / "issuer") as process:
        office = open_office(process)
        modules = [office.achievement(name=f"Module {number}") for number in (1, 2)]
        rule = office.post(
            "/api/stacks",
            {"achievement": ACHIEVEMENT | {"name": "Whole"}, "parts": [{"achievement": x} for x in modules]},
        )
        assert run("wallet", "stack", rule["url"])["ready"] is False
        refused = run("wallet", "stack", rule["url"], "--yes", expected=1)
        assert refused["error"]["code"] == "stack_not_ready"
        for module in modules:
            given = office.post("/api/credentials", {"achievement": module, "subject": did})
            run("wallet", "import", written(folder, f"{module}.json", dump(given["credential"])))
        shown = run("wallet", "stack", rule["url"], as_json=False)
        assert "--yes" in shown
        [whole] = run("wallet", "stack", rule["url"], "--yes")["credentials"]
        assert whole["name"] == "Whole"
