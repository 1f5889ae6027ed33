"""`passport …` as a process of its own, for somebody at a terminal and for a service."""

import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Protocol

_SECONDS = 60


class Process(Protocol):
    """What the demo needs of a process: as subprocess.Popen."""

    @property
    def pid(self) -> int: ...

    def poll(self) -> int | None: ...
    def terminate(self) -> None: ...
    def kill(self) -> None: ...
    def wait(self, timeout: float | None = None) -> int: ...


def run(words: Sequence[str], *, folder: Path, environment: Mapping[str, str]) -> tuple[int, str]:
    """A command to its end: its exit code and what it printed."""
    ended = subprocess.run(  # noqa: S603  # our own command
        [sys.executable, "-m", "passport", *words],
        cwd=folder,
        env=dict(environment),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        timeout=_SECONDS,
        check=False,
    )
    return ended.returncode, ended.stdout


def start(words: Sequence[str], *, environment: Mapping[str, str], log: Path) -> Process:
    """A service, whose words go to the log."""
    with log.open("wb") as output:
        return subprocess.Popen(  # noqa: S603  # our own command
            [sys.executable, "-m", "passport", *words],
            env=dict(environment),
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,  # Ctrl-C is for the demo; it stops them in order
        )
