"""A23: every route of the issuer, without login, with too little of a role, and from another site's form.

What is open to strangers is listed here, so a route that is added opens itself to nobody by accident.
"""

from contextlib import contextmanager

import httpx
import pytest

from issuer.app import create
from issuer.settings import Settings
from passport.service_secrets import make_secrets
from tests.simulators.issuing import HTTP
from tests.simulators.routes import filled, routes

OPEN = {
    "/",
    "/.well-known/oauth-authorization-server/o/{slug}",
    "/.well-known/openid-credential-issuer/o/{slug}",
    "/console",
    "/favicon.ico",
    "/healthz",
    "/o/{slug}/achievements/{achievement_id}",
    "/o/{slug}/achievements/{achievement_id}/picture",
    "/o/{slug}/achievements/{achievement_id}/type",
    "/o/{slug}/did.json",
    "/o/{slug}/offers/{offer_id}",
    "/o/{slug}/stacks/{achievement_id}",
    "/o/{slug}/status/{number}",
    "/o/{slug}/authorize",
    "/o/{slug}/ims/ob/v3p0/about",
    "/o/{slug}/ims/ob/v3p0/authorize",
    "/o/{slug}/ims/ob/v3p0/discovery",
    "/.well-known/oauth-authorization-server/o/{slug}/ims/ob/v3p0",
    "/o/{slug}/token-status/{number}",
    "/offers/{offer_id}",
    "/robots.txt",
}
"""For anybody to read."""
SIGNED = {
    "/o/{slug}/confirmations",
    "/o/{slug}/ims/ob/v3p0/register",
    "/o/{slug}/ims/ob/v3p0/revoke",
    "/o/{slug}/ims/ob/v3p0/token",
    "/o/{slug}/par",
    "/o/{slug}/nonce",
    "/o/{slug}/stacks/{achievement_id}",
    "/o/{slug}/token",
    "/o/{slug}/validations",
}
"""For anybody to send to, with a proof of their own in the body."""
NOBODYS = {("POST", "/o/{slug}/ims/ob/v3p0/credentials"), ("PUT", "/o/{slug}/ims/ob/v3p0/profile")}
"""What the Open Badges API knows and an issuer does for nobody: 405."""
VALUES = {"slug": "bakery", "account_id": "0" * 16, "number": "1", "secret": "A" * 43}
PAGES = ("/join", "/o/{slug}/authorize", "/o/{slug}/ims/ob/v3p0/authorize")
OF_THE_PEOPLE = ("/api/", "/console")


@pytest.fixture(scope="module")
def every_route(tmp_path_factory):
    settings = Settings(data_directory=tmp_path_factory.mktemp("listed"))
    make_secrets({"master secret": settings.master_secret, "bootstrap secret": settings.bootstrap_secret})
    found = [each for each in routes(create(settings)) if not each[1].startswith("/static/")]
    assert len(found) > 130
    return found


@pytest.fixture(scope="module")
def reader(employer):
    return employer.post("/api/accounts", {"name": "A reader", "role": "reader"})["api_key"]


@contextmanager
def console(employer, api_key):
    limits = httpx.Limits(max_keepalive_connections=0)
    with httpx.Client(base_url=employer.url, timeout=60, limits=limits) as client:
        own = {"Origin": employer.url}
        assert client.post("/console/session", data={"api_key": api_key}, headers=own).status_code == 303
        yield client


def ask(employer, method, template, **arguments):
    body = {} if method == "GET" else {"json": {}}
    return HTTP.request(method, employer.url + filled(template, VALUES), **body, **arguments)


def test_what_is_listed_as_open_is_there(every_route):
    there = {(method == "GET", template) for method, template in every_route}
    assert {(True, each) for each in OPEN} | {(False, each) for each in SIGNED} <= there


def test_a_stranger_gets_nothing_anywhere(employer, every_route):
    for method, template in every_route:
        if (method == "GET" and template in OPEN) or (method == "POST" and template in SIGNED):
            continue
        answer = ask(employer, method, template, headers={"Sec-Fetch-Site": "same-origin"})
        expected = {401} if template.startswith(OF_THE_PEOPLE) else {401, 404, 410}
        if (method, template) in NOBODYS:
            expected = {405}
        if template in {"/console/session", "/console/session/end"}:
            expected = {401, 303}
        assert answer.status_code in expected, (method, template, answer.status_code)


def test_the_token_of_nothing_opens_nothing(employer, every_route):
    token = f"{'0' * 32}.{'A' * 43}"
    for method, template in every_route:
        if template.startswith("/o/") and template not in OPEN | SIGNED and (method, template) not in NOBODYS:
            headers = {"Authorization": f"Bearer {token}", "Sec-Fetch-Site": "same-origin"}
            answer = ask(employer, method, template, headers=headers)
            assert answer.status_code in {401, 404, 410}, (method, template, answer.status_code)


def test_a_reader_changes_nothing_by_program(employer, every_route, reader):
    for method, template in every_route:
        if method != "GET" and template.startswith("/api/"):
            answer = ask(employer, method, template, headers={"Authorization": f"Bearer {reader}"})
            expected = 401 if template.startswith("/api/organisations") else 403
            assert answer.status_code == expected, (method, template, answer.status_code)


def test_a_reader_changes_nothing_in_the_console(employer, every_route, reader):
    with console(employer, reader) as client:
        for method, template in every_route:
            own = "session" in template or template.startswith("/console/me/")
            if method == "POST" and template.startswith("/console/") and not own:
                place = filled(template, VALUES)
                answer = client.post(place, data={"a": "b"}, headers={"Origin": employer.url})
                assert answer.status_code == 403, (template, answer.status_code)


@pytest.mark.parametrize(
    "headers",
    [{}, {"Origin": "https://evil.example"}, {"Sec-Fetch-Site": "cross-site"}, {"Origin": "null"}],
    ids=["nothing", "another origin", "another site", "hidden"],
)
def test_no_form_of_another_site_is_taken_by_any_page(employer, every_route, headers):
    with console(employer, employer.api_key) as client:
        for method, template in every_route:
            if method != "GET" and template.startswith(("/console", "/confirm", *PAGES)):
                answer = client.request(method, filled(template, VALUES), data={"a": "b"}, headers=headers)
                refused = (answer.status_code, answer.json().get("code"))
                assert refused == (403, "cross_origin"), (template, refused)


@pytest.mark.parametrize(
    "value", ["%00", "..%2f..%2fetc%2fpasswd", "%ff%fe", "x" * 2_000, "$ne", "%0d%0aA:b"]
)
def test_no_odd_value_in_an_address_is_more_than_unknown(employer, every_route, value):
    with console(employer, employer.api_key) as client:
        for method, template in every_route:
            if method == "GET" and "{" in template:
                headers = {"Authorization": f"Bearer {employer.api_key}"}
                answer = client.get(filled(template, {}, value), headers=headers)
                assert 400 <= answer.status_code < 500, (template, answer.status_code)
                assert "a" not in answer.headers
