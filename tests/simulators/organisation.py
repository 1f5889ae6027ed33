"""An organisation's service for workers that answers as a test tells it: honest by default, hostile at will."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from fastapi import FastAPI, Request, Response

from passport.clock import utc_now
from passport.dids import create_did_web
from passport.json import JsonObject, dump, parse_object
from passport.limits import PUBLISHED
from tests.simulators.parties import Party

TOKEN = "a-token-of-the-organisation-000001"
SLUG = "yard"


@dataclass
class SmallOrganisation:
    """`answers` changes what a route gives: a Response, or a function of the usual JSON."""

    port: int
    name: str = "A shipyard"
    answers: dict[str, Any] = field(default_factory=dict)
    bodies: list[JsonObject] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)
    credentials: list[Any] = field(default_factory=list)
    files: dict[int, tuple[str, bytes]] = field(default_factory=dict)
    """By number: the id of the evidence, and the record."""
    state: str = "asked"
    parts: list[JsonObject] = field(default_factory=list)

    def __post_init__(self) -> None:
        host = f"localhost:{self.port}"
        party = Party.on_the_web(self.name, host)
        did = create_did_web(host, "o", SLUG)
        self.party = Party(self.name, party.signer, did, f"{did}#key-1")

    @property
    def origin(self) -> str:
        return f"http://localhost:{self.port}"

    @property
    def url(self) -> str:
        return f"{self.origin}/o/{SLUG}"

    @property
    def place(self) -> str:
        return f"{self.url}/confirmations/1"

    def app(self) -> FastAPI:
        app = FastAPI()

        @app.middleware("http")
        async def note(request: Request, go_on: Callable[..., Any]) -> Any:
            self.asked.append(f"{request.method} {request.url.path}")
            return await go_on(request)

        @app.get("/.well-known/openid-credential-issuer/o/yard")
        async def metadata() -> Response:
            return self._answer(
                "metadata",
                {
                    "credential_issuer": self.url,
                    "credential_endpoint": f"{self.url}/credential",
                    "nonce_endpoint": f"{self.url}/nonce",
                    "display": [{"name": self.name}],
                    "credential_configurations_supported": {},
                },
            )

        @app.get("/o/yard/did.json")
        async def document() -> Response:
            return Response(self.party.did_document(utc_now()).body, media_type="application/json")

        @app.post("/o/yard/nonce")
        async def nonce() -> Response:
            return self._answer("nonce", {"c_nonce": "a-fresh-challenge-of-the-yard-01"})

        @app.post("/o/yard/confirmations")
        async def take(request: Request) -> Response:
            self.bodies.append(parse_object(await request.body(), PUBLISHED))
            made = {"id": "1", "url": self.place, "state": "asked", "token": TOKEN}
            return self._answer("take", made, status=201)

        @app.get("/o/yard/confirmations/1")
        async def show(request: Request) -> Response:
            assert request.headers["authorization"] == f"Bearer {TOKEN}"
            return self._answer("show", self._shown())

        @app.get("/o/yard/confirmations/1/files/{number}")
        async def show_file(number: int) -> Response:
            return Response(self.files[number][1], media_type="application/octet-stream")

        @app.post("/o/yard/confirmations/1/withdraw")
        async def withdraw() -> Response:
            self.state = "withdrawn"
            return self._answer("withdraw", self._shown())

        self._add_stack(app)
        return app

    def _add_stack(self, app: FastAPI) -> None:
        @app.get("/o/yard/stacks/1")
        async def stack() -> Response:
            return self._answer("stack", self.stack)

        @app.post("/o/yard/stacks/1")
        async def take_parts(request: Request) -> Response:
            self.bodies.append(parse_object(await request.body(), PUBLISHED))
            return self._answer("parts", {})

    @property
    def stack(self) -> JsonObject:
        """A credential that it makes of parts; the tests say which."""
        return {
            "id": "1",
            "url": f"{self.url}/stacks/1",
            "name": "Shipbuilder",
            "issuer": self.party.did,
            "achievement": f"{self.url}/achievements/1",
            "least": 1,
            "parts": self.parts,
        }

    def _shown(self) -> JsonObject:
        return {
            "id": "1",
            "url": self.place,
            "state": self.state,
            "phase": "over" if self.credentials else "coordinator",
            "history": [{"at": "2026-03-02T08:00:00Z", "what": "asked"}],
            "deadline": None,
            "skills": [],
            "credentials": self.credentials,
            "files": [{"n": number, "id": file[0]} for number, file in self.files.items()],
        }

    def _answer(self, route: str, usual: JsonObject, *, status: int = 200) -> Response:
        told = self.answers.get(route)
        if isinstance(told, Response):
            return told
        content = usual if told is None else told(usual)
        body = content if isinstance(content, bytes) else dump(content)
        return Response(body, status, media_type="application/json")
