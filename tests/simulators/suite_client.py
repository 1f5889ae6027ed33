"""The public suites' side of the VC API: what they post to the conformance profile, and what they look at."""

import json
from dataclasses import dataclass
from typing import Any

import httpx
from fastapi import FastAPI

from passport.conformance.app import create
from passport.conformance.slots import Slot
from tests.simulators.asgi import asked

V1 = "https://www.w3.org/2018/credentials/v1"
V2 = "https://www.w3.org/ns/credentials/v2"
EXAMPLES = "https://www.w3.org/ns/credentials/examples/v2"
UNDEFINED_TERMS = "https://www.w3.org/ns/credentials/undefined-terms/v2"
ORIGIN = "http://localhost"


def credential(**members: Any) -> dict[str, Any]:
    """The suites' smallest credential, with members put in, or taken out with `...`."""
    document = {
        "@context": [V2],
        "id": "urn:uuid:86294362-4254-4f36-854f-3952fe42555d",
        "type": ["VerifiableCredential"],
        "issuer": "did:example:issuer",
        "credentialSubject": {"id": "did:example:subject"},
        **members,
    }
    return {name: value for name, value in document.items() if value is not ...}


def presentation(**members: Any) -> dict[str, Any]:
    document = {"@context": [V2], "type": ["VerifiablePresentation"], **members}
    return {name: value for name, value in document.items() if value is not ...}


@dataclass(frozen=True)
class Door:
    """The server, and one of its slots."""

    app: FastAPI
    path: str = "eddsa-rdfc-2022/ed25519"

    @classmethod
    def opened(cls, path: str = "eddsa-rdfc-2022/ed25519") -> "Door":
        return cls(create(ORIGIN), path)

    def at(self, path: str) -> "Door":
        return Door(self.app, path)

    @property
    def slot(self) -> Slot:
        found: Slot = self.app.state.profile.slots[self.path]
        return found

    def post(self, operation: str, body: Any) -> httpx.Response:
        return asked(
            self.app,
            "POST",
            f"/{self.path}/{operation}",
            headers={"content-type": "application/json"},
            content=json.dumps(body).encode(),
        )

    def get(self, path: str, accept: str = "") -> httpx.Response:
        return asked(self.app, "GET", path, headers={"accept": accept})

    def issue(self, document: Any, **options: Any) -> dict[str, Any]:
        """Issue, as the suites expect it of what is valid."""
        response = self.post("credentials/issue", {"credential": document, "options": options})
        assert response.status_code == 201, response.text
        secured: dict[str, Any] = response.json()["verifiableCredential"]
        return secured

    def derive(self, document: Any, *pointers: str) -> dict[str, Any]:
        response = self.post(
            "credentials/derive",
            {"verifiableCredential": document, "options": {"selectivePointers": list(pointers)}},
        )
        assert response.status_code == 201, response.text
        shown: dict[str, Any] = response.json()["verifiableCredential"]
        return shown

    def prove(self, document: Any, **options: Any) -> dict[str, Any]:
        response = self.post("presentations/prove", {"presentation": document, "options": options})
        assert response.status_code == 201, response.text
        secured: dict[str, Any] = response.json()["verifiablePresentation"]
        return secured

    def accepts(self, document: Any, **options: Any) -> None:
        accepted(self.post("credentials/verify", {"verifiableCredential": document, "options": options}))

    def accepts_presentation(self, document: Any, **options: Any) -> None:
        accepted(self.post("presentations/verify", {"verifiablePresentation": document, "options": options}))

    def will_not_issue(self, document: Any, **options: Any) -> dict[str, Any]:
        return refused(self.post("credentials/issue", {"credential": document, "options": options}))

    def refuses(self, document: Any, **options: Any) -> dict[str, Any]:
        return refused(
            self.post("credentials/verify", {"verifiableCredential": document, "options": options})
        )

    def refuses_presentation(self, document: Any, **options: Any) -> dict[str, Any]:
        return refused(
            self.post("presentations/verify", {"verifiablePresentation": document, "options": options})
        )


def accepted(response: httpx.Response) -> None:
    assert response.status_code == 200, response.text
    told = response.json()
    assert told["verified"] is True
    assert (told["errors"], told["warnings"], told["problemDetails"]) == ([], [], [])


def refused(response: httpx.Response) -> dict[str, Any]:
    """A refusal has status 400 or 422 and says what is wrong, in a problem document with a list of problems."""
    assert response.status_code in {400, 422}, response.text
    assert response.headers["content-type"] == "application/problem+json"
    told: dict[str, Any] = response.json()
    assert told["verified"] is False
    assert told["status"] == response.status_code
    assert told["errors"]
    assert told["problemDetails"] == told["errors"]
    for problem in told["problemDetails"]:
        assert problem["type"].startswith("https://")
        assert problem["title"]
    return told
