"""The pages of the services and of the wallet on a computer in Firefox and in WebKit (make browsers).

Every page that is opened is looked at as in Chromium (tests/simulators/browsing.py): its language, headings, labels
and width, and nothing that the browser complains about. PASSPORT_PICTURES names a folder for photographs.
"""

import os
import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from passport.json import dump, parse_object
from passport.pictures.qr import draw_loop, read_image
from passport.qr_text import pack
from passport.share_link import deletion_digest, envelope, new_link, seal_shared
from passport.texts import Catalogue, Language
from tests.simulators.badge_files import signed
from tests.simulators.browsing import FAULTS
from tests.simulators.confirming import Outbox, allow, invited
from tests.simulators.issuing import IssuerProcess, issuer_process, open_office
from tests.simulators.other_browsers import DESK, NAMES, PHONE, Browser, opened, wanted
from tests.simulators.sharing import open_host
from tests.simulators.showing import Story, open_story
from tests.simulators.town import Town, open_town

pytestmark = wanted()
ROOT = Path(__file__).resolve().parents[2]
CONSOLE = ("", "/achievements", "/issue", "/batches", "/credentials", "/wallets", "/audit", "/me")
WALLET = (
    "/",
    "/receive",
    "/show",
    "/match",
    "/plan",
    "/claims",
    "/assess",
    "/journal",
    "/backup",
    "/checkup",
)


@dataclass(slots=True)
class Reader:
    """Somebody with one of these browsers, at one service."""

    browser: Browser
    address: str
    texts: Catalogue
    shows: str
    """Of which round the photographs are."""

    def words(self, code: str) -> str:
        return self.texts.say(code, Language.NL)

    def go(self, path: str) -> None:
        self.browser.goto(self.address + path)
        self.look(path)

    def press(self, code: str) -> None:
        before = self.browser.run("window.before = true; return location.href")
        self.browser.press(self.words(code))
        self.browser.until("return !window.before && document.readyState === 'complete'")
        self.look(f"{str(before).partition('//')[2].partition('/')[2]}-{code}")

    def look(self, path: str) -> None:
        self.browser.until("return document.readyState === 'complete'")
        if folder := os.environ.get("PASSPORT_PICTURES"):
            named = "".join(each if each.isalnum() else "-" for each in path.partition("?")[0])[:60]
            self.browser.photograph(Path(folder) / f"{self.browser.name}-{self.shows}-{named}.png")
        found = self.browser.run(f"return ({FAULTS})('nl')")
        assert [*found, *self.browser.complaints()] == [], (path, self.browser.text()[:500])


WITHOUT_SCRIPTS = "phone-without-scripts"
ROUNDS = {
    "phone": (PHONE, {}),
    "desk-dark": (DESK, {"dark": True}),
    WITHOUT_SCRIPTS: (PHONE, {"scripts": False}),
}


@pytest.fixture(scope="module", params=[(name, shown) for name in NAMES for shown in ROUNDS], ids="-".join)
def browser(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    name, shown = request.param
    screen, more = ROUNDS[shown]
    with opened(name, tmp_path_factory.mktemp(name), screen=screen, **more) as found:
        found.shown = shown
        yield found


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    with open_town(tmp_path_factory.mktemp("town")) as made:
        yield made


def at(browser: Browser, address: str, *rooms: str) -> Reader:
    texts = Catalogue(*(ROOT / room / "texts" for room in rooms), ROOT / "passport" / "web" / "texts")
    return Reader(browser, address, texts, browser.shown)


@pytest.fixture
def story(tmp_path: Path) -> Iterator[Story]:
    """Anew for each browser: it lives in this process, where the host of links takes its place meanwhile."""
    with open_story(tmp_path / "verifier") as made:
        yield made


@pytest.fixture
def process(tmp_path: Path) -> Iterator[IssuerProcess]:
    """Anew for each browser, so that the mail with the code is the first."""
    with issuer_process(tmp_path / "issuer") as started:
        yield started


def test_an_employer_asks_and_reads_what_is_pasted_and_what_a_picture_shows(
    browser: Browser, story: Story, tmp_path: Path
) -> None:
    reader = at(browser, story.verifier, "verifier")
    reader.go("/?lang=nl")
    browser.fill("[name=key]", story.key)
    reader.press("sign-in")
    for path in ("/", "/check", "/reports", "/trust"):
        reader.go(path)
    frames = pack(story.present([story.diploma()]), most=400)
    reader.go("/check")
    browser.fill("#given [name=text]", "\n".join(frames))
    reader.press("send")
    assert reader.words("verdict-genuine-means-A") in browser.heading
    picture = tmp_path / "all.gif"
    picture.write_bytes(draw_loop(tuple(pack(story.present([story.reference()]), most=400))))
    reader.go("/check")
    browser.choose("#given [name=pictures]", picture)
    reader.press("send")
    assert reader.words("verdict-genuine-means-A") in browser.heading
    reader.go("/")
    reader.press("ask-now")
    assert browser.all("img.qr") != []


def test_a_school_signs_in_and_offers_by_a_picture(browser: Browser, town: Town) -> None:
    reader = at(browser, f"http://localhost:{town.stage.ports['issuer']}", "issuer")
    reader.go("/console?lang=nl")
    browser.fill("[name=api_key]", town.stage.school.key)
    reader.press("sign-in-with-key")
    for path in CONSOLE:
        reader.go(f"/console{path}")
    reader.go("/console/issue")
    reader.press("issue")
    reader.press("offer-page")
    assert any(each.startswith("openid-credential-offer:") for each in read_image(browser.photograph()))


def test_a_supervisor_answers_an_invitation(browser: Browser, process: IssuerProcess) -> None:
    office, outbox = open_office(process, f"o{secrets.token_hex(3)}"), Outbox.of(process)
    allow(office, "trusted.example")
    _, theirs = invited(office, outbox)
    reader = at(browser, process.url, "issuer")
    reader.go(f"{theirs.link.removeprefix(process.url)}?lang=nl")
    reader.press("confirm-mail-code")
    browser.fill("[name=code]", outbox.code())
    reader.press("confirm-go-on")
    browser.click(browser.first("input[name=skill-0][value=work-record]"))
    browser.click(browser.first("input[name=skill-1][value=unknown]"))
    browser.fill("[name=role]", "teamleider van de bakkerij")


def test_a_reader_opens_a_shared_link(browser: Browser, tmp_path: Path) -> None:
    """What stands behind the # is opened by the page's own script; without scripts it says so."""
    with open_host(tmp_path) as host:
        secret = secrets.token_hex(16)
        link = new_link(host.address, secret, secrets.token_bytes)
        until = datetime.now(UTC).replace(microsecond=0) + timedelta(days=14)
        document = dump(
            {"type": ["VerifiablePresentation"], "verifiableCredential": [parse_object(signed())]}
        )
        sealed = envelope(seal_shared(document, link, until, secrets.token_bytes))
        body = {name: sealed[name] for name in ("id", "until", "sealed")}
        assert host.post("/api/links", json={**body, "deletion_digest": deletion_digest(secret)}).is_success
        reader = at(browser, host.address, "wallet/host")
        browser.goto(f"{link.url}?lang=nl#{link.text.partition('#')[2]}")
        if browser.shown != WITHOUT_SCRIPTS:
            browser.until("return !document.querySelector('#shown').hidden")
            assert "Lasser" in browser.text()
        reader.look("/s/shared")


def test_a_worker_reads_the_wallet_on_a_computer(browser: Browser, town: Town) -> None:
    reader = at(browser, f"http://127.0.0.1:{town.stage.ports['wallet']}", "wallet")
    browser.goto(reader.address + town.new_address())
    reader.go("/?lang=nl")
    assert browser.heading == reader.words("home-title")
    for path in WALLET:
        reader.go(path)
