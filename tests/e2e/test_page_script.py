"""The script that every page of ours loads, in a real browser: it reads aloud, asks before a wallet locks, and
says that a form is on its way. The pages are answered in this process: no service is started."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
from fastapi import FastAPI, Response
from fastapi.responses import HTMLResponse
from playwright.sync_api import Browser, Page, Route

from passport.texts import Language
from passport.web import WebSettings, create_app
from passport.web.static import script_path, stylesheet_path
from tests.simulators.asgi import asked
from wallet.views.door import door
from wallet.views.rendering import Renderer

HOME = "http://localhost"
RENDERER = Renderer(stylesheet=stylesheet_path(), script=script_path(), lock_minutes=lambda: 10)
VOICES = """window.said = []; window.voices = [{ lang: "nl-NL", localService: true, name: "near" },
  { lang: "en_GB", localService: true, name: "near too" }];
window.SpeechSynthesisUtterance = class extends EventTarget { constructor(text) { super(); this.text = text; } };
Object.defineProperty(window, "speechSynthesis", { value: { getVoices: () => voices, cancel() { said.push("-"); },
  speak(one) { said.push([one.lang, one.text]); }, addEventListener() {} } });"""


def words(code: str) -> str:
    return RENDERER.say(code, Language.NL)


def an_app(stayed: list[str]) -> FastAPI:
    settings = WebSettings(HOME, content_security_policy={"connect-src": "'self'"})
    app = create_app(title="t", version="1", settings=settings)

    @app.get("/door")
    async def one_page() -> Response:
        return HTMLResponse(door(RENDERER, Language.NL, "unlock").html)

    @app.post("/stay")
    async def stay() -> Response:
        stayed.append("stay")
        return Response(status_code=204)

    @app.get("/idle")
    async def idle() -> Response:
        return HTMLResponse("<h1>locked</h1>")

    return app


@pytest.fixture
def stayed() -> list[str]:
    return []


@pytest.fixture
def page(browser: Browser, stayed: list[str]) -> Iterator[Page]:
    app, troubles = an_app(stayed), []

    def answer(route: Route) -> None:
        request = route.request
        headers = {"host": "localhost", "accept": "text/html"}
        if request.method == "POST" and request.url.endswith("/unlock"):
            route.fulfill(status=204)  # a slow service: the page stays
            return
        path = request.url.removeprefix(HOME)
        with ThreadPoolExecutor(1) as apart:  # the browser's own loop runs here
            given = apart.submit(asked, app, request.method, path, headers=headers).result()
        route.fulfill(status=given.status_code, headers=dict(given.headers), body=given.content)

    context = browser.new_context(viewport={"width": 390, "height": 844})
    context.route("**/*", answer)
    context.on("console", lambda said: troubles.append(said.text) if said.type == "error" else None)
    context.on("weberror", lambda error: troubles.append(str(error.error)))
    made = context.new_page()
    made.set_default_timeout(10_000)
    made.clock.install()
    try:
        yield made
        assert not troubles, troubles
    finally:
        context.close()


def test_a_page_reads_itself_aloud_in_its_language_and_stops(page: Page) -> None:
    page.add_init_script(VOICES)
    page.goto(HOME + "/door")
    start = page.get_by_role("button", name=words("aloud-start"), exact=True)
    mixed = '<ul><li>Uw <strong>bewijs</strong> van <span lang="en">join metals</span> <em>is</em> <b class="code">x1</b> goed</li></ul>'
    page.evaluate("(html) => document.querySelector('main').insertAdjacentHTML('beforeend', html)", mixed)
    start.click()
    said = page.evaluate("() => said")
    assert said[:2] == ["-", ["nl", words("door-unlock")]]
    assert said[-3:] == [["nl", "Uw bewijs van"], ["en", "join metals"], ["nl", "is goed"]]
    page.evaluate("() => document.dispatchEvent(new Event('passport:page'))")  # another page in place
    assert page.evaluate("() => said.at(-1)") == "-"
    assert ["nl", words("door-passphrase")] in said
    assert not any(words("aloud-start") in each for each in said)
    page.get_by_role("button", name=words("aloud-stop"), exact=True).click()
    start.wait_for()
    assert page.evaluate("() => said.at(-1)") == "-"


def test_a_page_is_never_read_by_a_voice_that_sends_it_away(page: Page) -> None:
    page.add_init_script(
        VOICES.replace("localService: true", "localService: false", 1)
    )  # English alone is no help
    page.goto(HOME + "/door")
    assert page.get_by_role("button", name=words("aloud-start"), exact=True).count() == 0


def test_before_a_wallet_locks_a_page_asks_and_stays_when_told(page: Page, stayed: list[str]) -> None:
    """WCAG 2.2, 2.2.1: more than 20 seconds to say so, by one press; what was typed is still there."""
    page.goto(HOME + "/door")
    page.get_by_label(words("door-passphrase"), exact=True).fill("half a word")
    page.clock.fast_forward("09:01")
    question = page.get_by_role("alertdialog")
    question.wait_for()
    assert question.get_by_role("button").evaluate("(button) => button === document.activeElement")
    with page.expect_response("**/stay"):
        page.keyboard.press("Enter")
    question.wait_for(state="hidden")
    assert page.get_by_label(words("door-passphrase"), exact=True).input_value() == "half a word"
    assert stayed
    page.clock.fast_forward("10:02")
    page.wait_for_url("**/idle")


def test_typing_is_told_at_most_twice_a_minute(page: Page, stayed: list[str]) -> None:
    page.goto(HOME + "/door")
    field = page.get_by_label(words("door-passphrase"), exact=True)
    page.clock.fast_forward("00:31")
    with page.expect_response("**/stay"):
        field.press("a")
    for _ in range(5):
        field.press("b")
    assert len(stayed) == 1


def test_whoever_waits_for_a_form_is_told(page: Page) -> None:
    page.goto(HOME + "/door")
    page.get_by_label(words("door-passphrase"), exact=True).fill("a long passphrase")
    page.get_by_role("button", name=words("door-unlock"), exact=True).first.click(no_wait_after=True)
    page.clock.fast_forward("00:01")
    page.get_by_role("status").get_by_text(words("wait"), exact=True).wait_for()
