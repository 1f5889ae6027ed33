"""How fast are badges secured and verified, on badges from small to the specification's complete example?

    python benchmarks/proofs.py [--seconds 60] [--samples ../shared/samples] [--json]

The same operations as `passport bench`, as shares of what the signature alone needs. Without the samples, the
badge of `passport bench`.
"""

import argparse
import json
import platform
import uuid
from dataclasses import asdict
from pathlib import Path

from passport.cli.bench import BADGES, plain, realistic_badge, rounds, show
from passport.cli.processes import two_processes_against_one
from passport.cli.proof_operations import ISSUER, proof_operations, sign_all, summary
from passport.cli.rates import ROUNDS, measure
from passport.json import dump, parse_object

SAMPLES = Path(__file__).resolve().parents[2] / "shared" / "samples"
NAMES = ("basic", "realistic", "complete")
MANY = 256


def kinds(samples):
    """By name, a function that makes unsigned badges of one kind under their own ids, by a key of ours."""
    if not samples.is_dir():
        return {"realistic": realistic_badge}
    return {name: maker(samples / f"{name}.json") for name in NAMES}


def maker(path):
    document = parse_object(path.read_bytes())
    document.pop("proof", None)
    document["issuer"]["id"] = ISSUER
    return lambda number: {**document, "id": f"urn:uuid:{uuid.UUID(int=number)}"}


def main():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--samples", type=Path, default=SAMPLES, help="folder with the badges")
    parser.add_argument("--seconds", type=float, default=60.0, help="for all badges together")
    parser.add_argument("--json", action="store_true", help="for programs")
    asked = parser.parse_args()
    found, made = {}, kinds(asked.samples)
    for name, make in made.items():
        badges = [make(number) for number in range(BADGES)]
        size = len(dump(badges[0]))
        rates = measure(proof_operations(badges), seconds=asked.seconds / len(made), rounds=rounds())
        lines = summary(rates)
        found[name] = {"badgeBytes": size, "operations": [plain(line) for line in lines]}
        if not asked.json:
            show(f"{name} ({size} bytes)", lines)
            print()
    many = sign_all(made["realistic"](number) for number in range(MANY))
    ratio = two_processes_against_one(many, seconds=asked.seconds / 8)
    if asked.json:
        measured = {"python": platform.python_version(), "rounds": ROUNDS, "badges": found}
        print(json.dumps({**measured, "twoProcessesAgainstOne": ratio and asdict(ratio)}, indent=2))
    elif ratio is not None:
        print(f"two processes against one: {ratio.median:.2f} ({ratio.min:.2f} to {ratio.max:.2f})")


if __name__ == "__main__":
    main()
