"""How long the wallet on a phone takes to start, and how large it is.

    python benchmarks/phone_start.py [--phone build/phone]

Chromium at 390 px: from a snapshot and without, first and again without a network, and with the page slowed
four times (Chrome's own emulation, which does not slow workers). The time is from the navigation until the
first page of the wallet stands.
"""

import argparse
import gzip
import json
import statistics
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from tests.simulators.browsing import browsing
from tests.simulators.phone import options, phone_in, served

ROUNDS = 3


def sizes(folder: Path) -> None:
    names = json.loads((folder / "files.json").read_bytes())["files"]
    whole = sent = 0
    for name in names:
        data = (folder / name).read_bytes()
        squeezed = len(gzip.compress(data, 6))
        whole += len(data)
        sent += min(squeezed, len(data))
        print(f"{len(data):>11,} {squeezed:>11,}  {name}")
    print(f"{whole:>11,} {sent:>11,}  all together; the second column is gzip")


def start(browser, address: str, *, query: str = "", again: bool = False, slowed: int = 1) -> float:
    context = browser.new_context(**options())
    try:
        with phone_in(context, address) as phone:
            if slowed > 1:
                session = context.new_cdp_session(phone.page)
                session.send("Emulation.setCPUThrottlingRate", {"rate": slowed})
            if again:
                phone.open(query)
                phone.kept_offline()
                context.set_offline(True)
            began = time.perf_counter()
            phone.open(query)
            return time.perf_counter() - began
    finally:
        context.close()


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--phone", type=Path, default=Path("build/phone"))
    folder = parser.parse_args().phone
    sizes(folder)
    with served(folder) as address, browsing() as browser:
        for title, options_ in {
            "first visit, snapshot": {},
            "offline again, snapshot": {"again": True},
            "offline again, without a snapshot": {"again": True, "query": "?slow"},
            "offline again, snapshot, page slowed 4x": {"again": True, "slowed": 4},
        }.items():
            taken = [start(browser, address, **options_) for _ in range(ROUNDS)]
            print(f"{title}: {statistics.median(taken):.2f} s ({min(taken):.2f} to {max(taken):.2f})")


if __name__ == "__main__":
    main()
