"""A phone that is short of memory throws the wallet's tab away in the middle of something, without a word.

As a browser does it: the process of the page is killed, its workers with it. Whoever opens the wallet again finds
all that they had, and is told what to do next.
"""

import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Route

from tests.simulators.authorizing import LEARNER
from tests.simulators.browsing import chromium
from tests.simulators.phone import PASSPHRASE, Phone, options, phone_in
from tests.simulators.phone_town import (
    Town,
    accept,
    asked_by_text,
    decide,
    sign_in,
    take,
    trust_the_list,
)
from tests.simulators.showing import BREAD, TEAM
from tests.simulators.slowed import processes_of

SEALED = "een zin voor de back-up"
MOMENTS = (50, 200, 400, 800, 1_600, 3_200, 6_400)
"""Milliseconds after which a tab goes, one after the other until what it did was done before."""
pytestmark = pytest.mark.skipif(
    os.environ.get("PASSPORT_PHONE") != "all", reason="PASSPORT_PHONE=all runs it"
)


class Killed(Phone):
    """Somebody whose phone does that."""

    profile: Path

    def pages(self) -> set[int]:
        """The processes in which pages and their workers run."""
        found = set()
        for each in processes_of(str(self.profile)):
            with suppress(OSError):
                if b"--type=renderer" in Path(f"/proc/{each}/cmdline").read_bytes():
                    found.add(each)
        return found

    def kill(self, processes: set[int] | None = None) -> None:
        for each in self.pages() if processes is None else processes:
            with suppress(ProcessLookupError):
                os.kill(each, signal.SIGKILL)

    def open_again(self) -> None:
        """In another tab; the one that was thrown away is left."""
        self.page = self.page.context.new_page()
        self.open()
        assert self.heading == self.words("door-unlock")
        self.unlock()
        assert self.heading == self.words("home-title")
        self.troubles.clear()  # of the tab that went

    def press_and_kill(self, code: str, at: str, *, reached: bool) -> None:
        """Press a button; the page goes when it asks this address, once the other side has answered or before."""

        def killing(route: Route) -> None:
            if reached:
                route.fetch()
            self.kill()

        self.page.route(at, killing)
        with self.page.expect_event("crash"):
            self.page.get_by_role("button", name=self.words(code), exact=True).first.click(no_wait_after=True)

    def has(self, name: str) -> bool:
        self.go("/")
        return self.page.locator("main").get_by_text(name, exact=False).count() > 0


@contextmanager
def somebody(browser: Browser, address: str, profile: Path) -> Iterator[Killed]:
    context = browser.browser_type.launch_persistent_context(
        str(profile),
        executable_path=chromium(),
        args=["--no-sandbox", "--disable-gpu", "--no-first-run"],
        **options(),
    )
    with phone_in(context, address) as plain:
        someone = Killed(plain.page, address, troubles=plain.troubles, requests=plain.requests)
        someone.profile = profile
        yield someone
        someone.troubles.clear()  # of tabs that went
    context.close()


@pytest.fixture(scope="module")
def phone(
    browser: Browser, address: str, town: Town, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Killed]:
    with somebody(browser, address, tmp_path_factory.mktemp("profile")) as someone:
        someone.open()
        someone.create()
        trust_the_list(someone, town)
        take(someone, town.offer(town.school, BREAD, "bake bread", "Brood bakken"))
        accept(someone)
        yield someone


def test_a_tab_that_goes_while_its_person_signs_in_at_a_school(phone, town):
    """What the sign-in began is gone, and the tab in which they come back says so; a second time it works."""
    before = phone.pages()
    link = town.offer(town.school, BREAD, "bake bread", "Deeg maken", learner=LEARNER)
    take(phone, link)
    tab = sign_in(phone, town)
    phone.kill(before)
    tab.locator("button[value=yes]").click()
    tab.get_by_role("alert").wait_for()
    assert "begin opnieuw" in tab.get_by_role("alert").inner_text()
    tab.get_by_role("button", name="Open het paspoort").click()
    phone.page = tab
    phone.started()
    phone.unlock()
    assert phone.has("Brood bakken")
    assert not phone.has("Deeg maken")
    take(phone, link)
    tab = sign_in(phone, town)
    with phone.turning():
        tab.locator("button[value=yes]").click()
    phone.page.get_by_role("heading", name="Deeg maken").wait_for()
    tab.close()
    phone.troubles.clear()


@pytest.mark.parametrize(
    ("at", "reached"),
    [("**/token", False), ("**/token", True), ("**/credential", False), ("**/credential", True)],
)
def test_a_tab_that_goes_in_the_middle_of_receiving(phone, town, at, reached):
    """All of the badge is there or nothing of it. A link that was not used works; who used one asks for another."""
    name = f"Tot {at[3:]}, {'beantwoord' if reached else 'gevraagd'}"
    link = town.offer(town.boss, TEAM, "work in teams", name)
    take(phone, link)
    phone.press_and_kill("offer-accept", at, reached=reached)
    phone.open_again()
    assert phone.has("Brood bakken")
    assert not phone.has(name)
    take(phone, link)
    if at == "**/token" and not reached:
        accept(phone)
        assert phone.has(name)
        return
    if phone.page.get_by_role("alert").count() == 0:
        phone.press("offer-accept")
    phone.page.get_by_text(phone.words("offer_refused")).first.wait_for()
    take(phone, town.offer(town.boss, TEAM, "work in teams", f"{name}, opnieuw"))
    accept(phone)
    assert phone.has(f"{name}, opnieuw")


@pytest.mark.parametrize("reached", [False, True])
def test_a_tab_that_goes_while_an_employer_is_answered(phone, town, reached):
    """The journal has the answer in either case, and the question is not answered a second time."""
    asked = town.story.ask()
    asked_by_text(phone, "\n".join(asked["frames"]))

    def killing(route: Route) -> None:
        if reached:
            route.fetch()
        phone.kill()

    phone.page.route(asked["responseUri"], killing)
    with phone.page.expect_event("crash"):
        phone.page.locator("button[value=approve]").click(no_wait_after=True)
    assert ("report" in town.employer("GET", f"/api/requests/{asked['id']}")) is reached
    phone.open_again()
    phone.go("/journal")
    assert phone.words("way-answered") in phone.page.locator("main").inner_text()
    asked_by_text(phone, "\n".join(asked["frames"]))
    assert phone.page.get_by_role("alert").inner_text() == phone.words("request_closed")
    again = town.story.ask()
    asked_by_text(phone, "\n".join(again["frames"]))
    decide(phone, "approve")
    assert phone.page.locator("p.notice-yes[role=status]").is_visible()


def backup(phone: Phone) -> bytes:
    fill_backup(phone)
    with phone.page.expect_download() as found:
        phone.page.locator("form[action='/backup'] button").last.click()
    return Path(found.value.path()).read_bytes()


def fill_backup(phone: Phone) -> None:
    phone.go("/backup")
    form = phone.page.locator("form[action='/backup']")
    form.locator("[name=passphrase]").fill(SEALED)
    form.locator("[name=with_seed]").check()
    form.locator("[name=current]").fill(PASSPHRASE)


def test_a_tab_that_goes_in_the_middle_of_a_backup_and_of_bringing_it_back(phone, browser, address, tmp_path):
    """A backup that was not saved is made again; what was half brought back is brought back again, or is there."""
    fill_backup(phone)
    with phone.page.expect_event("crash"):
        phone.page.locator("form[action='/backup'] button").last.click(no_wait_after=True)
        phone.page.wait_for_timeout(60)
        phone.kill()
    phone.open_again()
    assert phone.has("Brood bakken")
    sealed = backup(phone)
    file = {"name": "backup.age", "mimeType": "application/octet-stream", "buffer": sealed}
    with somebody(browser, address, tmp_path / "other") as other:
        for moment in MOMENTS:
            other.open()
            if other.heading != other.words("door-create"):
                break
            other.page.locator("details:has(form[action='/restore']) summary").click()
            form = other.page.locator("form[action='/restore']")
            form.locator("[name=file]").set_input_files(file)
            form.locator("[name=backup_passphrase]").fill(SEALED)
            form.locator("[name=passphrase]").fill(PASSPHRASE)
            with other.page.expect_event("crash"):
                form.locator("button").click(no_wait_after=True)
                other.page.wait_for_timeout(moment)
                other.kill()
            other.page = other.page.context.new_page()
        else:
            other.open()
        if other.heading == other.words("door-create"):
            other.restore(file, SEALED)
        else:
            other.unlock()
        assert other.has("Brood bakken")
