"""How fast are proofs made and checked, on badges from small to the specification's complete example?

    python benchmarks/proofs.py [--seconds 30] [--json]

The same operations as `passport bench`, on ../shared/samples.
"""

import argparse
import json
import platform
import uuid
from pathlib import Path

from passport.cli.bench import BADGES, plain, rounds, show
from passport.cli.proof_operations import proof_operations, summary
from passport.cli.rates import ROUNDS, measure
from passport.json import dump, parse_object

SAMPLES = Path(__file__).resolve().parents[2] / "shared" / "samples"
NAMES = ("basic", "realistic", "complete")


def badges(path):
    """The badge under several ids."""
    document = parse_object(path.read_bytes())
    document.pop("proof", None)
    return [{**document, "id": f"urn:uuid:{uuid.UUID(int=number)}"} for number in range(BADGES)]


def main():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--samples", type=Path, default=SAMPLES, help="folder with the badges")
    parser.add_argument("--seconds", type=float, default=30.0, help="for all badges together")
    parser.add_argument("--json", action="store_true", help="for programs")
    asked = parser.parse_args()
    found = {}
    for name in NAMES:
        kind = badges(asked.samples / f"{name}.json")
        rates = measure(proof_operations(kind), seconds=asked.seconds / len(NAMES), rounds=rounds())
        lines = summary(rates)
        found[name] = {"badgeBytes": len(dump(kind[0])), "operations": [plain(line) for line in lines]}
        if not asked.json:
            show(f"{name}.json ({found[name]['badgeBytes']} bytes)", lines)
            print()
    if asked.json:
        print(json.dumps({"python": platform.python_version(), "rounds": ROUNDS, "badges": found}, indent=2))


if __name__ == "__main__":
    main()
