"""What a wallet may ask for, and how: forms, identifiers, encryption, attested keys (OpenID4VCI 1.0, section 8)."""

import pytest

from passport.dids import create_did_jwk, create_did_key
from passport.keys import KeyType, generate_signer
from passport.openid4vc import (
    CredentialRequest,
    DeferredCredentialRequest,
    parse_credential_offer,
    parse_offer_link,
)
from tests.simulators.claiming import made
from tests.simulators.claiming_at_once import refused_with
from tests.simulators.issuing import HTTP, HolderWallet, open_office


@pytest.fixture(scope="module")
def careful(process):
    """An organisation that follows HAIP 1.0 and takes attested keys only."""
    office = open_office(process, "careful-school")
    provider = generate_signer(KeyType.P256)
    known = {"issuer": "https://wallets.example", "keys": [provider.public_key.to_jwk()]}
    office.put("/api/authorization", {"wallet_providers": [known]})
    office.put("/api/key-policy", {"attestation_required": True, "key_storage": ["iso_18045_moderate"]})
    return office, office.achievement(), provider


# what is asked for, and how


def test_an_unknown_configuration_is_refused(office, achievement, wallet):
    """oid4vci-1_0-issuer-fail-unknown-credential-configuration"""
    offer, token = wallet.token(made(office, achievement)["link"])
    for configuration in ("x", f"{achievement}_mso_mdoc", office.achievement(name="Surgery")):
        refused_with(wallet.ask(offer, token, configuration), "unknown_credential_configuration")


def test_an_unknown_identifier_is_refused(office, achievement, wallet):
    """oid4vci-1_0-issuer-fail-unknown-credential-identifier"""
    _offer, token = wallet.token(made(office, achievement)["link"])
    for identifier in ("x", f"{achievement}:{'0' * 32}", ":", "é"):
        proofs = wallet.proofs(office.issuer)
        request = CredentialRequest(credential_identifier=identifier, key_proofs=proofs)
        refused_with(wallet.send(office.issuer, token, request), "unknown_credential_identifier")


def test_an_access_token_in_the_address_is_none(office, achievement, wallet):
    """oid4vci-1_0-issuer-fail-on-access-token-in-query"""
    _offer, token = wallet.token(made(office, achievement)["link"])
    request = CredentialRequest(achievement, wallet.proofs(office.issuer)).to_json()
    refused_with(
        HTTP.post(f"{office.issuer}/credential", params={"access_token": token}, json=request),
        "invalid_token",
        401,
    )


def test_an_offer_is_fetched_in_the_forms_that_were_chosen(office, achievement, wallet):
    chosen = made(office, achievement, forms=["dc+sd-jwt", "jwt_vc_json"])
    offer, token = wallet.token(chosen["link"])
    assert offer.credential_configuration_ids == (f"{achievement}_jwt_vc_json", f"{achievement}_dc+sd-jwt")
    refused_with(wallet.ask(offer, token, achievement), "unknown_credential_configuration")
    assert wallet.ask(offer, token).status_code == 200
    for forms in ([], ["dc+sd-jwt", "dc+sd-jwt"], ["mso_mdoc"]):
        answer = office.ask("POST", "/api/offers", json={"achievement": achievement, "forms": forms})
        assert answer.status_code in {400, 422}


def test_an_offer_travels_by_value_as_well(office, achievement, wallet):
    offer_made = made(office, achievement, tx_code=True)
    by_value = parse_offer_link(offer_made["link_by_value"])
    by_reference = parse_credential_offer(HTTP.get(offer_made["credential_offer_uri"]).content)
    assert by_value.to_json().keys() == by_reference.to_json().keys()
    assert by_value.tx_code == by_reference.tx_code
    fresh = office.post(f"/api/offers/{offer_made['id']}/link")["link_by_value"]
    assert parse_offer_link(fresh).pre_authorized_code != by_value.pre_authorized_code
    assert HolderWallet().token(by_value, offer_made["tx_code"]).status_code == 200


def test_both_grants_stand_in_one_offer(office, achievement):
    grants = ["pre-authorized_code", "authorization_code"]
    offer_made = made(office, achievement, learner="learner@school.example", tx_code=True, grants=grants)
    offer = parse_offer_link(offer_made["link_by_value"])
    assert offer.pre_authorized_code
    assert offer.tx_code
    assert offer.authorization_code.issuer_state.startswith(offer_made["id"])


# encryption


@pytest.mark.parametrize("enc", ["A128GCM", "A256GCM"])
def test_an_answer_is_encrypted_for_the_key_that_an_encrypted_request_names(office, achievement, wallet, enc):
    _offer, token = wallet.token(made(office, achievement)["link"])
    proofs, issuer = wallet.proofs(office.issuer), office.issuer
    request = CredentialRequest(achievement, proofs, response_encryption=wallet.encryption(enc))
    answer = wallet.send(issuer, token, request, encrypted=True)
    assert answer.status_code == 200, answer.text
    assert len(wallet.decrypt(answer)["credentials"]) == 3
    assert answer.headers["cache-control"] == "no-store"


def test_a_promise_and_what_was_promised_are_encrypted_each_as_its_request_says(office, achievement, wallet):
    offer_made = made(office, achievement, held=True)
    _offer, token = wallet.token(offer_made["link"])
    proofs, issuer = wallet.proofs(office.issuer), office.issuer
    request = CredentialRequest(achievement, proofs, response_encryption=wallet.encryption())
    promised = wallet.send(issuer, token, request, encrypted=True)
    assert promised.status_code == 202
    transaction = wallet.decrypt(promised)["transaction_id"]
    office.post(f"/api/offers/{offer_made['id']}/release")
    later = DeferredCredentialRequest(transaction, wallet.encryption("A128GCM"))
    answer = wallet.send(issuer, token, later, path="deferred", encrypted=True)
    assert len(wallet.decrypt(answer)["credentials"]) == 3
    plain = wallet.send(
        issuer, token, DeferredCredentialRequest(transaction), path="deferred", encrypted=True
    )
    assert len(plain.json()["credentials"]) == 3


def test_an_encryption_that_we_do_not_have_is_refused_in_plain_words(office, achievement, wallet):
    """oid4vci-1_0-issuer-fail-unsupported-encryption-algorithm"""
    _offer, token = wallet.token(made(office, achievement)["link"])
    good = wallet.encryption().to_json()
    request = CredentialRequest(achievement, wallet.proofs(office.issuer)).to_json()
    for wrong in (
        good | {"enc": "A256CBC-HS512"},
        {"jwk": good["jwk"] | {"alg": "RSA-OAEP"}, "enc": "A128GCM"},
    ):
        asked = request | {"credential_response_encryption": wrong}
        answer = wallet.send(office.issuer, token, asked, encrypted=True)
        refused_with(answer, "invalid_encryption_parameters")
        assert answer.headers["content-type"] == "application/json"


def test_a_key_for_the_answer_that_came_in_the_open_is_not_used(office, achievement, wallet):
    """Section 8.2: it could be somebody else's, put there on the way."""
    _offer, token = wallet.token(made(office, achievement)["link"])
    request = CredentialRequest(
        achievement, wallet.proofs(office.issuer), response_encryption=wallet.encryption()
    )
    refused_with(wallet.send(office.issuer, token, request), "invalid_encryption_parameters")


@pytest.mark.parametrize("body", [b"", b"x", b"a.b.c.d.e", b"\xff", b"e30..AA.AA.AA"])
def test_an_encrypted_request_that_is_none_is_refused(office, achievement, wallet, body):
    _, token = wallet.token(made(office, achievement)["link"])
    headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/jwt"}
    answer = HTTP.post(f"{office.issuer}/credential", content=body, headers=headers)
    refused_with(answer, "invalid_encryption_parameters")


# attested keys


LEVEL = {"key_storage": ["iso_18045_moderate"]}


def test_attested_keys_get_a_copy_each_by_one_proof(careful, wallet):
    office, achievement, provider = careful
    _offer, token = wallet.token(made(office, achievement)["link"])
    nonce = wallet.nonce(office.issuer)
    attestation = wallet.attestation(provider, nonce, **LEVEL)
    first, *_ = wallet.proofs(office.issuer, nonce, key_attestation=attestation)
    answer = wallet.send(office.issuer, token, CredentialRequest(achievement, (first,)))
    assert answer.status_code == 200, answer.text
    holders = [each["credential"]["credentialSubject"]["id"] for each in answer.json()["credentials"]]
    one, *others = wallet.keys
    assert holders == [
        create_did_key(one.public_key),
        *(create_did_jwk(other.public_key) for other in others),
    ]


def test_an_attestation_alone_is_enough(careful, wallet):
    office, achievement, provider = careful
    _offer, token = wallet.token(made(office, achievement)["link"])
    attestation = wallet.attestation(provider, wallet.nonce(office.issuer), **LEVEL)
    request = CredentialRequest(achievement, key_attestation=attestation)
    answer = wallet.send(office.issuer, token, request)
    assert answer.status_code == 200, answer.text
    assert len(answer.json()["credentials"]) == 3
    refused_with(wallet.send(office.issuer, token, request), "invalid_nonce")


def test_keys_without_an_attestation_that_counts_are_refused(careful, wallet):
    """oid4vci-1_0-issuer-fail-invalid-key-attestation-signature, and what is like it."""
    office, achievement, provider = careful
    offer, token = wallet.token(made(office, achievement)["link"])
    issuer = office.issuer
    refused_with(wallet.ask(offer, token), "invalid_proof")
    for by, changes in (
        (generate_signer(KeyType.P256), LEVEL),
        (provider, {}),
        (provider, {"key_storage": ["iso_18045_basic"]}),
    ):
        nonce = wallet.nonce(issuer)
        attestation = wallet.attestation(by, nonce, **changes)
        proofs = wallet.proofs(issuer, nonce, key_attestation=attestation)
        for request in (
            CredentialRequest(achievement, proofs),
            CredentialRequest(achievement, key_attestation=attestation),
        ):
            refused_with(wallet.send(issuer, token, request), "invalid_proof")
    nonce = wallet.nonce(issuer)
    proofs = wallet.proofs(issuer, nonce, key_attestation=wallet.attestation(provider, None, **LEVEL))
    refused_with(wallet.send(issuer, token, CredentialRequest(achievement, proofs)), "invalid_proof")
    stale = wallet.proofs(issuer, nonce, key_attestation=wallet.attestation(provider, "x", **LEVEL))
    refused_with(wallet.send(issuer, token, CredentialRequest(achievement, stale)), "invalid_nonce")


def test_where_nobody_is_recognised_an_attestation_is_no_proof(office, achievement, wallet):
    _offer, token = wallet.token(made(office, achievement)["link"])
    attestation = wallet.attestation(generate_signer(KeyType.P256), wallet.nonce(office.issuer))
    request = CredentialRequest(achievement, key_attestation=attestation)
    refused_with(wallet.send(office.issuer, token, request), "invalid_proof")


def test_attestation_cannot_be_required_of_nobody(office):
    answer = office.ask("PUT", "/api/key-policy", json={"attestation_required": True})
    assert answer.status_code in {422, 400}
