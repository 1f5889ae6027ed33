"""Every address of every service, also where it refuses or breaks: nothing runs, nothing is framed or embedded.

One in ten of them, or all: `PASSPORT_ATTACKS=all pytest tests/adversarial/test_headers_everywhere.py`.
"""

import asyncio
import logging
import os
from pathlib import Path

import httpx

from issuer.app import create as create_issuer
from issuer.settings import Settings as IssuerSettings
from passport.web import WebSettings
from tests.simulators.routes import filled, routes
from verifier.app import create as create_verifier
from verifier.settings import Settings as VerifierSettings
from wallet.desktop.app import create as create_wallet
from wallet.desktop.settings import WalletSettings
from wallet.host.app import create as create_host
from wallet.host.settings import HostSettings
from wallet.site.app import create as create_site

EACH = 1 if os.environ.get("PASSPORT_ATTACKS") == "all" else 10
BESIDE = [
    ("GET", "/nowhere"),
    ("GET", "/%00"),
    ("TRACE", "/"),
    ("DELETE", "/healthz"),
    ("GET", "/openapi.json"),
]
POLICY = {
    "default-src": "'none'",
    "base-uri": "'none'",
    "frame-ancestors": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
}


def applications(folder: Path):
    port = 8999
    for secret in ("master.secret", "bootstrap.secret"):
        (folder / secret).write_text("0" * 64)
        (folder / secret).chmod(0o600)
    yield "wallet", create_wallet(WalletSettings(folder / "wallet", port=port))
    yield (
        "verifier",
        create_verifier(VerifierSettings(base_url=f"http://localhost:{port}", data_directory=folder)),
    )
    yield "issuer", create_issuer(IssuerSettings(base_url=f"http://localhost:{port}", data_directory=folder))
    yield "host", create_host(HostSettings(base_url=f"http://localhost:{port}", data_directory=folder))
    yield "site", create_site(WebSettings(f"http://localhost:{port}"))


def faults(answer: httpx.Response) -> list[str]:
    told = answer.headers
    policy = dict(
        part.split(maxsplit=1) for part in told.get("content-security-policy", "").split("; ") if part
    )
    sandboxed = policy.get("default-src") == "'none'" and not policy.keys() & {"script-src", "style-src"}
    expected = {"default-src": "'none'"} if sandboxed else POLICY
    found = [f"{name} {policy.get(name)}" for name, value in expected.items() if policy.get(name) != value]
    readable = told.get("access-control-allow-origin")
    if readable not in {None, "*"} or "access-control-allow-credentials" in told:
        found.append("another origin reads it with a cookie")
    if told.get("cross-origin-resource-policy") not in (
        {"same-origin", "cross-origin"} if readable else {"same-origin"}
    ):
        found.append("another site may embed it")
    for name, value in {"x-content-type-options": "nosniff", "x-frame-options": "DENY"}.items():
        if told.get(name) != value:
            found.append(name)
    if told.get("referrer-policy") not in {"same-origin", "no-referrer"}:
        found.append("referrer-policy")
    if "set-cookie" in told and "httponly" not in told["set-cookie"].lower():
        found.append("a script reads the cookie")
    kept = told.get("cache-control", "")
    if not (readable or answer.url.path.startswith(("/static/", "/taxonomy/")) or "no-store" in kept):
        known = answer.url.path == "/favicon.ico" or "no-cache" in kept or "must-revalidate" in kept
        found += [] if known else [f"cache-control {kept}"]
    return found


async def looked_at(app, name: str) -> list[tuple[str, ...]]:
    wrong = []
    transport = httpx.ASGITransport(app=app, raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=transport, base_url="http://localhost:8999") as client:
        for method, template in [*routes(app)[::EACH], *BESIDE]:
            for accept in ("text/html", "application/json")[: 2 if EACH == 1 else 1]:
                body = (
                    {}
                    if method == "GET"
                    else {"content": b"\xff{", "headers": {"Content-Type": "text/plain"}}
                )
                headers = {"Accept": accept, **body.pop("headers", {})}
                answer = await client.request(
                    method, filled(template, {"number": "1"}), headers=headers, **body
                )
                wrong += [
                    (name, method, template, str(answer.status_code), fault) for fault in faults(answer)
                ]
    return wrong


def test_every_answer_runs_nothing_and_is_for_no_other_site(tmp_path, caplog):
    caplog.set_level(
        logging.CRITICAL
    )  # without a store much of it breaks: those answers are looked at as well
    wrong, count = [], 0
    for name, app in applications(tmp_path):
        count += len(routes(app))
        wrong += asyncio.run(looked_at(app, name))
    assert count > 400
    assert wrong == []
