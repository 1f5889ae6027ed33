"""A lane of its own for documents of unfamiliar shape, so that a poison document holds up nobody else.

A check is first tried with the shapes that are known, which takes a fraction of a millisecond each. When it
meets another one, or one with very many objects, it is run again here, in a thread that waits while one
worker process of low priority checks how the document is written and makes the canonical text. Only that text
or a refusal comes back: the signature is verified and the result sealed in this process, so no message can
make something genuine. Each document has a budget of processor time, and the lane a bounded queue. After each
document it rests for as long as that took, so that whoever sends such documents without end gets half of what
the lane could do, and everybody else the rest.
"""

import asyncio
import contextvars
import threading
import time
from collections.abc import Awaitable, Callable
from concurrent.futures import CancelledError, ThreadPoolExecutor
from typing import Any, TypeVar

from passport import limits
from passport.errors.workers import TooMuchWaiting
from passport.json import JsonObject, dump
from passport.jsonld import screen
from passport.jsonld.slow_road import SLOW_ROAD, Road
from passport.workers.canonical_text import TASK
from passport.workers.items import Refused
from passport.workers.learning import Learning
from passport.workers.pool import Job, Pool

Result = TypeVar("Result")
InThread = Callable[..., Awaitable[Any]]
"""`asyncio.to_thread`, or what does the same with threads of its own."""
Check = Callable[[InThread], Awaitable[Result]]
"""A check that computes in the threads that it is given. It may be run twice."""

_NICENESS = 19
_THREADS = 8
_LONGEST_REST = 0.25
"""Seconds."""


class Unfamiliar(Exception):
    """The document has a shape that is not known; no refusal, so that no check takes it for one."""


class SlowLane:
    def __init__(self, *, cpu_seconds: float = limits.WORK.cpu_seconds) -> None:
        """`cpu_seconds`: of processor time for one document."""
        self._pool = Pool(1, niceness=_NICENESS, cpu_seconds=cpu_seconds)
        self._threads = ThreadPoolExecutor(_THREADS, thread_name_prefix="slow-lane")
        self._job = Job(TASK)
        self._learning = Learning()
        self._turn = threading.Lock()
        self._rested = 0.0
        self._inside = 0
        self._closed = False

    async def run(self, check: Check[Result], source: bytes = b"") -> Result:
        """Run a check: at once when every shape in it is known, else here.

        Args:
            check: what is run, perhaps twice.
            source: what it is about, as it came; that is not even read at once where it is very large.

        Raises:
            TooMuchWaiting: the queue is full, or the lane is closed.
        """
        if not _has_many_objects(source):
            try:
                with _road(_ONLY_FAMILIAR):
                    return await check(asyncio.to_thread)
            except Unfamiliar:
                pass
        if self._closed or self._inside >= limits.WORK.waiting:
            raise TooMuchWaiting(limit=limits.WORK.waiting)
        self._inside += 1
        try:
            with _road(self):
                return await check(self._in_thread)
        finally:
            self._inside -= 1

    def check_structure(self, document: JsonObject) -> None:
        """As `screen.check_structure`, by the worker where it takes long; raises as `canonicalize`."""
        written = dump(document)
        if _has_many_objects(written):
            self._work(None, written)
        else:
            screen.check_structure(document)

    def canonicalize(self, document: JsonObject, hash_name: str) -> str:
        """The canonical form, made by the worker while this thread waits.

        Raises:
            WorkTooLong: beyond the budget of one document.
            TooMuchWaiting: the lane was closed before it was its turn.
            PassportError: what `canonicalize` raises.
        """
        text: str = self._work(hash_name, dump(document))
        self._learning.take_note(document, hash_name, text)
        return text

    @property
    def process_ids(self) -> list[int]:
        return self._pool.process_ids

    def close(self) -> None:
        """End the worker; who still waits for it is told that it could not be checked."""
        self._closed = True
        self._pool.close()
        self._threads.shutdown(wait=True, cancel_futures=True)

    def _work(self, hash_name: str | None, written: bytes) -> Any:
        with self._turn:
            time.sleep(max(0.0, self._rested - time.monotonic()))
            began = time.monotonic()
            try:
                [made] = self._pool.submit(self._job, [(hash_name, written)]).result()
            except CancelledError:
                raise TooMuchWaiting from None
            ended = time.monotonic()
            self._rested = ended + min(ended - began, _LONGEST_REST)
        if isinstance(made, Refused):
            raise made.error
        return made

    async def _in_thread(self, run: Callable[..., Any], *arguments: Any) -> Any:
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._threads, contextvars.copy_context().run, run, *arguments)


class _road:  # noqa: N801 - a context manager
    """Sets the road for what is awaited inside, and for the threads that it starts."""

    def __init__(self, road: Road) -> None:
        self._chosen = road

    def __enter__(self) -> None:
        self._token = SLOW_ROAD.set(self._chosen)

    def __exit__(self, *_: object) -> None:
        SLOW_ROAD.reset(self._token)


class _OnlyFamiliar:
    """The first try: what would take long is left."""

    def check_structure(self, document: JsonObject) -> None:
        if _has_many_objects(dump(document)):
            raise Unfamiliar
        screen.check_structure(document)

    def canonicalize(self, _document: JsonObject, _hash_name: str) -> str:
        raise Unfamiliar


_ONLY_FAMILIAR = _OnlyFamiliar()


def _has_many_objects(written: bytes) -> bool:
    """Counted at once and generously: brackets in texts count as well."""
    return written.count(b"{") > limits.WORK.objects_at_once
