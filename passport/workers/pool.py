"""Worker processes that wait for work, and jobs that are opened in them as they are needed."""

import itertools
import os
import threading
from collections.abc import Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from types import TracebackType
from typing import Self

from passport import limits
from passport.errors.workers import TooMuchWaiting, WorkerLost, WorkTooLong
from passport.workers.items import Outcome, Plain, Refused
from passport.workers.process import Lost, Worker

_NUMBERS = itertools.count(1)


def cores() -> int:
    """How many processes can run at once: the cores that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


class Job:
    """Items of one kind: the task, as `module:factory`, and what it is made from in every worker.

    What all items may need is shared once with each worker, not sent with each item.
    """

    def __init__(self, task: str, setup: Plain = None) -> None:
        self.number = next(_NUMBERS)
        self.opening = (task, setup)
        self.shared: list[Plain] = []

    def share(self, found: Plain) -> None:
        """For all items that are given out from here on."""
        self.shared.append(found)


class Pool:
    """Up to `jobs` workers. They start when there is work, and `rest` ends those that have none."""

    def __init__(self, jobs: int, *, niceness: int = 0, cpu_seconds: float = limits.WORK.cpu_seconds) -> None:
        """`cpu_seconds`: of processor time for one item; whoever takes more loses its worker."""
        self.jobs = jobs
        self._niceness, self._cpu_seconds = niceness, cpu_seconds
        self._threads = ThreadPoolExecutor(jobs, thread_name_prefix="passport-workers")
        self._idle: list[Worker] = []
        self._busy: set[Worker] = set()
        self._closed_jobs: dict[int, None] = {}
        self._lock = threading.Lock()
        self._closing = False

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @property
    def process_ids(self) -> list[int]:
        with self._lock:
            return [worker.process_id for worker in (*self._idle, *self._busy)]

    def warm(self) -> None:
        """Start all workers; they get ready while their parent does something else."""
        with self._lock:
            missing = 0 if self._closing else self.jobs - len(self._idle) - len(self._busy)
            self._idle += [self._new() for _ in range(missing)]

    def submit(self, job: Job, items: Sequence[Plain]) -> "Future[list[Outcome]]":
        """Have items worked on by the next worker that is free; as many outcomes, in the same order.

        Raises:
            TooMuchWaiting: the pool is closed.
        """
        if self._closing:
            raise TooMuchWaiting
        return self._threads.submit(self.work, job, items)

    def work(self, job: Job, items: Sequence[Plain]) -> list[Outcome]:
        """As `submit`, and wait for it.

        Items whose worker ended are tried again, each alone: a process that somebody killed spoils nothing,
        and an item that ends every process that touches it spoils itself.
        """
        try:
            return self._once(job, items)
        except Lost as lost:
            if len(items) > 1:
                return [outcome for item in items for outcome in self.work(job, [item])]
            if lost.over_budget:
                return [Refused.of(WorkTooLong())]
        try:
            return self._once(job, items)
        except Lost:
            return [Refused.of(WorkerLost())]

    def finish(self, job: Job) -> None:
        """Let every worker forget a job."""
        with self._lock:
            self._closed_jobs[job.number] = None
            known = {number for worker in (*self._idle, *self._busy) for number in worker.sent}
            self._closed_jobs = {number: None for number in self._closed_jobs if number in known}

    def rest(self) -> None:
        """End the workers that have nothing to do; the next work starts new ones."""
        with self._lock:
            resting, self._idle = self._idle, []
        for worker in resting:
            worker.end()

    def close(self) -> None:
        """End all workers, also in the middle of something; work that waits is not begun."""
        with self._lock:
            self._closing = True
            ending, self._idle = [*self._idle, *self._busy], []
        for worker in ending:
            worker.kill()
        self._threads.shutdown(wait=True, cancel_futures=True)
        for worker in ending:
            worker.end()

    def _once(self, job: Job, items: Sequence[Plain]) -> list[Outcome]:
        worker, closed = self._take()
        try:
            opened = None if job.number in worker.sent else job.opening
            shared = job.shared[worker.sent.get(job.number, 0) :]
            message = (opened, closed, shared, job.number)
            worker.sent[job.number] = worker.sent.get(job.number, 0) + len(shared)
            outcomes = worker.work(message, items, self._cpu_seconds)
        except BaseException:
            worker.end()
            with self._lock:
                self._busy.discard(worker)
            raise
        with self._lock:
            self._busy.discard(worker)
            self._idle.append(worker)
        return outcomes

    def _take(self) -> tuple[Worker, list[int]]:
        with self._lock:
            if self._closing:
                raise TooMuchWaiting
            worker = self._idle.pop() if self._idle else self._new()
            self._busy.add(worker)
            closed = [number for number in worker.sent if number in self._closed_jobs]
        for number in closed:
            del worker.sent[number]
        return worker, closed

    def _new(self) -> Worker:
        return Worker(niceness=self._niceness, cpu_seconds=self._cpu_seconds)
