"""The smallest set of modules: how large is still exact, how long it takes, and how far greed is off.

python benchmarks/matching/plan.py [--problems 20]

Made-up problems, the same on every machine: modules close one to six gaps, cost time, and half of them money.
Half of the problems have a budget of 15 % of all hours and all money. CPU time, this process alone.
"""

import argparse
import json
import random
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from matching.bundle import load_bundle
from matching.limits import PLAN
from matching.plan.catalogue import parse_module_catalogue
from matching.plan.cover import cover
from matching.plan.cover_greedy import greedy
from matching.plan.cover_problem import Aim, Candidate, Problem
from matching.plan.cover_useful import useful
from matching.plan.drafting import draft
from matching.plan.example import example_modules, skills_for_example
from matching.plan.gaps import Gap
from matching.plan.publishing import build_module_catalogue
from matching.plan.wishes import Wishes
from passport.clock import parse_datetime

SIZES = ((8, 13), (12, 20), (16, 30), (21, 40), (21, 80), (30, 120), (40, 200), (60, 400))
_NOW = parse_datetime("2026-11-01T00:00:00Z")


def problem(draw: random.Random, gaps: int, modules: int, *, budget: bool) -> Problem:
    candidates = []
    for _ in range(modules):
        size = min(draw.choice((1, 1, 2, 2, 3, 3, 4, 5, 6)), gaps)
        mask = sum(1 << gap for gap in draw.sample(range(gaps), size))
        cents = draw.choice((0, draw.randint(20, 900) * 100))
        candidates.append(Candidate(mask, 4 + draw.randint(4, 80) * size, cents))
    hours = sum(each.hours for each in candidates) * 15 // 100
    cents = sum(each.cents for each in candidates) * 15 // 100
    aim = draw.choice(tuple(Aim))
    return Problem(candidates, hours if budget else None, cents if budget else None, aim)


def measure(gaps: int, modules: int, problems: int) -> dict[str, object]:
    draw = random.Random(modules)
    exact, times, ratios, fewer = 0, [], [], 0
    for number in range(problems):
        one = problem(draw, gaps, modules, budget=number % 2 == 1)
        begin = time.process_time()
        found = cover(one)
        times.append(time.process_time() - begin)
        exact += found.exact
        if found.exact:
            chosen, _ = greedy(one, useful(one))
            if one.closed_by(chosen).bit_count() < found.closed.bit_count():
                fewer += 1
            elif one.cost_of(found.chosen)[0]:
                ratios.append(one.cost_of(chosen)[0] / one.cost_of(found.chosen)[0])
    return {
        "gaps": gaps,
        "modules": modules,
        "exact": exact,
        "of": problems,
        "medianMs": round(1000 * sorted(times)[len(times) // 2], 1),
        "mostMs": round(1000 * max(times), 1),
        "greedyMost": round(max(ratios, default=1.0), 2),
        "greedyClosedFewer": fewer,
    }


def occupations(count: int) -> dict[str, object]:
    """Every gap of whole occupations, with the made-up modules of all of these occupations together."""
    taxonomy = load_bundle()
    named = taxonomy.occupations.iris[:: len(taxonomy.occupations) // count][:count]
    groups = [skills_for_example(each, taxonomy) for each in named]
    document = build_module_catalogue(
        catalogue_id="urn:example:benchmark",
        version=1,
        name={"en": "Benchmark"},
        publisher="did:key:z6MkiTBz1ymuepAQ4HEHYSF1H8quG5GLVVQR3djdX3mDooWp",
        publisher_name="Benchmark",
        taxonomy=taxonomy.name,
        valid_from=_NOW,
        valid_until=parse_datetime("2027-11-01T00:00:00Z"),
        modules=example_modules(groups, taxonomy, _NOW.date()),
        synthetic=True,
    )
    catalogue = parse_module_catalogue(document)
    exact, times, most = 0, [], 0
    for group in groups:
        gaps = [Gap(skill, "") for skill in group]
        begin = time.process_time()
        made = draft(gaps, [catalogue], Wishes(), today=_NOW.date(), taxonomy=taxonomy)
        times.append(time.process_time() - begin)
        exact, most = exact + made.exact, max(most, len(gaps))
    return {
        "occupations": len(groups),
        "modules": len(catalogue.modules),
        "gapsMost": most,
        "exact": exact,
        "medianMs": round(1000 * sorted(times)[len(times) // 2], 1),
        "mostMs": round(1000 * max(times), 1),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--problems", type=int, default=20)
    asked = parser.parse_args()
    found = {
        "steps": PLAN.steps,
        "sizes": [measure(gaps, modules, asked.problems) for gaps, modules in SIZES],
        "occupations": occupations(100),
    }
    print(json.dumps(found, indent=1))


if __name__ == "__main__":
    main()
