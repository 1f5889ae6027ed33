"""A refusal in the wallet loses nothing, and nothing gives one credential to two holders (A17, A20).

What the wallet says goes by OpenID4VCI 1.0, section 11.
"""

import time

import pytest

from tests.simulators.claiming_at_once import AT_ONCE, all_at_once, offered, refused_with
from tests.simulators.issuing import HTTP, HolderWallet, issuer_process, open_office


@pytest.fixture(scope="module")
def process(tmp_path_factory):
    with issuer_process(tmp_path_factory.mktemp("again")) as started:
        yield started


@pytest.fixture(scope="module")
def office(process):
    return open_office(process)


@pytest.fixture(scope="module")
def achievement(office):
    return office.achievement()


@pytest.fixture
def wallet():
    return HolderWallet()


@pytest.fixture
def claimed(office, achievement, wallet):
    """An offer that was claimed, and what came with it."""
    made = offered(office, achievement)
    return made["id"], wallet.claim_open(made["link"])


def state(office, identifier):
    return office.get(f"/api/offers/{identifier}")["state"]


def again(office, identifier, status=200):
    response = office.ask("POST", f"/api/offers/{identifier}/again")
    assert response.status_code == status, response.text
    return response.json()


@pytest.mark.parametrize(
    ("events", "expected"),
    [
        (["credential_accepted"], "accepted"),
        (["credential_accepted"] * 3, "accepted"),
        (["credential_failure"], "failed"),
        (["credential_deleted"], "deleted"),
        (["credential_failure", "credential_accepted"], "accepted"),
        (["credential_accepted", "credential_failure"], "accepted"),
        (["credential_accepted", "credential_deleted", "credential_accepted"], "deleted"),
    ],
)
def test_what_the_wallet_says_is_in_the_list(office, claimed, wallet, events, expected):
    identifier, claim = claimed
    assert state(office, identifier) == "issued"
    for event in events:
        assert wallet.notify(claim, event).status_code == 204
    assert state(office, identifier) == expected
    logged = [one for one in office.get("/api/audit")["events"] if one["object"] == identifier]
    assert f"offer.{expected}" in {one["action"] for one in logged}


def test_after_a_failure_the_same_offer_gives_the_same_credential_to_the_same_key(office, claimed, wallet):
    identifier, claim = claimed
    wallet.notify(claim, "credential_failure")
    shown = again(office, identifier)
    assert shown["state"] == "open"
    anew = wallet.claim_open(shown["link"])
    assert anew.credential == claim.credential
    wallet.notify(anew, "credential_accepted")
    assert state(office, identifier) == "accepted"
    again(office, identifier, 409)


def test_nobody_else_gets_what_was_handed_over_once(office, claimed, wallet):
    identifier, claim = claimed
    wallet.notify(claim, "credential_failure")
    link = again(office, identifier)["link"]
    thief = HolderWallet()
    offer = thief.fetch_offer(link)
    refused_with(thief.request(offer, thief.token(offer).json()["access_token"]), "credential_request_denied")
    assert len(office.get("/api/credentials")["credentials"]) == len(
        {one["subject"] + one["id"] for one in office.get("/api/credentials")["credentials"]}
    )


def test_of_fifty_who_come_when_it_is_handed_over_again_only_the_first_holder_gets_it(
    office, claimed, wallet
):
    identifier, claim = claimed
    wallet.notify(claim, "credential_failure")
    link = again(office, identifier)["link"]
    offer = wallet.fetch_offer(link)
    token = wallet.token(offer).json()["access_token"]
    thieves = [HolderWallet() for _ in range(AT_ONCE - 1)]
    answers = all_at_once([lambda who=who: who.request(offer, token) for who in (*thieves, wallet)])
    assert [answer.status_code for answer in answers] == [400] * (AT_ONCE - 1) + [200]
    assert answers[-1].json()["credentials"][0]["credential"] == claim.credential


def test_the_old_token_opens_nothing_after_it_was_handed_over_again(office, claimed, wallet):
    identifier, claim = claimed
    wallet.notify(claim, "credential_failure")
    again(office, identifier)
    refused_with(wallet.request(claim.offer, claim.token), "invalid_token", 401)
    refused_with(wallet.notify(claim, "credential_accepted"), "invalid_token", 401)
    assert state(office, identifier) == "open"


def test_of_ten_who_hand_it_over_at_once_one_does(office, claimed, wallet):
    identifier, claim = claimed
    wallet.notify(claim, "credential_failure")
    answers = all_at_once([lambda: office.ask("POST", f"/api/offers/{identifier}/again")] * 10)
    assert sorted(answer.status_code for answer in answers) == [200] + [409] * 9


def test_a_revoked_credential_is_replaced_by_another_for_whoever_comes(office, claimed, wallet):
    identifier, claim = claimed
    wallet.notify(claim, "credential_accepted")
    again(office, identifier, 409)
    first = claim.credential["id"].removeprefix("urn:uuid:").replace("-", "")
    office.post(f"/api/credentials/{first}/revoke")
    other = HolderWallet()
    anew = other.claim_open(again(office, identifier)["link"])
    assert anew.credential["id"] != claim.credential["id"]
    assert anew.credential["credentialSubject"]["id"] == other.did
    assert anew.credential["credentialStatus"]["id"] != claim.credential["credentialStatus"]["id"]
    standings = {one["id"]: one["standing"] for one in office.get("/api/credentials")["credentials"]}
    assert standings[first] == "revoked"


@pytest.mark.parametrize("made", ["open", "withdrawn", "unknown"])
def test_what_was_never_handed_over_is_not_handed_over_again(office, achievement, made):
    identifier = "0" * 32 if made == "unknown" else offered(office, achievement)["id"]
    if made == "withdrawn":
        office.ask("DELETE", f"/api/offers/{identifier}")
    again(office, identifier, 404 if made == "unknown" else 409)


def test_a_wallet_that_never_says_a_word_leaves_an_offer_that_can_be_handed_over_again(tmp_path, wallet):
    with issuer_process(tmp_path, token_lifetime="1") as process:
        office = open_office(process)
        made = offered(office, office.achievement())
        claim = wallet.claim_open(made["link"])
        while state(office, made["id"]) == "issued":
            time.sleep(0.1)
        assert state(office, made["id"]) == "unconfirmed"
        assert HTTP.get(made["credential_offer_uri"]).status_code == 410
        assert wallet.claim_open(again(office, made["id"])["link"]).credential == claim.credential


def test_a_notification_needs_the_token_and_the_id_that_came_with_the_credential(
    office, achievement, claimed, wallet
):
    identifier, claim = claimed
    other = wallet.claim_open(offered(office, achievement)["link"])
    url, bearer = f"{office.issuer}/notification", {"Authorization": f"Bearer {claim.token}"}
    good = {"notification_id": claim.notification_id, "event": "credential_accepted"}
    for headers in ({}, {"Authorization": f"Bearer {claim.token}x"}):
        refused_with(HTTP.post(url, json=good, headers=headers), "invalid_token", 401)
    for wrong in (other.notification_id, "x", "é"):
        body = {**good, "notification_id": wrong}
        refused_with(HTTP.post(url, json=body, headers=bearer), "invalid_notification_id")
    for body in ({}, {**good, "event": "credential_eaten"}, {"event": "credential_accepted"}):
        refused_with(HTTP.post(url, json=body, headers=bearer), "invalid_notification_request")
    for content, kind in ((b"{", "application/json"), (b"{}", "text/plain")):
        answer = HTTP.post(url, content=content, headers={**bearer, "Content-Type": kind})
        assert answer.status_code in {400, 415}
    assert state(office, identifier) == "issued"


def test_a_notification_before_anything_was_handed_over_is_refused(office, achievement, wallet):
    made = offered(office, achievement)
    offer = wallet.fetch_offer(made["link"])
    bearer = {"Authorization": f"Bearer {wallet.token(offer).json()['access_token']}"}
    body = {"notification_id": "x", "event": "credential_accepted"}
    refused_with(
        HTTP.post(f"{office.issuer}/notification", json=body, headers=bearer), "invalid_notification_id"
    )
