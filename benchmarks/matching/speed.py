"""How fast is matching, and how much memory does it take?

    python benchmarks/matching/speed.py [--rounds 5] [--json]

A round is a fresh process: load and verify the bundle, build the index, rank all occupations for 300
profiles (the skills of an occupation), explain the first ten of each, search. Milliseconds are of the
processor, so that a busy machine does not count. Median, minimum and maximum over the rounds.
"""

import argparse
import json
import random
import resource
import statistics
import subprocess
import sys
import time

PROFILES = 300


def milliseconds(action):
    start = time.process_time()
    found = action()
    return found, 1_000 * (time.process_time() - start)


def p95(values):
    return sorted(values)[round(0.95 * (len(values) - 1))]


def one_round():
    """Measured in a process of its own; memory is what loading and indexing add."""
    from matching.bundle import load_bundle
    from matching.explain import compare
    from matching.score import rank
    from matching.vectors import index_of

    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    taxonomy, load = milliseconds(load_bundle)
    _, index = milliseconds(lambda: index_of(taxonomy))
    memory = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1_024
    _, needs = milliseconds(lambda: taxonomy.needs)
    chooser = random.Random(1)
    ranked, explained, searched = [], [], []
    for number in chooser.sample(range(len(taxonomy.occupations)), PROFILES):
        skills = [taxonomy.skills.iris[skill] for links in taxonomy.needs.values() for skill in links[number]]
        ranking, spent = milliseconds(lambda skills=skills: rank(skills, taxonomy))
        best, picking = milliseconds(lambda ranking=ranking: ranking[:10])
        _, explaining = milliseconds(
            lambda ranking=ranking, best=best: [
                compare(ranking.profile, one.occupation, taxonomy) for one in best
            ]
        )
        ranked.append(spent + picking)
        explained.append(spent + picking + explaining)
    _, first_search = milliseconds(lambda: taxonomy.search_skills("weldign"))
    for number in chooser.sample(range(len(taxonomy.skills)), PROFILES):
        label = taxonomy.skills.label(number, "en")
        searched.append(milliseconds(lambda label=label: taxonomy.search_skills(label[:-1]))[1])
    return {
        "load and verify, ms": load,
        "index, ms": index,
        "load and index, ms": load + index,
        "skills per occupation, ms": needs,
        "memory of load and index, MB": memory,
        "rank all 3,007, p50, ms": statistics.median(ranked),
        "rank all 3,007, p95, ms": p95(ranked),
        "rank and explain ten, p50, ms": statistics.median(explained),
        "rank and explain ten, p95, ms": p95(explained),
        "first search, ms": first_search,
        "search, p50, ms": statistics.median(searched),
        "search, p95, ms": p95(searched),
    }


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--one-round", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.one_round:
        print(json.dumps(one_round()))
        return
    command = [sys.executable, __file__, "--one-round"]
    rounds = []
    for _ in range(options.rounds):
        done = subprocess.run(command, check=True, capture_output=True)
        rounds.append(json.loads(done.stdout))
    found = {
        name: {"median": statistics.median(values), "minimum": min(values), "maximum": max(values)}
        for name in rounds[0]
        for values in ([one[name] for one in rounds],)
    }
    if options.json:
        print(json.dumps(found, indent=2))
        return
    for name, value in found.items():
        print(f"{name:<34}{value['median']:8.2f}   ({value['minimum']:.2f} to {value['maximum']:.2f})")


if __name__ == "__main__":
    main()
