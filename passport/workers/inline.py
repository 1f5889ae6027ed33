"""A few items: worked on in this process, since a worker takes longer to start than they take."""

from collections.abc import Sequence
from concurrent.futures import Future
from types import TracebackType
from typing import Protocol, Self

from passport.errors import PassportError
from passport.workers.child import make_task
from passport.workers.items import Outcome, Plain, Refused, Task
from passport.workers.pool import Job


class Workers(Protocol):
    """Whoever works on items: a Pool, or `Inline`."""

    @property
    def jobs(self) -> int: ...

    def submit(self, job: Job, items: Sequence[Plain]) -> "Future[list[Outcome]]": ...

    def finish(self, job: Job) -> None: ...


class Inline:
    """The same tasks without processes. An error that is no refusal stops everything and shows."""

    jobs = 1

    def __init__(self) -> None:
        self._tasks: dict[int, tuple[Task, int]] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._tasks.clear()

    def submit(self, job: Job, items: Sequence[Plain]) -> "Future[list[Outcome]]":
        task, seen = self._tasks.get(job.number) or (make_task(*job.opening), 0)
        for found in job.shared[seen:]:
            task.share(found)
        self._tasks[job.number] = (task, len(job.shared))
        done: Future[list[Outcome]] = Future()
        done.set_result([_outcome(task, item) for item in items])
        return done

    def finish(self, job: Job) -> None:
        self._tasks.pop(job.number, None)


def _outcome(task: Task, item: Plain) -> Outcome:
    try:
        return task.work(item)
    except PassportError as error:
        return Refused.of(error)
