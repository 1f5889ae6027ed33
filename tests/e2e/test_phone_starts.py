"""How the wallet on a phone starts: new versions by consent, whatever became of its snapshot, and after a kill."""

import gzip
import json
import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser

from passport.texts import Language
from passport.web import WebSettings
from tests.simulators.browsing import chromium
from tests.simulators.phone import Phone, built, options, phone_in, served
from tests.simulators.phone_versions import Switching, newer_than
from tests.simulators.serving import serving
from wallet.site.app import create


@pytest.fixture(scope="module")
def site() -> Path:
    chromium()
    return built()


@contextmanager
def fresh(browser: Browser, address: str, language: Language = Language.NL) -> Iterator[Phone]:
    context = browser.new_context(**options(language))
    try:
        with phone_in(context, address, language) as phone:
            yield phone
    finally:
        context.close()


def of_another_version(snapshot: bytes) -> bytes:
    """Unpacks well, and is no memory of this Python."""
    return gzip.compress(b"\0\0\0\0" + gzip.decompress(snapshot)[4:], 1)


SPOILED = {
    "of another version": of_another_version,
    "cut short": lambda snapshot: snapshot[: len(snapshot) // 2],
    "another file": lambda _: b"<!doctype html><title>Not found</title>",
    "nothing": lambda _: b"",
    "half of the memory": lambda snapshot: gzip.compress(gzip.decompress(snapshot)[:-20_000_000], 1),
}
IN_CI = "of another version"


class Spoiling:
    """The site, with something else in the place of the snapshot."""

    def __init__(self, site: Path, data: bytes) -> None:
        self.app = create(WebSettings("http://localhost"), phone=site)
        self.data = data

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        if "/f/memory-" not in scope.get("path", ""):
            await self.app(scope, receive, send)
            return
        headers = [
            (b"content-type", b"application/octet-stream"),
            (b"cross-origin-resource-policy", b"same-origin"),
        ]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": self.data})


@pytest.mark.parametrize("how", SPOILED if os.environ.get("PASSPORT_PHONE") == "all" else [IN_CI])
def test_python_starts_step_by_step_where_the_snapshot_does_not_load(
    browser: Browser, site: Path, how: str
) -> None:
    """And speaks English; what is kept for offline is the file with its digest, or nothing."""
    [memory] = (site / "f").glob("memory-*.gz")
    app: Any = Spoiling(site, SPOILED[how](memory.read_bytes()))
    with serving(app) as address, fresh(browser, address, Language.EN) as phone:
        phone.open()
        assert phone.how == "steps"
        assert phone.page.locator("html").get_attribute("lang") == "en"
        phone.create()
        phone.go("/")
        assert phone.heading == phone.words("home-title")
        assert phone.page.evaluate("navigator.serviceWorker.controller") is None
        assert phone.troubles, "the browser's console says why"
        phone.troubles.clear()


POLICY_OF = "(link) => fetch(link).then((found) => found.headers.get('content-security-policy'))"
COMES_FROM_HERE = "(link) => fetch(link).then((found) => !found.headers.has('x-request-id'))"


def test_a_new_version_waits_until_the_person_takes_it(browser: Browser, site: Path, tmp_path: Path) -> None:
    version = json.loads((site / "files.json").read_bytes())["version"]
    both: Any = Switching(site, newer_than(site, tmp_path / "app"))
    with serving(both) as address, fresh(browser, address) as phone:
        phone.open()
        phone.kept_offline()
        phone.page.reload()
        phone.started()
        both.apps.pop(0)
        phone.page.evaluate("navigator.serviceWorker.getRegistration().then((found) => { found.update(); })")
        notice = phone.page.locator("#update")
        notice.wait_for()
        assert phone.page.evaluate("caches.keys().then((found) => found.length)") == 2
        assert phone.page.evaluate("fetch('about.html?new').then((found) => found.text())") == "A newer app."
        policy = phone.page.evaluate(POLICY_OF, "about.html?new")
        assert policy.startswith("default-src 'none'; style-src 'self'; "), "it is read, and runs nothing"
        for link in ("?new", "index.html?new"):  # as anybody may write one
            assert phone.page.evaluate(COMES_FROM_HERE, link), "no link opens a version that nobody took"
        again = phone.page.context.new_page()
        phone.page.close()
        again.wait_for_timeout(500)  # no page is open: now a browser lets the newer worker begin
        phone.page = again
        phone.open()
        notice = phone.page.locator("#update")
        notice.wait_for()
        assert phone.page.locator("footer.app").inner_text().endswith(f"({version[:8]})")
        assert phone.page.evaluate("fetch('about.html').then((found) => found.text())") != "A newer app."
        assert phone.page.evaluate("caches.keys().then((found) => found.length)") == 2
        with phone.page.expect_navigation():
            notice.get_by_role("button", name="Neem de nieuwe versie").click()
        phone.started()
        assert phone.page.evaluate("caches.keys()") == [f"skills-passport-{'0' * 16}"]


def test_a_kill_of_the_browser_in_a_write_leaves_the_old_or_the_new_vault(
    browser: Browser, site: Path, tmp_path: Path
) -> None:
    """A40: the browser's processes are killed while forms are saved; the wallet opens with a whole vault."""
    profile = tmp_path / "profile"
    with served(site) as address:
        for moment in (0, 30, 90, None):
            context = browser.browser_type.launch_persistent_context(
                str(profile),
                executable_path=chromium(),
                args=["--no-sandbox", "--disable-gpu", "--no-first-run"],
                **options(),
            )
            with phone_in(context, address) as phone:
                phone.open()
                if moment == 0:
                    phone.create()
                else:
                    phone.unlock()
                    assert phone.heading == phone.words("home-title")
                if moment is not None:
                    phone.go("/backup")
                    form = phone.page.locator("form[action='/lock-time']")
                    form.locator("button").first.click(no_wait_after=True)
                    phone.page.wait_for_timeout(moment)
                    for process in processes_of(profile):
                        with suppress(ProcessLookupError):
                            os.kill(process, signal.SIGKILL)
                    phone.troubles.clear()
        context.close()


def processes_of(profile: Path) -> list[int]:
    found = []
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                if str(profile).encode() in (entry / "cmdline").read_bytes():
                    found.append(int(entry.name))
            except OSError:
                continue
    return found
