"""The worker's side: `python -m passport.workers <descriptor> <niceness> <cpu milliseconds>`.

Standard input is a pipe that the parent holds and never writes to. When it closes, the parent is gone,
however it ended, and so is this process, in the middle of whatever it was doing.
"""

import logging
import marshal
import os
import signal
import sys
import threading
import traceback
from importlib import import_module
from multiprocessing.connection import Connection

from passport.errors import PassportError
from passport.workers.items import Plain, Task

log = logging.getLogger("passport.workers")

READY = b"ready"
OVER_BUDGET = signal.SIGPROF
"""What ends a worker whose item took more processor time than it may: the kernel counts, and nothing in the
item's code can catch it."""


def main() -> None:
    descriptor, niceness, milliseconds = map(int, sys.argv[1:])
    threading.Thread(target=_end_with_the_parent, daemon=True).start()
    os.nice(niceness)
    line = Connection(descriptor)
    serve(line, milliseconds / 1000)


def serve(line: Connection, cpu_seconds: float) -> None:
    """Answer messages until there are no more."""
    tasks: dict[int, Task] = {}
    _warm()
    line.send_bytes(READY)
    while True:
        try:
            opened, closed, shared, job, items = marshal.loads(line.recv_bytes())  # noqa: S302 - our own parent
        except EOFError:
            return
        for each in closed:
            tasks.pop(each, None)
        if opened is not None:
            tasks[job] = make_task(*opened)
        for found in shared:
            tasks[job].share(found)
        line.send_bytes(marshal.dumps([_answer(tasks[job], item, cpu_seconds) for item in items]))


def make_task(name: str, setup: Plain) -> Task:
    """The task that `module:factory` names."""
    module, _, factory = name.partition(":")
    made: Task = getattr(import_module(module), factory)(setup)
    return made


def _answer(task: Task, item: Plain, cpu_seconds: float) -> Plain:
    """(True, value), or (False, code, details). Whatever goes wrong with an item stays with that item."""
    signal.setitimer(signal.ITIMER_PROF, cpu_seconds)
    try:
        return True, task.work(item)
    except PassportError as error:
        return False, error.code, dict(error.details)
    except Exception as error:  # noqa: BLE001 - the item's bytes may be in its message: the log says only where
        where = "".join(traceback.format_tb(error.__traceback__))
        log.error("a task failed: %s\n%s", type(error).__qualname__, where)  # noqa: TRY400
        return False, "work_failed", {}
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)


def _warm() -> None:
    """Load before the first item what every item needs: contexts, JSON-LD, cryptography."""
    from passport.jsonld.vocabulary import vocabulary
    from passport.keys import native  # noqa: F401 - its libraries take the longest to load

    vocabulary(import_module("contexts").shipped())
    import_module("passport.jsonld.canonical")
    import_module("passport.verification")


def _end_with_the_parent() -> None:
    os.read(0, 1)
    os._exit(0)
