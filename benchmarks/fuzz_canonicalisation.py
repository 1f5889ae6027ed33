"""Does compiled canonicalisation ever say anything else than the reference?

    make fuzz [ARGS="--rounds 1000000 --processes 2 --seed 1"]
    python benchmarks/fuzz_canonicalisation.py --until 1:4711     up to one round again, by its number

A round changes a document at random, in its values or its structure, and asks the compiled shapes for its
canonical form. Where they give one, the reference must give the same; what it refuses they must not accept.
Where they give none, the reference is asked about a part of the documents: what it accepts is a new shape,
which is compiled and then changed in turn. A part of the rounds changes one byte of a signed badge, to be
refused. Every round has its own random numbers, and every so many begin with no new shapes, so that they
can be done again.
"""

import argparse
import multiprocessing
import sys
from collections import Counter
from contextlib import suppress
from pathlib import Path

from rich.progress import Progress

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from tests.simulators.fuzzing import CHUNK, chunk, chunks  # tests are no installed package


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--rounds", type=int, default=1_000_000)
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--until", help="seed:round, to see one again")
    asked = parser.parse_args()
    if asked.until:
        seed, number = map(int, asked.until.split(":"))
        counts, failures = chunk((seed, number - number % CHUNK, number + 1))
    else:
        counts, failures = run(asked.seed, asked.rounds, asked.processes)
    for name, count in sorted(counts.items()):
        print(f"{count:>12,} {name.replace('_', ' ')}")
    print(f"{len(failures) - counts['reference_faults']:>12,} disagreements")
    return int(bool(failures))


def run(seed: int, rounds: int, processes: int) -> tuple[Counter[str], list[str]]:
    counts, failures = Counter[str](), []
    with (
        suppress(KeyboardInterrupt),  # what was found until then is told
        multiprocessing.get_context("spawn").Pool(processes) as pool,
        Progress() as progress,
    ):
        bar = progress.add_task("Rounds", total=rounds)
        for counted, failed in pool.imap_unordered(chunk, chunks(seed, rounds)):
            counts += counted
            failures += failed
            progress.update(bar, completed=counts["rounds"])
            for failure in failed[:3]:
                progress.console.print(failure[:3_000], markup=False, highlight=False)
    return counts, failures


if __name__ == "__main__":
    sys.exit(main())
