"""People with Firefox, and with WebKit, the engine of every iPhone: Debian's own builds, driven by WebDriver."""

import base64
import json
import os
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest

from tests.simulators.serving import bound
from tests.simulators.webdriver import ELEMENT, Marionette, OverHttp, Refused, Wire

NAMES = ("firefox", "webkit")
PHONE, DESK = (390, 844), (1280, 900)
SECONDS = 60
_MINI = "/usr/lib/x86_64-linux-gnu/webkit2gtk-4.1/MiniBrowser"
_PREFERENCES = {
    "app.update.enabled": False,
    "browser.shell.checkDefaultBrowser": False,
    "browser.startup.page": 0,
    "datareporting.policy.dataSubmissionEnabled": False,
    "devtools.console.stdout.chrome": False,
    "devtools.console.stdout.content": True,
    "dom.disable_open_during_load": False,
    "media.navigator.permission.disabled": True,
    "media.navigator.streams.fake": True,
    "intl.accept_languages": "nl, en",
    "network.captive-portal-service.enabled": False,
    "network.connectivity-service.enabled": False,
    "services.settings.server": "data:,#remote-settings-dummy/v1",
    "toolkit.telemetry.reportingpolicy.firstRun": False,
}
_WRITTEN = "--enable-write-console-messages-to-stdout=true"
_NARROW = "window *:not(notebook) { padding: 0; margin: 0; border: 0; min-width: 0; font-size: 1px; }"
"""Of the bars of WebKit's window, which are wider than a phone otherwise."""
_OF_FIREFOX = "console.error: RSLoader"
"""It asks its maker for settings, whom it can't reach here."""
_SEEN = """(element) => { const box = element.getBoundingClientRect();
  return box.width > 0 && box.height > 0 && getComputedStyle(element).visibility !== "hidden"; }"""


@dataclass(slots=True)
class Browser:
    """One tab of one browser, and what the browser itself complained about."""

    name: str
    wire: Wire
    said: Path
    """Everything that it wrote."""
    read: int = 0
    screen: tuple[int, int] = PHONE
    shown: str = ""
    """Of which round of tests its photographs are."""

    def run(self, script: str, *values: object) -> object:
        """The body of a function, with what it returns."""
        return self.wire("ExecuteScript", script=script, args=list(values))

    def later(self, script: str, *values: object) -> object:
        """The body of an asynchronous function; what it refuses is told."""
        whole = (
            "const done = arguments[arguments.length - 1];"
            f"(async (...values) => {{ {script} }})(...[...arguments].slice(0, -1))"
            ".then((found) => done({ found }), (error) => done({ error: String(error) }));"
        )
        told = self.wire("ExecuteAsyncScript", script=whole, args=list(values))
        if "error" in told:
            raise Refused(told["error"])
        return told.get("found")

    def goto(self, address: str) -> None:
        self.wire("Navigate", url=address)

    def until(self, script: str, *values: object, seconds: float = SECONDS) -> object:
        """What `script` gives as soon as that is something."""
        end = time.monotonic() + seconds
        while True:
            try:
                found = self.run(script, *values)
            except Refused:  # the page went away just then
                found = None
            if found:
                return found
            assert time.monotonic() < end, (self.name, script, values, self.text()[:2_000])
            time.sleep(0.05)

    def all(self, query: str) -> list[str]:
        found = self.wire("FindElements", using="css selector", value=query)
        return [each[ELEMENT] for each in found]

    def first(self, query: str) -> str:
        self.until("return document.querySelector(arguments[0]) !== null", query)
        return self.all(query)[0]

    def click(self, element: str) -> None:
        """As a finger does: in the middle of the screen, and the browser looks what is in the way."""
        self.run("arguments[0].scrollIntoView({ block: 'center' })", {ELEMENT: element})
        self.wire("ElementClick", id=element)

    def fill(self, query: str, text: str) -> None:
        element = self.first(query)
        seen = "arguments[0].closest('details')?.setAttribute('open', '');"
        seen += "arguments[0].scrollIntoView({ block: 'center' }); arguments[0].value = '';"
        self.run(seen, {ELEMENT: element})
        if "textarea" in self.run("return arguments[0].localName", {ELEMENT: element}):
            self.run("arguments[0].value = arguments[1]", {ELEMENT: element}, text)  # as one pastes
        else:
            self.wire("ElementSendKeys", id=element, text=text)

    def choose(self, query: str, path: Path) -> None:
        """A file, for a field that takes one."""
        self.wire("ElementSendKeys", id=self.first(query), text=str(path))

    def button(self, name: str) -> str:
        """The first button, or else link, of this name that is to be seen."""
        look = (
            f"const seen = {_SEEN};"
            "const all = ['button', 'a, summary'].flatMap((each) => [...document.querySelectorAll(each)]);"
            "return all.find((each) => seen(each)"
            " && [each.textContent.trim(), each.getAttribute('aria-label')].includes(arguments[0])) ?? null"
        )
        return self.until(look, name)[ELEMENT]

    def press(self, name: str) -> None:
        self.click(self.button(name))

    def texts(self, query: str) -> list[str]:
        return self.run(
            "return [...document.querySelectorAll(arguments[0])].map((one) => one.innerText)", query
        )

    def text(self) -> str:
        return self.run("return document.body?.innerText ?? ''")

    @property
    def heading(self) -> str:
        return self.until("return document.querySelector('h1')?.innerText")

    def sees(self, text: str) -> None:
        self.until("return document.body?.innerText.includes(arguments[0])", text)

    def photograph(self, path: Path | None = None) -> bytes:
        picture = base64.b64decode(self.wire("TakeScreenshot"))
        if path is not None:
            path.write_bytes(picture)
        return picture

    def complaints(self) -> list[str]:
        """What it wrote since the last time that speaks of a page: errors, and what a policy refused."""
        with self.said.open("rb") as handle:
            handle.seek(self.read)
            new = handle.read()
        self.read += len(new)
        return [each for each in new.decode(errors="replace").splitlines() if _of_a_page(each)]


def _of_a_page(line: str) -> bool:
    of_pages = ("console.error", "console.warn", "CONSOLE", "JavaScript error: http")
    return line.startswith(of_pages) and not line.startswith(_OF_FIREFOX)


def wanted() -> pytest.MarkDecorator:
    return pytest.mark.skipif(not os.environ.get("PASSPORT_BROWSERS"), reason="make browsers runs it")


@contextmanager
def opened(
    name: str,
    folder: Path,
    screen: tuple[int, int] = PHONE,
    *,
    dark: bool = False,
    scripts: bool = True,
    memory: bool = True,
) -> Iterator[Browser]:
    """A browser with nothing in it, and one tab. `folder` keeps its profile.

    `scripts`: what pages ask to be run is run. `memory`: they may share memory, as on every iPhone since iOS 15.2;
    Debian's WebKit does so only where it is told.
    """
    with ExitStack() as stack:
        start = {"firefox": _firefox, "webkit": _webkit}[name]
        browser = start(stack, folder, dark=dark, scripts=scripts, memory=memory)
        browser.wire("SetTimeouts", script=SECONDS * 1_000, pageLoad=SECONDS * 1_000)
        resize(browser, screen)
        yield browser


def _need(path: str | None, package: str) -> str:
    if path is None or not Path(path).exists():
        pytest.skip(f"not installed (on Debian: apt install {package})")
    return path


def _firefox(stack: ExitStack, folder: Path, *, dark: bool, scripts: bool, memory: bool) -> Browser:
    assert memory, "Firefox shares it always"
    program = _need(shutil.which("firefox-esr") or shutil.which("firefox"), "firefox-esr")
    profile, said = folder / "firefox", folder / "firefox.log"
    profile.mkdir(parents=True, exist_ok=True)
    with bound() as free:
        port = free.getsockname()[1]
    chosen = {
        **_PREFERENCES,
        "marionette.port": port,
        "javascript.enabled": scripts,
        "layout.css.prefers-color-scheme.content-override": 0 if dark else 1,
    }
    lines = [f"user_pref({json.dumps(name)}, {json.dumps(value)});\n" for name, value in chosen.items()]
    (profile / "user.js").write_text("".join(lines))
    command = [program, "--headless", "--no-remote", "--marionette", "--remote-allow-system-access"]
    _started(stack, [*command, "--profile", str(profile)], said)
    connected = stack.enter_context(_connected(port))
    wire = Marionette(connected)
    wire("NewSession", strictFileInteractability=False)
    return Browser("firefox", wire, said)


def _webkit(stack: ExitStack, folder: Path, *, dark: bool, scripts: bool, memory: bool) -> Browser:
    driver = _need(shutil.which("WebKitWebDriver"), "webkit2gtk-driver xvfb")
    browser = _need(_MINI, "webkit2gtk-driver xvfb")
    folder.mkdir(parents=True, exist_ok=True)
    said = folder / "webkit.log"
    with bound() as free:
        port = free.getsockname()[1]
    display = _display(stack)
    styles = folder / "config" / "gtk-3.0"
    styles.mkdir(parents=True, exist_ok=True)
    (styles / "gtk.css").write_text(_NARROW)
    around = {
        "DISPLAY": display,
        "GDK_BACKEND": "x11",
        "GTK_THEME": "Adwaita:dark" if dark else "Adwaita",
        "JSC_useSharedArrayBuffer": str(int(memory)),
        "WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS": "1",
        "XDG_CONFIG_HOME": str(folder / "config"),
    }
    _started(stack, [driver, f"--port={port}"], said, around)
    wire = OverHttp(f"http://127.0.0.1:{port}")
    _until_it_answers(f"{wire.address}/status")
    marked = f"--enable-javascript-markup={str(scripts).lower()}"
    options = {"binary": str(_telling(folder, browser, said)), "args": ["--automation", _WRITTEN, marked]}
    wire("NewSession", capabilities={"alwaysMatch": {"webkitgtk:browserOptions": options}})
    stack.callback(_ended, wire)
    return Browser("webkit", wire, said)


def _telling(folder: Path, browser: str, said: Path) -> Path:
    """The driver throws away what its browser writes; this one writes it down."""
    script = folder / "browser.sh"
    script.write_text(f'#!/bin/sh\nexec stdbuf -oL {browser} "$@" >>"{said}" 2>&1\n')
    script.chmod(0o700)
    return script


def _ended(wire: Wire) -> None:
    with suppress(Refused, httpx.HTTPError):  # it had ended
        wire("DeleteSession")


def _display(stack: ExitStack) -> str:
    server = _need(shutil.which("Xvfb"), "xvfb")
    reading, writing = os.pipe()
    command = [server, "-displayfd", str(writing), "-screen", "0", "1600x1400x24", "-nolisten", "tcp"]
    process = subprocess.Popen(command, pass_fds=[writing], stderr=subprocess.DEVNULL)
    stack.callback(_stopped, process)
    os.close(writing)
    with os.fdopen(reading) as told:
        return f":{told.readline().strip()}"


def _started(stack: ExitStack, command: list[str], said: Path, around: dict[str, str] | None = None) -> None:
    log = stack.enter_context(said.open("ab"))
    process = subprocess.Popen(
        command, stdout=log, stderr=log, env={**os.environ, **(around or {})}, start_new_session=True
    )
    stack.callback(_stopped, process)


def _stopped(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    try:
        process.wait(10)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


@contextmanager
def _connected(port: int) -> Iterator[socket.socket]:
    end = time.monotonic() + SECONDS
    while True:
        try:
            connected = socket.create_connection(("127.0.0.1", port))
            break
        except ConnectionRefusedError:
            assert time.monotonic() < end, "Firefox did not start"
            time.sleep(0.1)
    with connected:
        yield connected


def _until_it_answers(address: str) -> None:
    end = time.monotonic() + SECONDS
    while time.monotonic() < end:
        with suppress(httpx.HTTPError):
            httpx.get(address)
            return
        time.sleep(0.1)
    raise Refused(address)


def resize(browser: Browser, screen: tuple[int, int]) -> None:
    """The page itself gets this size; a window has a least width, so Firefox is told inside."""
    width, height = screen
    browser.screen = screen
    if isinstance(browser.wire, Marionette):
        browser.wire("SetWindowRect", width=max(width, 600), height=height + 120)
        inside = (
            "const style = gBrowser.selectedBrowser.style;"
            "style.setProperty('max-width', arguments[0] + 'px'); style.setProperty('min-width', arguments[0] + 'px');"
            "style.setProperty('max-height', arguments[1] + 'px'); style.setProperty('min-height', arguments[1] + 'px');"
        )
        browser.wire("Marionette:SetContext", value="chrome")
        browser.run(inside, width, height)
        browser.wire("Marionette:SetContext", value="content")
        return
    browser.wire("SetWindowRect", width=width, height=height)
    seen = browser.run("return [innerWidth, innerHeight]")
    browser.wire("SetWindowRect", width=width + width - seen[0], height=height + height - seen[1])
