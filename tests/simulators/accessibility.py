"""axe-core over a page as it stands: the rules of WCAG 2.2 A and AA, and axe's own of good practice.

Offline, from what package-lock.json in the folder `axe` pins. Where PASSPORT_AXE is set every page that any
browser test looks at is judged (`make axe`), in light and in dark; else those for which a test asks it. Where
PASSPORT_AXE_RESULTS names a folder, what was judged is written there; `docs/make_axe_table.py` makes a table of it.
"""

import json
import os
from functools import cache
from pathlib import Path
from typing import Any

from playwright.sync_api import Page

from tests.simulators.other_parties import installed_beside

EVERYWHERE = bool(os.environ.get("PASSPORT_AXE"))
_TAGS = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")
_RESULTS = os.environ.get("PASSPORT_AXE_RESULTS")
_RUN = """async (tags) => {
  const found = await axe.run(document, { runOnly: tags, resultTypes: ["violations"] });
  if (found.passes.length < 10) throw new Error("axe judged nothing");
  const faults = found.violations.flatMap((rule) => rule.nodes.map((node) =>
    rule.id + ": " + node.html.slice(0, 160) + " " + (node.any[0] || node.all[0] || node.none[0] || {}).message));
  return { faults, passed: found.passes.length, unsure: found.incomplete.map((rule) => rule.id),
    title: document.title, language: document.documentElement.lang, width: innerWidth,
    address: location.pathname + location.hash };
}"""


@cache
def _axe() -> str:
    return (installed_beside(Path(__file__).parent / "axe") / "axe-core" / "axe.min.js").read_text("utf-8")


def faults(page: Page) -> list[str]:
    """What axe finds wrong: the rule, the element and why. A policy of the page does not stop it: it is no
    script of the page."""
    page.evaluate(_axe())
    found = _judged(page, "light")
    if EVERYWHERE:
        page.emulate_media(color_scheme="dark", reduced_motion="reduce")  # no colours on their way
        found += _judged(page, "dark")
        page.emulate_media(color_scheme="light", reduced_motion="no-preference")
    return found


def _judged(page: Page, scheme: str) -> list[str]:
    found: Any = page.evaluate(_RUN, list(_TAGS))
    if _RESULTS:
        with (Path(_RESULTS) / f"{os.getpid()}.jsonl").open("a", encoding="utf-8") as results:
            results.write(json.dumps({**found, "scheme": scheme}) + "\n")
    return [f"axe, {scheme}: {each}" for each in found["faults"]]
