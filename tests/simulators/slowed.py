"""A slow phone: every process of a browser stands still most of the time, its workers too.

Chrome's own slowing leaves workers alone, and the wallet runs in one. Here the processes are stopped and let go
again, which takes nothing from others on the machine. A process of its own does that: it keeps its turns while
the one that tests is busy, and lets go of all of them when that one ends, however it ends.

How slow it really was is measured: how long one and the same step takes, slowed and not, in the same minute.
"""

import os
import select
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO, TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Page, Worker

_TURN = 0.08
"""Seconds: a slowed browser runs a part of each turn."""
_LOOK = 10
"""Turns after which new processes are looked for."""
_SHORT, _LONG = 100_000, 100_000_000
"""Steps that are done within a part of a turn, and in many turns."""
_TRIES, _BETWEEN = 40, 0.025
_STEPS = """(steps) => {
  const began = performance.now();
  for (let step = 0, sum = 0; step < steps; step += 1) sum = (sum * 31 + step) % 1000003;
  return (performance.now() - began) / steps;
}"""


@dataclass(frozen=True, slots=True)
class Slowing:
    """Over a browser, from the start `times` slower."""

    _told: IO[bytes]

    def to(self, times: int) -> None:
        """From now on; 1 lets it run."""
        self._told.write(b"%d\n" % times)
        self._told.flush()


@contextmanager
def slowed(named: str, times: int) -> Iterator[Slowing]:
    """Let every process of a browser run one part in `times`; `named` stands in its command and in no other."""
    with subprocess.Popen([sys.executable, "-IS", __file__], stdin=subprocess.PIPE) as turning:
        assert turning.stdin is not None
        turning.stdin.write(f"{named}\n{times}\n".encode())
        turning.stdin.flush()
        yield Slowing(turning.stdin)


def slower(place: "Page | Worker", slowing: Slowing, times: int) -> float:
    """How many times longer a step takes here while it is slowed.

    Others on the machine make both slower, at moments: so the best of many short tries, over a while, is what it
    is without.
    """
    place.evaluate(_STEPS, _LONG)  # compiled by now
    slowing.to(1)
    place.evaluate(_STEPS, _LONG)  # over the end of the turn that it was told in
    best = float("inf")
    for _ in range(_TRIES):
        best = min(best, float(place.evaluate(_STEPS, _SHORT)))
        time.sleep(_BETWEEN)
    slowing.to(times)
    return float(place.evaluate(_STEPS, _LONG)) / best


def processes_of(named: str) -> set[int]:
    """The browser with this in its command, and all that it started."""
    parents, found = {}, set()
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            with suppress(OSError):
                parents[int(entry.name)] = int((entry / "stat").read_text().rpartition(")")[2].split()[1])
                if named.encode() in (entry / "cmdline").read_bytes():
                    found.add(int(entry.name))
    while more := {each for each, parent in parents.items() if parent in found} - found:
        found |= more
    return found - {os.getpid()}


def _tell(processes: set[int], name: signal.Signals) -> None:
    for each in processes:
        with suppress(ProcessLookupError):
            os.kill(each, name)


def _turn(told: IO[bytes]) -> None:
    """Until nobody tells any more."""
    named, times, turns = told.readline().decode().strip(), 1, 0
    processes: set[int] = set()
    try:
        while True:
            began = time.monotonic()
            _tell(processes, signal.SIGCONT)
            times = _heard(told, times, _TURN / times)
            _tell(processes, signal.SIGSTOP)
            ran = time.monotonic() - began  # longer than it was meant to, where the machine has much to do
            if turns % _LOOK == 0:  # none of them runs the longer for it
                processes = processes_of(named)
            times = _heard(told, times, began + ran * times - time.monotonic())
            turns += 1
    except EOFError:
        return
    finally:
        _tell(processes | processes_of(named), signal.SIGCONT)


def _heard(told: IO[bytes], times: int, seconds: float) -> int:
    """What is told within these seconds, else as it was; EOFError where nobody tells any more."""
    if not select.select([told], [], [], max(seconds, 0))[0]:
        return times
    line = told.readline()
    if not line:
        raise EOFError
    return int(line)


if __name__ == "__main__":
    with open(0, "rb", buffering=0) as told:  # unbuffered: what is read is not waited for again
        _turn(told)
