"""How much more two processes do than one."""

import time
from collections.abc import Sequence
from concurrent.futures import wait

from passport.cli.rates import ROUNDS, Spread
from passport.clock import utc_now
from passport.workers import Job, Pool, cores
from passport.workers.examination import TASK, Expected

_CHUNK = 16
"""Items that are handed over at once."""


def two_processes_against_one(sources: Sequence[bytes], *, seconds: float) -> Spread | None:
    """How many times as many documents are verified in the same time; None where there is one core.

    By the clock on the wall, since that is what a batch is waited for; in turns, so that a busy neighbour
    slows both.
    """
    if cores() == 1:
        return None
    job = Job(TASK, Expected(utc_now()).plain())
    chunks = [sources[start : start + _CHUNK] for start in range(0, len(sources), _CHUNK)]
    with Pool(1) as one, Pool(2) as two:
        for pool in (one, two):
            _spent(pool, job, chunks * 2)
        repeat = max(1, int(seconds / (2 * ROUNDS) / _spent(one, job, chunks)))
        return Spread.of(
            [_spent(one, job, chunks * repeat) / _spent(two, job, chunks * repeat) for _ in range(ROUNDS)]
        )


def _spent(pool: Pool, job: Job, chunks: Sequence[Sequence[bytes]]) -> float:
    start = time.perf_counter()
    done, _ = wait([pool.submit(job, chunk) for chunk in chunks])
    for each in done:
        each.result()
    return time.perf_counter() - start
