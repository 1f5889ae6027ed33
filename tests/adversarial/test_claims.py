"""Attacks on claiming and on who may do what: A17, A18, A20 and A23 of the catalogue.

Longer than most: four attacks on one claiming flow share one running issuer.
"""

import json
import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import httpx
import pytest

from passport.dids import create_did_key, key_method_id
from passport.keys import generate_signer
from tests.simulators.issuing import HTTP, HolderWallet, Office, issuer_process, open_office

AT_ONCE = 50


@pytest.fixture(scope="module")
def process(tmp_path_factory):
    with issuer_process(tmp_path_factory.mktemp("claims")) as started:
        yield started


@pytest.fixture(scope="module")
def office(process):
    return open_office(process)


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


def offered(office, achievement, **more):
    return office.post("/api/offers", {"achievement": achievement} | more)


def all_at_once(calls):
    """Run the calls from as many threads, each with its connection open, let go at one moment."""
    gate = threading.Barrier(len(calls))

    def run(call):
        gate.wait()
        return call()

    with ThreadPoolExecutor(len(calls)) as pool:
        return [future.result() for future in [pool.submit(run, call) for call in calls]]


def refused_with(response, error, status=400):
    assert (response.status_code, response.json()["error"]) == (status, error)
    assert response.headers["cache-control"] == "no-store"


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


def test_a_code_of_another_issuer_is_refused(process, office, achievement, wallet):
    other = open_office(process, "other-school")
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


def test_a_nonce_that_is_not_ours_is_refused(process, office, wallet, redeemed):
    offer, token = redeemed
    issuer = offer.credential_issuer
    other = open_office(process, "nonce-school")
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


def test_a_token_of_one_organisation_opens_nothing_at_another(process, office, wallet, redeemed):
    _, token = redeemed
    other = open_office(process, "token-school")
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


# A23: who may do what


WEBHOOKS = [
    ("GET", "/api/webhooks"),
    ("POST", "/api/webhooks"),
    ("GET", "/api/webhooks/events"),
    ("GET", f"/api/webhooks/{'0' * 32}"),
    ("PATCH", f"/api/webhooks/{'0' * 32}"),
    ("DELETE", f"/api/webhooks/{'0' * 32}"),
    ("POST", f"/api/webhooks/{'0' * 32}/secret"),
    ("POST", f"/api/webhooks/{'0' * 32}/test"),
    ("GET", f"/api/webhooks/{'0' * 32}/deliveries"),
    ("POST", f"/api/webhooks/{'0' * 32}/deliveries/msg_{'0' * 32}/again"),
]
ROUTES = [
    ("GET", "/api/organisation"),
    ("GET", "/api/accounts"),
    ("POST", "/api/accounts"),
    ("POST", "/api/accounts/0123456789abcdef/key"),
    ("DELETE", "/api/accounts/0123456789abcdef"),
    ("POST", "/api/keys/rotate"),
    ("GET", "/api/keys/p256-1/signing-request"),
    ("PUT", "/api/keys/p256-1/certificates"),
    ("GET", "/api/appearance"),
    ("PUT", "/api/appearance"),
    ("GET", "/api/key-policy"),
    ("PUT", "/api/key-policy"),
    ("POST", "/api/keys/key-1/revoke"),
    ("POST", "/api/achievements"),
    ("GET", "/api/achievements"),
    ("GET", f"/api/achievements/{'0' * 32}"),
    ("PUT", f"/api/achievements/{'0' * 32}/picture"),
    ("DELETE", f"/api/achievements/{'0' * 32}/picture"),
    ("POST", "/api/evidence"),
    ("GET", f"/api/evidence/{'0' * 32}"),
    ("POST", "/api/credentials"),
    ("GET", "/api/credentials"),
    ("GET", f"/api/credentials/{'0' * 32}"),
    ("GET", f"/api/credentials/{'0' * 32}/forms"),
    ("GET", f"/api/credentials/{'0' * 32}/forms/vc+sd-jwt"),
    ("GET", f"/api/credentials/{'0' * 32}/files/pdf"),
    ("POST", f"/api/credentials/{'0' * 32}/revoke"),
    ("POST", f"/api/credentials/{'0' * 32}/suspend"),
    ("POST", f"/api/credentials/{'0' * 32}/resume"),
    ("POST", "/api/offers"),
    ("GET", "/api/offers"),
    ("GET", f"/api/offers/{'0' * 32}"),
    ("DELETE", f"/api/offers/{'0' * 32}"),
    ("POST", f"/api/offers/{'0' * 32}/again"),
    ("POST", f"/api/offers/{'0' * 32}/link"),
    ("POST", f"/api/offers/{'0' * 32}/release"),
    ("POST", f"/api/batches?achievement={'0' * 32}"),
    ("POST", "/api/batches/rows"),
    ("GET", "/api/batches"),
    ("GET", f"/api/batches/{'0' * 32}"),
    ("POST", f"/api/batches/{'0' * 32}/start"),
    ("DELETE", f"/api/batches/{'0' * 32}"),
    ("GET", f"/api/batches/{'0' * 32}/report"),
    ("GET", f"/api/batches/{'0' * 32}/rows"),
    ("POST", "/api/withdrawals"),
    ("POST", "/api/withdrawals/rows"),
    ("GET", "/api/exports/credentials.csv"),
    ("GET", "/api/exports/offers.csv"),
    ("GET", "/api/exports/confirmations.csv"),
    ("GET", "/api/exports/validations.csv"),
    ("GET", "/api/audit"),
    ("GET", "/api/authorization"),
    ("PUT", "/api/authorization"),
    ("GET", "/api/confirmations/policy"),
    ("PUT", "/api/confirmations/policy"),
    ("GET", "/api/licences"),
    ("POST", f"/api/licences/{'0' * 32}/renew"),
    ("POST", "/api/stacks"),
    ("GET", "/api/stacks"),
    ("GET", "/api/validations"),
    ("GET", "/api/validations/expiring"),
    ("GET", f"/api/validations/{'0' * 32}"),
    ("POST", f"/api/validations/{'0' * 32}/moves"),
    ("GET", f"/api/validations/{'0' * 32}/files/{'0' * 32}"),
    ("POST", f"/api/validations/{'0' * 32}/evidence"),
    ("GET", "/api/validation-staff"),
    ("PUT", "/api/validation-staff/0123456789abcdef"),
    ("GET", "/api/validation-settings"),
    ("PUT", "/api/validation-settings"),
    *WEBHOOKS,
]
"""Validations have roles of their own beside those of accounts: tests/adversarial/test_validation_roles.py."""
OWNERS_ONLY = {
    ("PUT", "/api/authorization"),
    ("PUT", "/api/confirmations/policy"),
    ("GET", "/api/accounts"),
    ("POST", "/api/accounts"),
    ("POST", "/api/accounts/0123456789abcdef/key"),
    ("DELETE", "/api/accounts/0123456789abcdef"),
    ("POST", "/api/keys/rotate"),
    ("GET", "/api/keys/p256-1/signing-request"),
    ("PUT", "/api/keys/p256-1/certificates"),
    ("PUT", "/api/appearance"),
    ("PUT", "/api/key-policy"),
    ("POST", "/api/keys/key-1/revoke"),
    *WEBHOOKS,
}
ISSUERS_READ = {
    "/api/offers",
    f"/api/batches/{'0' * 32}/report",
    f"/api/batches/{'0' * 32}/rows",
    "/api/exports/offers.csv",
    "/api/exports/confirmations.csv",
}
"""Whoever reads these can take an offer, or learns who asked for a word."""


def test_every_admin_route_is_in_the_list(office):
    paths = HTTP.get(f"{office.url}/openapi.json").json()["paths"]
    served = {
        (method.upper(), path)
        for path, operations in paths.items()
        for method in operations
        if path.startswith("/api/") and "organisations" not in path
    }
    assert len(served) == len(ROUTES), sorted(served)


@pytest.mark.parametrize(("method", "path"), ROUTES)
def test_no_admin_route_opens_without_a_key(office, method, path):
    for headers in (
        {},
        {"Authorization": "Bearer"},
        {"Authorization": "Bearer 0123456789abcdef." + "A" * 43},
        {"Authorization": f"Basic {office.api_key}"},
        {"Authorization": f"Bearer {office.api_key[:-1]}x"},
        {"Cookie": f"console={office.api_key}"},
    ):
        answer = HTTP.request(method, office.url + path, headers=headers)
        assert (answer.status_code, answer.json()["code"]) == (401, "wrong_api_key")


@pytest.fixture(scope="module")
def people(office):
    made = {}
    for role in ("issuer", "reader"):
        account = office.post("/api/accounts", {"name": f"The {role}", "role": role})
        made[role] = Office(office.url, office.slug, office.did, account["api_key"])
    return made


@pytest.mark.parametrize(("method", "path"), [route for route in ROUTES if "/validation" not in route[1]])
def test_a_role_may_do_its_own_work_only(people, method, path):
    as_reader = people["reader"].ask(method, path)
    if method != "GET" or (method, path) in OWNERS_ONLY or path in ISSUERS_READ:
        assert (as_reader.status_code, as_reader.json()["code"]) == (403, "role_not_enough")
    else:
        assert as_reader.status_code != 403
    as_issuer = people["issuer"].ask(method, path)
    assert (as_issuer.status_code == 403) == ((method, path) in OWNERS_ONLY)


def test_one_organisation_does_not_see_or_touch_anothers(process, office, achievement, wallet):
    made = office.post("/api/credentials", {"achievement": achievement, "subject": wallet.did})
    offer = offered(office, achievement)
    stranger = open_office(process, "stranger")
    for method, path, body in (
        ("GET", f"/api/credentials/{made['id']}", None),
        ("POST", f"/api/credentials/{made['id']}/revoke", {}),
        ("GET", f"/api/offers/{offer['id']}", None),
        ("DELETE", f"/api/offers/{offer['id']}", None),
        ("GET", f"/api/achievements/{achievement}", None),
        ("POST", "/api/credentials", {"achievement": achievement, "subject": wallet.did}),
    ):
        assert stranger.ask(method, path, json=body).status_code == 404, path
    assert stranger.get("/api/credentials")["credentials"] == []


def test_only_the_bootstrap_secret_makes_organisations(process, office):
    body = {"slug": "pirates", "name": "Pirates"}
    for headers in ({}, {"Authorization": "Bearer x"}, {"Authorization": f"Bearer {office.api_key}"}):
        answer = HTTP.post(f"{office.url}/api/organisations", json=body, headers=headers)
        assert (answer.status_code, answer.json()["code"]) == (401, "wrong_bootstrap_secret")
    bearer = {"Authorization": f"Bearer {process.bootstrap_secret}"}
    taken = HTTP.post(f"{office.url}/api/organisations", json=body | {"slug": office.slug}, headers=bearer)
    assert taken.json()["code"] == "organisation_exists"
    for slug in ("", "a", "A-b", "-ab", "ab-", "a" * 41, "a/b", "a.b", "é1"):
        answer = HTTP.post(f"{office.url}/api/organisations", json=body | {"slug": slug}, headers=bearer)
        assert (answer.status_code, answer.json()["code"]) == (400, "malformed_slug")


def test_a_renewed_or_disabled_key_stops_at_once(process):
    owner = open_office(process, "changing")
    made = owner.post("/api/accounts", {"name": "X", "role": "issuer"})
    worker = Office(owner.url, owner.slug, owner.did, made["api_key"])
    assert worker.get("/api/organisation")
    renewed = owner.post(f"/api/accounts/{made['id']}/key")
    assert worker.ask("GET", "/api/organisation").status_code == 401
    worker.api_key = renewed["api_key"]
    assert worker.get("/api/organisation")
    assert owner.ask("DELETE", f"/api/accounts/{made['id']}").status_code == 204
    assert worker.ask("GET", "/api/organisation").status_code == 401
    last = owner.get("/api/accounts")[0 if owner.get("/api/accounts")[0]["role"] == "owner" else 1]
    assert owner.ask("DELETE", f"/api/accounts/{last['id']}").json()["code"] == "last_owner"


# the console


def cookie(value):
    return {"Cookie": f"console={value}"}


@pytest.fixture
def browser(office):
    with httpx.Client(base_url=office.url, headers={"Origin": office.url, "Accept": "text/html"}) as client:
        answer = client.post("/console/session", data={"api_key": office.api_key})
        assert (answer.status_code, answer.headers["location"]) == (303, "/console")
        yield client


def test_the_session_cookie_is_strict_and_out_of_reach_of_scripts(office):
    answer = httpx.post(
        f"{office.url}/console/session", data={"api_key": office.api_key}, headers={"Origin": office.url}
    )
    cookie = answer.headers["set-cookie"].lower()
    assert "httponly" in cookie
    assert "samesite=strict" in cookie
    assert office.api_key.lower() not in cookie


CONSOLE_FORMS = [
    "/console/session",
    "/console/session/end",
    "/console/achievements",
    "/console/issue",
    f"/console/offers/{'0' * 32}/withdraw",
    f"/console/offers/{'0' * 32}/again",
    "/console/batches",
    f"/console/batches/{'0' * 32}/start",
    f"/console/batches/{'0' * 32}/discard",
    f"/console/credentials/{'0' * 32}/revoke",
    f"/console/credentials/{'0' * 32}/suspend",
    f"/console/credentials/{'0' * 32}/resume",
]


@pytest.mark.parametrize("path", CONSOLE_FORMS)
@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site", "Origin": "https://evil.localhost"},
    ],
)
def test_no_form_of_the_console_is_taken_from_another_site(office, browser, path, headers):
    answer = HTTP.post(office.url + path, headers=headers | cookie(browser.cookies["console"]))
    assert answer.status_code == 403, answer.text


@pytest.mark.parametrize("path", CONSOLE_FORMS[2:])
def test_no_form_of_the_console_is_taken_without_a_session(office, path):
    answer = HTTP.post(office.url + path, headers={"Origin": office.url})
    assert answer.status_code == 401


def test_a_changed_session_cookie_is_no_session(office, browser):
    right = browser.cookies["console"]
    assert HTTP.get(f"{office.url}/console/audit", headers=cookie(right)).status_code == 200
    for changed in (right[:-2] + "AA", right[:10], "x" * 2000, ""):
        answer = HTTP.get(f"{office.url}/console/audit", headers=cookie(changed))
        assert answer.status_code == 401


def test_what_people_typed_is_shown_as_text(browser):
    evil = '<img src=x onerror="alert(1)">'
    made = browser.post(
        "/console/achievements",
        data={"name": evil, "description": evil, "criteria": evil, "skills": f"http://a.example/1 {evil}"},
    )
    assert made.status_code == 303, made.text
    for path in ("/console", "/console/achievements", "/console/issue", "/console/batches"):
        assert "<img src=x" not in browser.get(path).text
