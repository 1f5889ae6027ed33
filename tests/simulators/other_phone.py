"""Somebody with the app of the wallet in another browser than Chromium (tests/simulators/phone.py has that one)."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from passport.pictures.qr import read_image
from passport.texts import Language
from tests.simulators.other_browsers import Browser, opened
from tests.simulators.phone import PASSPHRASE, TEXTS
from tests.simulators.webdriver import ELEMENT

KEPT = """
  const real = URL.createObjectURL.bind(URL);
  window.saved = undefined;
  URL.createObjectURL = (blob) => { window.saved = blob; return real(blob); };
"""
"""What the page gives to save, for whoever asks the page: where a browser puts it is the browser's own."""
TAKEN = """
  for (let tries = 0; !window.saved && tries < 600; tries += 1) await new Promise((go) => setTimeout(go, 50));
  const bytes = new Uint8Array(await window.saved.arrayBuffer());
  return Array.from(bytes, (each) => each.toString(16).padStart(2, "0")).join("");
"""


@dataclass(slots=True)
class OtherPhone:
    browser: Browser
    address: str

    def words(self, code: str) -> str:
        return TEXTS.say(code, Language.NL)

    def open(self, query: str = "") -> None:
        self.browser.goto(f"{self.address}/app/{query}")
        self.started()

    def started(self) -> None:
        self.browser.until("return document.documentElement.dataset.page")

    def reload(self) -> None:
        """As a page does by itself: WebDriver's own way goes past the service worker in Firefox."""
        self.browser.run("window.before = true; setTimeout(() => location.reload(), 50);")
        self.browser.until("return !window.before")
        self.started()

    @property
    def how(self) -> object:
        return self.browser.run("return document.documentElement.dataset.started ?? null")

    @contextmanager
    def turning(self) -> Iterator[None]:
        """Something after which another page stands."""
        page = "document.documentElement.dataset.page"
        before = self.browser.run(f"return {page} ?? null")
        yield
        self.browser.until(f"return {page} && {page} !== arguments[0]", before)

    def go(self, path: str) -> None:
        with self.turning():
            self.browser.run(
                "history.replaceState(history.state, '', '#'); location.hash = arguments[0];", path
            )

    def press(self, code: str) -> None:
        with self.turning():
            self.browser.press(self.words(code))

    def touch(self, query: str) -> None:
        with self.turning():
            self.browser.click(self.browser.first(query))

    def create(self) -> list[str]:
        self.browser.fill("input[name=passphrase]", PASSPHRASE)
        self.press("door-make")
        return self.browser.texts("ol.words li")

    def unlock(self) -> None:
        self.browser.fill("input[name=passphrase]", PASSPHRASE)
        self.press("door-unlock")

    def take(self, link: str) -> None:
        self.go("/receive")
        self.browser.fill("textarea[name=text]", link)
        self.press("receive-go")
        self.press("offer-accept")
        self.browser.sees(self.words("credential-yes"))

    def saved_by(self, query: str) -> bytes:
        """The file that this button gives."""
        self.browser.run(KEPT)
        self.browser.click(self.browser.first(query))
        return bytes.fromhex(str(self.browser.later(TAKEN)))

    def codes(self) -> list[str]:
        """Every code of this page, from the points of the screen."""
        self.browser.run("for (const one of document.querySelectorAll('main details')) one.open = true;")
        alone = "return document.querySelectorAll('details img.qr').length ? 'details img.qr' : 'img.qr'"
        pictures = self.browser.all(str(self.browser.run(alone)))
        found = []
        for picture in pictures:
            self.browser.run("arguments[0].scrollIntoView({ block: 'center' })", {ELEMENT: picture})
            self.browser.until(
                "return arguments[0].complete && arguments[0].naturalWidth", {ELEMENT: picture}
            )
            found += [each for each in read_image(self.browser.photograph()) if each not in found]
        return found


@contextmanager
def other_phone(name: str, folder: Path, address: str) -> Iterator[OtherPhone]:
    """At the end nothing may be left that the browser complained about."""
    with opened(name, folder) as browser:
        yield OtherPhone(browser, address)
        assert browser.complaints() == []
