"""The service that validates, in this process over real HTTP, with a clock of its own and a trust list."""

import secrets
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from fastapi import FastAPI

from issuer.app import create
from issuer.settings import Settings
from issuer.validation.records import Case, CaseFile, CaseState
from issuer.validation.sweep import sweep
from passport.service_secrets import make_secrets
from tests.simulators.issuing import HTTP
from tests.simulators.parties import World
from tests.simulators.serving import bound, serving
from tests.simulators.showing import Site
from tests.simulators.validating import Colleague, Provider


@dataclass
class Service:
    """The running service, with a clock that a test can put forward."""

    url: str
    folder: Path
    app: FastAPI
    registrar: World
    site: Site
    site_url: str
    moment: list[timedelta] = field(default_factory=lambda: [timedelta()])

    def pass_time(self, **amount: float) -> None:
        self.moment[0] += timedelta(**amount)

    def provider(self, slug: str | None = None, name: str = "EVC Noord") -> Provider:
        slug = slug or f"evc-{secrets.token_hex(4)}"
        bootstrap = (self.folder / "bootstrap.secret").read_text().strip()
        made = HTTP.post(
            f"{self.url}/api/organisations",
            json={"slug": slug, "name": name},
            headers={"Authorization": f"Bearer {bootstrap}"},
        )
        assert made.status_code == 201, made.text
        body = made.json()
        owner = Colleague(self.url, body["owner"]["id"], body["owner"]["api_key"])
        return Provider(self.url, slug, body["did"], owner)

    def staffed(self, slug: str | None = None) -> Provider:
        found = self.provider(slug)
        found.hire("coordinator", "coordinator", email="coordinator@evc.example")
        found.hire("adviser", "adviser", email="adviser@evc.example")
        found.hire("assessor", "assessor", email="assessor@evc.example")
        found.hire("second", "assessor")
        return found

    def recognise(self, *entries: Any, version: int = 1) -> None:
        """Publish the list that the service is told to use."""
        listed = self.registrar.trust_list(*entries, version=version, list_id=f"{self.site_url}/list")
        self.site.documents["list"] = listed

    def sweep(self) -> None:
        """Do at once what the service does every hour."""
        self._behind("sweep", "all")

    def half_arrived(self, case: str) -> None:
        """As if the process had died before the request came to its end."""
        self._behind("half-arrived", case)

    def stray_file(self, case: str) -> None:
        """As if the process had died between a file and the case that names it."""
        self._behind("stray", case)

    def files_of(self, case: str) -> int:
        return self._behind("count", case)

    def _behind(self, what: str, case: str) -> int:
        answer = HTTP.post(f"{self.url}/of-the-test/{what}/{case}")
        assert answer.is_success, answer.text
        return int(answer.text)

    def mails(self) -> list[str]:
        return [path.read_text() for path in sorted((self.folder / "outbox").glob("*.eml"))]


async def _sweep(service: Any, _: str) -> int:
    await service.checker.refresh_trust()
    await sweep(service)
    return 0


async def _half(_: Any, case: str) -> int:
    found = await Case.get(case)
    assert found is not None
    await found.change({"state": CaseState.ARRIVING})
    return 0


async def _stray(service: Any, case: str) -> int:
    await CaseFile(id=f"{case}-stray", case=case, sealed=b"x", created_at=service.clock()).record()
    return 0


async def _count(_: Any, case: str) -> int:
    return len(await CaseFile.find({"case": case}).to_list())


_BEHIND = {"sweep": _sweep, "half-arrived": _half, "stray": _stray, "count": _count}
"""What no route does: run in the service's own loop, on its own store."""


@contextmanager
def validation_service(folder: Path) -> Iterator[Service]:
    """A service in this process over real HTTP, and a web site with a trust list."""
    with ExitStack() as stack:
        site, site_socket, socket = Site(), bound(), bound()
        site_url = stack.enter_context(serving(site.app(), site_socket))
        registrar = World(now=datetime.now(UTC))
        settings = Settings(
            base_url=f"http://localhost:{socket.getsockname()[1]}",
            data_directory=folder,
            allow_loopback=True,
            trust_publishers=(registrar.registrar.did,),
            trust_lists=(f"{site_url}/list",),
        )
        make_secrets({"master secret": settings.master_secret, "bootstrap secret": settings.bootstrap_secret})
        app = create(settings)
        made = Service("", folder, app, registrar, site, site_url)
        service, usual = app.state.service, app.state.service.clock
        service.clock = service.checker.clock = lambda: usual() + made.moment[0]

        @app.post("/of-the-test/{what}/{case}")
        async def behind(what: str, case: str) -> int:
            return await _BEHIND[what](service, case)

        made.url = stack.enter_context(serving(app, socket))
        yield made
