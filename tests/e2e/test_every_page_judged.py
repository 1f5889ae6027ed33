"""Every page that any test was answered with, judged in a browser: both languages, on a phone and at a desk.

By axe-core in light and dark, by what a screen reader is told, by Tab from end to end, and by the eyes of all
browser tests (`make axe`; tests/simulators/album.py keeps the pages).
"""

import json
from collections.abc import Iterator
from http import HTTPStatus
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import BrowserContext

from passport.texts import Language
from tests.simulators import accessibility, album, focus, screen_reader
from tests.simulators.album_served import Served, own_files
from tests.simulators.browsing import FAULTS, browsing

GIANT = 200_000
"""Of a page as long as a whole list of occupations, a shorter one of its kind is judged as well as it can be."""


def _chosen() -> Iterator[Path]:
    """Of each kind of page the one with most on it."""
    for least in sorted(Path(album.FOLDER or "/nowhere").glob("*-least-*.json")):
        most = next(least.parent.glob(f"{least.name[:16]}-most-*.json"))
        yield most if int(most.stem.rpartition("-")[2]) < GIANT else least


pytestmark = pytest.mark.skipif(not accessibility.EVERYWHERE, reason="takes long: make axe")


@pytest.fixture(scope="module")
def stand() -> Iterator[tuple[BrowserContext, Served]]:
    served = Served(own_files())
    with browsing() as browser:
        context = browser.new_context(service_workers="block")
        context.route("**/*", lambda route: served.answer(route))  # noqa: PLW0108  # it writes on what it is given
        yield context, served
        context.close()


@pytest.mark.parametrize("kept", tuple(_chosen()), ids=lambda path: path.stem)
def test_a_page_is_for_everybody(stand: tuple[BrowserContext, Served], kept: Path) -> None:
    context, served = stand
    known: dict[str, Any] = json.loads(kept.read_text(encoding="utf-8"))
    found: list[str] = []
    for language, served.html in known["pages"].items():
        page = context.new_page()
        page.set_viewport_size(accessibility.WIDTHS[0])
        page.goto("http://localhost" + known["path"])
        accessibility.bring(page)
        for width in accessibility.at_both_widths(page):
            faults = page.evaluate(FAULTS, language)
            judge = accessibility.in_light_and_dark if language == Language.NL else accessibility.in_light
            faults += judge(page, {"method": known["method"]})
            faults += screen_reader.faults(page, refused=known["status"] >= HTTPStatus.BAD_REQUEST)
            if language == (Language.NL if width == accessibility.WIDTHS[0] else Language.EN):
                faults += focus.faults(page)
            found += [f"{language}, {width['width']}: {each}" for each in faults]
        page.close()
    assert not found, (
        known["service"],
        known["method"],
        known["path"],
        known["status"],
        known["template"],
        *found,
    )
