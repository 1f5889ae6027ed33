"""A19 for what comes in parts: kill -9 while copies are made, and while a held offer is claimed and released.

With PASSPORT_KILL_ROUNDS above 1 every point is tried, and else those that
only copies and held offers have.
"""

import os
from collections import Counter

import httpx
import pytest

from tests.simulators.claiming import ManyKeys
from tests.simulators.issuing import issuer_process, open_office

ROUNDS = int(os.environ.get("PASSPORT_KILL_ROUNDS", "1"))
LONG = ROUNDS > 1
COPYING = ["after-record-copy:2"]
WAITING = ["after-hold"]
FETCHING = ["after-store:2"]
REVOKING = ["after-revoke-audit"]
if LONG:
    COPYING += [
        "after-nonce",
        "before-reserve",
        "after-reserve",
        "after-audit:2",
        "after-sign:3",
        "after-store:2",
    ]
    COPYING += ["before-reply", "after-record"]
    WAITING += ["after-nonce", "before-reply"]
    FETCHING += ["before-reserve", "after-record", "after-record-copy", "before-reply"]
    REVOKING += ["after-revoke"]


@pytest.fixture(scope="module")
def process(tmp_path_factory):
    with issuer_process(tmp_path_factory.mktemp("killed-copies")) as started:
        yield started


@pytest.fixture
def office(process, request):
    """An organisation for this test alone, so that everything in it can be counted."""
    return open_office(process, f"office-{abs(hash(request.node.nodeid)) % 10**8}")


@pytest.fixture
def wallet():
    return ManyKeys()


def given(answer):
    assert answer.status_code == 200, answer.text
    return [each["credential"] for each in answer.json()["credentials"]]


def check_invariants(office, credentials, wallet):
    """Three copies, each signed, for a key and with a place of its own, logged once; one award, revocable."""
    assert [each["credentialSubject"]["id"] for each in credentials] == wallet.holders
    assert len({each["credentialStatus"]["id"] for each in credentials}) == 3, "an index was given twice"
    ids = [each["id"].removeprefix("urn:uuid:").replace("-", "") for each in credentials]
    events = office.get("/api/audit")["events"]
    issued = Counter(event["object"] for event in events if event["action"] == "credential.issue")
    assert issued == dict.fromkeys(ids, 1), "the log is not complete, or says something twice"
    (listed,) = office.get("/api/credentials")["credentials"]
    assert listed["id"] == ids[0]
    assert office.post(f"/api/credentials/{ids[2]}/revoke")["standing"] == "revoked"
    assert office.post(f"/api/credentials/{ids[0]}/revoke")["standing"] == "revoked"


@pytest.mark.parametrize("point", COPYING)
def test_a_killed_batch_of_copies_is_finished_by_the_same_keys_and_by_no_others(
    process, office, wallet, point
):
    made = office.post("/api/offers", {"achievement": office.achievement()})
    offer, token = wallet.token(made["link"])
    with process.dying_at(point), pytest.raises(httpx.HTTPError):
        wallet.ask(offer, token)
    first, again = given(wallet.ask(offer, token)), given(wallet.ask(offer, token))
    assert first == again
    assert ManyKeys().ask(offer, token).json()["error"] == "credential_request_denied"
    check_invariants(office, first, wallet)


@pytest.mark.parametrize("point", WAITING)
def test_a_killed_promise_is_made_again_to_the_same_keys(process, office, wallet, point):
    made = office.post("/api/offers", {"achievement": office.achievement(), "held": True})
    offer, token = wallet.token(made["link"])
    with process.dying_at(point), pytest.raises(httpx.HTTPError):
        wallet.ask(offer, token)
    if point == "after-nonce":  # nothing was settled: whoever comes first with the token may be the one
        assert not office.get(f"/api/offers/{made['id']}")["claimed"]
    else:
        assert ManyKeys().ask(offer, token).json()["error"] == "credential_request_denied"
    first, again = wallet.ask(offer, token), wallet.ask(offer, token)
    assert (first.status_code, first.json()) == (202, again.json())
    office.post(f"/api/offers/{made['id']}/release")
    transaction = first.json()["transaction_id"]
    check_invariants(office, given(wallet.fetch(offer, token, transaction)), wallet)


def test_a_release_that_was_killed_is_done_again(process, office, wallet):
    made = office.post("/api/offers", {"achievement": office.achievement(), "held": True})
    offer, token = wallet.token(made["link"])
    transaction = wallet.ask(offer, token).json()["transaction_id"]
    with process.dying_at("after-release-audit"), pytest.raises(httpx.HTTPError):
        office.ask("POST", f"/api/offers/{made['id']}/release")
    assert wallet.fetch(offer, token, transaction).status_code == 202
    assert office.post(f"/api/offers/{made['id']}/release")["held"] is False
    check_invariants(office, given(wallet.fetch(offer, token, transaction)), wallet)
    events = office.get("/api/audit")["events"]
    assert sum(event["action"] == "offer.release" for event in events) >= 1


@pytest.mark.parametrize("point", FETCHING)
def test_a_killed_deferred_answer_is_given_once_however_often_it_is_asked_for(process, office, wallet, point):
    made = office.post("/api/offers", {"achievement": office.achievement(), "held": True})
    offer, token = wallet.token(made["link"])
    transaction = wallet.ask(offer, token).json()["transaction_id"]
    office.post(f"/api/offers/{made['id']}/release")
    with process.dying_at(point), pytest.raises(httpx.HTTPError):
        wallet.fetch(offer, token, transaction)
    first, again = (given(wallet.fetch(offer, token, transaction)) for _ in range(2))
    assert first == again
    check_invariants(office, first, wallet)


@pytest.mark.parametrize("point", REVOKING)
def test_a_killed_revocation_revokes_every_copy_or_none(process, office, wallet, point):
    made = office.post("/api/offers", {"achievement": office.achievement()})
    offer, token = wallet.token(made["link"])
    copies = given(wallet.ask(offer, token))
    place = copies[1]["id"].removeprefix("urn:uuid:").replace("-", "")
    with process.dying_at(point), pytest.raises(httpx.HTTPError):
        office.ask("POST", f"/api/credentials/{place}/revoke", json={})
    before = {each["standing"] for each in office.get("/api/credentials")["credentials"]}
    assert before == ({"valid"} if point == "after-revoke-audit" else {"revoked"})
    check_invariants(office, copies, wallet)
