"""A person at a real browser: Debian's Chromium, a screen of a certain width, a language, and eyes for faults."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from importlib.resources import files
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Error,
    Locator,
    Page,
    Request,
    Response,
    sync_playwright,
)

from passport.texts import Catalogue, Language
from tests.simulators import accessibility
from tests.simulators.keys_only import put_the_mouse_away

put_the_mouse_away()
PHONE, DESK = (390, 844), (1100, 900)
_SECONDS = 15
ARGUMENTS = [
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync"),
    *("--disable-background-networking", "--disable-component-update"),
]
FAULTS = """(expected) => {
  const faults = [], all = (query) => [...document.querySelectorAll(query)];
  const show = (element) => element.outerHTML.slice(0, 120);
  if (document.documentElement.lang !== expected) faults.push("the language is " + document.documentElement.lang);
  if (all("h1").length !== 1) faults.push(all("h1").length + " h1 headings");
  if (!document.title.trim()) faults.push("no title");
  for (const field of all("input:not([type=hidden]), select, textarea, progress")) {
    const said = field.getAttribute("aria-label") || [...field.labels].map((label) => label.textContent.trim()).join("");
    if (!said) faults.push("no label: " + show(field));
  }
  for (const element of all("a, button, summary"))
    if (!(element.getAttribute("aria-label") || element.textContent).trim()) faults.push("no name: " + show(element));
  for (const picture of all("img")) {
    if (!picture.alt) faults.push("no text for a picture: " + show(picture));
    if (picture.complete && picture.loading !== "lazy" && !picture.naturalWidth) faults.push("broken: " + show(picture));
  }
  for (const element of all("[aria-describedby], [aria-labelledby]"))
    for (const id of ((element.getAttribute("aria-describedby") || "") + " "
        + (element.getAttribute("aria-labelledby") || "")).trim().split(/\\s+/))
      if (!document.getElementById(id)) faults.push("points at nothing: " + show(element));
  const ids = all("[id]").filter((each) => !each.closest("svg")).map((each) => each.id);
  for (const id of new Set(ids.filter((each, index) => ids.indexOf(each) !== index))) faults.push("twice: id " + id);
  const technical = ".code, pre, textarea, script, template, svg, [role=alert]";  // a refusal may show how to write a day
  const texts = document.createTreeWalker(document.querySelector("main") || document.body, NodeFilter.SHOW_TEXT);
  while (texts.nextNode())
    if (/\\b\\d{4}-\\d\\d-\\d\\d\\b/.test(texts.currentNode.data) && !texts.currentNode.parentElement.closest(technical))
      faults.push("a date not in words: " + texts.currentNode.data.trim().slice(0, 120));
  for (const folded of all("main details")) folded.open = true;
  const screen = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth > screen) {
    faults.push("wider than the screen: " + document.documentElement.scrollWidth + " of " + screen);
    for (const element of all("main *"))
      if (element.getBoundingClientRect().right > screen + 1 && !element.closest(".scroll, svg"))
        faults.push("  sticks out: " + show(element));
  }
  return faults;
}"""

# Unfolding sets lazy pictures off that are near; whoever leaves before they have come stops them, and they
# count as failed.
_LAZY_ONES_COME = """async () => {
  const near = (picture) => picture.getBoundingClientRect().top < innerHeight + 2500;
  const lazy = [...document.querySelectorAll("img[loading=lazy]")].filter(near);
  for (const picture of lazy) picture.loading = "eager";
  await Promise.allSettled(lazy.map((picture) => picture.decode()));
}"""


def chromium() -> str:
    """The browser; missing fails where CI is set and skips elsewhere."""
    return _first_of("chromium", "chromium-browser", "google-chrome")


def chromium_without_windows() -> str:
    """The same engine without what draws windows and asks for cameras, if it is there.

    A page takes half the processor, a new profile a fifth.
    """
    return shutil.which("chromium-headless-shell") or chromium()


def _first_of(*names: str) -> str:
    found = next(filter(None, map(shutil.which, names)), None)
    if found is None:
        reason = "no Chromium is installed (on Debian: apt install chromium chromium-headless-shell)"
        if os.environ.get("CI"):
            pytest.fail(reason)
        pytest.skip(reason)
    return found


@contextmanager
def browsing() -> Iterator[Browser]:
    path = chromium_without_windows()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        try:
            yield browser
        finally:
            browser.close()


@dataclass(slots=True)
class Person:
    """Somebody who looks at each page: whatever is wrong with one fails at `look`, by name."""

    page: Page
    address: str
    catalogue: Catalogue
    language: Language
    troubles: list[str] = field(default_factory=list)
    axe: bool = accessibility.EVERYWHERE
    """Judge each page by the rules of axe-core as well."""

    def words(self, code: str, **values: str | int) -> str:
        return self.catalogue.say(code, self.language, values)

    def go(self, path: str) -> None:
        """Go to a page, once what is here has come: a page may be reading itself anew at this moment."""
        self.page.wait_for_load_state()
        try:
            self.page.goto(self.address + path)
        except Error as error:  # a page that waits for an answer went on by itself just then
            if "ERR_ABORTED" not in error.message:
                raise
            self.page.wait_for_load_state()
            self.page.goto(self.address + path)
            self.troubles[:] = [each for each in self.troubles if "ERR_ABORTED" not in each]
        self.look()

    def press(self, button: str | Locator, **values: str | int) -> None:
        """Press a button that leads to another page, by its word's code, and look at that page."""
        if isinstance(button, str):
            button = self.page.get_by_role("button", name=self.words(button, **values), exact=True).first
        with self.page.expect_navigation():
            button.click()
        self.look()

    def follow(self, link: Locator) -> None:
        with self.page.expect_navigation():
            link.click()
        self.look()

    def field(self, code: str) -> Locator:
        return self.page.get_by_label(self.words(code), exact=True)

    def sees(self, text: str) -> None:
        self.page.get_by_text(text, exact=False).first.wait_for()

    def look(self, *, refused: bool = False) -> None:
        """What is wrong with this page, or happened on the way to it. `refused`: it says no, with a 4xx."""
        self.page.wait_for_load_state()
        self.page.locator("html").wait_for(state="attached")
        found = self.page.evaluate(FAULTS, self.language.value)
        self.page.evaluate(_LAZY_ONES_COME)
        if self.axe:
            found += accessibility.faults(self.page, refused=refused)
        noticed = [each for each in self.troubles if not (refused and "status of 4" in each)]
        self.troubles.clear()
        assert not [*found, *noticed], (self.page.url, *found, *noticed)

    def pictures(self) -> list[dict[str, Any]]:
        """The QR pictures of this page one by one, photographed from the screen."""
        taken: list[dict[str, Any]] = []
        for number, frame in enumerate(self.page.locator("details img.qr").all(), 1):
            frame.scroll_into_view_if_needed()
            frame.evaluate("(picture) => picture.decode()")
            taken.append({"name": f"{number}.png", "mimeType": "image/png", "buffer": frame.screenshot()})
        return taken

    def moving_picture(self) -> dict[str, Any]:
        """The moving QR picture of this page, kept as a file."""
        address = self.page.locator("img.qr").first.get_attribute("src") or ""
        kept = self.page.request.get(self.address + address)
        return {"name": "all.gif", "mimeType": "image/gif", "buffer": kept.body()}


@contextmanager
def person(
    browser: Browser,
    address: str,
    texts: str,
    language: Language = Language.EN,
    screen: tuple[int, int] = PHONE,
    *,
    scripts: bool = True,
    cookies: Any = None,
    axe: bool = accessibility.EVERYWHERE,
) -> Iterator[Person]:
    """Somebody with a fresh browser at the service with these `texts`. At the end nothing may be left to notice."""
    context = browser.new_context(
        viewport={"width": screen[0], "height": screen[1]},
        locale={Language.EN: "en-GB", Language.NL: "nl-NL"}[language],
        java_script_enabled=scripts,
        storage_state=cookies,
        accept_downloads=True,
    )
    context.set_default_timeout(_SECONDS * 1000)
    folder = files(texts.partition(".")[0]) / "texts"
    # without scripts axe would wait for ever
    someone = Person(context.new_page(), address, Catalogue(folder), language, axe=axe and scripts)
    _watch(context, someone)
    try:
        yield someone
        assert not someone.troubles, someone.troubles
    finally:
        context.close()


def _watch(context: BrowserContext, someone: Person) -> None:
    """Note what the browser complains about, refused contents among it, and who else is called."""
    host = urlsplit(someone.address).netloc

    def said(message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"}:
            someone.troubles.append(f"console: {message.text}")

    def answered(response: Response) -> None:
        if urlsplit(response.url).netloc != host:
            someone.troubles.append(f"another host: {response.url}")
        if response.status >= 500:
            someone.troubles.append(f"{response.status}: {response.url}")

    def failed(request: Request) -> None:
        going = request.resource_type == "fetch" or request.is_navigation_request()
        left = going and request.failure == "net::ERR_ABORTED"
        if (
            not left
        ):  # whoever leaves a page ends what its script was asking, and where it was going by itself
            someone.troubles.append(f"failed: {request.url} {request.failure}")

    context.on("console", said)
    context.on("weberror", lambda error: someone.troubles.append(f"script: {error.error}"))
    context.on("response", answered)
    context.on("requestfailed", failed)
