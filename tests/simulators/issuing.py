"""An issuer as a real process, the people who work with it, and a wallet that claims from it."""

import json
import os
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import httpx

from passport.dids import create_did_key, key_method_id
from passport.keys import Signer, generate_signer
from passport.oauth.server_metadata import read_server_metadata, server_metadata_url
from passport.oauth.token_request import PreAuthorizedCodeGrant
from passport.openid4vc import (
    CredentialOffer,
    CredentialRequest,
    create_key_proof,
    issuer_metadata_url,
    parse_credential_offer,
    parse_issuer_metadata,
)
from tests.simulators.serving import bound
from tests.simulators.warm import Running

ESCO = "http://data.europa.eu/esco/skill/"
ACHIEVEMENT = {
    "name": "Brood bakken 🍞",
    "description": "Bakes bread from five kinds of flour.",
    "criteria": {"narrative": "An examination of four hours with two assessors."},
    "achievementType": "MicroCredential",
    "tag": ["formal"],
    "alignment": [
        {
            "targetUrl": f"{ESCO}bake-bread",
            "targetName": "bake bread",
            "targetFramework": "ESCO 1.1.1",
            "targetType": "ext:ESCOSkill",
        }
    ],
}
READY_SECONDS = 40.0
HTTP = httpx.Client(timeout=60, limits=httpx.Limits(max_connections=200, max_keepalive_connections=0))
"""One client, since making its TLS settings costs more than a request; no connection outlives a killed server."""


@dataclass
class IssuerProcess:
    """`passport issuer serve` on a port of its own, with the embedded store in `folder`."""

    folder: Path
    settings: dict[str, str] = field(default_factory=dict)
    port: int = 0
    process: Running | None = None

    @property
    def url(self) -> str:
        return f"http://localhost:{self.port}"

    def start(self, **settings: str) -> "IssuerProcess":
        self.port = self.port or _free_port()
        named = {f"PASSPORT_ISSUER_{key.upper()}": value for key, value in (self.settings | settings).items()}
        self.process = Running(
            ["issuer", "serve", "--port", str(self.port)],
            environment={
                **os.environ,
                "PASSPORT_ISSUER_BASE_URL": self.url,
                "PASSPORT_ISSUER_DATA_DIRECTORY": str(self.folder / "data"),
                "PASSPORT_ISSUER_ALLOW_LOOPBACK": "true",
                "PASSPORT_ISSUER_FAULT_FILE": str(self.fault_file),
                **named,
            },
            log=self.folder / "issuer.log",
        )
        until = time.monotonic() + READY_SECONDS
        while time.monotonic() < until and self.process.poll() is None:
            try:
                if HTTP.get(f"{self.url}/healthz", timeout=2).is_success:
                    return self
            except httpx.HTTPError:
                time.sleep(0.02)
        raise AssertionError((self.folder / "issuer.log").read_text()[-4000:])

    @property
    def fault_file(self) -> Path:
        return self.folder / "fault"

    @contextmanager
    def dying_at(self, point: str) -> Iterator[None]:
        """Whatever is done in here meets its death at this point; after it, the issuer runs again."""
        self.fault_file.write_text(point)
        yield
        assert self.process is not None
        assert self.process.wait(30) == -signal.SIGKILL
        self.fault_file.unlink()
        self.start()

    def kill(self) -> None:
        assert self.process is not None
        self.process.kill()
        self.process.wait()

    def stop(self) -> None:
        if self.process is not None and self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(15)
            except subprocess.TimeoutExpired:
                self.kill()

    @property
    def bootstrap_secret(self) -> str:
        return (self.folder / "data" / "bootstrap.secret").read_text().strip()


@dataclass
class Office:
    """Somebody with an API key."""

    url: str
    slug: str
    did: str
    api_key: str

    @property
    def issuer(self) -> str:
        return f"{self.url}/o/{self.slug}"

    def ask(self, method: str, path: str, *, once: str | None = None, **arguments) -> httpx.Response:
        headers = {"Authorization": f"Bearer {self.api_key}"} | arguments.pop("headers", {})
        if once is not None:
            headers["Idempotency-Key"] = once
        return HTTP.request(method, self.url + path, headers=headers, **arguments)

    def post(self, path: str, body: object = None, **arguments) -> dict:
        response = self.ask("POST", path, json={} if body is None else body, **arguments)
        assert response.is_success, (response.status_code, response.text)
        return response.json()

    def put(self, path: str, body: object) -> dict:
        response = self.ask("PUT", path, json=body)
        assert response.is_success, (response.status_code, response.text)
        return response.json()

    def get(self, path: str) -> dict:
        response = self.ask("GET", path)
        assert response.is_success, (response.status_code, response.text)
        return response.json()

    def achievement(self, **changes) -> str:
        return self.post("/api/achievements", ACHIEVEMENT | changes)["id"]


def open_office(process: IssuerProcess, slug: str = "bakery-school") -> Office:
    """Create an organisation; its owner is who asks from here on."""
    response = HTTP.post(
        f"{process.url}/api/organisations",
        json={"slug": slug, "name": "Bakkersschool Noord"},
        headers={"Authorization": f"Bearer {process.bootstrap_secret}"},
        timeout=30,
    )
    assert response.status_code == 201, response.text
    made = response.json()
    return Office(process.url, slug, made["did"], made["owner"]["api_key"])


@dataclass
class HolderWallet:
    """A wallet that follows OpenID4VCI 1.0 to the letter."""

    signer: Signer = field(default_factory=generate_signer)

    @property
    def did(self) -> str:
        return create_did_key(self.signer.public_key)

    def fetch_offer(self, link: str):
        uri = parse_qs(urlsplit(link).query)["credential_offer_uri"][0]
        response = HTTP.get(uri, headers={"Accept": "application/json"})
        response.raise_for_status()
        return parse_credential_offer(response.content)

    def token(self, offer, tx_code: str | None = None) -> httpx.Response:
        issuer = offer.credential_issuer
        metadata = HTTP.get(server_metadata_url(issuer))
        endpoint = read_server_metadata(metadata.content, expected_issuer=issuer).token_endpoint
        form = PreAuthorizedCodeGrant(offer.pre_authorized_code, tx_code).to_form()
        return HTTP.post(endpoint, data=form)

    def key_proof(self, issuer: str, nonce: str | None = None, **changes) -> str:
        arguments = {
            "verification_method": key_method_id(self.did),
            "audience": issuer,
            "nonce": nonce or self.nonce(issuer),
            "issued_at": datetime.now(UTC),
        } | changes
        return create_key_proof(self.signer, **arguments)

    def nonce(self, issuer: str) -> str:
        response = HTTP.post(f"{issuer}/nonce")
        response.raise_for_status()
        return response.json()["c_nonce"]

    def request(
        self, offer, access_token: str, key_proof: str | None = None, configuration: str | None = None
    ) -> httpx.Response:
        issuer = offer.credential_issuer
        metadata = parse_issuer_metadata(
            HTTP.get(issuer_metadata_url(issuer)).content, expected_issuer=issuer
        )
        body = CredentialRequest(
            configuration or offer.credential_configuration_ids[0], (key_proof or self.key_proof(issuer),)
        )
        return HTTP.post(
            metadata.credential_endpoint,
            json=body.to_json(),
            headers={"Authorization": f"Bearer {access_token}"},
            timeout=30,
        )

    def claim(self, link: str, tx_code: str | None = None) -> dict:
        return self.claim_open(link, tx_code).credential

    def claim_open(self, link: str, tx_code: str | None = None) -> "Claim":
        """Claim the first form of an offer and hold on to what else may be said with its token."""
        offer = self.fetch_offer(link)
        token = self.token(offer, tx_code)
        assert token.status_code == 200, token.text
        access_token = token.json()["access_token"]
        answer = self.request(offer, access_token)
        assert answer.status_code == 200, answer.text
        body = json.loads(answer.content)
        return Claim(offer, access_token, body["credentials"][0]["credential"], body["notification_id"])

    def notify(self, claim: "Claim", event: str) -> httpx.Response:
        return HTTP.post(
            f"{claim.offer.credential_issuer}/notification",
            json={"notification_id": claim.notification_id, "event": event},
            headers={"Authorization": f"Bearer {claim.token}"},
        )


@dataclass(frozen=True)
class Claim:
    """What a wallet holds in its hands between the credential and its last word."""

    offer: CredentialOffer
    token: str
    credential: dict
    notification_id: str


@contextmanager
def issuer_process(folder: Path, **settings: str) -> Iterator[IssuerProcess]:
    folder.mkdir(parents=True, exist_ok=True)
    process = IssuerProcess(folder, settings).start()
    try:
        yield process
    finally:
        process.stop()


def _free_port() -> int:
    with bound() as listener:
        port: int = listener.getsockname()[1]
    return port
