"""How often a second: operations measured in turns, so that their ratios are of one and the same run."""

import gc
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from statistics import median

Operation = Callable[[], object]

ROUNDS = 7
"""Every operation has its turn in each of them: what slows the machine down for a while slows all of them."""
_SHORTEST_TURN = 0.002
"""CPU seconds: below this the clock's own grain shows."""


@dataclass(frozen=True, slots=True)
class Spread:
    """Minimum, median and maximum over the rounds."""

    min: float
    median: float
    max: float

    @classmethod
    def of(cls, figures: Iterable[float]) -> "Spread":
        found = tuple(figures)
        return cls(min(found), median(found), max(found))


def measure(
    operations: Mapping[str, Operation], *, seconds: float, rounds: Iterable[int] = range(ROUNDS)
) -> dict[str, tuple[float, ...]]:
    """Runs per CPU second of this process, a figure for each round; about `seconds` in all.

    CPU time, because a neighbour on the machine is no property of the code. Garbage is collected between the
    turns as well as in them, so that nobody pays for the turn before; what was there already stays out of it.
    """
    turn = max(seconds / (ROUNDS * len(operations)), _SHORTEST_TURN)
    for run in operations.values():
        run()
    found: dict[str, list[float]] = {name: [] for name in operations}
    gc.collect()
    gc.freeze()
    try:
        for _ in rounds:
            for name, run in operations.items():
                gc.collect()
                found[name].append(_rate(run, turn))
    finally:
        gc.unfreeze()
    return {name: tuple(rates) for name, rates in found.items()}


def shares(rates: Iterable[float], limit: Iterable[float]) -> Spread:
    """What part of the limit is reached, round by round."""
    return Spread.of(rate / most for rate, most in zip(rates, limit, strict=True))


def _rate(run: Operation, turn: float) -> float:
    count, batch = 0, 1
    start = time.process_time()
    while True:
        for _ in range(batch):
            run()
        count += batch
        spent = time.process_time() - start
        if spent >= turn:
            return count / spent
        batch = max(1, int(count * min((turn - spent) / spent, 1.0))) if spent > _SHORTEST_TURN else batch * 2
