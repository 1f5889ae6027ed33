"""Sizes and load times of the shipped bundles, each in a process of its own: verified, inflated and indexed.

python benchmarks/matching/taxonomies.py
"""

import json
import subprocess
import sys
from importlib.resources import files

PROGRAM = """
import json, time
start = time.process_time()
{load}
loaded = time.process_time() - start
print(json.dumps({{"ms": round(1000 * loaded), "answer": str(found.authentic)}}))
"""
BUNDLES = {
    "ESCO": ("matching/data", "from matching.bundle import load_bundle; found = load_bundle()"),
    "ESCO, the release before": (
        "matching/data/previous",
        "from matching.bundle import load_previous; found = load_previous()",
    ),
    "O*NET": ("matching/onet/data", "from matching.onet import load_onet; found = load_onet()"),
    "mbo": ("matching/mbo/data", "from matching.mbo import load_mbo; found = load_mbo()"),
}


def main() -> None:
    for name, (folder, load) in BUNDLES.items():
        package, *inside = folder.split("/")
        place = files(package).joinpath(*inside)
        size = sum(len(place.joinpath(part).read_bytes()) for part in ("manifest.json", "bundle.bin"))
        times = sorted(_measured(load)["ms"] for _ in range(5))
        print(f"{name:<26}{size:>10,} bytes {times[2]:>6} ms of the processor, imports included")


def _measured(load: str) -> dict[str, int]:
    run = subprocess.run(
        [sys.executable, "-c", PROGRAM.format(load=load)], capture_output=True, text=True, check=True
    )
    return dict(json.loads(run.stdout))


if __name__ == "__main__":
    main()
