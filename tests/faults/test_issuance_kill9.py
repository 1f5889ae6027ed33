"""A19: kill -9 at every write point of issuance. One credential for an offer, no index twice, all revocable.

The process dies at its named fault point, starts again on the same data, and the client tries again.
PASSPORT_KILL_ROUNDS says how often for each point.
"""

import os
import time
from collections import Counter

import httpx
import pytest

from tests.simulators.issuing import HTTP, HolderWallet, issuer_process, open_office

ROUNDS = int(os.environ.get("PASSPORT_KILL_ROUNDS", "1"))
ISSUING = [
    "before-reserve",
    "after-reserve",
    "after-record",
    "after-audit",
    "after-sign",
    "after-store",
    "before-reply",
]


@pytest.fixture(scope="module")
def process(tmp_path_factory):
    with issuer_process(tmp_path_factory.mktemp("killed")) as started:
        yield started


@pytest.fixture
def office(process, request):
    """An organisation for this test alone, so that everything in it can be counted."""
    return open_office(process, f"office-{abs(hash(request.node.nodeid)) % 10**8}")


def check_invariants(office, expected):
    """As many credentials as expected, each signed, logged once, with a place of its own, and revocable."""
    listed = office.get("/api/credentials")["credentials"]
    assert len(listed) == expected, listed
    credentials = [office.ask("GET", f"/api/credentials/{item['id']}").json() for item in listed]
    assert all(credential["proof"]["proofValue"] for credential in credentials)
    places = [credential["credentialStatus"]["id"] for credential in credentials]
    assert len(set(places)) == expected, "an index was given twice"
    events = office.get("/api/audit")["events"]
    issued = Counter(event["object"] for event in events if event["action"] == "credential.issue")
    assert issued == {item["id"]: 1 for item in listed}, "the log is not complete, or says something twice"
    for item in listed:
        assert office.post(f"/api/credentials/{item['id']}/revoke")["standing"] == "revoked"


@pytest.mark.parametrize("point", ISSUING)
def test_a_killed_issuer_issues_once_when_it_is_asked_again(process, office, point):
    body = {"achievement": office.achievement(), "subject": HolderWallet().did}
    for number in range(ROUNDS):
        with process.dying_at(point), pytest.raises(httpx.HTTPError):
            office.ask("POST", "/api/credentials", json=body, once=f"round {number}")
        first = office.post("/api/credentials", body, once=f"round {number}")
        again = office.post("/api/credentials", body, once=f"round {number}")
        assert first["credential"] == again["credential"]
    check_invariants(office, ROUNDS)


@pytest.mark.parametrize("point", ["after-nonce", "after-mark-issued", *ISSUING])
def test_a_killed_claim_is_finished_by_the_same_key_and_by_no_other(process, office, point):
    achievement = office.achievement()
    for _ in range(ROUNDS):
        wallet, thief = HolderWallet(), HolderWallet()
        made = office.post("/api/offers", {"achievement": achievement})
        offer = wallet.fetch_offer(made["link"])
        token = wallet.token(offer).json()["access_token"]
        with process.dying_at(point), pytest.raises(httpx.HTTPError):
            wallet.request(offer, token)
        first, again = wallet.request(offer, token), wallet.request(offer, token)
        assert (first.status_code, again.status_code) == (200, 200), first.text
        assert first.content == again.content
        assert thief.request(offer, token).json()["error"] == "credential_request_denied"
        assert office.get(f"/api/offers/{made['id']}")["state"] == "issued"
        assert HTTP.get(made["credential_offer_uri"]).status_code == 410
    check_invariants(office, ROUNDS)


def test_what_a_killed_claim_recorded_of_an_offer_that_is_withdrawn_is_revoked_and_never_signed(
    process, office
):
    wallet, made = HolderWallet(), office.post("/api/offers", {"achievement": office.achievement()})
    offer = wallet.fetch_offer(made["link"])
    token = wallet.token(offer).json()["access_token"]
    with process.dying_at("after-record"), pytest.raises(httpx.HTTPError):
        wallet.request(offer, token)
    with process.dying_at("after-withdraw"), pytest.raises(httpx.HTTPError):
        office.ask("DELETE", f"/api/offers/{made['id']}")
    (recorded,) = office.get("/api/credentials")["credentials"]
    assert recorded["standing"] == "valid", "the withdrawal was cut off before it came to that"
    assert office.ask("DELETE", f"/api/offers/{made['id']}").status_code == 410, "it is withdrawn"
    (recorded,) = office.get("/api/credentials")["credentials"]
    assert recorded["standing"] == "revoked"
    assert not wallet.request(offer, token).is_success
    assert not [each for each in office.get("/api/audit")["events"] if each["action"] == "credential.issue"]


def test_a_token_that_was_lost_in_a_crash_lapses_and_the_offer_is_claimed_after_all(tmp_path):
    with issuer_process(tmp_path, token_lifetime="5") as process:
        office = open_office(process)
        achievement = office.achievement()
        for _ in range(ROUNDS):
            wallet = HolderWallet()
            link = office.post("/api/offers", {"achievement": achievement})["link"]
            offer = wallet.fetch_offer(link)
            with process.dying_at("after-redeem"), pytest.raises(httpx.HTTPError):
                wallet.token(offer)
            assert wallet.token(offer).json()["error"] == "invalid_grant", "the code was used"
            while (found := wallet.token(wallet.fetch_offer(link))).status_code != 200:
                assert found.json()["error"] == "invalid_grant"
                time.sleep(0.2)
            assert wallet.request(offer, found.json()["access_token"]).status_code == 200
        check_invariants(office, ROUNDS)


@pytest.mark.parametrize("point", ["after-sign-form", "after-store-form", "before-reply"])
def test_a_form_whose_signing_was_killed_is_delivered_as_one_and_the_same(process, office, point):
    wallet, made = HolderWallet(), office.post("/api/offers", {"achievement": office.achievement()})
    offer = wallet.fetch_offer(made["link"])
    token = wallet.token(offer).json()["access_token"]
    *_, form = offer.credential_configuration_ids
    with process.dying_at(point), pytest.raises(httpx.HTTPError):
        wallet.request(offer, token, configuration=form)
    first, again = (wallet.request(offer, token, configuration=form) for _ in range(2))
    assert first.status_code == 200, first.text
    assert first.content == again.content
    check_invariants(office, 1)


@pytest.mark.parametrize("point", ["after-note", "before-reply"])
def test_a_killed_notification_is_said_again(process, office, point):
    wallet, made = HolderWallet(), office.post("/api/offers", {"achievement": office.achievement()})
    claim = wallet.claim_open(made["link"])
    with process.dying_at(point), pytest.raises(httpx.HTTPError):
        wallet.notify(claim, "credential_accepted")
    assert wallet.notify(claim, "credential_accepted").status_code == 204
    assert office.get(f"/api/offers/{made['id']}")["state"] == "accepted"
    check_invariants(office, 1)


def test_an_offer_whose_second_handing_over_was_killed_is_handed_over_after_all(process, office):
    wallet, made = HolderWallet(), office.post("/api/offers", {"achievement": office.achievement()})
    claim = wallet.claim_open(made["link"])
    wallet.notify(claim, "credential_failure")
    with process.dying_at("after-again-audit"), pytest.raises(httpx.HTTPError):
        office.ask("POST", f"/api/offers/{made['id']}/again")
    assert office.get(f"/api/offers/{made['id']}")["state"] == "failed"
    link = office.post(f"/api/offers/{made['id']}/again")["link"]
    assert wallet.claim_open(link).credential == claim.credential
    check_invariants(office, 1)


@pytest.mark.parametrize("point", ["batch-recorded", "batch-signed", "batch-chunk"])
def test_a_killed_batch_goes_on_and_issues_nothing_twice(process, office, point):
    wallet, achievement = HolderWallet(), office.achievement()
    for number in range(ROUNDS):
        text = "reference,subject\n" + "".join(
            f"{number}-{row},{wallet.did if row % 10 else ''}\n" for row in range(120)
        )
        with process.dying_at(point):
            taken = office.ask(
                "POST",
                f"/api/batches?achievement={achievement}",
                content=text.encode(),
                headers={"Content-Type": "text/csv"},
            )
            batch = taken.json()["id"]
        found = done(office, batch)
        assert (found["issued"], found["offered"], found["failed"]) == (108, 12, 0)
        lines = [
            line.split(",") for line in office.ask("GET", f"/api/batches/{batch}/report").text.splitlines()
        ]
        assert Counter(line[2] for line in lines[1:]) == {"issued": 108, "offered": 12}
        assert len({line[3] for line in lines if line[2] == "issued"}) == 108
    events = []
    before = ""
    while before is not None:
        page = office.get(f"/api/audit{before}")
        events += page["events"]
        before = None if page["next"] is None else f"?before={page['next']}"
    assert sum(event["action"] == "credential.issue" for event in events) == 108 * ROUNDS
    assert sum(event["action"] == "offer.make" for event in events) == 12 * ROUNDS


def done(office, batch):
    until = time.monotonic() + 60
    while (found := office.get(f"/api/batches/{batch}"))["state"] != "done":
        assert time.monotonic() < until, found
        time.sleep(0.1)
    return found
