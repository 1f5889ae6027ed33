"""A provider of validations as a real service, its people with their accounts, and a worker who asks."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx

from passport.credentials.build import achievement_credential, presentation
from passport.dids import create_did_key
from passport.encoding import base64url_encode, digest_multibase
from passport.json import JsonObject
from passport.keys import Signer, generate_signer
from passport.proofs import add_proof
from tests.simulators.issuing import ESCO, HTTP, HolderWallet
from tests.simulators.parties import Party

SHEET = b"date,hours,task\n2026-03-02,8,bread\n"
BREAD, DOUGH, OVEN = f"{ESCO}bake-bread", f"{ESCO}make-dough", f"{ESCO}clean-oven"
NAMES = {BREAD: "bake bread", DOUGH: "make dough", OVEN: "clean the oven"}


@dataclass
class Worker:
    """A holder with a key, who makes claims and presents them."""

    signer: Signer = field(default_factory=generate_signer)

    @property
    def did(self) -> str:
        return create_did_key(self.signer.public_key)

    @property
    def party(self) -> Party:
        return Party("A worker", self.signer)

    @property
    def wallet(self) -> HolderWallet:
        return HolderWallet(self.signer)

    def claim(
        self, *skills: str, sheet: bytes = SHEET, media_type: str = "text/csv", **texts: str
    ) -> JsonObject:
        """A claim of these skills, with one work record that it binds."""
        record = f"urn:uuid:{uuid.uuid4()}"
        unsigned = achievement_credential(
            credential_id=f"urn:uuid:{uuid.uuid4()}",
            issuer={"id": self.did},
            subject_id=self.did,
            achievement={
                "id": f"urn:uuid:{uuid.uuid4()}",
                "name": texts.get("name", "What I can do"),
                "description": texts.get("description", "Skills from my work."),
                "achievementType": "Assessment",
                "criteria": {"narrative": "By my own account."},
                "alignment": [
                    {
                        "targetUrl": skill,
                        "targetName": texts.get("skill", NAMES.get(skill, "a skill")),
                        "targetFramework": "ESCO 1.1.1",
                    }
                    for skill in skills
                ],
            },
            valid_from=datetime.now(UTC).replace(microsecond=0) - timedelta(minutes=5),
            evidence=[
                {
                    "id": record,
                    "name": texts.get("record", "Time sheet"),
                    "genre": "self-report",
                    "narrative": texts.get("narrative", "From my last job."),
                }
            ],
            related_resources=[
                {"id": record, "digestMultibase": digest_multibase(sheet), "mediaType": media_type}
            ],
        )
        return self.party.sign(unsigned, at=datetime.now(UTC) - timedelta(minutes=1))

    def present(
        self, credentials: Sequence[JsonObject], *, challenge: str, domain: str, holder: str | None = None
    ) -> JsonObject:
        unsigned = presentation(
            holder=holder or self.did, credentials=credentials, presentation_id=f"urn:uuid:{uuid.uuid4()}"
        )
        return add_proof(
            unsigned,
            signer=self.signer,
            verification_method=self.party.method,
            created=datetime.now(UTC),
            proof_purpose="authentication",
            challenge=challenge,
            domain=domain,
            cryptosuite="eddsa-jcs-2022",
        )


def sent_file(claim: JsonObject, data: bytes = SHEET, **changes: str) -> dict[str, str]:
    return {
        "id": claim["evidence"][0]["id"],
        "name": "sheet.csv",
        "mediaType": "text/csv",
        "content": base64url_encode(data),
    } | changes


@dataclass
class Colleague:
    """Somebody at the provider, with an API key."""

    url: str
    id: str
    api_key: str

    def ask(self, method: str, path: str, **arguments: Any) -> httpx.Response:
        headers = {"Authorization": f"Bearer {self.api_key}"} | arguments.pop("headers", {})
        return HTTP.request(method, self.url + path, headers=headers, **arguments)

    def get(self, path: str) -> Any:
        answer = self.ask("GET", path)
        assert answer.is_success, (answer.status_code, answer.text)
        return answer.json()

    def try_move(self, case: str, move: str, **body: Any) -> httpx.Response:
        return self.ask("POST", f"/api/validations/{case}/moves", json={"move": move, **body})

    def move(self, case: str, move: str, **body: Any) -> dict[str, Any]:
        answer = self.try_move(case, move, **body)
        assert answer.is_success, (answer.status_code, answer.text)
        found: dict[str, Any] = answer.json()
        return found


@dataclass
class Asked:
    """A case as the worker follows it."""

    provider: "Provider"
    worker: Worker
    claim: JsonObject
    id: str
    token: str
    slug: str

    @property
    def path(self) -> str:
        return f"/o/{self.slug}/validations/{self.id}"

    def ask(self, method: str, path: str = "", **arguments: Any) -> httpx.Response:
        headers = {"Authorization": f"Bearer {self.token}"}
        return HTTP.request(method, self.provider.url + self.path + path, headers=headers, **arguments)

    def follow(self) -> dict[str, Any]:
        answer = self.ask("GET")
        assert answer.is_success, answer.text
        found: dict[str, Any] = answer.json()
        return found


@dataclass
class Provider:
    """An organisation that validates."""

    url: str
    slug: str
    did: str
    owner: Colleague
    people: Mapping[str, Colleague] = field(default_factory=dict)

    def __getitem__(self, name: str) -> Colleague:
        return self.people[name]

    @property
    def issuer(self) -> str:
        return f"{self.url}/o/{self.slug}"

    def hire(self, name: str, *roles: str, role: str = "reader", **profile: Any) -> Colleague:
        made = self.owner.ask("POST", "/api/accounts", json={"name": name, "role": role})
        assert made.status_code == 201, made.text
        colleague = Colleague(self.url, made.json()["id"], made.json()["api_key"])
        if "assessor" in roles:
            profile.setdefault("profile", Party(name).did)
        body = {"roles": list(roles), "name": f"The {name}", **profile}
        given = self.owner.ask("PUT", f"/api/validation-staff/{colleague.id}", json=body)
        assert given.is_success, given.text
        self.people = {**self.people, name: colleague}
        return colleague

    def nonce(self) -> str:
        return str(HTTP.post(f"{self.issuer}/nonce").json()["c_nonce"])

    def body(
        self,
        worker: Worker,
        claims: Sequence[JsonObject],
        files: Sequence[Mapping[str, str]] = (),
        **more: Any,
    ) -> dict[str, Any]:
        shown = worker.present(claims, challenge=self.nonce(), domain=self.did)
        return {"presentation": shown, "files": list(files), **more}

    def post(self, body: Mapping[str, Any]) -> httpx.Response:
        return HTTP.post(f"{self.issuer}/validations", json=body)

    def asked(self, *skills: str, worker: Worker | None = None, **more: Any) -> Asked:
        """A request that was taken in."""
        who = worker or Worker()
        claim = more.pop("claim", None) or who.claim(*(skills or (BREAD, DOUGH)))
        others = more.pop("others", ())
        answer = self.post(self.body(who, [claim, *others], [sent_file(claim)], **more))
        assert answer.status_code == 201, (answer.status_code, answer.text)
        made = answer.json()
        return Asked(self, who, claim, made["id"], made["token"], self.slug)

    def until(self, case: str, phase: str, *, assessor: str = "assessor", **assessed: Any) -> None:
        """Move a case on, the usual way, until it is in a phase."""
        coordinator, adviser, judge = self["coordinator"], self["adviser"], self[assessor]
        steps = {
            "identification": [
                lambda: coordinator.move(case, "appoint-adviser", account=adviser.id),
                lambda: coordinator.move(case, "accept"),
            ],
            "documentation": [
                lambda: coordinator.move(
                    case, "identify", identification={"method": "in-person", "on": "2026-01-05"}
                )
            ],
            "assessment": [
                lambda: coordinator.move(case, "appoint-assessor", account=judge.id),
                lambda: adviser.move(case, "submit"),
            ],
            "certification": [
                lambda: judge.move(case, "assess", assessment=assessment(**assessed)),
            ],
            "aftercare": [lambda: judge.move(case, "certify")],
        }
        for name, moves in steps.items():
            if phase == "preparation":
                return
            for step in moves:
                step()
            if name == phase:
                return


def assessment(
    *results: Mapping[str, Any], independent: bool = True, number: int = 2, **more: Any
) -> dict[str, Any]:
    """An assessment; without results, the first `number` skills are met."""
    met = [{"skill": each, "result": "met", "level": "2"} for each in range(number)]
    return {
        "method": "assessment",
        "how": "A morning in the bakery, and an interview.",
        "on": "2026-01-06",
        "independent": independent,
        "results": list(results) or met,
        **more,
    }
