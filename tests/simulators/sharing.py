"""A host of share links over real HTTP, with its log of what was asked, and a person who shares."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

import httpx
from fastapi import FastAPI
from starlette.types import ASGIApp, Receive, Scope, Send

from passport.clock import utc_now
from tests.simulators.serving import bound, serving
from wallet.host.app import create
from wallet.host.settings import HostSettings


@dataclass
class Host:
    """A host with a clock that can be moved on, and every byte of every request line and header that came."""

    address: str
    folder: Path
    app: FastAPI
    ahead: timedelta = timedelta()
    heard: list[bytes] = field(default_factory=list)
    logged: list[str] = field(default_factory=list)

    def now(self) -> datetime:
        return utc_now() + self.ahead

    def get(self, path: str) -> httpx.Response:
        return httpx.get(f"{self.address}{path}", trust_env=False, timeout=20)

    def post(self, path: str, **more: object) -> httpx.Response:
        return httpx.post(f"{self.address}{path}", trust_env=False, timeout=20, **more)  # type: ignore[arg-type]

    def stored(self) -> bytes:
        """Every byte of every file that it keeps."""
        return b"\n".join(each.read_bytes() for each in sorted(self.folder.rglob("*")) if each.is_file())


class _Listening:
    def __init__(self, app: ASGIApp, heard: list[bytes]) -> None:
        self._app, self._heard = app, heard

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            self._heard.append(scope.get("raw_path", b"") + b"?" + scope["query_string"])
            self._heard += [name + b": " + value for name, value in scope["headers"]]
        await self._app(scope, receive, send)


class _Log(logging.Handler):
    def __init__(self, kept: list[str]) -> None:
        super().__init__()
        self._kept = kept

    def emit(self, record: logging.LogRecord) -> None:
        self._kept.append(record.getMessage())


@contextmanager
def open_host(folder: Path, **more: object) -> Iterator[Host]:
    listener = bound()
    port = listener.getsockname()[1]
    settings = HostSettings(base_url=f"http://localhost:{port}", data_directory=folder, **more)  # type: ignore[arg-type]
    made = Host(f"http://localhost:{port}", folder, FastAPI())
    made.app = create(settings, clock=made.now)
    made.app.add_middleware(_Listening, heard=made.heard)
    log, keeping = logging.getLogger("passport.web"), _Log(made.logged)
    before = log.level
    log.addHandler(keeping)
    log.setLevel(logging.INFO)
    try:
        with serving(made.app, listener):
            yield made
    finally:
        log.removeHandler(keeping)
        log.setLevel(before)
