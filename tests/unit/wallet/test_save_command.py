"""`passport wallet save`: what is in the wallet as plain files, each as it came, to be weighed by anybody."""

import json
import sys

import pytest

from passport.cli.main import main
from passport.clock import utc_now
from passport.json import dump
from tests.simulators.chains import confirm
from tests.simulators.parties import Party
from wallet.desktop.cli_save import _name

SKILL = "http://data.europa.eu/esco/skill/08a5f6dd-d3dd-4371-9919-6d730f34499c"


@pytest.fixture
def passport(tmp_path, capsys, monkeypatch):
    (tmp_path / "passphrase").write_text("a short sentence of mine\n")
    monkeypatch.setenv("PASSPORT_WALLET_HOME", str(tmp_path / "wallet"))
    monkeypatch.setenv("PASSPORT_WALLET_PASSPHRASE_FILE", str(tmp_path / "passphrase"))

    def run(*words):
        monkeypatch.setattr(sys, "argv", ["passport", *map(str, words), "--json"])
        capsys.readouterr()
        with pytest.raises(SystemExit) as ended:
            main()
        printed = capsys.readouterr()
        assert not ended.value.code, printed
        return json.loads(printed.out)

    return run


def test_what_is_saved_is_weighed_as_the_wallet_weighs_it(passport, tmp_path):
    sheet, out = tmp_path / "sheet.csv", tmp_path / "proof"
    sheet.write_bytes(b"date,hours\n2026-10-01,8\n")
    passport("wallet", "init")
    passport("wallet", "claim", "add", "--skill", SKILL, "--file", sheet)
    passport("wallet", "save", out)
    [claim] = [json.loads(path.read_bytes()) for path in out.glob("*.json")]
    confirmed = tmp_path / "confirmed.json"
    confirmed.write_bytes(dump(confirm(Party("An employer"), claim, SKILL, at=utc_now())))
    passport("wallet", "receive", confirmed)
    written = passport("wallet", "save", out)["written"]
    assert len(written) == 3
    assert [path.read_bytes() for path in (out / "records").iterdir()] == [sheet.read_bytes()]
    [weighed] = passport("weigh", out, "--record", out / "records", "--holder", claim["issuer"]["id"])[
        "skills"
    ]
    [held] = passport("wallet", "explain", SKILL)["skills"]
    assert weighed["strengthWithout"] == held["report"]["strengthWithout"] == "soft"
    assert {link["act"] for link in weighed["links"]} == {"credential", "endorsement"}
    assert [link["rule"] for link in weighed["links"]] == [link["rule"] for link in held["report"]["links"]]


def test_a_file_is_named_after_its_form():
    assert _name("Lasser-01234567", b'{"a": 1}') == "Lasser-01234567.json"
    assert _name("Lasser-01234567", b"ey.ey.sig") == "Lasser-01234567.jwt"
    assert _name("Lasser-01234567", b"ey.ey.sig~WyJ") == "Lasser-01234567.sdjwt"
