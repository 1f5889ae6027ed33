"""Permission on the issuer's page, from the wallet's question to the credential, over real HTTP."""

import json

import httpx
import pytest

from passport.oauth.authorization_details import AuthorizationDetail
from passport.oauth.server_metadata import read_server_metadata, server_metadata_url
from tests.simulators.authorizing import LEARNER, AskingWallet, LearnerBrowser
from tests.simulators.confirming import Outbox
from tests.simulators.issuing import HTTP, HolderWallet, issuer_process, open_office


@pytest.fixture(scope="module")
def process(tmp_path_factory):
    with issuer_process(tmp_path_factory.mktemp("authorizing")) as started:
        yield started


@pytest.fixture(scope="module")
def office(process):
    return open_office(process)


@pytest.fixture(scope="module")
def achievement(office):
    return office.achievement()


@pytest.fixture(scope="module")
def outbox(process):
    return Outbox.of(process)


def offered(office, achievement, **more):
    return office.post("/api/offers", {"achievement": achievement, "learner": LEARNER} | more)


def state_in(office, made):
    grants = HTTP.get(made["credential_offer_uri"]).json()["grants"]
    return grants["authorization_code"]["issuer_state"]


def credential(office, wallet, token, body=None, **more):
    holder = HolderWallet()
    asked = {"proofs": {"jwt": [holder.key_proof(office.issuer)]}} | (body or more)
    return wallet.at_resource("credential", token, body=asked), holder


def test_a_learner_proves_a_mailbox_and_the_wallet_gets_the_credential(office, achievement, outbox):
    made = offered(office, achievement)
    wallet = AskingWallet(office.issuer)
    detail = AuthorizationDetail(achievement)
    page = wallet.pushed(issuer_state=state_in(office, made), authorization_details=(detail,))
    browser = LearnerBrowser().open(page).prove(outbox)
    assert browser.offers == [made["id"]]
    answer = wallet.redeem(wallet.code_of(browser.agree()))
    assert answer.status_code == 200, answer.text
    token = answer.json()
    assert (token["token_type"], token["expires_in"]) == ("DPoP", 300)
    (granted,) = token["authorization_details"]
    (identifier,) = granted["credential_identifiers"]
    given, holder = credential(office, wallet, token["access_token"], credential_identifier=identifier)
    assert given.status_code == 200, given.text
    held = json.loads(given.content)["credentials"][0]["credential"]
    assert held["credentialSubject"]["id"] == holder.did
    note = {"notification_id": given.json()["notification_id"], "event": "credential_accepted"}
    assert wallet.at_resource("notification", token["access_token"], body=note).status_code == 204
    assert office.get(f"/api/offers/{made['id']}")["state"] == "accepted"


def test_a_wallet_without_dpop_and_without_par_gets_a_bearer_token_and_no_refresh_token(
    office, achievement, outbox
):
    made = offered(office, achievement)
    wallet = AskingWallet(office.issuer, signer=None)
    browser = LearnerBrowser().open(wallet.front(issuer_state=state_in(office, made), scope=(achievement,)))
    token = wallet.redeem(wallet.code_of(browser.prove(outbox).agree())).json()
    assert token["token_type"] == "Bearer"
    assert "refresh_token" not in token
    assert token["scope"] == achievement
    given, _ = credential(office, wallet, token["access_token"], credential_configuration_id=achievement)
    assert given.status_code == 200, given.text


def test_without_an_offer_the_learner_chooses_among_their_own(office, achievement, outbox):
    mailbox = "chooser@school.example"
    mine = [offered(office, achievement, learner=mailbox)["id"] for _ in range(3)]
    offered(office, achievement, learner="other@school.example")
    wallet = AskingWallet(office.issuer)
    browser = LearnerBrowser().open(wallet.pushed(scope=(achievement,))).prove(outbox, mailbox)
    assert sorted(browser.offers) == sorted(mine)
    token = wallet.redeem(wallet.code_of(browser.agree(mine[:2]))).json()
    (granted,) = token["authorization_details"]
    assert len(granted["credential_identifiers"]) == 2
    ambiguous, _ = credential(office, wallet, token["access_token"], credential_configuration_id=achievement)
    assert ambiguous.json()["error"] == "unknown_credential_configuration"
    for identifier in granted["credential_identifiers"]:
        given, _ = credential(office, wallet, token["access_token"], credential_identifier=identifier)
        assert given.status_code == 200, given.text
    assert office.get(f"/api/offers/{mine[2]}")["state"] == "open"


def test_a_learner_without_mail_types_the_code_that_came_by_another_way(office, achievement):
    made = office.post(
        "/api/offers", {"achievement": achievement, "tx_code": True, "grants": ["authorization_code"]}
    )
    assert "pre-authorized_code" not in str(HTTP.get(made["credential_offer_uri"]).json())
    wallet = AskingWallet(office.issuer)
    browser = LearnerBrowser().open(wallet.pushed(issuer_state=state_in(office, made)))
    assert 'name="mailbox"' not in browser.page
    browser.send("pickup", code=made["tx_code"])
    token = wallet.redeem(wallet.code_of(browser.agree())).json()
    given, _ = credential(office, wallet, token["access_token"], credential_configuration_id=achievement)
    assert given.status_code == 200, given.text


def test_a_refresh_token_gives_another_form_later(office, achievement, outbox):
    made = offered(office, achievement)
    wallet = AskingWallet(office.issuer)
    browser = LearnerBrowser().open(wallet.pushed(issuer_state=state_in(office, made))).prove(outbox)
    first = wallet.redeem(wallet.code_of(browser.agree())).json()
    second = wallet.refresh(first["refresh_token"]).json()
    assert second["access_token"] != first["access_token"]
    assert second["refresh_token"] != first["refresh_token"]
    old, _ = credential(office, wallet, first["access_token"], credential_configuration_id=achievement)
    assert old.json()["error"] == "invalid_token"
    for form in ("", "_jwt_vc_json"):
        name = f"{achievement}{form}"
        given, _ = credential(office, wallet, second["access_token"], credential_configuration_id=name)
        assert given.status_code in {200, 400}
        assert form or given.status_code == 200, given.text


def test_a_pre_authorized_code_may_be_bound_to_a_key(office, achievement):
    made = office.post("/api/offers", {"achievement": achievement})
    offer = HolderWallet().fetch_offer(made["link"])
    wallet = AskingWallet(office.issuer)
    form = {
        "grant_type": "urn:ietf:params:oauth:grant-type:pre-authorized_code",
        "pre-authorized_code": offer.pre_authorized_code,
    }
    token = wallet.send("token", form).json()
    assert token["token_type"] == "DPoP"
    assert token["refresh_token"]
    given, _ = credential(office, wallet, token["access_token"], credential_configuration_id=achievement)
    assert given.status_code == 200, given.text


def test_no_is_an_answer_as_well(office, achievement, outbox):
    made = offered(office, achievement)
    for prove in (False, True):
        wallet = AskingWallet(office.issuer)
        browser = LearnerBrowser().open(wallet.pushed(issuer_state=state_in(office, made)))
        if prove:
            browser.prove(outbox)
        browser.send("answer", answer="no")
        assert "error=access_denied" in browser.back
        assert f"state={wallet.state}" in browser.back
        assert "code=" not in browser.back
    assert office.get(f"/api/offers/{made['id']}")["state"] == "open"


def test_the_metadata_says_what_there_is(office):
    source = HTTP.get(server_metadata_url(office.issuer))
    metadata = read_server_metadata(source.content, expected_issuer=office.issuer)
    assert metadata.authorization_endpoint == f"{office.issuer}/authorize"
    assert metadata.pushed_authorization_request_endpoint == f"{office.issuer}/par"
    assert metadata.code_challenge_methods_supported == ("S256",)
    assert metadata.authorization_response_iss_parameter_supported
    assert not metadata.require_pushed_authorization_requests
    assert "ES256" in metadata.dpop_signing_alg_values_supported


def test_the_school_sees_the_address_and_nobody_else(office, achievement, process):
    made = offered(office, achievement, learner="sealed@school.example")
    assert "sealed@" not in HTTP.get(made["credential_offer_uri"]).text
    assert "sealed@" not in HTTP.get(made["page"], headers={"Accept": "text/html"}).text
    with httpx.Client(base_url=office.url, headers={"Origin": office.url}, timeout=60) as console:
        console.post("/console/session", data={"api_key": office.api_key})
        assert "sealed@school.example" in console.get(f"/console/offers/{made['id']}").text
    stored = b"".join(
        path.read_bytes() for path in (process.folder / "data" / "store").rglob("*") if path.is_file()
    )
    assert stored
    assert b"sealed@school.example" not in stored
