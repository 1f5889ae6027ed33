"""The wallet on a phone in a real browser: made, opened, offline, and kept from whoever it is not for.

One build for all. Where a test needs a page of its own it has a fresh browser context: another phone.
"""

import base64
import hashlib
import io
import json
import os
import secrets
import shutil
import signal
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Browser

from passport.pictures.qr import draw_png
from passport.qr_text import pack
from passport.texts import Language
from passport.web import WebSettings
from tests.simulators.browsing import ARGUMENTS, browsing, chromium
from tests.simulators.phone import PASSPHRASE, Phone, built, options, phone_in, served
from tests.simulators.serving import serving
from wallet.site.app import create

IN_THE_DATABASE = """async () => {
  const database = await new Promise((resolve) => {
    const asked = indexedDB.open("skills-passport");
    asked.onsuccess = () => resolve(asked.result);
  });
  const all = (store) => new Promise((resolve) => {
    const asked = database.transaction(store).objectStore(store).getAll();
    asked.onsuccess = () => resolve(asked.result);
  });
  const names = (store) => new Promise((resolve) => {
    const asked = database.transaction(store).objectStore(store).getAllKeys();
    asked.onsuccess = () => resolve(asked.result);
  });
  const exported = [];
  for (const key of await all("keys"))
    for (const format of ["raw", "pkcs8", "jwk"])
      exported.push(await crypto.subtle.exportKey(format, key).then(() => format, (error) => error.name));
  return {
    keys: await names("keys"),
    extractable: (await all("keys")).map((key) => key.extractable),
    exported: [...new Set(exported)],
    vault: (await all("vault")).map((one) => Object.keys(one).sort()),
    small: await names("small"),
  };
}"""


@pytest.fixture(scope="module")
def site() -> Path:
    chromium()
    return built()


@pytest.fixture(scope="module")
def address(site: Path) -> Iterator[str]:
    with served(site) as found:
        yield found


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with browsing() as found:
        yield found


@contextmanager
def fresh(browser: Browser, address: str, language: Language = Language.NL) -> Iterator[Phone]:
    context = browser.new_context(**options(language))
    try:
        with phone_in(context, address, language) as phone:
            yield phone
    finally:
        context.close()


def test_a_wallet_is_made_asks_nothing_of_the_network_and_works_offline_after_a_reload(browser, address):
    with fresh(browser, address) as phone:
        phone.open()
        assert phone.how == "snapshot"
        assert phone.heading == phone.words("door-create")
        phone.kept_offline()
        phone.requests.clear()
        words = phone.create()
        assert len(words) == 24
        for path, title in {"/": "home-title", "/receive": "receive-title", "/show": "show-title"}.items():
            phone.go(path)
            assert phone.heading == phone.words(title)
        asked = [url for url in phone.requests if "/app/f/icon" not in url]  # the browser draws its tab again
        assert asked == []
        phone.page.context.set_offline(True)
        phone.page.reload()
        phone.started()
        assert phone.heading == phone.words("door-unlock")
        phone.unlock("een verkeerde zin")
        assert phone.page.get_by_role("alert").is_visible()
        phone.unlock()
        assert phone.heading == phone.words("home-title")
        assert phone.page.url.endswith("/app/#/")


def test_python_starts_without_a_snapshot_as_well_and_speaks_english(browser, address):
    with fresh(browser, address, Language.EN) as phone:
        phone.open("?slow")
        assert phone.how == "steps"
        assert phone.page.locator("html").get_attribute("lang") == "en"
        phone.create()
        phone.go("/")
        assert phone.heading == phone.words("home-title")


def test_no_key_can_be_taken_out_of_an_open_wallet(browser, address):
    with fresh(browser, address) as phone:
        phone.open()
        phone.create()
        found = phone.page.evaluate(IN_THE_DATABASE)
        [signing] = [name for name in found["keys"] if name.startswith("sign ")]
        assert signing.startswith("sign z6Mk")
        assert found["extractable"] == [False, False]
        assert found["exported"] == ["InvalidAccessError"]
        assert found["vault"] == [["nonce", "revision", "sealed"]]
        assert found["small"] == ["revision"]


def test_a_backup_with_the_key_is_for_who_knows_the_passphrase(browser, address):
    """A thief with the unlocked phone is asked for it, and gets nothing."""
    with fresh(browser, address) as phone:
        phone.open()
        phone.create()
        phone.go("/backup")
        form = phone.page.locator("form[action='/backup']")
        form.locator("[name=passphrase]").fill("een andere lange zin")
        form.locator("[name=with_seed]").check()
        form.locator("[name=current]").fill("geraden wachtzin")
        with phone.turning():
            form.locator("button").last.click()
        assert phone.page.get_by_role("alert").is_visible()


def test_another_origin_gets_nothing(browser, address):
    elsewhere = address.replace("localhost", "127.0.0.1")
    with fresh(browser, address) as phone:
        phone.open()
        phone.create()
        other = phone.page.context.new_page()
        other.goto(f"{elsewhere}/healthz")
        assert other.evaluate("indexedDB.databases().then((found) => found.length)") == 0
        tried = other.evaluate(
            "(address) => fetch(address).then(() => 'read', (error) => error.name)",
            f"{address}/app/index.html",
        )
        assert tried == "TypeError"
        phone.troubles.clear()  # the browser said on the other page why it refused


def test_a_second_tab_waits_and_taking_over_closes_the_first(browser, address):
    with fresh(browser, address) as phone:
        phone.open()
        phone.create()
        phone.go("/recovery/check")
        second = phone.page.context.new_page()
        second.goto(f"{address}/app/")
        second.get_by_role("button", name="Open het hier").click()
        phone.page.get_by_role("alert").wait_for()  # closed here
        phone.page.go_back()
        assert phone.page.get_by_role("alert").is_visible(), "no page comes back on the way back"
        second.locator("input[name=passphrase]").first.fill(PASSPHRASE)
        second.locator("form button").first.click()
        second.get_by_role("heading", name=phone.words("home-title")).wait_for()


def test_a_malicious_link_to_the_app_opens_its_first_page(browser, address):
    with fresh(browser, address) as phone:
        phone.open("#%")
        assert phone.heading == phone.words("door-create")
        for link in ("//[", "//elsewhere.example/receive", "https://elsewhere.example/receive", "%E0%A4%A"):
            phone.go(link)
            assert phone.heading == phone.words("door-create")


def test_recovery_words_are_not_behind_the_way_back_of_an_open_phone(browser, address):
    """Who holds the unlocked phone of somebody else goes back, page by page."""
    with fresh(browser, address) as phone:
        phone.open()
        words = phone.create()
        phone.go("/recovery/check")
        with phone.turning():
            phone.page.go_back()
        assert phone.page.locator("ol.words li").all_inner_texts() == words, "who checks them may look again"
        phone.go("/recovery/check")
        phone.go("/receive")
        for _ in range(3):
            with phone.turning():
                phone.page.go_back()
            assert words[0] not in phone.page.locator("main").inner_text().split()
            assert phone.page.locator("ol.words").count() == 0


def digest_of(path: Path) -> str:
    return base64.b64encode(hashlib.sha256(path.read_bytes()).digest()).decode()


class Switching:
    """A site that changes to its next version under its address."""

    def __init__(self, *folders: Path) -> None:
        self.apps = [create(WebSettings("http://localhost"), phone=folder) for folder in folders]

    async def __call__(self, scope, receive, send) -> None:
        await self.apps[0](scope, receive, send)


def test_a_new_version_waits_until_the_person_takes_it(browser, site, tmp_path):
    newer = shutil.copytree(site, tmp_path / "app")
    version = json.loads((site / "files.json").read_bytes())["version"]
    (newer / "about.html").write_text("A newer app.", "utf-8")
    script = (site / "sw.js").read_text("utf-8").replace(version, "0" * 16)
    script = script.replace(digest_of(site / "about.html"), digest_of(newer / "about.html"))
    (newer / "sw.js").write_text(script, "utf-8")
    listed = json.loads((site / "files.json").read_bytes())
    listed["files"] |= {"sw.js": "another", "about.html": "another"}
    (newer / "files.json").write_text(json.dumps(listed), "utf-8")
    both = Switching(site, newer)
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


def test_the_camera_reads_a_moving_code_and_the_wallet_says_what_it_thinks_of_it(browser, address, tmp_path):
    """Frames in turn, as an employer's screen shows them; what they say is no credential."""
    frames = pack(json.dumps({"type": "Nothing", "text": secrets.token_hex(700)}).encode())
    assert len(frames) > 1
    film = b""
    for frame in frames * 4:
        code = (
            Image.open(io.BytesIO(draw_png(frame)))
            .convert("RGB")
            .resize((460, 460), Image.Resampling.NEAREST)
        )
        picture = Image.new("RGB", (640, 480), "white")
        picture.paste(code, (90, 10))
        written = io.BytesIO()
        picture.save(written, "JPEG", quality=90)
        film += written.getvalue() * 8
    (tmp_path / "camera.mjpeg").write_bytes(film)
    camera = (
        "--use-fake-ui-for-media-stream",
        "--use-fake-device-for-media-stream",
        f"--use-file-for-fake-video-capture={tmp_path / 'camera.mjpeg'}",
    )
    seeing = browser.browser_type.launch(executable_path=chromium(), args=[*ARGUMENTS, *camera])
    with fresh(seeing, address) as phone:
        phone.open()
        phone.create()
        phone.go("/receive")
        with phone.turning():
            phone.page.get_by_role("button", name="Scan met de camera").click()
        assert phone.page.get_by_role("alert").is_visible()
        assert phone.page.locator("textarea[name=text]").input_value().startswith("SP")
    seeing.close()


@pytest.mark.parametrize("moment", [0, 30, 90])
def test_a_kill_of_the_browser_in_a_write_leaves_the_old_or_the_new_vault(browser, address, tmp_path, moment):
    """A40: the browser's processes are killed while forms are saved; the wallet opens with a whole vault."""

    def launched():
        return browser.browser_type.launch_persistent_context(
            str(tmp_path / "profile"),
            executable_path=chromium(),
            args=["--no-sandbox", "--disable-gpu", "--no-first-run"],
            **options(),
        )

    with phone_in(launched(), address) as phone:
        phone.open()
        phone.create()
        phone.go("/backup")
        phone.page.locator("form[action='/lock-time'] button").first.click(no_wait_after=True)
        phone.page.wait_for_timeout(moment)
        for process in processes_of(tmp_path / "profile"):
            with suppress(ProcessLookupError):
                os.kill(process, signal.SIGKILL)
        phone.troubles.clear()
    again = launched()
    with phone_in(again, address) as phone:
        phone.open()
        phone.unlock()
        assert phone.heading == phone.words("home-title")
    again.close()


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
