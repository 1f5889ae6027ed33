"""The stage: three services with empty stores, and the registrar that the verifier and the wallet rely on."""

import secrets
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from passport.clock import utc_now
from passport.demo.doors import Door
from passport.demo.services import Services, free_port
from passport.dids.did_key import create_did_key, key_method_id
from passport.json import JsonObject
from passport.keys import Signer, generate_signer
from passport.proofs import add_proof
from passport.trust import Recognition, TrustEntry, build_trust_list

_STATUS_TTL = "1"
"""Seconds that a status list may be relied on: short, so that the demo need not wait for a revocation."""


@dataclass(slots=True)
class Stage:
    """Everything that runs, and the doors of the people who use it."""

    folder: Path
    services: Services
    registrar: Signer
    ports: dict[str, int]
    school: Door
    employer: Door
    asker: Door
    wallet: Door
    dids: dict[str, str]

    @property
    def registrar_did(self) -> str:
        return create_did_key(self.registrar.public_key)

    def trust_list(self) -> JsonObject:
        """The registrar's signed list: the school is an educator, the employer an employer."""
        now = utc_now()
        entries = [
            TrustEntry(self.dids["school"], "Synthetic school", frozenset({Recognition.EDUCATOR}), now),
            TrustEntry(self.dids["employer"], "Synthetic employer", frozenset({Recognition.EMPLOYER}), now),
        ]
        document = build_trust_list(
            list_id="https://registrar.example/lists/demo",
            version=1,
            name={"en": "Synthetic register", "nl": "Synthetisch register"},
            publisher=self.registrar_did,
            publisher_name="Synthetic registrar",
            valid_from=now,
            valid_until=now + timedelta(days=30),
            entries=entries,
        )
        return add_proof(
            document,
            signer=self.registrar,
            verification_method=key_method_id(self.registrar_did),
            created=now,
            cryptosuite="eddsa-jcs-2022",
        )

    def start_issuer(self) -> None:
        port, data = self.ports["issuer"], self.folder / "issuer"
        self.services.start(
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

    def stop_issuer(self) -> None:
        self.services.stop_one("issuer")

    def close(self) -> None:
        for door in (self.school, self.employer, self.asker, self.wallet):
            door.close()


def set_stage(folder: Path, services: Services) -> Stage:
    """Start issuer, verifier and wallet, with a registrar that the verifier takes trust lists from."""
    registrar = generate_signer()
    ports = {name: free_port() for name in ("issuer", "verifier", "wallet")}
    nowhere = Door("http://localhost")
    stage = Stage(folder, services, registrar, ports, nowhere, nowhere, nowhere, nowhere, {})
    stage.start_issuer()
    _start_verifier(stage)
    token = start_wallet(stage)
    services.wait()
    stage.wallet = Door(f"http://localhost:{ports['wallet']}")
    stage.wallet.post("/api/session", {"token": token})
    return stage


def _start_verifier(stage: Stage) -> None:
    port = stage.ports["verifier"]
    stage.services.start(
        "verifier",
        port,
        ["verifier", "serve", "--port", str(port)],
        {
            "PASSPORT_VERIFIER_BASE_URL": f"http://localhost:{port}",
            "PASSPORT_VERIFIER_DATA_DIRECTORY": str(stage.folder / "verifier"),
            "PASSPORT_VERIFIER_ALLOW_LOOPBACK": "true",
            "PASSPORT_VERIFIER_TRUST_PUBLISHERS": f'["{stage.registrar_did}"]',
        },
        "/healthz",
    )


def start_wallet(stage: Stage) -> str:
    """Start the wallet's host and return the one-time token that opens it when it answers."""
    port = stage.ports["wallet"]
    passphrase, token = stage.folder / "wallet.passphrase", stage.folder / "wallet.token"
    _new_secret(token)
    if not passphrase.exists():
        _new_secret(passphrase)
    stage.services.start(
        "wallet",
        port,
        [
            *("wallet", "serve", "--wallet", str(stage.folder / "wallet"), "--port", str(port)),
            *("--token-file", str(token), "--unlocked", "--allow-loopback"),
        ],
        {"PASSPORT_WALLET_PASSPHRASE_FILE": str(passphrase)},
        "/healthz",
    )
    return token.read_text(encoding="ascii")


def _new_secret(path: Path) -> None:
    path.touch(mode=0o600)
    path.write_text(secrets.token_urlsafe(24), encoding="ascii")
