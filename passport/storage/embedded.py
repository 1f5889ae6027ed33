"""The embedded store: starts the server process, waits until it answers, restarts it when it dies."""

import asyncio
import contextlib
import os
import shutil
import sys
import tempfile
import time
from pathlib import Path
from types import TracebackType
from typing import Self
from urllib.parse import quote

from passport.errors.storage import StoreInUse, StoreStart

IN_USE = 75
"""Exit code of the child (EX_TEMPFAIL): another process holds the directory."""
_SOCKET_PATH = 100
"""Bytes: the kernel takes 107 (104 on macOS)."""
_START_SECONDS = 20.0
_STOP_SECONDS = 5.0
_RESTARTS = 5
"""Restarts within the window below; more of them mean a broken store, which must be seen."""
_RESTART_WINDOW = 60.0


class EmbeddedStore:
    """A MongoDB-wire server as a child process, in a directory of its own.

    No fork of the running interpreter takes place: the child is a fresh Python. Its standard input is a pipe
    that this process holds, so it ends with this process, also after kill -9, on Linux and macOS alike.
    """

    def __init__(self, directory: Path) -> None:
        self._directory = directory.absolute()
        self._process: asyncio.subprocess.Process | None = None
        self._supervisor: asyncio.Task[None] | None = None
        self._short: str | None = None
        self._socket = str(self._directory / "store.sock")

    @property
    def uri(self) -> str:
        return f"mongodb://{quote(self._socket, safe='')}/?directConnection=true&retryWrites=false"

    @property
    def process_id(self) -> int | None:
        return self._process.pid if self._process else None

    async def __aenter__(self) -> Self:
        (self._directory / "store").mkdir(mode=0o700, parents=True, exist_ok=True)
        self._directory.chmod(0o700)
        if len(os.fsencode(self._socket)) > _SOCKET_PATH:
            self._short = tempfile.mkdtemp(prefix="passport-")
            self._socket = str(Path(self._short) / "store.sock")
        await self._start()
        self._supervisor = asyncio.create_task(self._supervise())
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._supervisor is not None:
            self._supervisor.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._supervisor
        await self._stop()
        self._remove_socket()

    def _remove_socket(self) -> None:
        Path(self._socket).unlink(missing_ok=True)
        if self._short is not None:
            shutil.rmtree(self._short, ignore_errors=True)

    async def _start(self) -> None:
        log = os.open(self._directory / "store.log", os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        try:
            self._process = await asyncio.create_subprocess_exec(
                sys.executable,
                "-m",
                "passport.storage.embedded_server",
                str(self._directory),
                self._socket,
                stdin=asyncio.subprocess.PIPE,
                stdout=asyncio.subprocess.PIPE,
                stderr=log,
                env={**os.environ, "PYTHONPATH": os.pathsep.join(path for path in sys.path if path)},
            )
        finally:
            os.close(log)
        assert self._process.stdout is not None
        try:
            line = await asyncio.wait_for(self._process.stdout.readline(), _START_SECONDS)
        except TimeoutError:
            await self._stop()
            raise StoreStart from None
        if line != b"ready\n":
            raise StoreInUse if await self._process.wait() == IN_USE else StoreStart

    async def _supervise(self) -> None:
        restarts: list[float] = []
        while True:
            assert self._process is not None
            await self._process.wait()
            restarts = [moment for moment in restarts if moment > time.monotonic() - _RESTART_WINDOW]
            if len(restarts) >= _RESTARTS:
                return  # requests get 503 from here on, and the health check says so
            restarts.append(time.monotonic())
            with contextlib.suppress(StoreStart, StoreInUse):
                await self._start()

    async def _stop(self) -> None:
        if self._process is None or self._process.returncode is not None:
            return
        with contextlib.suppress(ProcessLookupError):
            self._process.terminate()
        try:
            await asyncio.wait_for(self._process.wait(), _STOP_SECONDS)
        except TimeoutError:
            with contextlib.suppress(ProcessLookupError):
                self._process.kill()
            await self._process.wait()
