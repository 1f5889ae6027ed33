"""The stage of the hardening story: an issuer with two organisations, a registrar, a worker at a terminal."""

import secrets
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

from passport.clock import utc_now
from passport.demo.doors import Door
from passport.demo.record import Record
from passport.demo.services import Services, free_port
from passport.demo.terminal import Terminal
from passport.dids.did_key import create_did_key
from passport.keys import Signer, generate_signer
from passport.statements import sign_statement
from passport.trust import Recognition, TrustEntry, build_trust_list

EMPLOYER, OFFICE = "employer", "assessment"
_NAMES = {EMPLOYER: "Synthetic employer", OFFICE: "Synthetic assessment centre"}
_RECOGNISED = {EMPLOYER: Recognition.EMPLOYER, OFFICE: Recognition.VALIDATOR}
_STATUS_TTL = "1"
"""Seconds that a status list may be relied on: short, so that the story need not wait for a revocation."""
TRUST_LIST = "trust-list.json"


@dataclass(slots=True)
class Stage:
    """Everything that runs, and the doors of the organisations."""

    folder: Path
    services: Services
    worker: Terminal
    port: int
    asking_port: int
    registrar: Signer
    dids: dict[str, str] = field(default_factory=dict)
    doors: dict[str, Door] = field(default_factory=dict)

    @property
    def address(self) -> str:
        return f"http://localhost:{self.port}"

    @property
    def verifier(self) -> str:
        """Where the employer that asks has its service."""
        return f"http://localhost:{self.asking_port}"

    def link(self, slug: str) -> str:
        """Where a wallet asks an organisation."""
        return f"{self.address}/o/{slug}"

    @property
    def publisher(self) -> str:
        return create_did_key(self.registrar.public_key)

    def open_accounts(self) -> None:
        """An employer and an assessment centre get an account, a key and a DID document."""
        secret = (self.services.folder / "issuer" / "bootstrap.secret").read_text(encoding="ascii").strip()
        operator = Door(self.address, key=secret)
        for slug, name in _NAMES.items():
            made = operator.post("/api/organisations", {"slug": slug, "name": name})
            self.dids[slug] = made["did"]
            self.doors[slug] = Door(self.address, key=made["owner"]["api_key"])
        operator.close()

    def publish_trust(self) -> None:
        """The registrar's signed list, as a file beside the worker's other files."""
        now = utc_now()
        document = build_trust_list(
            list_id="https://registrar.example/lists/hardening",
            version=1,
            name={"en": "Synthetic register", "nl": "Synthetisch register"},
            publisher=self.publisher,
            publisher_name="Synthetic registrar",
            valid_from=now,
            valid_until=now + timedelta(days=30),
            entries=[
                TrustEntry(did, _NAMES[slug], frozenset({_RECOGNISED[slug]}), now)
                for slug, did in self.dids.items()
            ],
        )
        signed = sign_statement(document, signer=self.registrar, created=now)
        (self.worker.folder / TRUST_LIST).write_bytes(signed)

    def close(self) -> None:
        for door in self.doors.values():
            door.close()


def set_stage(folder: Path, services: Services, record: Record) -> Stage:
    """Start the issuer and a verifier, and give the worker a terminal with an empty folder."""
    port, asking_port, data = free_port(), free_port(), services.folder / "issuer"
    registrar = generate_signer()
    services.start(
        "issuer",
        port,
        ["issuer", "serve", "--port", str(port)],
        {
            "PASSPORT_ISSUER_BASE_URL": f"http://localhost:{port}",
            "PASSPORT_ISSUER_DATA_DIRECTORY": str(data),
            "PASSPORT_ISSUER_ALLOW_LOOPBACK": "true",
            "PASSPORT_ISSUER_STATUS_LIST_TTL": _STATUS_TTL,
        },
        "/healthz",
    )
    services.start(
        "verifier",
        asking_port,
        ["verifier", "serve", "--port", str(asking_port)],
        {
            "PASSPORT_VERIFIER_BASE_URL": f"http://localhost:{asking_port}",
            "PASSPORT_VERIFIER_DATA_DIRECTORY": str(services.folder / "verifier"),
            "PASSPORT_VERIFIER_ALLOW_LOOPBACK": "true",
            "PASSPORT_VERIFIER_TRUST_PUBLISHERS": f'["{create_did_key(registrar.public_key)}"]',
        },
        "/healthz",
    )
    passphrase = services.folder / "wallet.passphrase"
    passphrase.touch(mode=0o600)
    passphrase.write_text(secrets.token_urlsafe(24), encoding="ascii")
    home = folder / "worker"
    home.mkdir(mode=0o700)
    environment = {
        "PASSPORT_WALLET_HOME": str(services.folder.absolute() / "wallet"),
        "PASSPORT_WALLET_PASSPHRASE_FILE": str(passphrase.absolute()),
        "PASSPORT_ALLOW_LOOPBACK": "true",
        "PASSPORT_LANGUAGE": "en",
    }
    services.wait()
    return Stage(folder, services, Terminal(home, record, environment), port, asking_port, registrar)
