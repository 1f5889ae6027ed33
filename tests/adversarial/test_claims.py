"""Attacks on claiming: A17, A18 and A20 of the catalogue."""

import json
import threading
from datetime import UTC, datetime, timedelta

import pytest

from passport.dids import create_did_key, key_method_id
from passport.keys import generate_signer
from tests.simulators.claiming_at_once import AT_ONCE, all_at_once, offered, refused_with
from tests.simulators.issuing import HTTP, HolderWallet, issuer_process, open_office


@pytest.fixture(scope="module")
def office(school_process):
    return open_office(school_process, "claims-school")


@pytest.fixture(scope="module")
def achievement(office):
    return office.achievement()


@pytest.fixture(scope="module")
def hasty(tmp_path_factory):
    """An office whose codes live two seconds, and its access tokens as long."""
    folder = tmp_path_factory.mktemp("hasty")
    with issuer_process(folder, token_lifetime="4", code_lifetime="2") as started:
        yield open_office(started)


@pytest.fixture
def wallet():
    return HolderWallet()


# A17: the pre-authorized code


def test_a_code_is_used_once(office, achievement, wallet):
    offer = wallet.fetch_offer(offered(office, achievement)["link"])
    assert wallet.token(offer).status_code == 200
    refused_with(wallet.token(offer), "invalid_grant")


def test_of_fifty_redemptions_of_one_code_one_wins(office, achievement, wallet):
    offer = wallet.fetch_offer(offered(office, achievement)["link"])
    answers = all_at_once([lambda: wallet.token(offer)] * AT_ONCE)
    assert sorted(answer.status_code for answer in answers) == [200] + [400] * (AT_ONCE - 1)
    assert {answer.json()["error"] for answer in answers if answer.status_code == 400} == {"invalid_grant"}


def test_of_fifty_wallets_with_codes_of_their_own_one_wins(office, achievement):
    link = offered(office, achievement)["link"]
    wallets = [HolderWallet() for _ in range(AT_ONCE)]
    offers = [wallet.fetch_offer(link) for wallet in wallets]
    assert len({offer.pre_authorized_code for offer in offers}) == AT_ONCE
    answers = all_at_once(
        [lambda w=wallet, o=offer: w.token(o) for wallet, offer in zip(wallets, offers, strict=True)]
    )
    assert sum(answer.status_code == 200 for answer in answers) == 1


def test_an_expired_code_is_refused_and_a_fresh_one_works(hasty, wallet):
    link = offered(hasty, hasty.achievement())["link"]
    offer = wallet.fetch_offer(link)
    threading.Event().wait(2.1)
    refused_with(wallet.token(offer), "invalid_grant")
    assert wallet.token(wallet.fetch_offer(link)).status_code == 200


def test_a_code_of_another_issuer_is_refused(school_process, office, achievement, wallet):
    other = open_office(school_process, "other-school")
    theirs = wallet.fetch_offer(offered(other, other.achievement())["link"])
    mine = wallet.fetch_offer(offered(office, achievement)["link"])
    crossed = type(mine)(
        mine.credential_issuer, mine.credential_configuration_ids, theirs.pre_authorized_code
    )
    refused_with(wallet.token(crossed), "invalid_grant")
    assert wallet.token(theirs).status_code == 200, "it was not burnt by the wrong door"


@pytest.mark.parametrize(
    "spoil",
    [
        lambda code: "x",
        lambda code: code[:-1] + ("A" if code[-1] != "A" else "B"),
        lambda code: code.replace(code.split(".")[1], "99999999999"),
        lambda code: code.replace(code.split(".")[0], "0" * 32),
        lambda code: code + ".x",
        lambda code: "." + code,
        lambda code: code.upper(),
        lambda code: "é" * 10,
        lambda code: code.rpartition(".")[0] + ".",
    ],
)
def test_a_guessed_or_changed_code_is_refused(office, achievement, wallet, spoil):
    offer = wallet.fetch_offer(offered(office, achievement)["link"])
    changed = type(offer)(
        offer.credential_issuer, offer.credential_configuration_ids, spoil(offer.pre_authorized_code)
    )
    answer = wallet.token(changed)
    assert answer.status_code == 400
    assert answer.json()["error"] in {"invalid_grant", "invalid_request"}
    assert wallet.token(offer).status_code == 200, "a wrong code never burns the right one"


def wrong(tx_code):
    return str((int(tx_code) + 1) % 1_000_000).zfill(6)


def test_four_wrong_transaction_codes_and_then_the_right_one(office, achievement, wallet):
    made = offered(office, achievement, tx_code=True)
    offer = wallet.fetch_offer(made["link"])
    for _ in range(4):
        refused_with(wallet.token(offer, wrong(made["tx_code"])), "invalid_grant")
    assert wallet.token(offer, made["tx_code"]).status_code == 200


def test_five_wrong_transaction_codes_make_the_offer_void(office, achievement, wallet):
    made = offered(office, achievement, tx_code=True)
    offer = wallet.fetch_offer(made["link"])
    for _ in range(5):
        refused_with(wallet.token(offer, wrong(made["tx_code"])), "invalid_grant")
    refused_with(wallet.token(offer, made["tx_code"]), "invalid_grant")
    assert office.get(f"/api/offers/{made['id']}")["state"] == "void"
    assert HTTP.get(made["credential_offer_uri"]).status_code == 410


def test_guesses_at_once_get_no_more_than_five_tries(office, achievement, wallet):
    made = offered(office, achievement, tx_code=True)
    offer = wallet.fetch_offer(made["link"])
    guesses = [wrong(made["tx_code"])] * 30
    answers = all_at_once([lambda g=guess: wallet.token(offer, g) for guess in guesses])
    assert {answer.status_code for answer in answers} == {400}
    assert office.get(f"/api/offers/{made['id']}")["tries_left"] == 0
    refused_with(wallet.token(offer, made["tx_code"]), "invalid_grant")


def test_a_transaction_code_where_none_is_asked_for_is_refused_and_burns_nothing(office, achievement, wallet):
    offer = wallet.fetch_offer(offered(office, achievement)["link"])
    refused_with(wallet.token(offer, "123456"), "invalid_request")
    assert wallet.token(offer).status_code == 200


def test_a_token_that_lapsed_unused_lets_a_fresh_code_follow(hasty, wallet):
    link = offered(hasty, hasty.achievement())["link"]
    lost = wallet.token(wallet.fetch_offer(link)).json()["access_token"]
    refused_with(wallet.token(wallet.fetch_offer(link)), "invalid_grant")
    threading.Event().wait(4.1)
    offer = wallet.fetch_offer(link)
    found = wallet.token(offer)
    assert found.status_code == 200
    refused_with(wallet.request(offer, lost), "invalid_token", 401)
    assert wallet.request(offer, found.json()["access_token"]).status_code == 200


def test_an_expired_or_withdrawn_offer_gives_nothing(office, achievement, wallet):
    short = offered(office, achievement, expires_in=1)
    offer = wallet.fetch_offer(short["link"])
    gone = offered(office, achievement)
    held = wallet.fetch_offer(gone["link"])
    assert office.ask("DELETE", f"/api/offers/{gone['id']}").status_code == 204
    refused_with(wallet.token(held), "invalid_grant")
    threading.Event().wait(1.1)
    refused_with(wallet.token(offer), "invalid_grant")
    assert HTTP.get(short["credential_offer_uri"]).status_code == 410


@pytest.mark.parametrize(
    ("body", "media_type"),
    [
        (b"", "application/x-www-form-urlencoded"),
        (b"grant_type=authorization_code&code=x", "application/x-www-form-urlencoded"),
        (b"grant_type=%FF", "application/x-www-form-urlencoded"),
        (b"\xff\xfe", "application/x-www-form-urlencoded"),
        (b"&".join([b"a=1"] * 100), "application/x-www-form-urlencoded"),
        (b'{"grant_type":"x"}', "application/json"),
    ],
)
def test_a_malformed_token_request_gets_an_oauth_error(office, body, media_type):
    answer = HTTP.post(f"{office.issuer}/token", content=body, headers={"Content-Type": media_type})
    assert answer.status_code == 400
    assert answer.json()["error"] in {"invalid_request", "unsupported_grant_type"}


# A18: nonce and key proof


@pytest.fixture
def redeemed(office, achievement, wallet):
    offer = wallet.fetch_offer(offered(office, achievement)["link"])
    return offer, wallet.token(offer).json()["access_token"]


def test_a_nonce_is_used_once(wallet, redeemed):
    offer, token = redeemed
    proof = wallet.key_proof(offer.credential_issuer)
    assert wallet.request(offer, token, proof).status_code == 200
    refused_with(wallet.request(offer, token, proof), "invalid_nonce")


def test_fifty_requests_with_one_nonce_give_one_credential(wallet, redeemed):
    offer, token = redeemed
    proof = wallet.key_proof(offer.credential_issuer)
    answers = all_at_once([lambda: wallet.request(offer, token, proof)] * AT_ONCE)
    assert sorted(answer.status_code for answer in answers) == [200] + [400] * (AT_ONCE - 1)
    assert {a.json()["error"] for a in answers if a.status_code == 400} == {"invalid_nonce"}


def test_of_fifty_keys_with_one_stolen_token_one_becomes_the_holder(office, achievement, wallet):
    offer = wallet.fetch_offer(offered(office, achievement)["link"])
    token = wallet.token(offer).json()["access_token"]
    thieves = [HolderWallet() for _ in range(AT_ONCE)]
    proofs = [thief.key_proof(offer.credential_issuer) for thief in thieves]
    answers = all_at_once([lambda p=proof: wallet.request(offer, token, p) for proof in proofs])
    winners = [answer for answer in answers if answer.status_code == 200]
    assert len(winners) == 1, [answer.text for answer in answers]
    losers = {answer.json()["error"] for answer in answers if answer.status_code != 200}
    assert losers <= {"credential_request_denied", "invalid_token"}


def test_a_nonce_that_is_not_ours_is_refused(school_process, office, wallet, redeemed):
    offer, token = redeemed
    issuer = offer.credential_issuer
    other = open_office(school_process, "nonce-school")
    made = wallet.nonce(issuer)
    for nonce in (
        "x",
        "1.2.3",
        wallet.nonce(other.issuer),
        made[:-1] + ("A" if made[-1] != "A" else "B"),
        made.replace(made.split(".")[0], "99999999999"),
        "é.é.é",
    ):
        refused_with(wallet.request(offer, token, wallet.key_proof(issuer, nonce)), "invalid_nonce")
    assert wallet.request(offer, token).status_code == 200


@pytest.mark.parametrize(
    "changes",
    [
        {"audience": "https://evil.example/o/x"},
        {"issued_at": datetime.now(UTC) - timedelta(hours=1)},
        {"issued_at": datetime.now(UTC) + timedelta(hours=1)},
        {"verification_method": key_method_id(create_did_key(generate_signer().public_key))},
        {"verification_method": "did:web:evil.example#key-1"},
    ],
)
def test_a_proof_that_does_not_hold_is_refused_and_costs_nothing(wallet, redeemed, changes):
    offer, token = redeemed
    issuer = offer.credential_issuer
    nonce = wallet.nonce(issuer)
    refused_with(wallet.request(offer, token, wallet.key_proof(issuer, nonce, **changes)), "invalid_proof")
    kept = wallet.request(offer, token, wallet.key_proof(issuer, nonce))
    assert kept.status_code == 200, "a garbage proof must not use up the nonce"


def test_a_proof_is_needed(office, wallet, redeemed):
    offer, token = redeemed
    body = {"credential_configuration_id": offer.credential_configuration_ids[0]}
    bearer = {"Authorization": f"Bearer {token}"}
    for proofs in ({}, {"proofs": {}}, {"proofs": {"jwt": []}}, {"proofs": {"jwt": ["a", "b"]}}):
        refused_with(
            HTTP.post(f"{office.issuer}/credential", json=body | proofs, headers=bearer), "invalid_proof"
        )


def test_a_token_stands_for_what_was_offered_only(office, wallet, redeemed):
    offer, token = redeemed
    other = office.achievement(name="Surgery")
    proof = wallet.key_proof(offer.credential_issuer)
    body = {"credential_configuration_id": other, "proofs": {"jwt": [proof]}}
    answer = HTTP.post(f"{office.issuer}/credential", json=body, headers={"Authorization": f"Bearer {token}"})
    refused_with(answer, "unknown_credential_configuration")


@pytest.mark.parametrize("token", ["", "x", "x.y", "Bearer", "0" * 32 + ".x", "é.é"])
def test_a_wrong_access_token_gets_401(office, token):
    headers = [(b"authorization", f"Bearer {token}".encode())] if token else []
    answer = HTTP.post(f"{office.issuer}/credential", json={}, headers=headers)
    refused_with(answer, "invalid_token", 401)
    assert answer.headers["www-authenticate"].startswith("Bearer")


def test_a_token_of_one_organisation_opens_nothing_at_another(school_process, office, wallet, redeemed):
    _, token = redeemed
    other = open_office(school_process, "token-school")
    answer = HTTP.post(f"{other.issuer}/credential", json={}, headers={"Authorization": f"Bearer {token}"})
    refused_with(answer, "invalid_token", 401)


def test_an_offer_for_a_known_holder_is_for_no_other_key(office, achievement, wallet):
    link = offered(office, achievement, subject=wallet.did)["link"]
    thief = HolderWallet()
    offer = thief.fetch_offer(link)
    token = thief.token(offer).json()["access_token"]
    refused_with(thief.request(offer, token), "credential_request_denied")
    assert wallet.request(offer, token).status_code == 200


def test_a_malformed_credential_request_gets_the_protocols_error(office, redeemed):
    _, token = redeemed
    for body in (b"", b"[]", b"{", b'{"a":1,"a":2}', b'{"a":NaN}', b"\xff", b"{}"):
        answer = HTTP.post(
            f"{office.issuer}/credential",
            content=body,
            headers={"Authorization": f"Bearer {token}", "Content-Type": "application/json"},
        )
        refused_with(answer, "invalid_credential_request")


# A20: replies that got lost


def test_the_same_key_gets_the_same_bytes_when_the_reply_was_lost(wallet, redeemed):
    offer, token = redeemed
    first, again = wallet.request(offer, token), wallet.request(offer, token)
    assert first.status_code == again.status_code == 200
    assert first.content == again.content
    thief = HolderWallet()
    refused_with(thief.request(offer, token), "credential_request_denied")


def test_the_same_request_ten_times_at_once_makes_one_credential(office, achievement, wallet):
    body = {"achievement": achievement, "subject": wallet.did}
    answers = all_at_once([lambda: office.ask("POST", "/api/credentials", json=body, once="ten")] * 10)
    assert {answer.status_code for answer in answers} == {201}
    assert len({json.dumps(answer.json()["credential"]) for answer in answers}) == 1
