"""The wallet on a phone in Firefox and in WebKit, before services that really run (make browsers)."""

import json
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from tests.simulators.other_browsers import NAMES, opened, wanted
from tests.simulators.other_phone import OtherPhone, other_phone
from tests.simulators.phone import built, served
from tests.simulators.phone_town import Town, open_town
from tests.simulators.phone_versions import Switching, newer_than
from tests.simulators.serving import serving
from tests.simulators.showing import BREAD, TEAM

pytestmark = wanted()
SEALED_WITH = "zin van de reservekopie"
KEYS = """
  const database = await new Promise((resolve) => {
    const asked = indexedDB.open("skills-passport");
    asked.onsuccess = () => resolve(asked.result);
  });
  const keys = await new Promise((resolve) => {
    const asked = database.transaction("keys").objectStore("keys").getAll();
    asked.onsuccess = () => resolve(asked.result);
  });
  const tried = [];
  for (const key of keys)
    for (const format of ["raw", "pkcs8", "jwk"])
      tried.push(await crypto.subtle.exportKey(format, key).then(() => "exported", (error) => error.name));
  database.close();
  return { extractable: keys.map((key) => key.extractable), tried: [...new Set(tried)] };
"""


ABOUT = "return fetch('about.html').then((found) => found.text())"


@pytest.fixture(scope="module")
def app() -> Path:
    return built()


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    with open_town(tmp_path_factory.mktemp("town")) as found:
        yield found


@pytest.fixture(scope="module", params=NAMES)
def holding(
    request: pytest.FixtureRequest, app: Path, town: Town, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[OtherPhone]:
    """Somebody with a badge of a school and one of an employer."""
    folder = tmp_path_factory.mktemp(request.param)
    with served(app) as address, other_phone(request.param, folder, address) as phone:
        phone.open()
        assert phone.how == "snapshot"
        assert len(phone.create()) == 24
        phone.go("/backup")
        listed = town.story.status_url.replace("status/1", "trust.json")
        phone.browser.fill("input[name=address]", listed)
        phone.press("trust-go")
        phone.take(town.offer(town.school, BREAD, "bake bread", "Brood bakken"))
        phone.take(town.offer(town.boss, TEAM, "work in teams", "Samenwerken"))
        yield phone


@pytest.fixture(params=NAMES)
def name(request: pytest.FixtureRequest) -> str:
    return request.param


def test_a_worker_understands_what_they_have(holding: OtherPhone) -> None:
    holding.go("/?again")
    holding.touch('main a[href^="/credentials/"]')
    holding.browser.sees("Bakkersschool Noord")
    holding.touch('main a[href^="/skill"]')
    for path in ("/match", "/plan", "/journal"):
        holding.go(path)
        assert holding.browser.all("[role=alert]") == []
    assert holding.browser.complaints() == []


def test_no_key_can_be_taken_out_of_an_open_wallet(holding: OtherPhone) -> None:
    found = holding.browser.later(KEYS)
    assert set(found["extractable"]) == {False}
    assert set(found["tried"]) == {"InvalidAccessError"}


def test_a_worker_shows_a_badge_unasked_at_a_counter(holding: OtherPhone, town: Town) -> None:
    holding.go("/?again")
    holding.go("/show")
    holding.browser.click(holding.browser.first("main input[type=checkbox]"))
    holding.press("show-go")
    report = town.scanned(holding.codes())
    assert (report["way"], report["verdict"]) == ("A", "genuine"), report


def test_an_employers_question_is_answered_after_a_yes(holding: OtherPhone, town: Town) -> None:
    asked = town.story.ask()
    holding.go("/?again")
    holding.go("/show")
    holding.browser.fill("textarea[name=text]", "\n".join(asked["frames"]))
    holding.press("request-go")
    assert "report" not in town.employer("GET", f"/api/requests/{asked['id']}")
    holding.touch("button[value=approve]")
    holding.browser.first("p.notice-yes[role=status]")
    assert "report" in town.employer("GET", f"/api/requests/{asked['id']}")
    assert holding.browser.complaints() == []


def test_a_backup_with_the_key_opens_on_another_phone(
    holding: OtherPhone, town: Town, tmp_path: Path
) -> None:
    holding.go("/?again")
    holding.go("/backup")
    form = "form[action='/backup']"
    holding.browser.fill(f"{form} [name=passphrase]", SEALED_WITH)
    holding.browser.click(holding.browser.first(f"{form} [name=with_seed]"))
    holding.browser.fill(f"{form} [name=current]", "zon op het dak")
    kept = tmp_path / "backup.age"
    kept.write_bytes(holding.saved_by(f"{form} button"))
    with other_phone(holding.browser.name, tmp_path, holding.address) as new:
        new.open()
        new.browser.choose("form[action='/restore'] [name=file]", kept)
        new.browser.fill("form[action='/restore'] [name=backup_passphrase]", SEALED_WITH)
        new.browser.fill("form[action='/restore'] [name=passphrase]", "zon op het dak")
        new.touch("form[action='/restore'] button")
        new.go("/")
        new.browser.sees("Brood bakken")


def test_it_opens_without_its_server_after_a_reload(name: str, app: Path, tmp_path: Path) -> None:
    with ExitStack() as server:
        address = server.enter_context(served(app))
        with opened(name, tmp_path) as browser:
            phone = OtherPhone(browser, address)
            phone.open()
            phone.create()
            browser.later("await navigator.serviceWorker.ready;")
            server.close()
            phone.reload()
            phone.unlock()
            assert browser.heading == phone.words("home-title")


def test_a_new_version_waits_until_the_person_takes_it(name: str, app: Path, tmp_path: Path) -> None:
    both = Switching(app, newer_than(app, tmp_path / "app"))
    with serving(both) as address, other_phone(name, tmp_path, address) as phone:
        phone.open()
        phone.browser.later("await navigator.serviceWorker.ready;")
        phone.reload()
        both.apps.pop(0)
        update = "const found = await navigator.serviceWorker.getRegistration(); await found.update();"
        phone.browser.later(update)
        phone.browser.first("#update")
        assert phone.browser.later(ABOUT) != "A newer app.", "nobody took it"
        phone.reload()
        assert phone.browser.later(ABOUT) != "A newer app.", "nobody took it"
        phone.browser.run("window.before = true")
        phone.browser.press("Neem de nieuwe versie")
        phone.browser.until("return !window.before")
        phone.started()
        assert phone.browser.later(ABOUT) == "A newer app."


def test_a_browser_without_shared_memory_says_what_to_do(app: Path, tmp_path: Path) -> None:
    """WebKit on Linux as it comes; the page once waited for ever."""
    with served(app) as address, opened("webkit", tmp_path, memory=False) as browser:
        browser.goto(f"{address}/app/")
        browser.until("return document.querySelector('#start-words[role=alert]')")
        assert "Werk uw browser bij, of neem Chrome, Edge, Firefox of Safari" in browser.text()


def test_it_starts_step_by_step_where_that_is_asked(name: str, app: Path, tmp_path: Path) -> None:
    with served(app) as address, other_phone(name, tmp_path, address) as phone:
        phone.open("?slow")
        assert phone.how == "steps"
        assert json.loads(str(phone.browser.run("return document.documentElement.dataset.milliseconds")))
