"""Worker processes: in order, one bad item spoils nothing, who dies is replaced, and nobody outlives the parent."""

import asyncio
import gc
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from passport import limits
from passport.errors import MalformedJson, PassportError
from passport.errors.workers import TooMuchWaiting, WorkerLost, WorkFailed, WorkTooLong
from passport.workers import Inline, Job, Pool, Refused, cores, in_order
from passport.workers.child import make_task

ROOT = Path(__file__).resolve().parents[3]
TASK = "tests.simulators.tasks:Odd"


@pytest.fixture(scope="module")
def pool():
    with Pool(2, cpu_seconds=1.0) as made:
        yield made


def codes(outcomes):
    return [each.code if isinstance(each, Refused) else each for each in outcomes]


async def collected(pool, job, items):
    return [outcome async for outcome in in_order(pool, job, items)]


def alive(process_id):
    """Whether a process runs; one that ended and that nobody asked for is no process any more."""
    try:
        state = Path(f"/proc/{process_id}/stat").read_text().rpartition(")")[2].split()[0]
    except FileNotFoundError:
        return False
    return state not in "ZX"


def gone(process_id):
    until = time.monotonic() + 20
    while alive(process_id) and time.monotonic() < until:
        time.sleep(0.02)
    return not alive(process_id)


def test_outcomes_are_in_the_order_of_the_items(pool):
    items = [("echo", number) for number in range(1_000)]
    assert asyncio.run(collected(pool, Job(TASK), items)) == list(range(1_000))


def test_one_bad_item_spoils_no_other(pool):
    kinds = ["echo", "refuse", "echo", "break", "echo", "die", "echo", "spin", "echo"]
    items = [(kind, number) for number, kind in enumerate(kinds)]
    assert codes(pool.work(Job(TASK), items)) == [
        0,
        "malformed_json",
        2,
        "work_failed",
        4,
        "worker_lost",
        6,
        "work_too_long",
        8,
    ]


def test_the_error_of_an_item_is_the_error_itself(pool):
    [refused, broken] = pool.work(Job(TASK), [("refuse", 0), ("break", 0)])
    assert type(refused.error).__name__ == "MalformedJson"
    assert refused.error.details == {"limit": 3}
    assert isinstance(broken.error, WorkFailed)
    assert broken.undecided
    assert not refused.undecided
    assert isinstance(Refused("a code that nobody has").error, PassportError)


def test_an_error_whose_class_is_made_later_is_found_as_well():
    assert isinstance(Refused("made_later").error, WorkFailed)
    made = type("MadeLater", (MalformedJson,), {"code": "made_later"})
    assert type(Refused("made_later").error) is made
    del made
    gc.collect()


def test_an_item_that_could_not_be_read_comes_out_as_it_is(pool):
    unread = Refused("json_too_large")
    found = asyncio.run(collected(pool, Job(TASK), [("echo", 0), unread, ("echo", 2)]))
    assert found == [0, unread, 2]


def test_a_worker_that_somebody_kills_spoils_nothing(pool):
    job = Job(TASK)
    waiting = pool.submit(job, [("sleep", 0.5), ("echo", 1)])
    while not pool._busy:
        time.sleep(0.01)
    for process_id in pool.process_ids:
        os.kill(process_id, signal.SIGKILL)
    assert waiting.result(30) == [0.5, 1]


def test_what_is_shared_reaches_every_worker_once_and_also_those_that_come_later(pool):
    job = Job(TASK)
    job.share("a")
    assert pool.work(job, [("shared", 0)]) == [["a"]]
    job.share("b")
    assert pool.work(job, [("shared", 0)]) == [["a", "b"]]
    pool.rest()
    assert pool.process_ids == []
    assert pool.work(job, [("shared", 0)]) == [["a", "b"]]
    pool.finish(job)
    other = Job(TASK)
    assert pool.work(other, [("tasks", 0)]) == [1], "the finished job was forgotten"


def test_a_pool_is_warm_before_there_is_work():
    with Pool(2) as pool:
        pool.warm()
        before = sorted(pool.process_ids)
        assert len(before) == 2
        assert pool.work(Job(TASK), [("process", 0)])[0] in before


def test_no_worker_is_there_after_its_pool_is_closed():
    pool = Pool(2)
    pool.warm()
    ids = pool.process_ids
    waiting = [pool.submit(Job(TASK), [("sleep", 30)]) for _ in range(3)]
    while len(pool._busy) < 2:
        time.sleep(0.01)
    pool.close()
    assert not any(alive(process_id) for process_id in ids)
    for each in waiting:
        assert each.cancelled() or isinstance(each.exception(), TooMuchWaiting)


@pytest.mark.parametrize("doing", ["sleep", "spin"])
def test_no_worker_outlives_a_parent_that_is_killed(doing):
    program = (
        "import threading, time\nfrom passport.workers import Job, Pool\n"
        "pool = Pool(2, cpu_seconds=60.0)\npool.warm()\n"
        f"pool.submit(Job({TASK!r}), [({doing!r}, 60)])\n"
        "while not pool._busy: time.sleep(0.01)\n"
        "time.sleep(0.3)\nprint(*pool.process_ids, flush=True)\ntime.sleep(60)\n"
    )
    parent = subprocess.Popen(
        [sys.executable, "-c", program],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
    )
    ids = [int(word) for word in parent.stdout.readline().split()]
    parent.kill()
    parent.wait()
    parent.stdout.close()
    assert len(ids) == 2
    assert all(gone(process_id) for process_id in ids)


def test_items_are_taken_as_they_are_needed(pool, monkeypatch):
    monkeypatch.setattr(limits, "WORK", limits.WorkLimits(chunk=4, under_way=2))
    taken = []

    def items():
        for number in range(200):
            taken.append(number)
            yield ("echo", number)

    async def run():
        outcomes = in_order(pool, Job(TASK), items())
        first = await anext(outcomes)
        most = len(taken)
        await outcomes.aclose()
        return first, most

    first, most = asyncio.run(run())
    assert first == 0
    assert most <= 4 * 2 * pool.jobs + 4


def test_few_items_are_worked_on_here_in_the_same_way():
    job = Job(TASK)
    job.share("a")
    with Inline() as here:
        items = [("echo", 1), ("refuse", 2), ("shared", 0), ("process", 0)]
        assert codes(here.submit(job, items).result()) == [1, "malformed_json", ["a"], os.getpid()]
        job.share("b")
        assert here.submit(job, [("shared", 0)]).result() == [["a", "b"]]
        here.finish(job)
    assert cores() >= 1


def test_a_task_is_named_by_its_module():
    assert make_task(TASK, None).work(("echo", 7)) == 7


def test_every_loss_has_an_error_of_its_own():
    assert {WorkerLost.code, WorkFailed.code, WorkTooLong.code, TooMuchWaiting.code} == {
        "worker_lost",
        "work_failed",
        "work_too_long",
        "too_much_waiting",
    }
