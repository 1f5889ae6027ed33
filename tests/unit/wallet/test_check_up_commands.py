"""`passport wallet market` and `passport wallet check-up`, as people and programs call them."""

import json
import re
import sys

import pypdfium2
import pytest

from passport.cli.main import main

CARPENTER = "http://data.europa.eu/esco/isco/C711"


@pytest.fixture
def passport(tmp_path, capsys, monkeypatch):
    (tmp_path / "passphrase").write_text("a short sentence of mine\n")
    monkeypatch.setenv("PASSPORT_WALLET_HOME", str(tmp_path / "wallet"))
    monkeypatch.setenv("PASSPORT_WALLET_PASSPHRASE_FILE", str(tmp_path / "passphrase"))

    def run(*words, plain=False):
        monkeypatch.setattr(sys, "argv", ["passport", *map(str, words), *([] if plain else ["--json"])])
        capsys.readouterr()
        with pytest.raises(SystemExit) as ended:
            main()
        printed = capsys.readouterr()
        assert not ended.value.code, printed
        return printed.out if plain else json.loads(printed.out)

    return run


def test_a_year_in_the_terminal(passport, tmp_path):
    passport("wallet", "init")
    assert passport("wallet", "market", "load", "--example")["synthetic"] is True
    assert "verzonnen" in passport("wallet", "market", "show", CARPENTER, "-l", "nl", plain=True)
    due = ("wallet", "check-up", "due", "-l")
    assert "Uw volgende check-up is op" in passport(*due, "nl", plain=True)
    assert "Your next check-up is on" in passport(*due, "en", plain=True)
    looked = passport("wallet", "check-up", "make", "-l", "en", plain=True)
    assert "No skills yet." in looked
    assert re.search(r"From \w+ quarter of \d+ to \w+ quarter of \d+\.", " ".join(looked.split()))
    assert "Er wordt niets geteld." in passport("wallet", "plan", "outcome", "-l", "nl", plain=True)
    assert "Er is nog geen lijst." in passport("wallet", "plan", "catalogue", "-l", "nl", plain=True)
    kept = passport("wallet", "check-up", "make", "--keep", "--own", "Call the school.")["kept"]
    assert kept["signatureHolds"] == "yes"
    paper = tmp_path / "report.pdf"
    passport("wallet", "check-up", "report", kept["id"], paper, "-l", "en")
    words = " ".join(page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(paper))
    assert "Call the school." in words
    assert "made up" in words
    assert passport("wallet", "check-up", "remind", "--off")["state"] == "off"
