"""A batch of an issuer, seen from the command line: what failed is said in words, and what there is is listed."""

import csv
import io
import json

import pytest

from tests.simulators.issuing import HolderWallet, issuer_process, open_office
from tests.unit.cli.conftest import passport  # noqa: F401 - a fixture


@pytest.fixture(scope="module")
def office(tmp_path_factory):
    with issuer_process(tmp_path_factory.mktemp("issuer")) as process:
        yield open_office(process)


@pytest.fixture
def asked(office, tmp_path):
    key = tmp_path / "api.key"
    key.write_text(office.api_key)
    return ("--api-key", key, "--url", office.url)


def test_what_failed_is_said_in_words_in_either_language(office, asked, passport, tmp_path):  # noqa: F811
    assert passport("issuer", "achievement", "list", *asked).out == "There are none yet.\n"
    achievement, wallet = office.achievement(), HolderWallet()
    rows = tmp_path / "rows.csv"
    rows.write_text(f"reference,subject,valid_from\na,{wallet.did},\nb,nobody,\nc,{wallet.did},2026-W01\n")
    report = tmp_path / "report.csv"
    ran = passport("issuer", "batch", rows, "--achievement", achievement, "--report", report, *asked)
    assert ran.code == 1
    lines = list(csv.DictReader(io.StringIO(report.read_text())))
    assert [line["outcome"] for line in lines] == ["issued", "failed", "failed"]
    assert lines[0]["reason"] == ""
    assert all(line["error"] != line["reason"] != "" for line in lines[1:])
    batch = office.get("/api/batches")[0]["id"]
    dutch = office.ask("GET", f"/api/batches/{batch}/report", headers={"Accept-Language": "nl"}).text
    told = [line["reason"] for line in csv.DictReader(io.StringIO(dutch))]
    assert told[1] not in {"", lines[1]["reason"]}
    listed = passport("issuer", "achievement", "list", *asked, "--json").json
    assert [each["id"] for each in listed] == [achievement]
    shown = passport("issuer", "credential", "list", *asked).out
    assert shown.split() == [lines[0]["credential"], "valid", wallet.did]
    assert json.loads(passport("issuer", "credential", "list", *asked, "--json").out)["next"] is None
