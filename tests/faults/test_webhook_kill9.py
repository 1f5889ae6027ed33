"""kill -9 around every write of a webhook: what happened is told, at least once; what did not is not told."""

import time

import httpx
import pytest

from tests.simulators.issuing import HolderWallet, issuer_process, open_office
from tests.simulators.receiving import listening


@pytest.fixture(scope="module")
def process(tmp_path_factory):
    with issuer_process(tmp_path_factory.mktemp("webhooks-killed")) as started:
        yield started


@pytest.fixture(scope="module")
def told(process):
    with listening() as listener:
        office = open_office(process, "told")
        types = ["credential.issued", "credential.revoked", "batch.finished"]
        made = office.post("/api/webhooks", {"url": listener.url, "events": types})
        yield office, listener, made["secret"], office.achievement()


def until_told(listener, secret, expected, seconds=30.0):
    end = time.monotonic() + seconds
    while not set(expected) <= {(type_, data["id"]) for type_, data in listener.messages(secret)}:
        assert time.monotonic() < end, f"not told: {expected}"
        time.sleep(0.1)


def test_an_issued_credential_is_told_although_the_issuer_died(process, told):
    office, listener, secret, achievement = told
    body = {"achievement": achievement, "subject": HolderWallet().did}
    with process.dying_at("webhook-prepared"), pytest.raises(httpx.HTTPError):
        office.ask("POST", "/api/credentials", json=body, once="killed")
    made = office.post("/api/credentials", body, once="killed")
    until_told(listener, secret, [("credential.issued", made["id"])])


def test_a_revocation_is_told_although_the_issuer_died_and_nobody_asked_again(process, told):
    office, listener, secret, achievement = told
    made = office.post("/api/credentials", {"achievement": achievement, "subject": HolderWallet().did})
    with process.dying_at("webhook-changed"), pytest.raises(httpx.HTTPError):
        office.ask("POST", f"/api/credentials/{made['id']}/revoke", json={})
    until_told(listener, secret, [("credential.revoked", made["id"])])


def test_what_did_not_come_about_is_not_told(process, told):
    office, listener, secret, achievement = told
    made = office.post("/api/credentials", {"achievement": achievement, "subject": HolderWallet().did})
    with process.dying_at("webhook-prepared"), pytest.raises(httpx.HTTPError):
        office.ask("POST", f"/api/credentials/{made['id']}/revoke", json={})
    until_told(listener, secret, [("credential.issued", made["id"])])
    time.sleep(12)
    assert ("credential.revoked", made["id"]) not in {
        (type_, data["id"]) for type_, data in listener.messages(secret)
    }
    office.post(f"/api/credentials/{made['id']}/revoke")
    until_told(listener, secret, [("credential.revoked", made["id"])])


def test_what_was_sent_when_the_issuer_died_is_sent_again_under_its_id(process, told):
    office, listener, secret, achievement = told
    listener.got.clear()
    with process.dying_at("webhook-sent"):
        made = office.post("/api/credentials", {"achievement": achievement, "subject": HolderWallet().did})
    end = time.monotonic() + 30
    while len(listener.got) < 2:
        assert time.monotonic() < end
        time.sleep(0.1)
    assert len(set(listener.ids())) == 1
    assert listener.messages(secret)[-1][1]["id"] == made["id"]


def test_a_batch_whose_issuer_died_is_told_row_by_row_and_once_finished(process, told):
    office, listener, secret, achievement = told
    listener.got.clear()
    did = HolderWallet().did
    text = "reference,subject\n" + "".join(f"w{row},{did}\n" for row in range(120))
    with process.dying_at("webhook-changed"):
        batch = office.ask(
            "POST", f"/api/batches?achievement={achievement}", content=text.encode(),
            headers={"Content-Type": "text/csv"}, once="killed batch",
        ).json()  # fmt: skip
    ids = [
        item["id"]
        for item in office.get("/api/credentials?limit=100")["credentials"]
        if item["batch"] == batch["id"]
    ]
    until_told(
        listener, secret, [("batch.finished", batch["id"]), *(("credential.issued", each) for each in ids)]
    )
    issued = {data["id"] for type_, data in listener.messages(secret) if type_ == "credential.issued"}
    assert len(issued) == 120
