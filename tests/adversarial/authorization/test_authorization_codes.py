"""Attacks on permission between programs: codes, PKCE and refresh tokens.

A17 and A22 of the catalogue for the authorization code flow. The conformance suite's modules that do the same
are named where they are met.
"""

import secrets
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from passport.keys import KeyType, generate_signer
from passport.oauth.authorization_details import AuthorizationDetail
from passport.oauth.pkce import code_challenge
from tests.simulators.authorizing import AskingWallet, LearnerBrowser, permission, refused
from tests.simulators.issuing import HTTP, HolderWallet, open_office

# the code


def test_code_replay_ends_what_came_of_the_code(wallet, offer, state):
    """oid4vci-1_0-issuer: ensure that a code is used once (RFC 6749, section 4.1.2)."""
    code = permission(wallet, offer, state)
    token = wallet.redeem(code).json()
    refused(wallet.redeem(code), "invalid_grant")
    refused(wallet.at_resource("credential", token["access_token"], body={}), "invalid_token", 401)
    refused(wallet.refresh(token["refresh_token"]), "invalid_grant")


def test_who_only_read_a_used_code_ends_nothing_of_what_came_of_it(wallet, offer, state):
    """It stands in the browser's history for a day; what the learner has come of it may live a month."""
    code = permission(wallet, offer, state)
    token = wallet.redeem(code).json()
    stranger = AskingWallet(wallet.issuer)
    for changes in ({}, {"code_verifier": secrets.token_urlsafe(48)}, {"redirect_uri": "https://a.example/"}):
        refused(stranger.redeem(code, **changes), "invalid_grant")
    fresh = wallet.refresh(token["refresh_token"])
    assert fresh.status_code == 200, fresh.text


def test_of_fifty_exchanges_of_one_code_one_wins_at_most(wallet, offer, state):
    code = permission(wallet, offer, state)
    gate = threading.Barrier(20)

    def exchange(_):
        gate.wait()
        return wallet.redeem(code)

    with ThreadPoolExecutor(20) as pool:
        answers = list(pool.map(exchange, range(20)))
    assert sum(answer.status_code == 200 for answer in answers) == 1
    assert {answer.json()["error"] for answer in answers if answer.status_code != 200} == {"invalid_grant"}


CODES = {
    "nothing": lambda code: "",
    "a guess": lambda code: secrets.token_urlsafe(43),
    "another secret": lambda code: f"{code.partition('.')[0]}.{secrets.token_urlsafe(32)}",
    "one letter off": lambda code: code[:-1] + ("A" if code[-1] != "A" else "B"),
    "its number alone": lambda code: code.partition(".")[0],
    "no secret": lambda code: f"{code.partition('.')[0]}.",
    "more behind it": lambda code: f"{code}.x",
    "capitals": lambda code: code.upper(),
    "not ASCII": lambda code: "é" * 40,
    "too long": lambda code: code * 20,
    "an operator": lambda code: '{"$ne":null}',
}


@pytest.mark.parametrize("spoil", CODES.values(), ids=CODES)
def test_a_code_that_is_not_ours_is_refused_and_costs_the_true_one_nothing(wallet, offer, state, spoil):
    code = permission(wallet, offer, state)
    answer = wallet.redeem(spoil(code))
    assert answer.json()["error"] in {"invalid_grant", "invalid_request"}
    assert wallet.redeem(code).status_code == 200


INJECTED = {
    "no verifier of the challenge": {"code_verifier": secrets.token_urlsafe(48)},
    "a verifier that is too short": {"code_verifier": "a" * 42},
    "the challenge as verifier, as plain would have it": {"code_verifier": None},
    "another client": {"client_id": "https://attacker.example"},
    "another address": {"redirect_uri": "https://attacker.example/back"},
    "an address that differs by a slash": {"redirect_uri": "https://wallet.example/back/"},
    "an address that differs by a query": {"redirect_uri": "https://wallet.example/back?"},
    "an address that differs by a letter": {"redirect_uri": "https://Wallet.example/back"},
    "more details than were asked": {"authorization_details": (AuthorizationDetail("something-else"),)},
}


@pytest.mark.parametrize("changes", INJECTED.values(), ids=INJECTED)
def test_code_injection_is_refused_and_the_code_stays_good(wallet, offer, state, changes):
    """oid4vci-1_0-issuer-fail-on-invalid-code-verifier, -on-missing-code-verifier and their like."""
    code = permission(wallet, offer, state)
    if changes == {"code_verifier": None}:
        changes = {"code_verifier": code_challenge(wallet.verifier)}
    assert wallet.redeem(code, **changes).json()["error"] in {"invalid_grant", "invalid_request"}
    assert wallet.redeem(code).status_code == 200


@pytest.mark.parametrize("missing", ["code_verifier", "redirect_uri", "client_id", "code"])
def test_an_exchange_without_a_member_is_refused(wallet, offer, state, missing):
    code = permission(wallet, offer, state)
    form = {
        "grant_type": "authorization_code",
        "code": code,
        "redirect_uri": wallet.redirect_uri,
        "code_verifier": wallet.verifier,
        "client_id": wallet.client_id,
    }
    del form[missing]
    assert wallet.send("token", form).json()["error"] in {"invalid_request", "invalid_grant"}


def test_a_code_of_one_organisation_is_none_at_another(school_process, wallet, offer, state):
    code = permission(wallet, offer, state)
    other = open_office(school_process, "code-thief")
    stranger = AskingWallet(other.issuer, signer=wallet.signer, verifier=wallet.verifier)
    refused(stranger.redeem(code), "invalid_grant")
    assert wallet.redeem(code).status_code == 200


def test_a_code_is_for_the_key_that_the_request_was_pushed_with(wallet, offer, state):
    """oid4vci-1_0-issuer-dpop-negative-tests: RFC 9449, section 10."""
    code = permission(wallet, offer, state)
    mine, wallet.signer = wallet.signer, generate_signer(KeyType.P256)
    refused(wallet.redeem(code), "invalid_dpop_proof")
    wallet.signer = None
    refused(wallet.redeem(code), "invalid_dpop_proof")
    wallet.signer = mine
    assert wallet.redeem(code).status_code == 200


# refresh tokens


def test_refresh_reuse_ends_the_whole_family(wallet, offer, state):
    first = wallet.redeem(permission(wallet, offer, state)).json()
    second = wallet.refresh(first["refresh_token"]).json()
    refused(wallet.refresh(first["refresh_token"]), "invalid_grant")
    refused(wallet.refresh(second["refresh_token"]), "invalid_grant")
    refused(wallet.at_resource("credential", second["access_token"], body={}), "invalid_token", 401)


def test_a_refresh_token_needs_its_key_and_its_client(wallet, offer, state):
    token = wallet.redeem(permission(wallet, offer, state)).json()["refresh_token"]
    mine, wallet.signer = wallet.signer, generate_signer(KeyType.P256)
    refused(wallet.refresh(token), "invalid_dpop_proof")
    wallet.signer = None
    refused(wallet.refresh(token), "invalid_dpop_proof")
    wallet.signer = mine
    refused(wallet.refresh(token, client_id="https://attacker.example"), "invalid_grant")
    refused(wallet.refresh(token, scope=("more",)), "invalid_scope")
    assert wallet.refresh(token).status_code == 200


@pytest.mark.parametrize(
    "spoil",
    [
        lambda token: token[:-1] + ("A" if token[-1] != "A" else "B"),
        lambda token: ".".join([token.split(".")[0], "7", token.split(".")[2]]),
        lambda token: ".".join(["0" * 32, *token.split(".")[1:]]),
        lambda token: "x",
        lambda token: f"{token}.x",
        lambda token: token.replace(".0.", ".٠."),
    ],
)
def test_a_refresh_token_that_we_did_not_make_is_refused_and_ends_nothing(wallet, offer, state, spoil):
    token = wallet.redeem(permission(wallet, offer, state)).json()["refresh_token"]
    assert wallet.refresh(spoil(token)).json()["error"] in {"invalid_grant", "invalid_request"}
    assert wallet.refresh(token).status_code == 200


# A17 and A22


def test_an_offer_for_permission_alone_has_no_code_to_steal(offer):
    grants = HTTP.get(offer["credential_offer_uri"]).json()["grants"]
    assert list(grants) == ["authorization_code"]


def test_misbinding_a_learner_cannot_take_an_offer_of_somebody_else(
    learner_school, achievement, school_outbox
):
    """A22: the attacker's offer, opened by the victim: the page gives what is the victim's own, or nothing."""
    theirs = learner_school.post(
        "/api/offers", {"achievement": achievement, "learner": "attacker@school.example"}
    )
    learner_school.post("/api/offers", {"achievement": achievement, "learner": "victim@school.example"})
    state = HTTP.get(theirs["credential_offer_uri"]).json()["grants"]["authorization_code"]["issuer_state"]
    wallet = AskingWallet(learner_school.issuer)
    browser = LearnerBrowser().open(wallet.pushed(issuer_state=state))
    sent = school_outbox.count()
    browser.send("mailbox", mailbox="victim@school.example")
    assert 'name="code"' in browser.page
    assert school_outbox.count() == sent
    browser.send("code", code="123456")
    assert browser.status == 400
    assert browser.offers == []


def test_an_offer_that_was_taken_meanwhile_gives_no_token(wallet, learner_school, offer, state):
    code = permission(wallet, offer, state)
    assert learner_school.ask("DELETE", f"/api/offers/{offer['id']}").status_code == 204
    refused(wallet.redeem(code), "invalid_grant")


def test_of_two_wallets_with_permission_for_one_offer_one_gets_it(learner_school, offer, state):
    wallets = [AskingWallet(learner_school.issuer) for _ in range(2)]
    codes = [permission(wallet, offer, state) for wallet in wallets]
    answers = [wallet.redeem(code) for wallet, code in zip(wallets, codes, strict=True)]
    assert sorted(answer.status_code for answer in answers) == [200, 400]


def test_the_code_of_an_offer_by_mail_is_no_pre_authorized_code(learner_school, achievement):
    made = learner_school.post("/api/offers", {"achievement": achievement})
    pre_authorized = HolderWallet().fetch_offer(made["link"]).pre_authorized_code
    refused(AskingWallet(learner_school.issuer).redeem(pre_authorized), "invalid_grant")
