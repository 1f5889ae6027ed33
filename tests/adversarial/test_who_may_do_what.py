"""A23: who may do what at an issuer, by a key, by a role, and in the console."""

import httpx
import pytest

from tests.simulators.claiming_at_once import offered
from tests.simulators.issuing import HTTP, HolderWallet, Office, open_office


@pytest.fixture(scope="module")
def office(school_process):
    return open_office(school_process, "roles-school")


@pytest.fixture(scope="module")
def achievement(office):
    return office.achievement()


@pytest.fixture
def wallet():
    return HolderWallet()


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
    *(("POST", f"/api/batches/{'0' * 32}/{what}") for what in ("start", "pause", "resume", "stop")),
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


def test_one_organisation_does_not_see_or_touch_anothers(school_process, office, achievement, wallet):
    made = office.post("/api/credentials", {"achievement": achievement, "subject": wallet.did})
    offer = offered(office, achievement)
    stranger = open_office(school_process, "stranger")
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


def test_only_the_bootstrap_secret_makes_organisations(school_process, office):
    body = {"slug": "pirates", "name": "Pirates"}
    for headers in ({}, {"Authorization": "Bearer x"}, {"Authorization": f"Bearer {office.api_key}"}):
        answer = HTTP.post(f"{office.url}/api/organisations", json=body, headers=headers)
        assert (answer.status_code, answer.json()["code"]) == (401, "wrong_bootstrap_secret")
    bearer = {"Authorization": f"Bearer {school_process.bootstrap_secret}"}
    taken = HTTP.post(f"{office.url}/api/organisations", json=body | {"slug": office.slug}, headers=bearer)
    assert taken.json()["code"] == "organisation_exists"
    for slug in ("", "a", "A-b", "-ab", "ab-", "a" * 41, "a/b", "a.b", "é1"):
        answer = HTTP.post(f"{office.url}/api/organisations", json=body | {"slug": slug}, headers=bearer)
        assert (answer.status_code, answer.json()["code"]) == (400, "malformed_slug")


def test_a_renewed_or_disabled_key_stops_at_once(school_process):
    owner = open_office(school_process, "changing")
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
    *(f"/console/batches/{'0' * 32}/{what}" for what in ("start", "pause", "resume", "stop", "discard")),
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
