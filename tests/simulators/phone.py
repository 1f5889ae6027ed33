"""A person with a phone: the real build of the app, served, in Debian's Chromium at the size of a phone."""

import fcntl
import hashlib
import os
import shutil
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Locator, Page

from passport.texts import Catalogue, Language
from passport.web import WebSettings
from tests.simulators import accessibility
from tests.simulators.browsing import FAULTS
from tests.simulators.serving import serving
from wallet.site.app import create
from wallet.site.phone.built import build
from wallet.site.phone.packages import installed

ROOT = Path(__file__).resolve().parents[2]
PASSPHRASE = "zon op het dak"
SCREEN = {"width": 390, "height": 844}
SECONDS = 60
"""Until a page stands: Python starts on two slow cores that others use as well."""
_IN_USE = 1_200
"""Seconds that another run, of the sources as they were before, may still need what it built."""
_KEYS = """() => new Promise((resolve) => {
  indexedDB.open("skills-passport").onsuccess = ({ target: { result } }) => {
    const asked = result.transaction("keys").objectStore("keys").getAllKeys();
    asked.onsuccess = () => { resolve(asked.result); result.close(); };
  };
})"""
TEXTS = Catalogue(ROOT / "wallet" / "texts", ROOT / "passport" / "web" / "texts")


def built() -> Path:
    """The app as the sources are now: built once for all who test at the same time, and kept in build/."""
    _need_tools()
    kept = ROOT / "build"
    kept.mkdir(exist_ok=True)
    out = kept / f"phone-tested-{_sources()}"
    with (kept / "phone-tested.lock").open("w") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        if not out.is_dir():
            for older in kept.glob("phone-tested-*"):
                if older.is_dir() and older.stat().st_mtime < time.time() - _IN_USE:
                    shutil.rmtree(older)
            build(out, kept)
    return out


def packages() -> Path:
    """The npm packages that an app is built with."""
    _need_tools()
    return installed(ROOT / "build")


def _need_tools() -> None:
    if not (shutil.which("node") and shutil.which("npm")):
        reason = "node and npm are not installed"
        if os.environ.get("CI"):
            pytest.fail(reason)
        pytest.skip(reason)


def _sources() -> str:
    """The digest of everything that an app is made of."""
    digest = hashlib.sha256()
    for room in ("contexts", "matching", "passport", "wallet"):
        for path in sorted((ROOT / room).rglob("*")):
            if path.is_file() and path.suffix != ".pyc":
                digest.update(f"{path.relative_to(ROOT)} {path.stat().st_size}\n".encode())
                digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """The address of the site that serves it."""
    with serving(create(WebSettings("http://localhost"), phone=folder)) as address:
        yield address


@dataclass(slots=True)
class Phone:
    """Somebody who has the app before them; what the browser did not like is in `troubles`."""

    page: Page
    address: str
    language: Language = Language.NL
    troubles: list[str] = field(default_factory=list)
    requests: list[str] = field(default_factory=list)
    hasty: bool = False
    """They press each button twice."""

    def words(self, code: str) -> str:
        return TEXTS.say(code, self.language)

    def open(self, query: str = "") -> None:
        self.page.goto(f"{self.address}/app/{query}")
        self.started()

    def started(self) -> None:
        self.page.locator("html[data-started]").wait_for(state="attached", timeout=SECONDS * 1000)
        self.page.locator("html[data-page]").wait_for(state="attached")

    @property
    def how(self) -> str | None:
        """By which way Python started."""
        return self.page.locator("html").get_attribute("data-started")

    @property
    def asked(self) -> list[str]:
        """What went to the network since `requests` was emptied; the browser draws its tab again and again."""
        return [url for url in self.requests if "/app/f/icon" not in url]

    @property
    def heading(self) -> str:
        return self.page.locator("h1").inner_text()

    @contextmanager
    def turning(self) -> Iterator[None]:
        """Something after which another page stands."""
        before = self.page.locator("html").get_attribute("data-page")
        yield
        self.page.locator(f'html:not([data-page="{before}"])').wait_for(state="attached")

    def go(self, path: str) -> None:
        with self.turning():
            self.page.evaluate(
                "(path) => { history.replaceState(history.state, '', '#'); location.hash = path; }", path
            )

    def press(self, code: str) -> None:
        self.touch(self.page.get_by_role("button", name=self.words(code), exact=True).first)

    def touch(self, button: Locator) -> None:
        """A button that leads to another page."""
        with self.turning():
            if self.hasty:
                button.dblclick()
            else:
                button.click()

    def create(self) -> list[str]:
        """Make a wallet; the recovery words."""
        self.page.locator("input[name=passphrase]").first.fill(PASSPHRASE)
        self.press("door-make")
        return self.page.locator("ol.words li").all_inner_texts()

    def unlock(self, passphrase: str = PASSPHRASE) -> None:
        self.page.locator("input[name=passphrase]").first.fill(passphrase)
        self.press("door-unlock")

    def restore(self, backup: Mapping[str, object], sealed_with: str) -> None:
        """On a new phone, what another one had."""
        self.page.locator("details:has(form[action='/restore'])").evaluate(
            "(folded) => { folded.open = true; }"
        )
        form = self.page.locator("form[action='/restore']")
        form.locator("[name=file]").set_input_files(backup)  # type: ignore[arg-type]
        form.locator("[name=backup_passphrase]").fill(sealed_with)
        form.locator("[name=passphrase]").fill(PASSPHRASE)
        with self.turning():
            form.locator("button").click()

    @property
    def did(self) -> str:
        """Of its owner, by the name of the key that WebCrypto keeps."""
        [key] = [name for name in self.page.evaluate(_KEYS) if name.startswith("sign ")]
        return f"did:key:{key.removeprefix('sign ')}"

    def follow(self, link: str) -> None:
        with self.turning():
            self.page.locator(f"main {link}").first.click()

    def speak(self, language: Language) -> None:
        """From the next page on, as if the person had chosen it."""
        self.language = language
        self.page.evaluate("(language) => localStorage.setItem('language', language)", language.value)

    def look(self) -> None:
        """What is wrong with this page, or happened on the way to it."""
        self.page.locator("main img:not([src])").first.wait_for(state="detached")  # Python draws them by now
        found = self.page.evaluate(FAULTS, self.language.value)
        if accessibility.EVERYWHERE:
            found += accessibility.faults(self.page, both_widths=True)
        noticed, self.troubles[:] = [*self.troubles], []
        assert not [*found, *noticed], (self.page.url, *found, *noticed)

    def links(self) -> list[str]:
        """Where this page leads to inside the wallet."""
        found = self.page.locator("main a[href^='/']").evaluate_all(
            "(all) => all.map((each) => each.getAttribute('href'))"
        )
        return list(dict.fromkeys(found))

    def kept_offline(self) -> None:
        """Until the service worker has every file."""
        self.page.evaluate("navigator.serviceWorker.ready.then(() => true)")


@contextmanager
def phone_in(context: BrowserContext, address: str, language: Language = Language.NL) -> Iterator[Phone]:
    """At the end nothing may be left that the browser complained about."""
    context.set_default_timeout(SECONDS * 1000)
    someone = Phone(context.new_page(), address, language)
    context.on(
        "console",
        lambda said: someone.troubles.append(said.text) if said.type in {"error", "warning"} else None,
    )
    context.on("weberror", lambda error: someone.troubles.append(str(error.error)))
    context.on("request", lambda request: someone.requests.append(request.url))
    yield someone
    assert not someone.troubles, someone.troubles


def options(language: Language = Language.NL) -> dict[str, object]:
    """What makes a browser a phone."""
    locale = {Language.EN: "en-GB", Language.NL: "nl-NL"}[language]
    return {
        "viewport": SCREEN,
        "locale": locale,
        "has_touch": True,
        "is_mobile": True,
        "accept_downloads": True,
    }
