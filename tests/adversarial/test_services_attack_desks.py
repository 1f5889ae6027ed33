"""Every route of the wallet and of the verifier, for a stranger, another name of this machine, another site."""

import httpx
import pytest

from passport.service_secrets import make_secrets
from tests.simulators.desks import at_desk
from tests.simulators.routes import filled, routes
from tests.simulators.serving import bound, serving
from verifier.app import create as create_verifier
from verifier.settings import Settings
from wallet.desktop.app import create as create_wallet
from wallet.desktop.settings import WalletSettings

WALLET_OPEN = {"/favicon.ico", "/healthz", "/open", "/robots.txt", "/api/session"}
WITHOUT_COOKIE = {"/connected/{place}": 410, "/signed-in/{place}": 410}
"""An issuer or a platform sends the browser here, and one that another site sends has no cookie of ours. The
place is 128 bits of chance or more that only they were told, good once: tests/adversarial holds that."""
PROGRAMS = "/ims/ob/v3p0/"
"""Where programs on this machine exchange badges, with a token that the person agreed to: no cookie opens it.
tests/adversarial/test_badge_program_attacks.py holds what each place takes and tells."""
VERIFIER_OPEN = {
    "/",
    "/e/{slug}/did.json",
    "/e/{slug}/profiles/index.json",
    "/e/{slug}/profiles/{key}",
    "/e/{slug}/profiles/{key}/{version}",
    "/favicon.ico",
    "/healthz",
    "/openid4vp/{transaction}/request",
    "/openid4vp/{transaction}/response",
    "/openid4vp/{transaction}/return",
    "/r/{request_id}",
    "/robots.txt",
    "/sign-in",
    "/sign-out",
}
ANOTHER_SITE = [
    {"Origin": "https://evil.example"},
    {"Sec-Fetch-Site": "cross-site"},
    {"Origin": "http://127.0.0.1:1"},
]


def listed(app):
    return [each for each in routes(app) if not each[1].startswith("/static/")]


@pytest.fixture(scope="module")
def desk(tmp_path_factory):
    with at_desk(tmp_path_factory.mktemp("desk")) as made:
        yield made


@pytest.fixture(scope="module")
def wallet_routes(tmp_path_factory):
    found = listed(create_wallet(WalletSettings(tmp_path_factory.mktemp("listed"), port=1)))
    assert len(found) > 100
    return [each for each in found if each[1] not in WALLET_OPEN]


def ask(client, method, template, values=None, **arguments):
    body = {} if method == "GET" else {"data": {"a": "b"}}
    return client.request(
        method, filled(template, values or {"number": "1", "sought": "validation"}), **body, **arguments
    )


def test_nobody_opens_a_page_of_the_wallet_without_its_cookie(desk, wallet_routes):
    own = {"Sec-Fetch-Site": "same-origin"}
    with httpx.Client(base_url=desk.client.base_url, trust_env=False, headers=own) as stranger:
        for method, template in wallet_routes:
            answer = ask(stranger, method, template)
            expected = {WITHOUT_COOKIE.get(template, 401)}
            if template.startswith(PROGRAMS):
                expected = {200} if template.endswith("/discovery") else {400, 401, 405}
                assert desk.did not in answer.text
            assert answer.status_code in expected, (method, template, answer.status_code)


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example", "localhost.evil.example"])
def test_a_name_that_was_pointed_at_this_machine_opens_no_page_of_the_wallet(desk, wallet_routes, host):
    for method, template in wallet_routes:
        headers = {"Host": f"{host}:{desk.client.base_url.port}", "Accept": "application/json"}
        answer = ask(desk.client, method, template, headers=headers)
        assert 400 <= answer.status_code < 500, (method, template, answer.status_code)
        assert desk.did not in answer.text


@pytest.mark.parametrize("headers", ANOTHER_SITE, ids=["origin", "site", "another program here"])
def test_no_other_site_has_anything_done_by_the_wallet(desk, wallet_routes, headers):
    with httpx.Client(
        base_url=desk.client.base_url, trust_env=False, cookies=desk.client.cookies, headers=headers
    ) as other:
        for method, template in wallet_routes:
            if method != "GET" or template.startswith("/api/"):
                answer = ask(other, method, template)
                assert answer.status_code == 403, (method, template, answer.status_code)


@pytest.fixture(scope="module")
def verifier(tmp_path_factory):
    listener = bound()
    settings = Settings(
        base_url=f"http://localhost:{listener.getsockname()[1]}",
        data_directory=tmp_path_factory.mktemp("verifier"),
        allow_loopback=True,
    )
    make_secrets({"master secret": settings.master_secret, "bootstrap secret": settings.bootstrap_secret})
    app = create_verifier(settings)
    found = [each for each in listed(app) if each[1] not in VERIFIER_OPEN]
    assert len(found) > 30
    with serving(app, listener) as address:
        bootstrap = {"Authorization": f"Bearer {settings.bootstrap_secret.read_text().strip()}"}
        body = {"slug": "yard", "name": "A yard"}
        key = httpx.post(f"{address}/api/employers", json=body, headers=bootstrap).json()["apiKey"]
        yield address, found, key


def test_a_stranger_gets_nothing_of_the_verifier(verifier):
    address, found, _ = verifier
    with httpx.Client(base_url=address, headers={"Sec-Fetch-Site": "same-origin"}) as stranger:
        for method, template in found:
            answer = ask(stranger, method, template)
            shown = answer.status_code == 303 and answer.headers["location"] == "/"
            assert shown or answer.status_code == 401, (method, template, answer.status_code)


@pytest.mark.parametrize("headers", [{}, *ANOTHER_SITE])
def test_no_form_of_another_site_is_taken_by_the_verifier(verifier, headers):
    address, found, key = verifier
    with httpx.Client(base_url=address) as client:
        entered = client.post("/sign-in", data={"key": key}, headers={"Origin": address})
        assert entered.status_code == 303
        for method, template in found:
            if method != "GET" and not template.startswith(("/api/", "/credentials", "/presentations")):
                answer = ask(client, method, template, headers=headers)
                assert answer.status_code == 403, (method, template, answer.status_code)
            elif template.startswith("/api/"):
                answer = ask(client, method, template, headers=headers)
                assert answer.status_code == 401, (template, "no cookie opens what is for programs")
