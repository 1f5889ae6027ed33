"""A wallet in memory with what it needs, and an employer who asks for a presentation."""

import secrets
import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from passport.evidence.demand import Demand, Purpose
from passport.evidence.kinds import Strength
from passport.evidence.profile import build_function_profile
from passport.evidence.request import build_presentation_request
from passport.json import JsonObject, dump
from tests.simulators.parties import NOW, Party, World, recognise
from wallet.core.accept import Examined, examine, keep
from wallet.core.trust_lists import keep_list, verify_incoming
from wallet.core.vault import create_vault
from wallet.core.wallet import Wallet, seed_records
from wallet.desktop.sodium import Sodium


class QuickSodium(Sodium):
    """The real cipher; Argon2id at its least cost."""

    def derive(self, passphrase: bytes, salt: bytes, *, memory: int, passes: int, lanes: int) -> bytes:
        del memory, passes, lanes
        return super().derive(passphrase, salt, memory=8, passes=1, lanes=1)


@dataclass
class MemoryStore:
    """Where the vault lies in a test; `fail` makes the next write fail."""

    data: bytes = b""
    writes: int = 0
    fail: Exception | None = None

    def read(self) -> bytes:
        return self.data

    def write(self, data: bytes, revision: int) -> None:
        del revision
        if self.fail is not None:
            raise self.fail
        self.data = data
        self.writes += 1

    def write_alone(self, data: bytes, revision: int) -> None:
        self.write(data, revision)


@dataclass
class Person:
    """A worker with a wallet, in a world of documents."""

    world: World = field(default_factory=World)
    store: MemoryStore = field(default_factory=MemoryStore)

    def __post_init__(self) -> None:
        vault, _ = create_vault(QuickSodium(), secrets.token_bytes, "een korte zin van mij")
        self.wallet = Wallet(vault, self.store, lambda: self.world.now, secrets.token_bytes)
        self.wallet.save(seed_records(secrets.token_bytes(32)))

    def take(self, document: JsonObject) -> Examined:
        """Receive a credential with the world's documents at hand."""
        examined = examine(dump(document), self.world.cache, self.wallet)
        keep(self.wallet, (examined,))
        self.wallet.keep_documents(self.world.cache)
        return examined

    def trust(self, *parties: tuple[Party, Any]) -> None:
        """Use the registrar's list with these parties."""
        source = self.world.trust_list(*(recognise(party, word) for party, word in parties))
        keep_list(self.wallet, verify_incoming(self.wallet, source, self.world.cache))


@dataclass
class Employer:
    """Somebody who publishes a profile and asks: with a did:web for its host, with a bare key as that key."""

    world: World
    party: Party = field(default_factory=lambda: Party.on_the_web("Staalbouw", "employer.example"))

    def __post_init__(self) -> None:
        if self.party.did.startswith("did:web:"):
            self.world.publish(self.party.did_document())

    @property
    def domain(self) -> str:
        return "https://employer.example" if self.party.did.startswith("did:web:") else self.party.did

    def profile(self, demands: Sequence[Demand], **changes: Any) -> JsonObject:
        members: dict[str, Any] = {
            "profile_id": "https://employer.example/profiles/1",
            "version": 1,
            "name": {"en": "Welder", "nl": "Lasser"},
            "publisher": self.party.did,
            "publisher_name": self.party.name,
            "purpose": Purpose.LABOUR_MARKET,
            "taxonomy": "ESCO 1.1.1",
            "demands": demands,
            "valid_from": NOW - timedelta(days=1),
            "valid_until": NOW + timedelta(days=90),
        }
        return self.party.sign(build_function_profile(**{**members, **changes}))

    def request(self, demands: Sequence[Demand], *, by: Party | None = None, **changes: Any) -> JsonObject:
        profile = changes.pop("profile", None) or self.profile(demands)
        members: dict[str, Any] = {
            "request_id": f"urn:uuid:{uuid.uuid4()}",
            "challenge": secrets.token_urlsafe(24),
            "domain": self.domain,
            "verifier": self.party.did,
            "verifier_name": self.party.name,
            "purpose": Purpose.LABOUR_MARKET,
            "profile": profile,
            "valid_from": self.world.now - timedelta(seconds=5),
            "valid_until": self.world.now + timedelta(minutes=5),
        }
        return (by or self.party).sign(build_presentation_request(**{**members, **changes}))


def demand(skill: str, label: str = "", *, strength: Strength = Strength.SOFT, **members: Any) -> Demand:
    return Demand(skill, label or skill.rsplit("/", 1)[-1], minimum_strength=strength, **members)
