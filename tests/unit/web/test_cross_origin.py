"""Pages of other origins may read what a wallet in a browser needs, and nothing that goes by a cookie."""

import re
from itertools import chain

import pytest
from fastapi import FastAPI

from issuer.app import create as create_issuer
from issuer.routes.cross_origin import FOR_WALLETS
from issuer.settings import Settings as IssuerSettings
from passport.errors import NotFound
from passport.service_secrets import make_secrets
from passport.web import WebSettings, create_app
from passport.web.cross_origin import CrossOrigin
from tests.simulators.asgi import asked
from tests.simulators.routes import filled, routes
from verifier.app import create as create_verifier
from verifier.settings import Settings as VerifierSettings
from wallet.host.app import create as create_host
from wallet.host.settings import HostSettings

ANY = "access-control-allow-origin"
PREFLIGHT = {"Origin": "https://wallet.example", "Access-Control-Request-Method": "POST"}
OPEN = {
    "issuer": {
        *(
            "/.well-known/oauth-authorization-server/o/{slug}",
            "/.well-known/openid-credential-issuer/o/{slug}",
        ),
        "/.well-known/oauth-authorization-server/o/{slug}/ims/ob/v3p0",
        *(f"/o/{{slug}}/ims/ob/v3p0/{each}" for each in ("discovery", "register", "token", "revoke")),
        *(f"/o/{{slug}}/ims/ob/v3p0/{each}" for each in ("credentials", "profile")),
        *(f"/o/{{slug}}/{each}" for each in ("par", "token", "nonce", "credential", "deferred")),
        *(f"/o/{{slug}}/{each}" for each in ("notification", "confirmations", "validations")),
        *("/o/{slug}/offers/{offer_id}", "/o/{slug}/stacks/{achievement_id}"),
        *("/o/{slug}/evidence/{evidence_id}", "/o/{slug}/did.json"),
        *("/o/{slug}/status/{number}", "/o/{slug}/token-status/{number}"),
    },
    "verifier": {
        *("/e/{slug}/did.json", "/e/{slug}/profiles/index.json", "/e/{slug}/profiles/{key}"),
        *("/e/{slug}/profiles/{key}/{version}", "/r/{request_id}"),
        *("/openid4vp/{transaction}/request", "/openid4vp/{transaction}/response"),
    },
    "host": {"/api/links", "/api/links/{link_id}/delete", "/s/{link_id}/sealed"},
}
"""All of it; a route that is added opens itself to other origins by nobody's accident."""


@pytest.fixture(scope="module")
def services(tmp_path_factory):
    folder = tmp_path_factory.mktemp("services")
    settings = IssuerSettings(data_directory=folder / "issuer")
    settings.data_directory.mkdir()
    make_secrets({"master secret": settings.master_secret, "bootstrap secret": settings.bootstrap_secret})
    return {
        "issuer": create_issuer(settings),
        "verifier": create_verifier(VerifierSettings(data_directory=folder / "verifier")),
        "host": create_host(HostSettings(data_directory=folder / "host")),
    }


@pytest.mark.parametrize("name", OPEN)
def test_exactly_the_endpoints_for_wallets_are_open_to_other_origins(services, name):
    app = services[name]
    found = set()
    for template in {template for _, template in routes(app)}:
        answer = asked(app, "OPTIONS", filled(template, {}), headers=PREFLIGHT)
        assert "access-control-allow-credentials" not in answer.headers
        if ANY in answer.headers:
            assert (answer.status_code, answer.headers[ANY]) == (204, "*")
            found.add(template)
    assert found == OPEN[name]


def test_no_page_for_people_is_among_them(services):
    pages = ("/console", "/reports", "/requests/{request_id}", "/check", "/trust", "/api/")
    assert not [each for each in chain(*OPEN.values()) if each.startswith(pages) and each not in OPEN["host"]]


def test_a_refusal_is_readable_as_well_and_says_nothing_to_other_paths():
    app = create_app(title="t", version="1", settings=WebSettings("http://localhost"))
    app.add_middleware(CrossOrigin, paths=re.compile("/open/[^/]+"))
    _refuse_at(app, "/open/{name}", "/closed")
    answer = asked(app, "GET", "/open/x", headers={"Origin": "https://wallet.example"})
    assert (answer.status_code, answer.headers[ANY]) == (404, "*")
    assert "dpop-nonce" in answer.headers["access-control-expose-headers"].lower()
    for path in ("/closed", "/open/x/y"):
        assert ANY not in asked(app, "GET", path, headers={"Origin": "https://wallet.example"}).headers


def _refuse_at(app: FastAPI, *templates: str) -> None:
    async def refuse() -> None:
        raise NotFound

    for template in templates:
        app.get(template)(refuse)


def test_only_whole_paths_count():
    assert FOR_WALLETS.fullmatch("/o/school/token")
    for path in ("/o/school/authorize", "/o/school/token/x", "/console/o/school/token", "/o/a/b/token"):
        assert not FOR_WALLETS.fullmatch(path)
