"""The services of the demo as real processes on loopback: started, waited for, stopped."""

import os
import socket
import subprocess
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import httpx

from passport.demo.process import Process, start
from passport.errors import Indeterminate

READY_SECONDS = 30.0
STOP_SECONDS = 10.0


class ServiceDidNotStart(Indeterminate):
    code = "service_did_not_start"
    sentence = "A service did not start. Its log says why."


@dataclass(slots=True)
class Service:
    """One service: its name, its address, its process and its log file."""

    name: str
    address: str
    process: Process
    log: Path
    health: str
    """The path of its health check."""

    def stop(self) -> None:
        """Ask it to stop; after a while make it stop."""
        if self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(STOP_SECONDS)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()


@dataclass(slots=True)
class Services:
    """All services of one demo, and the folder where they keep what they have."""

    folder: Path
    running: list[Service] = field(default_factory=list)

    def start(
        self, name: str, port: int, words: list[str], settings: Mapping[str, str], health: str
    ) -> Service:
        """Start `passport WORDS`; `wait` then waits until it can work."""
        log = self.folder / f"{name}.log"
        process = start(words, environment={**os.environ, **settings}, log=log)
        service = Service(name, f"http://localhost:{port}", process, log, health)
        self.running.append(service)
        return service

    def wait(self) -> None:
        """Wait until the health check of every service answers.

        Raises:
            ServiceDidNotStart: one ended, or did not answer in time.
        """
        for service in self.running:
            _wait_for(service)

    def stop_one(self, name: str) -> None:
        """Stop one service and forget it."""
        for service in [each for each in self.running if each.name == name]:
            service.stop()
            self.running.remove(service)

    def stop(self) -> None:
        for service in reversed(self.running):
            service.stop()
        self.running.clear()


def free_port() -> int:
    """A port on loopback that nobody uses at this moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _wait_for(service: Service) -> None:
    until = time.monotonic() + READY_SECONDS
    while time.monotonic() < until and service.process.poll() is None:
        try:
            if httpx.get(service.address + service.health, timeout=1.0).is_success:
                return
        except httpx.HTTPError:
            time.sleep(0.05)
    service.stop()
    raise ServiceDidNotStart(log=str(service.log))
