"""One worker process as its parent sees it: started, given items, ended."""

import marshal
import os
import socket
import subprocess
import sys
from collections.abc import Sequence
from multiprocessing.connection import Connection

from passport.workers.child import OVER_BUDGET, READY
from passport.workers.items import Outcome, Plain, Refused

_START_SECONDS = 60.0
_PATIENCE = 60.0
"""Seconds of waiting for an answer, beyond which a worker is taken for stuck."""


class Lost(Exception):
    """The worker ended without an answer; `over_budget` says that it used more processor time than it may."""

    def __init__(self, *, over_budget: bool) -> None:
        super().__init__()
        self.over_budget = over_budget


class Worker:
    """A fresh Python at the other end of a socket pair; it starts at once and is ready when first used."""

    def __init__(self, *, niceness: int, cpu_seconds: float) -> None:
        self.sent: dict[int, int] = {}
        """For each job that is open there: how much of what is shared it has."""
        ours, theirs = socket.socketpair()
        with theirs:
            self._process = subprocess.Popen(  # noqa: S603 - our own interpreter and module
                [
                    sys.executable,
                    "-m",
                    "passport.workers",
                    str(theirs.fileno()),
                    str(niceness),
                    str(int(cpu_seconds * 1000)),
                ],
                stdin=subprocess.PIPE,
                stdout=subprocess.DEVNULL,
                pass_fds=[theirs.fileno()],
                env={**os.environ, "PYTHONPATH": os.pathsep.join(path for path in sys.path if path)},
                start_new_session=True,  # Ctrl-C is for the parent, which then ends us
            )
        self._line = Connection(ours.detach())
        self._ready = False

    @property
    def process_id(self) -> int:
        return self._process.pid

    def wait_until_ready(self) -> None:
        """Raises Lost."""
        if not self._ready:
            if self._receive(_START_SECONDS) != READY:
                self._lose()
            self._ready = True

    def work(self, message: Plain, items: Sequence[Plain], cpu_seconds: float) -> list[Outcome]:
        """Have items worked on; raises Lost."""
        self.wait_until_ready()
        try:
            self._line.send_bytes(marshal.dumps((*message, list(items))))
        except OSError:
            self._lose()
        answers = marshal.loads(self._receive(_PATIENCE + len(items) * cpu_seconds))  # noqa: S302 - our child
        return [answer[1] if answer[0] else Refused(*answer[1:]) for answer in answers]

    def kill(self) -> None:
        """Whoever waits for an answer of it loses it."""
        self._process.kill()

    def end(self) -> None:
        """End the process, whatever it is doing; it holds nothing that could be lost."""
        self._process.kill()
        self._line.close()
        assert self._process.stdin is not None
        self._process.stdin.close()
        self._process.wait()

    def _receive(self, seconds: float) -> bytes:
        try:
            if self._line.poll(seconds):
                return self._line.recv_bytes()
        except (EOFError, OSError):
            pass
        return self._lose()

    def _lose(self) -> bytes:
        """It closed its end, so it is about to end; one that is stuck is ended."""
        try:
            code = self._process.wait(1.0)
        except subprocess.TimeoutExpired:
            code = 0
        self.end()
        raise Lost(over_budget=code == -OVER_BUDGET)
