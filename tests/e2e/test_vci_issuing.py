"""Everything that OpenID4VCI 1.0 lets an issuer do, over HTTP: copies, deferral, encryption, attestation, metadata.

One running issuer for all of it.
"""

import base64
import gzip
import json
from datetime import UTC, datetime

import pytest

from passport.dids import create_did_jwk, create_did_key, did_web_url
from passport.documents import DocumentCache, Fetched
from passport.keys import KeyType, generate_signer
from passport.openid4vc import (
    CredentialRequest,
    DeferredCredentialRequest,
    issuer_metadata_url,
    parse_credential_offer,
    parse_issuer_metadata,
    parse_offer_link,
    verify_signed_metadata,
)
from passport.sd_jwt import parse as parse_sd_jwt
from tests.adversarial.test_claims import refused_with
from tests.simulators.claiming import ManyKeys
from tests.simulators.issuing import HTTP, HolderWallet, issuer_process, open_office

SUSPENDABLE = {"suspendable": True}


@pytest.fixture(scope="module")
def process(tmp_path_factory):
    with issuer_process(tmp_path_factory.mktemp("vci")) as started:
        yield started


@pytest.fixture(scope="module")
def office(process):
    return open_office(process)


@pytest.fixture(scope="module")
def achievement(office):
    return office.achievement(**SUSPENDABLE)


@pytest.fixture(scope="module")
def careful(process):
    """An organisation that follows HAIP 1.0 and takes attested keys only."""
    office = open_office(process, "careful-school")
    provider = generate_signer(KeyType.P256)
    known = {"issuer": "https://wallets.example", "keys": [provider.public_key.to_jwk()]}
    office.put("/api/authorization", {"wallet_providers": [known]})
    office.put("/api/key-policy", {"attestation_required": True, "key_storage": ["iso_18045_moderate"]})
    return office, office.achievement(), provider


@pytest.fixture
def wallet():
    return ManyKeys()


def made(office, achievement, **more):
    return office.post("/api/offers", {"achievement": achievement} | more)


def metadata_of(office):
    return HTTP.get(issuer_metadata_url(office.issuer)).json()


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
    holders = [subject_of(each["credential"]) for each in answer.json()["credentials"]]
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


# metadata


def test_metadata_says_everything_that_the_specification_names(office, achievement):
    """oid4vci-1_0-issuer-metadata-test"""
    look = {
        "name_nl": "Bakkersschool",
        "name_en": "Baking school",
        "logo": "data:image/png;base64," + base64.b64encode(b"\x89PNG...").decode(),
        "logo_alt": "Een brood",
        "background_color": "#12107c",
        "text_color": "#ffffff",
    }
    assert office.put("/api/appearance", look) == look
    answer = HTTP.get(issuer_metadata_url(office.issuer))
    metadata = parse_issuer_metadata(answer.content, expected_issuer=office.issuer)
    assert {(one.locale, one.name) for one in metadata.display} == {
        ("nl", "Bakkersschool"),
        ("en", "Baking school"),
    }
    assert metadata.display[0].logo.alt_text == "Een brood"
    assert metadata.deferred_credential_endpoint == f"{office.issuer}/deferred"
    assert metadata.request_encryption is not None
    assert metadata.response_encryption is not None
    one = metadata.configuration(achievement)
    assert {each.locale for each in one.display} == {"nl", "en"}
    assert {each.text_color for each in one.display} == {"#ffffff"}
    assert ("issuer", "name") in {claim.path for claim in one.claims}
    assert one.scope == achievement
    assert one.key_attestations_required is None


def test_metadata_is_not_sent_again_to_who_has_it(office, achievement):
    first = HTTP.get(issuer_metadata_url(office.issuer))
    tag = first.headers["etag"]
    again = HTTP.get(issuer_metadata_url(office.issuer), headers={"If-None-Match": f'"x", W/{tag}'})
    assert (again.status_code, again.content) == (304, b"")
    office.achievement(name="Later")
    assert HTTP.get(issuer_metadata_url(office.issuer), headers={"If-None-Match": tag}).status_code == 200


@pytest.mark.parametrize(
    ("accept", "signed"),
    [
        ("application/jwt", True),
        ("application/jwt, application/json;q=0.9", True),
        ("application/json, application/jwt", False),
        ("application/jwt;q=0.1, application/json", False),
        ("application/jwt;q=x", False),
        ("*/*", False),
        ("text/html", False),
    ],
)
def test_metadata_comes_signed_to_who_asks_for_it(office, achievement, accept, signed):
    """oid4vci-1_0-issuer-metadata-test-signed"""
    answer = HTTP.get(issuer_metadata_url(office.issuer), headers={"Accept": accept})
    assert answer.headers["content-type"] == ("application/jwt" if signed else "application/json")
    assert "accept" in answer.headers["vary"].lower()
    if signed:
        url, now = did_web_url(office.did), datetime.now(UTC)
        at_hand = DocumentCache.of(
            [Fetched(url, HTTP.get(f"{office.issuer}/did.json").content, now, "application/did+json")]
        )
        found, did = verify_signed_metadata(
            answer.text, expected_issuer=office.issuer, documents=at_hand, now=now
        )
        assert (found.credential_issuer, did) == (office.issuer, office.did)


@pytest.mark.parametrize(
    "wrong",
    [
        {"logo": "javascript:alert(1)"},
        {"logo": "http://school.example/logo.png"},
        {"logo": "data:image/svg+xml;base64,PHN2Zz4="},
        {"logo": "data:image/png;base64," + "A" * 65_536},
        {"logo_alt": "Een brood"},
        {"background_color": "red; background: url(x)"},
        {"name_nl": ""},
        {"name_de": "Schule"},
    ],
)
def test_a_look_that_could_do_more_than_look_is_refused(office, wrong):
    assert office.ask("PUT", "/api/appearance", json=wrong).status_code in {400, 413, 422}


# wallets in a browser


@pytest.mark.parametrize("path", ["token", "nonce", "credential", "deferred", "notification", "par"])
def test_a_wallet_in_a_browser_may_call_every_endpoint(office, path):
    url = f"{office.issuer}/{path}"
    asked = {
        "Origin": "https://wallet.example",
        "Access-Control-Request-Method": "POST",
        "Access-Control-Request-Headers": "authorization,content-type,dpop",
    }
    preflight = HTTP.options(url, headers=asked)
    assert (preflight.status_code, preflight.headers["access-control-allow-origin"]) == (204, "*")
    allowed = preflight.headers["access-control-allow-headers"].lower()
    assert {"authorization", "content-type", "dpop"} <= set(allowed.split(", "))
    answer = HTTP.post(url, headers={"Origin": "https://wallet.example"})
    assert answer.headers["access-control-allow-origin"] == "*"
    assert "dpop-nonce" in answer.headers["access-control-expose-headers"].lower()
    assert "access-control-allow-credentials" not in answer.headers


def test_other_pages_and_the_api_answer_no_other_origin(office):
    for path in ("/console", "/api/offers", f"/o/{office.slug}/authorize", "/o/x/y/token"):
        answer = HTTP.get(office.url + path, headers={"Origin": "https://evil.example"})
        assert "access-control-allow-origin" not in answer.headers
