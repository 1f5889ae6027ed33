"""Copies of an award for several keys, and awards that are held back (OpenID4VCI 1.0, sections 8 and 9)."""

import base64
import gzip
import json

import pytest

from passport.keys import KeyType, generate_signer
from passport.openid4vc import (
    CredentialRequest,
    DeferredCredentialRequest,
)
from passport.sd_jwt import parse as parse_sd_jwt
from tests.simulators.claiming import ManyKeys, made, metadata_of
from tests.simulators.claiming_at_once import refused_with
from tests.simulators.issuing import HTTP

# several keys: copies of one award


def subject_of(credential):
    if isinstance(credential, dict):
        return credential["credentialSubject"]["id"]
    return json.loads(parse_sd_jwt(credential).jwt.payload)["sub"]


def published(credential):
    """The bits of a credential in its lists: revoked, suspended."""
    bits = ""
    for entry in credential["credentialStatus"]:
        listed = HTTP.get(entry["statusListCredential"]).json()["credentialSubject"]["encodedList"]
        data = gzip.decompress(base64.urlsafe_b64decode(listed[1:] + "=" * (-len(listed[1:]) % 4)))
        place = int(entry["statusListIndex"])
        bits += str(data[place // 8] >> (7 - place % 8) & 1)
    return bits


@pytest.mark.parametrize("ending", ["", "_ecdsa-sd-2023", "_dc+sd-jwt"])
def test_a_batch_gives_a_copy_to_each_key_in_the_order_of_the_keys(office, achievement, wallet, ending):
    """oid4vci-1_0-issuer-batch-issuance"""
    offer, token = wallet.token(made(office, achievement)["link"])
    answer = wallet.ask(offer, token, achievement + ending)
    assert answer.status_code == 200, answer.text
    credentials = [each["credential"] for each in answer.json()["credentials"]]
    if not ending.endswith("jwt"):
        assert [subject_of(each) for each in credentials] == wallet.holders
        assert len({each["id"] for each in credentials}) == 3
        places = {json.dumps(each["credentialStatus"]) for each in credentials}
        assert len(places) == 3, "a place in the lists was given twice"
    else:
        keys = [json.loads(parse_sd_jwt(each).jwt.payload)["cnf"]["jwk"]["x"] for each in credentials]
        assert keys == [key.public_key.to_jwk()["x"] for key in wallet.keys]


def test_copies_say_the_same_and_tell_nothing_of_each_other(office, achievement, wallet):
    offer, token = wallet.token(made(office, achievement)["link"])
    copies = [each["credential"] for each in wallet.ask(offer, token).json()["credentials"]]
    alike = []
    for copy in copies:
        known = {"id", "proof", "credentialStatus", "credentialSubject"}
        same = {name: value for name, value in copy.items() if name not in known}
        alike.append(same | {"achievement": copy["credentialSubject"]["achievement"]})
    assert alike[0] == alike[1] == alike[2]
    for number, copy in enumerate(copies):
        others = [
            value
            for other in copies[:number] + copies[number + 1 :]
            for value in (other["id"], other["credentialSubject"]["id"], other["credentialStatus"][0]["id"])
        ]
        assert not any(value in json.dumps(copy) for value in others)


def test_the_same_keys_get_the_same_bytes_and_every_other_form(office, achievement, wallet):
    offer, token = wallet.token(made(office, achievement)["link"])
    first, again = wallet.ask(offer, token), wallet.ask(offer, token)
    assert first.content == again.content
    wallet.keys = wallet.keys[1:]
    some = wallet.ask(offer, token)
    assert some.json()["credentials"] == first.json()["credentials"][1:]
    assert wallet.ask(offer, token, f"{achievement}_jwt_vc_json").status_code == 200


def test_a19_a_batch_is_for_its_first_keys_and_for_no_other_set(office, achievement, wallet):
    offer, token = wallet.token(made(office, achievement)["link"])
    assert wallet.ask(offer, token).status_code == 200
    wallet.keys = [*wallet.keys, generate_signer(KeyType.P256)]
    refused_with(wallet.ask(offer, token), "credential_request_denied")
    refused_with(ManyKeys().ask(offer, token), "credential_request_denied")


def test_a22_an_offer_for_a_known_holder_is_not_shared_with_other_keys(office, achievement, wallet):
    """OpenID4VCI, issue 806: whoever slips keys of their own into a batch gets nothing, nor does the holder."""
    first, *others = wallet.keys
    link = made(office, achievement, subject=wallet.holders[0])["link"]
    offer, token = wallet.token(link)
    refused_with(wallet.ask(offer, token), "credential_request_denied")
    wallet.keys = others
    refused_with(wallet.ask(offer, token), "credential_request_denied")
    wallet.keys = [first]
    assert wallet.ask(offer, token).status_code == 200


def test_revoking_the_award_revokes_every_copy_and_one_copy_the_award(office, achievement, wallet):
    offer, token = wallet.token(made(office, achievement)["link"])
    answer = wallet.ask(offer, token).json()["credentials"]
    copies = [each["credential"] for each in answer]
    ids = [copy["id"].removeprefix("urn:uuid:").replace("-", "") for copy in copies]
    listed = {item["id"] for item in office.get("/api/credentials")["credentials"]}
    assert ids[0] in listed
    assert not listed & set(ids[1:]), "an award is listed once"
    assert {published(copy) for copy in copies} == {"00"}
    for action, bits in (("suspend", "01"), ("resume", "00")):
        office.post(f"/api/credentials/{ids[0]}/{action}")
        assert {published(copy) for copy in copies} == {bits}
    office.post(f"/api/credentials/{ids[2]}/revoke")
    assert {published(copy) for copy in copies} == {"10"}
    assert office.post(f"/api/credentials/{ids[1]}/revoke")["standing"] == "revoked"


def test_a_notification_is_about_the_whole_batch(office, achievement, wallet):
    """oid4vci-1_0-issuer-happy-flow, with its notification."""
    offer_made = made(office, achievement)
    offer, token = wallet.token(offer_made["link"])
    told = wallet.ask(offer, token).json()["notification_id"]
    for event, state in (("credential_failure", "failed"), ("credential_accepted", "accepted")):
        body = {"notification_id": told, "event": event}
        answer = wallet.send(offer.credential_issuer, token, body, path="notification")
        assert answer.status_code == 204
        assert office.get(f"/api/offers/{offer_made['id']}")["state"] == state


@pytest.mark.parametrize("count", [10, 11])
def test_no_more_copies_than_the_metadata_announces(office, achievement, count):
    wallet = ManyKeys([generate_signer(KeyType.P256) for _ in range(count)])
    offer, token = wallet.token(made(office, achievement)["link"])
    answer = wallet.ask(offer, token)
    most = metadata_of(office)["batch_credential_issuance"]["batch_size"]
    if count > most:
        refused_with(answer, "invalid_proof")
    else:
        assert len(answer.json()["credentials"]) == most == 10


def test_a18_one_stale_proof_in_a_batch_costs_nothing(office, achievement, wallet):
    _offer, token = wallet.token(made(office, achievement)["link"])
    issuer, fresh, stale = office.issuer, wallet.nonce(office.issuer), wallet.nonce(office.issuer)
    used = CredentialRequest(achievement, wallet.proofs(issuer, stale))
    assert wallet.send(issuer, token, used).status_code == 200
    mixed = wallet.proofs(issuer, fresh)[:2] + wallet.proofs(issuer, stale)[2:]
    refused_with(wallet.send(issuer, token, CredentialRequest(achievement, mixed)), "invalid_nonce")
    unsound = (
        wallet.proofs(issuer, fresh)[:2] + wallet.proofs(issuer, fresh, audience="https://e.example")[2:]
    )
    refused_with(wallet.send(issuer, token, CredentialRequest(achievement, unsound)), "invalid_proof")


def test_a18_the_same_key_twice_in_a_batch_is_refused(office, achievement, wallet):
    _offer, token = wallet.token(made(office, achievement)["link"])
    first, *_ = wallet.proofs(office.issuer)
    request = CredentialRequest(achievement, (first, first))
    refused_with(wallet.send(office.issuer, token, request), "invalid_proof")


# deferred


def test_a_held_offer_is_claimed_now_and_given_when_it_is_released(office, achievement, wallet):
    offer_made = made(office, achievement, held=True)
    assert (offer_made["held"], offer_made["claimed"]) == (True, False)
    offer, token = wallet.token(offer_made["link"])
    promised = wallet.ask(offer, token)
    assert promised.status_code == 202
    assert set(promised.json()) == {"transaction_id", "interval"}
    assert promised.headers["cache-control"] == "no-store"
    transaction = promised.json()["transaction_id"]
    waiting = wallet.fetch(offer, token, transaction)
    assert (waiting.status_code, waiting.json()) == (202, promised.json())
    assert office.get(f"/api/offers/{offer_made['id']}")["claimed"]
    assert office.get("/api/credentials")["credentials"][0].get("offer") != offer_made["id"]
    assert office.post(f"/api/offers/{offer_made['id']}/release")["held"] is False
    assert office.post(f"/api/offers/{offer_made['id']}/release")["held"] is False
    given = wallet.fetch(offer, token, transaction)
    assert given.status_code == 200
    assert [subject_of(each["credential"]) for each in given.json()["credentials"]] == wallet.holders
    assert wallet.fetch(offer, token, transaction).content == given.content, "a reply that got lost"
    assert wallet.ask(offer, token).json()["credentials"] == given.json()["credentials"]


def test_a_transaction_is_over_when_the_wallet_says_that_it_has_it(office, achievement, wallet):
    offer_made = made(office, achievement, held=True)
    offer, token = wallet.token(offer_made["link"])
    transaction = wallet.ask(offer, token).json()["transaction_id"]
    office.post(f"/api/offers/{offer_made['id']}/release")
    assert set(wallet.fetch(offer, token, transaction).json()) == {"credentials"}
    told = wallet.ask(offer, token).json()["notification_id"]
    body = {"notification_id": told, "event": "credential_accepted"}
    wallet.send(offer.credential_issuer, token, body, path="notification")
    refused_with(wallet.fetch(offer, token, transaction), "invalid_transaction_id")


def test_a_held_offer_that_is_released_first_is_given_at_once(office, achievement, wallet):
    offer_made = made(office, achievement, held=True)
    office.post(f"/api/offers/{offer_made['id']}/release")
    offer, token = wallet.token(offer_made["link"])
    assert wallet.ask(offer, token).status_code == 200


def test_the_deferred_holder_key_swap_fails(office, achievement, wallet):
    """OpenID4VCI, issue 740: whoever took the token over proves other keys while the credential is waited for."""
    offer_made = made(office, achievement, held=True)
    offer, token = wallet.token(offer_made["link"])
    transaction = wallet.ask(offer, token).json()["transaction_id"]
    thief = ManyKeys()
    refused_with(thief.ask(offer, token), "credential_request_denied")
    thieving = DeferredCredentialRequest(transaction).to_json() | {
        "proofs": {"jwt": list(thief.proofs(offer.credential_issuer))},
        "credential_configuration_id": achievement,
    }
    office.post(f"/api/offers/{offer_made['id']}/release")
    refused_with(thief.ask(offer, token), "credential_request_denied")
    given = thief.send(offer.credential_issuer, token, thieving, path="deferred")
    assert [subject_of(each["credential"]) for each in given.json()["credentials"]] == wallet.holders


@pytest.mark.parametrize(
    "spoil",
    [
        lambda transaction: "x",
        lambda transaction: "",
        lambda transaction: transaction[:-1] + ("A" if transaction[-1] != "A" else "B"),
        lambda transaction: transaction.replace(".0.", ".1."),
        lambda transaction: transaction.replace(".0.", ".7."),
        lambda transaction: transaction.partition(".")[0],
        lambda transaction: transaction.partition(".")[0] + ".",
        lambda transaction: transaction.partition(".")[0] + "..é",
        lambda transaction: "0" * 32 + transaction[32:],
    ],
)
def test_a_transaction_that_is_not_ours_is_refused(office, achievement, wallet, spoil):
    offer_made = made(office, achievement, held=True)
    offer, token = wallet.token(offer_made["link"])
    transaction = wallet.ask(offer, token).json()["transaction_id"]
    refused_with(wallet.fetch(offer, token, spoil(transaction)), "invalid_transaction_id")


def test_a_transaction_of_another_offer_is_refused(office, achievement, wallet):
    offer, token = wallet.token(made(office, achievement, held=True)["link"])
    transaction = wallet.ask(offer, token).json()["transaction_id"]
    other, others = wallet.token(made(office, achievement, held=True)["link"])
    refused_with(wallet.fetch(other, others, transaction), "invalid_transaction_id")
    answer = wallet.send(office.issuer, "x.y", DeferredCredentialRequest(transaction), path="deferred")
    refused_with(answer, "invalid_token", 401)


def test_what_was_never_held_is_not_released(office, achievement):
    answer = office.ask("POST", f"/api/offers/{made(office, achievement)['id']}/release")
    assert (answer.status_code, answer.json()["code"]) == (409, "nothing_held")
    held = made(office, achievement, held=True)
    assert office.ask("DELETE", f"/api/offers/{held['id']}").status_code == 204
    assert office.ask("POST", f"/api/offers/{held['id']}/release").status_code == 409


def test_the_rest_of_a_request_is_checked_before_anything_is_promised(office, achievement, wallet):
    _offer, token = wallet.token(made(office, achievement, held=True)["link"])
    bad = wallet.proofs(office.issuer, audience="https://evil.example")
    refused_with(wallet.send(office.issuer, token, CredentialRequest(achievement, bad)), "invalid_proof")
