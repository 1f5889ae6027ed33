"""A page as it stands, judged: by axe-core (WCAG 2.2 A and AA, and axe's own good practice), and by what a screen
reader is told of it.

Offline, from what package-lock.json in the folder `axe` pins. Where PASSPORT_AXE is set every page that any
browser test looks at is judged (`make axe`), in light and dark; else those for which a
test asks it. Where PASSPORT_AXE_RESULTS names a folder, what was judged is written there;
`tests/simulators/axe_table.py` makes a table of it.
"""

import json
import os
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, ViewportSize

from tests.simulators import screen_reader
from tests.simulators.other_parties import installed_beside

EVERYWHERE = bool(os.environ.get("PASSPORT_AXE"))
WIDTHS: tuple[ViewportSize, ...] = ({"width": 390, "height": 844}, {"width": 1280, "height": 900})
_DESK = 700
_COLOURS = ("color-contrast", "link-in-text-block")
"""What dark can be worse at than light."""
_TAGS = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")
_RESULTS = os.environ.get("PASSPORT_AXE_RESULTS")
_RUN = """async ([type, values, least]) => {
  const found = await axe.run(document, { runOnly: { type, values }, resultTypes: ["violations"] });
  if (found.passes.length < least) throw new Error("axe judged nothing");
  const faults = found.violations.flatMap((rule) => rule.nodes.map((node) =>
    rule.id + ": " + node.html.slice(0, 160) + " " + (node.any[0] || node.all[0] || node.none[0] || {}).message));
  return { faults, passed: found.passes.length, unsure: found.incomplete.map((rule) => rule.id),
    title: document.title, language: document.documentElement.lang, width: innerWidth,
    address: location.pathname + location.hash };
}"""


@cache
def _axe() -> str:
    return (installed_beside(Path(__file__).parent / "axe") / "axe-core" / "axe.min.js").read_text("utf-8")


def faults(page: Page, *, refused: bool = False, both_widths: bool = False) -> list[str]:
    """What axe finds wrong: the rule, the element and why; and what a screen reader is told. A policy of the page
    does not stop it: it is no script of the page. `both_widths`: of a page that is in no album."""
    page.evaluate(_axe())
    heard = screen_reader.faults(page, refused=refused)
    if not EVERYWHERE:
        return [*judged(page, "light"), *heard]
    if not both_widths:
        return [*in_light_and_dark(page), *heard]
    return [*heard, *(each for _ in at_both_widths(page) for each in in_light_and_dark(page))]


def at_both_widths(page: Page) -> Iterator[ViewportSize]:
    """As wide as it is, then as wide as it is not; then as it was."""
    was = page.viewport_size or WIDTHS[0]
    yield was
    other = WIDTHS[was["width"] < _DESK]
    page.set_viewport_size(other)
    yield other
    page.set_viewport_size(was)


def in_light_and_dark(page: Page, more: Mapping[str, Any] | None = None) -> list[str]:
    """`more`: what is written down beside it."""
    found = judged(page, "light", more)
    page.emulate_media(color_scheme="dark", reduced_motion="reduce")  # no colours on their way
    found += judged(page, "dark", more)
    page.emulate_media(color_scheme="light")
    page.evaluate("getComputedStyle(document.body).color")  # light is there before anything may move again
    page.emulate_media(reduced_motion="no-preference")
    return found


def in_light(page: Page, more: Mapping[str, Any] | None = None) -> list[str]:
    """Where dark was judged in another language: colours are the same in both."""
    return judged(page, "light", more)


def judged(page: Page, scheme: str, more: Mapping[str, Any] | None = None) -> list[str]:
    """By axe, which must be in the page already."""
    rules = ("rule", _COLOURS, 0) if scheme == "dark" else ("tag", _TAGS, 10)
    found: Any = page.evaluate(_RUN, rules)
    if _RESULTS:
        with (Path(_RESULTS) / f"{os.getpid()}.jsonl").open("a", encoding="utf-8") as results:
            results.write(json.dumps({**found, "scheme": scheme, **(more or {})}) + "\n")
    return [f"axe, {scheme}: {each}" for each in found["faults"]]


def bring(page: Page) -> None:
    """Put axe into the page."""
    page.evaluate(_axe())
