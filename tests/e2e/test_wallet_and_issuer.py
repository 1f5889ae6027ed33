"""The real wallet's commands against the real issuer: what a holder meets over the months."""

import json
import os

import pytest

from tests.simulators.issuing import issuer_process, open_office
from tests.simulators.warm import ran


@pytest.fixture
def wallet(tmp_path):
    (tmp_path / "passphrase").write_text("een korte zin van mij\n")

    def run(*words, expected=0):
        done = ran(
            "wallet",
            *words,
            "--json",
            environment={
                **os.environ,
                "PASSPORT_WALLET_HOME": str(tmp_path / "wallet"),
                "PASSPORT_WALLET_PASSPHRASE_FILE": str(tmp_path / "passphrase"),
                "PASSPORT_ALLOW_LOOPBACK": "1",
            },
        )
        assert done.returncode == expected, done.stderr + done.stdout
        return json.loads(done.stdout)

    run("init")
    return run


def test_an_issuer_that_changed_its_key_is_still_believed(wallet, tmp_path):
    with issuer_process(tmp_path / "issuer") as process:
        office = open_office(process)
        achievement = office.achievement()

        def offer():
            return office.post("/api/offers", {"achievement": achievement})["link"]

        [first] = wallet("receive", offer())["credentials"]
        office.post("/api/keys/rotate", {})
        link = offer()
        [second] = wallet("receive", link)["credentials"]
        assert (first["answer"], second["answer"]) == ("yes", "yes")
        assert wallet("receive", link, expected=1)["error"]["code"] == "offer_refused"
    assert {one["answer"] for one in wallet("list")["credentials"]} == {"yes"}


def test_a_credential_that_was_withdrawn_shows_after_a_refresh(wallet, tmp_path):
    with issuer_process(tmp_path / "issuer") as process:
        office = open_office(process)
        link = office.post("/api/offers", {"achievement": office.achievement()})["link"]
        [taken] = wallet("receive", link)["credentials"]
        [before] = wallet("refresh")["credentials"]
        number = taken["credentialId"].removeprefix("urn:uuid:").replace("-", "")
        office.post(f"/api/credentials/{number}/revoke", {})
        [after] = wallet("refresh")["credentials"]
    assert (taken["answer"], before["answer"], after["answer"]) == ("yes", "yes", "no")
    assert "revoked" in {check["reason"]["code"] for check in after["checks"]}
    [listed] = wallet("list")["credentials"]
    assert listed["answer"] == "no"
    assert {skill["answer"] for skill in wallet("list")["skills"]} == {"no"}
