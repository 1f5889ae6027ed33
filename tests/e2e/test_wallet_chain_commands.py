"""From soft to semi-hard and back, with the commands alone: a worker, a real employer's service, a supervisor.

The commands run in this process: starting twenty interpreters would take longer than all the rest.
"""

import json
from datetime import UTC, datetime

import httpx
import pytest
from typer.testing import CliRunner

from passport.trust import Recognition
from tests.simulators.confirming import SUPERVISOR, Outbox, SupervisorBrowser, allow
from tests.simulators.issuing import issuer_process, open_office
from tests.simulators.parties import Party, World, recognise
from wallet.desktop.cli import app

SHEET = b"date,hours,task\n2026-03-02,8,welding\n"


@pytest.fixture
def wallet(tmp_path):
    (tmp_path / "passphrase").write_text("een korte zin van mij\n")

    def run(*words, plain=False, home="wallet"):
        done = CliRunner().invoke(
            app,
            [*words, *([] if plain else ["--json"])],
            env={
                "PASSPORT_WALLET_HOME": str(tmp_path / home),
                "PASSPORT_WALLET_PASSPHRASE_FILE": str(tmp_path / "passphrase"),
                "PASSPORT_ALLOW_LOOPBACK": "1",
            },
            catch_exceptions=False,
        )
        assert done.exit_code == 0, done.output
        return done.stdout if plain else json.loads(done.stdout)

    run("init")
    return run


@pytest.fixture
def process(tmp_path):
    with issuer_process(tmp_path / "issuer") as started:
        yield started


def revoke(office, url, endorsement):
    """What the employer's coordinator does in the console."""
    case, number = url.rpartition("/")[2], endorsement.removeprefix("urn:uuid:").replace("-", "")
    with httpx.Client(base_url=office.url, headers={"Origin": office.url}, timeout=60) as console:
        console.post("/console/session", data={"api_key": office.api_key})
        done = console.post(f"/console/confirmations/{case}/endorsements/{number}/revoke")
    assert done.status_code == 303


def test_a_claim_is_confirmed_and_the_confirmation_revoked(wallet, process, tmp_path):
    office, outbox = open_office(process, "yard"), Outbox.of(process)
    allow(office, SUPERVISOR)
    world = World(now=datetime.now(UTC))
    (tmp_path / "list").write_bytes(
        world.trust_list(recognise(Party("Yard", did=office.did), Recognition.EMPLOYER))
    )
    (tmp_path / "hours.csv").write_bytes(SHEET)
    wallet("trust", str(tmp_path / "list"))
    made = wallet(
        *("claim", "add", "--skill", "plastic welding", "--skill", "use welding equipment"),
        *("--words", "Hulls.", "--role", "Welder", "--from", "2020-01-01", "--route", "informal"),
        *("--file", str(tmp_path / "hours.csv"), "--language", "en"),
    )
    claim = wallet("claim", "show", made["id"][:8])
    assert {skill["strength"] for skill in claim["skills"]} == {"soft"}
    [file] = claim["files"]
    question = (
        *("ask", "confirmation", "--at", process.url, "--organisation", "yard", "--claim", made["id"][:8]),
        *("--file", file["id"], "--supervisor", SUPERVISOR, "--name", "A worker"),
        *("--skill", claim["skills"][0]["skill"]),
    )
    looked = wallet(*question)
    assert looked["request"] is None
    assert [each["name"] for each in looked["consent"]["files"]] == ["hours.csv"]
    assert (outbox.count(), wallet("asked")["requests"]) == (0, [])
    sent = wallet(*question, "--approve")["request"]
    assert (sent["sent"], sent["state"]) == ("sent", "invited")

    supervisor = SupervisorBrowser(outbox.link(), outbox)
    supervisor.prove()
    preview = supervisor.fill_in("work-record", file=("sheet.csv", SHEET, "text/csv"))
    supervisor.send(preview)
    followed = wallet("asked", sent["id"][:8])
    assert (followed["state"], len(followed["confirmations"]), followed["filesFetched"]) == (
        "confirmed",
        1,
        1,
    )
    shown = wallet("claim", "show", made["id"][:8])
    assert [skill["strength"] for skill in shown["skills"]] == ["semi-hard", "soft"]
    assert len(shown["confirmations"]) == 1
    text = wallet("claim", "show", made["id"][:8], "--language", "nl", plain=True)
    assert "Semi-hard" in text

    revoke(office, sent["url"], shown["confirmations"][0]["credentialId"])
    wallet("refresh")
    again = wallet("claim", "show", made["id"][:8])
    assert [skill["strength"] for skill in again["skills"]] == ["soft", "soft"]
    assert again["confirmations"][0]["answer"] == "no"
    cost = wallet("claim", "withdraw", made["id"][:8], "--yes")
    assert (cost["withdrawn"], len(cost["confirmations"])) == (True, 1)
    assert wallet("list")["skills"] == []

    wallet("backup", str(tmp_path / "backup.age"), "--with-key")
    wallet("restore", str(tmp_path / "backup.age"), home="second")
    for words in (("claim", "list"), ("asked",), ("journal",)):
        assert wallet(*words, home="second") == wallet(*words)
