"""Attacks on what names a client: attestations of wallets by their providers, and what an organisation asks."""

import secrets
from datetime import UTC, datetime, timedelta

import pytest

from passport.keys import KeyType, generate_signer
from passport.oauth.client_attestation import (
    ATTESTATION_HEADER,
    PROOF_HEADER,
    create_attestation_proof,
    create_client_attestation,
)
from tests.simulators.authorizing import AskingWallet, LearnerBrowser, refused
from tests.simulators.issuing import HTTP, open_office

PROVIDER = "https://provider.example"
CLIENT = "https://wallet.example"
PRE_AUTHORIZED = "urn:ietf:params:oauth:grant-type:pre-authorized_code"


@pytest.fixture(scope="module")
def provider_key():
    return generate_signer(KeyType.P256)


@pytest.fixture(scope="module")
def attesting_school(school_process, provider_key):
    made = open_office(school_process, "attesting-school")
    body = {
        "attestation_required": True,
        "wallet_providers": [{"issuer": PROVIDER, "keys": [provider_key.public_key.to_jwk()]}],
    }
    answer = made.ask("PUT", "/api/authorization", json=body)
    assert answer.is_success, answer.text
    return made


@pytest.fixture
def attest(attesting_school, provider_key):
    """Makes the two headers; every part can be made wrong."""
    instance = generate_signer(KeyType.P256)

    def made(**changes):
        now = datetime.now(UTC)
        given = {
            "by": provider_key,
            "provider": PROVIDER,
            "client_id": CLIENT,
            "audience": attesting_school.issuer,
            "expires": now + timedelta(hours=1),
            "issued_at": now,
            "proved_by": instance,
            "instance": instance,
            "jti": secrets.token_urlsafe(16),
            "subject": CLIENT,
        } | changes
        attestation = create_client_attestation(
            given["by"],
            provider=given["provider"],
            client_id=given["subject"],
            instance_key=given["instance"].public_key,
            issued_at=now,
            expires=given["expires"],
            wallet_name="A wallet",
        )
        proof = create_attestation_proof(
            given["proved_by"],
            client_id=given["client_id"],
            audience=given["audience"],
            jti=given["jti"],
            issued_at=given["issued_at"],
        )
        return {ATTESTATION_HEADER: attestation, PROOF_HEADER: proof}

    return made


def test_an_attested_wallet_is_named_on_the_page(attesting_school, attest):
    wallet = AskingWallet(attesting_school.issuer, headers=attest())
    page = LearnerBrowser().open(wallet.pushed())
    assert page.status == 200
    assert "A wallet" in page.page
    assert PROVIDER in page.page


STRANGERS = {
    "none": None,
    "by a key that is not the provider's": {"by": generate_signer(KeyType.P256)},
    "by a provider that is not recognised": {"provider": "https://other.example"},
    "expired": {"expires": datetime.now(UTC) - timedelta(minutes=5)},
    "of another client": {"subject": "https://other.example", "client_id": "https://other.example"},
    "proof by another key": {"proved_by": generate_signer(KeyType.P256)},
    "proof for another server": {"audience": "https://other.example"},
    "proof of another client": {"client_id": "https://other.example"},
    "stale proof": {"issued_at": datetime.now(UTC) - timedelta(minutes=10)},
    "future proof": {"issued_at": datetime.now(UTC) + timedelta(days=1)},
}


@pytest.mark.parametrize("changes", STRANGERS.values(), ids=STRANGERS)
def test_a_client_that_is_not_attested_gets_nothing(attesting_school, attest, changes):
    """oid4vci-1_0-issuer-client-attestation-*: draft-ietf-oauth-attestation-based-client-auth, section 8."""
    wallet = AskingWallet(attesting_school.issuer, headers={} if changes is None else attest(**changes))
    refused(wallet.push(), "invalid_client")
    form = {"grant_type": PRE_AUTHORIZED, "pre-authorized_code": "x", "client_id": CLIENT}
    wallet.headers = {} if changes is None else attest(**changes)
    refused(wallet.send("token", form), "invalid_client")


def test_a_proof_of_an_attested_client_is_used_once(attesting_school, attest):
    wallet = AskingWallet(attesting_school.issuer, headers=attest())
    assert wallet.push().status_code == 201
    refused(wallet.push(), "invalid_client")


def test_half_an_attestation_is_none(attesting_school, learner_school, attest):
    for school in (attesting_school, learner_school):
        for name in (ATTESTATION_HEADER, PROOF_HEADER):
            wallet = AskingWallet(school.issuer, headers={name: attest()[name]})
            refused(wallet.push(), "invalid_client")


def test_a_code_of_an_attested_wallet_is_for_the_same_instance(attesting_school, attest, school_process):
    achievement = attesting_school.achievement()
    made = attesting_school.post(
        "/api/offers", {"achievement": achievement, "tx_code": True, "grants": ["authorization_code"]}
    )
    state = HTTP.get(made["credential_offer_uri"]).json()["grants"]["authorization_code"]["issuer_state"]
    wallet = AskingWallet(attesting_school.issuer, headers=attest())
    browser = LearnerBrowser().open(wallet.pushed(issuer_state=state)).send("pickup", code=made["tx_code"])
    code = wallet.code_of(browser.agree())
    other = generate_signer(KeyType.P256)
    wallet.headers = attest(instance=other, proved_by=other)
    refused(wallet.redeem(code), "invalid_client")
    wallet.headers = attest()
    assert wallet.redeem(code).status_code == 200


@pytest.mark.parametrize(
    "body",
    [
        {"attestation_required": True},
        {"wallet_providers": [{"issuer": PROVIDER, "keys": []}]},
        {"wallet_providers": [{"issuer": PROVIDER, "keys": [{"kty": "oct", "k": "AAAA"}]}]},
        {"wallet_providers": [{"issuer": PROVIDER, "keys": [{}]}], "haip": "yes"},
        {"profile": "haip"},
    ],
)
def test_a_policy_that_nobody_could_meet_is_refused(learner_school, body):
    answer = learner_school.ask("PUT", "/api/authorization", json=body)
    assert answer.status_code == 400
    assert learner_school.get("/api/authorization")["haip"] is False
