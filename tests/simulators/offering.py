"""An issuer that offers one credential, whose every answer a test can make wrong on purpose."""

import base64
import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import quote

from fastapi import FastAPI, Request, Response

from passport.clock import utc_now
from passport.credentials.build import achievement_credential
from passport.dids import create_did_web
from passport.encoding import digest_multibase
from passport.json import JsonObject, dump
from passport.oauth.token_request import PRE_AUTHORIZED_CODE
from tests.simulators.parties import ESCO, Party, status_entry
from tests.simulators.serving import bound, serving

JSON = "application/json"
SKILL = f"{ESCO}15d76317-c71a-4fa2-aadc-2ecc34e627b7"
RECORD = b"Gewerkt: 12 weken. Gelast: 340 meter."


@dataclass
class Answer:
    """What an address answers."""

    body: bytes
    status: int = 200
    media_type: str = JSON
    headers: dict[str, str] = field(default_factory=dict)


@dataclass
class Offering:
    """A school at `http://localhost:PORT/o/school`. `answers` replace what an address would say."""

    address: str
    answers: dict[str, Answer] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    issued: dict[str, Any] = field(default_factory=dict)
    """What is changed in the credential before it is signed: its members, `subject`, `by`; or `document`."""
    tx_code: str | None = None
    used: bool = False

    def __post_init__(self) -> None:
        self.authority = self.address.partition("://")[2]
        self.school = Party("De Vakschool", did=create_did_web(self.authority, "o", "school"))
        self.issuer = f"{self.address}/o/school"
        self.revoked: set[int] = set()

    @property
    def offer_uri(self) -> str:
        return f"{self.issuer}/offers/1"

    @property
    def link(self) -> str:
        return f"openid-credential-offer://?credential_offer_uri={quote(self.offer_uri, safe='')}"

    @property
    def record_id(self) -> str:
        return f"{self.issuer}/evidence/1"

    def offer(self) -> JsonObject:
        grant: JsonObject = {"pre-authorized_code": "a-code-of-the-simulator"}
        if self.tx_code is not None:
            grant["tx_code"] = {"input_mode": "numeric", "length": len(self.tx_code)}
        return {
            "credential_issuer": self.issuer,
            "credential_configuration_ids": ["badge"],
            "grants": {PRE_AUTHORIZED_CODE: grant},
        }

    def metadata(self) -> JsonObject:
        return {
            "credential_issuer": self.issuer,
            "credential_endpoint": f"{self.issuer}/credential",
            "nonce_endpoint": f"{self.issuer}/nonce",
            "display": [{"name": "De Vakschool"}],
            "credential_configurations_supported": {
                "badge": {
                    "format": "ldp_vc",
                    "credential_definition": {
                        "@context": ["https://www.w3.org/ns/credentials/v2"],
                        "type": ["VerifiableCredential", "OpenBadgeCredential"],
                    },
                    "proof_types_supported": {"jwt": {"proof_signing_alg_values_supported": ["EdDSA"]}},
                    "credential_metadata": {"display": [{"name": "Lassen"}]},
                }
            },
        }

    def server(self) -> JsonObject:
        return {
            "issuer": self.issuer,
            "token_endpoint": f"{self.issuer}/token",
            "grant_types_supported": [PRE_AUTHORIZED_CODE],
        }

    def credential(self, holder: str) -> JsonObject:
        """The credential that is handed out; `issued` changes it before it is signed."""
        if "document" in self.issued:
            return dict(self.issued["document"])
        changes = dict(self.issued)
        by: Party = changes.pop("by", self.school)
        record = bound_record(self.record_id)
        unsigned = achievement_credential(
            credential_id=f"{self.issuer}/credentials/1",
            issuer=by.profile,
            subject_id=changes.pop("subject", holder),
            achievement={
                "id": f"{self.issuer}/achievements/1",
                "name": "Lassen",
                "description": "Verbindt metalen delen.",
                "achievementType": "MicroCredential",
                "criteria": {"narrative": "Een proefstuk is beoordeeld."},
                "alignment": [{"targetUrl": SKILL, "targetName": "lassen", "targetFramework": "ESCO 1.1.1"}],
            },
            valid_from=changes.pop("valid_from", minutes_ago(1)),
            valid_until=changes.pop("valid_until", None),
            evidence=[record["evidence"]],
            related_resources=[record["relatedResource"]],
            status=[status_entry(f"{self.issuer}/status/1", 7)],
        )
        return by.sign({**unsigned, **changes}, at=minutes_ago(1))


def app_of(offering: Offering) -> FastAPI:
    app = FastAPI()

    @app.api_route("/{path:path}", methods=["GET", "POST"])
    async def answer(path: str, request: Request) -> Response:
        body = await request.body()
        offering.asked.append(f"{request.method} /{path}")
        found = offering.answers.get(f"/{path}") or _honest(offering, f"/{path}", body, request)
        return Response(found.body, found.status, found.headers, found.media_type)

    return app


def _honest(offering: Offering, path: str, body: bytes, request: Request) -> Answer:  # noqa: PLR0911  # a route each
    school = "/o/school"
    fixed = {
        f"{school}/offers/1": offering.offer,
        f"/.well-known/openid-credential-issuer{school}": offering.metadata,
        f"/.well-known/oauth-authorization-server{school}": offering.server,
        f"{school}/nonce": lambda: {"c_nonce": "a-nonce-of-the-simulator"},
    }
    if path in fixed:
        return Answer(dump(fixed[path]()))
    if path == f"{school}/did.json":
        return Answer(offering.school.did_document().body)
    if path == f"{school}/status/1":
        at = utc_now() - timedelta(minutes=1)
        listed = offering.school.status_list(f"{offering.issuer}/status/1", revoked=offering.revoked, at=at)
        return Answer(listed.body, media_type="application/vc")
    if path == f"{school}/token":
        return _token(offering, body)
    if path == f"{school}/credential":
        holder = _holder(json.loads(body)["proofs"]["jwt"][0])
        return Answer(dump({"credentials": [{"credential": offering.credential(holder)}]}))
    if path == f"{school}/evidence/1" and request.headers.get("authorization") == "Bearer a-token":
        return Answer(RECORD, media_type="text/plain")
    return Answer(b"{}", 404)


def _token(offering: Offering, body: bytes) -> Answer:
    wrong_code = offering.tx_code is not None and f"tx_code={offering.tx_code}".encode() not in body
    if offering.used or wrong_code:
        return Answer(b'{"error":"invalid_grant"}', 400)
    offering.used = True
    return Answer(b'{"access_token":"a-token","token_type":"Bearer","expires_in":300}')


def _holder(jwt: str) -> str:
    header = jwt.split(".", maxsplit=1)[0]
    decoded = json.loads(base64.urlsafe_b64decode(header + "=" * (-len(header) % 4)))
    return str(decoded["kid"]).partition("#")[0]


def bound_record(identifier: str, content: bytes = RECORD) -> JsonObject:
    """Members that bind a record by its digest."""
    return {
        "evidence": {"id": identifier, "type": ["Evidence"], "name": "Urenstaat", "genre": "work-record"},
        "relatedResource": {"id": identifier, "digestMultibase": digest_multibase(content)},
    }


@contextmanager
def offering_school() -> Iterator[Offering]:
    listener = bound()
    made = Offering(f"http://localhost:{listener.getsockname()[1]}")
    with serving(app_of(made), listener):
        yield made


def minutes_ago(minutes: int) -> datetime:
    return utc_now() - timedelta(minutes=minutes)
