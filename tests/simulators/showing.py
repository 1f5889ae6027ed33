"""The story around a verifier: a school's web site, an employer, a worker who shows what they have."""

import uuid
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
from fastapi import FastAPI, Response

from passport.credentials.build import presentation
from passport.json import JsonObject, dump
from passport.proofs import add_proof
from passport.trust import Recognition
from tests.simulators.parties import ESCO, Party, World, recognise, status_entry
from tests.simulators.serving import bound, serving
from verifier.app import create
from verifier.settings import Settings

BREAD, TEAM = f"{ESCO}bread", f"{ESCO}team"


@dataclass
class Site:
    """A school's own web site: its DID document and status list, which it can change or take away."""

    documents: dict[str, bytes] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)

    def app(self) -> FastAPI:
        app = FastAPI()

        @app.get("/{path:path}")
        async def document(path: str) -> Response:
            self.asked.append(path)
            body = self.documents.get(path)
            anybody = {"Access-Control-Allow-Origin": "*"}  # wallets in browsers read it too
            return Response(body, 200 if body else 404, anybody, media_type="application/json")

        return app


@dataclass
class Story:
    verifier: str
    folder: Path
    site: Site
    school: Party
    boss: Party
    worker: Party
    stranger: Party
    world: World
    status_url: str
    key: str = ""
    trust_list: bytes = b""
    """Who is recognised as what, as the verifier has it."""
    app: FastAPI = field(default_factory=FastAPI)
    """The verifier itself, in this process."""

    @property
    def client(self) -> httpx.Client:
        return httpx.Client(
            base_url=self.verifier, headers={"Authorization": f"Bearer {self.key}"}, timeout=20
        )

    def publish(self, revoked: tuple[int, ...] = ()) -> None:
        now = datetime.now(UTC)
        self.site.documents["did.json"] = self.school.did_document().body
        self.site.documents[".well-known/did.json"] = self.school.did_document().body
        self.site.documents["status/1"] = self.school.status_list(
            self.status_url, revoked=revoked, at=now - timedelta(seconds=5)
        ).body

    def diploma(self, position: int = 7) -> JsonObject:
        return self.school.issue(
            self.worker,
            {BREAD: "bake bread"},
            kind="MicroCredential",
            genres=["examination"],
            at=datetime.now(UTC) - timedelta(days=40),
            cryptosuite="eddsa-rdfc-2022",
            status=[status_entry(self.status_url, position)],
        )

    def reference(self) -> JsonObject:
        return self.boss.issue(
            self.worker,
            {TEAM: "work in teams"},
            genres=["work-record"],
            at=datetime.now(UTC) - timedelta(days=20),
        )

    def present(
        self,
        credentials: list[JsonObject],
        *,
        challenge: str | None = None,
        domain: str | None = None,
        holder: Party | None = None,
        at: datetime | None = None,
    ) -> bytes:
        who = holder or self.worker
        now = at or datetime.now(UTC)
        unsigned = presentation(
            holder=who.did, credentials=credentials, presentation_id=f"urn:uuid:{uuid.uuid4()}"
        )
        return dump(
            add_proof(
                unsigned,
                signer=who.signer,
                verification_method=who.method,
                created=now,
                proof_purpose="authentication",
                challenge=challenge,
                domain=domain,
                expires=None if challenge else now + timedelta(seconds=100),
            )
        )

    def answer(self, request: JsonObject, credentials: list[JsonObject], **more: Any) -> bytes:
        return self.present(credentials, challenge=request["challenge"], domain=request["domain"], **more)

    def ask(self) -> dict[str, Any]:
        with self.client as client:
            made = client.post("/api/requests", json={"profile": "baker"})
            assert made.status_code == 201, made.text
            found: dict[str, Any] = made.json()
            return found


@contextmanager
def open_story(folder: Path, **more: Any) -> Iterator[Story]:
    """A verifier over real HTTP, an employer with a profile there, and the parties whose credentials it gets."""
    with ExitStack() as stack:
        site, site_socket, verifier_socket = Site(), bound(), bound()
        site_port, port = site_socket.getsockname()[1], verifier_socket.getsockname()[1]
        world = World(now=datetime.now(UTC))
        school = Party.on_the_web("De School", f"localhost:{site_port}")
        boss, worker, stranger = Party("Bakkerij De Ster"), Party("Sam"), Party("Onbekend")
        settings = Settings(
            base_url=f"http://localhost:{port}",
            data_directory=folder,
            allow_loopback=True,
            trust_publishers=(world.registrar.did,),
            **more,
        )
        stack.enter_context(serving(site.app(), site_socket))
        app = create(settings)
        address = stack.enter_context(serving(app, verifier_socket))
        made = Story(
            address, folder, site, school, boss, worker, stranger, world,
            f"http://localhost:{site_port}/status/1",
        )  # fmt: skip
        made.app = app
        made.publish()
        bootstrap = (folder / "bootstrap.secret").read_text().strip()
        employer = httpx.post(
            f"{address}/api/employers",
            json={"slug": "ster", "name": "Bakkerij De Ster"},
            headers={"Authorization": f"Bearer {bootstrap}"},
        )
        assert employer.status_code == 201, employer.text
        made.key = employer.json()["apiKey"]
        trust = world.trust_list(
            recognise(school, Recognition.EDUCATOR), recognise(boss, Recognition.EMPLOYER)
        )
        made.trust_list = trust
        with made.client as client:
            taken = client.post(
                "/api/trust-lists", content=trust, headers={"Content-Type": "application/json"}
            )
            assert taken.status_code == 201, taken.text
            profile = client.post(
                "/api/profiles",
                json={
                    "key": "baker",
                    "name": {"en": "Baker", "nl": "Bakker"},
                    "demands": [
                        {"skill": BREAD, "label": "bake bread", "minimumStrength": "hard"},
                        {"skill": TEAM, "label": "work in teams", "minimumStrength": "semi-hard"},
                    ],
                },
            )
            assert profile.status_code == 201, profile.text
        yield made
