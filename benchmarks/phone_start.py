"""How long the wallet on a phone takes to start, and how large it is.

    python benchmarks/phone_start.py [--phone build/phone] [--rounds 3] [--slowed 4]

Chromium at 390 px, from the navigation until the first page of the wallet stands: from the snapshot and
without it, at the first visit and again without a network, and with the whole browser slowed: all of its
processes stand still three quarters of the time, workers too, which Chrome's own slowing leaves alone.

In the same run an empty page, and a page that starts the same Pyodide and nothing else: others on the machine
slow all of them, so each time is also given as a multiple of that bare start.
"""

import argparse
import json
import os
import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from playwright.sync_api import BrowserContext, sync_playwright
from starlette.applications import Starlette
from starlette.routing import Mount
from starlette.staticfiles import StaticFiles

from tests.simulators.browsing import ARGUMENTS, chromium
from tests.simulators.phone import options, packages, phone_in, served
from tests.simulators.serving import serving
from tests.simulators.slowed import slowed
from wallet.site.phone.packages import WEB

_BARE = """import { loadPyodide } from "./pyodide.mjs";
import { OPTIONS } from "./runtime.js";
const python = await loadPyodide({ ...OPTIONS, indexURL: "./" });
python.runPython("1 + 1");
document.documentElement.dataset.page = "1";
"""


def sizes(folder: Path) -> None:
    """Each file as it is, and as a server sends it to a browser of today."""
    whole = sent = 0
    for name in json.loads((folder / "files.json").read_bytes())["files"]:
        here, smaller = folder / name, folder / f"{name}.br"
        size = here.stat().st_size
        less = smaller.stat().st_size if smaller.is_file() else size
        whole, sent = whole + size, sent + less
        print(f"{size:>11,} {less:>11,}  {name}")
    print(f"{whole:>11,} {sent:>11,}  all together; the second column is what is sent")


@contextmanager
def bare() -> Iterator[str]:
    """The address of a site with an empty page, and one with Pyodide alone."""
    with tempfile.TemporaryDirectory() as folder:
        site = Path(folder)
        for name in ("pyodide.mjs", "pyodide.asm.mjs", "pyodide.asm.wasm", "python_stdlib.zip"):
            shutil.copy(packages() / "pyodide" / name, site)
        shutil.copy(WEB / "src" / "runtime.js", site)
        (site / "bare.js").write_text(_BARE)
        (site / "bare.html").write_text("<!doctype html><script type=module src=bare.js></script>")
        (site / "empty.html").write_text("<!doctype html><html data-page=1><p>Empty.")
        with serving(Starlette(routes=[Mount("/", StaticFiles(directory=site))])) as address:  # type: ignore[arg-type]
            yield address


def timed(address: str, times: int, before: Callable[[BrowserContext], None] | None = None) -> float:
    """Seconds until a page stands at this address, in a new browser."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder, sync_playwright() as playwright:
        context = playwright.chromium.launch_persistent_context(
            folder,
            executable_path=chromium(),
            args=ARGUMENTS,
            **options(),  # type: ignore[arg-type]
        )
        context.set_default_timeout(240_000)
        if before is not None:
            before(context)
        page = context.new_page()
        with slowed(folder, times) if times > 1 else nullcontext():
            began = time.perf_counter()
            page.goto(address)
            page.locator("html[data-page]").wait_for(state="attached")
            taken = time.perf_counter() - began
        context.close()
    return taken


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--phone", type=Path, default=Path("build/phone"))
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--slowed", type=int, default=4)
    given = parser.parse_args()
    sizes(given.phone)
    with served(given.phone) as site, bare() as plain:
        app = f"{site}/app/"

        def been(context: BrowserContext) -> None:
            with phone_in(context, site) as phone:
                phone.open()
                phone.kept_offline()
                phone.page.close()
            context.set_offline(True)

        for times in (1, given.slowed):
            print(
                f"slowed {times} times; others keep {os.getloadavg()[0]:.1f} of {os.cpu_count()} cores busy"
            )
            begun = 0.0
            for title, address, before in (
                ("an empty page", f"{plain}/empty.html", None),
                ("Pyodide alone", f"{plain}/bare.html", None),
                ("first visit, snapshot", app, None),
                ("offline again, snapshot", app, been),
                ("offline again, step by step", f"{app}?slow", been),
            ):
                taken = [timed(address, times, before) for _ in range(given.rounds)]
                middle = statistics.median(taken)
                begun = middle if title == "Pyodide alone" else begun
                ratio = f", {middle / begun:.2f} of Pyodide alone" if begun else ""
                print(f"  {title}: {middle:.2f} s ({min(taken):.2f} to {max(taken):.2f}){ratio}", flush=True)


if __name__ == "__main__":
    main()
