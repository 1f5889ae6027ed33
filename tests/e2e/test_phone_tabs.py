"""Two tabs of one wallet, and two people of one computer: what costs a start of the app for each of them."""

import os

import pytest

from tests.simulators.asking import SKILLS
from tests.simulators.browsing import chromium
from tests.simulators.phone import PASSPHRASE, Phone, built, options, phone_in, served

OURS = SKILLS[0]
pytestmark = pytest.mark.skipif(
    os.environ.get("PASSPORT_PHONE") != "all", reason="PASSPORT_PHONE=all runs it"
)


def say(phone: Phone, title: str) -> None:
    """Save a claim of one's own."""
    phone.go(f"/claims/describe?skill={OURS}")
    phone.page.locator("input[name=title]").fill(title)
    phone.press("claim-new-go")


def take_over(phone: Phone) -> None:
    phone.page.get_by_role("button", name="Open het hier").click()
    phone.page.locator("html[data-page] body:not(.starting)").wait_for(state="attached")
    phone.unlock()


def test_no_write_is_lost_between_two_tabs(browser, address):
    """One tab takes the wallet over from the other, and back: what either of them saved is there, and stays."""
    context = browser.new_context(**options())
    with phone_in(context, address) as first:
        first.open()
        first.create()
        say(first, "Uit het eerste tabblad")
        second = Phone(context.new_page(), address)
        second.page.goto(f"{address}/app/")
        take_over(second)
        first.page.get_by_role("alert").wait_for()  # closed here
        say(second, "Uit het tweede tabblad")
        second.go("/claims")
        said = second.page.locator("main").inner_text()
        assert "Uit het eerste tabblad" in said
        assert "Uit het tweede tabblad" in said
        take_over(first)
        first.go("/claims")
        assert first.page.locator("main").inner_text() == said
    context.close()


def test_a_phone_that_is_full_says_that_nothing_was_saved_and_goes_on_when_there_is_room(browser, address):
    """From its start: browsers reckon for a while with the room that there was before."""
    context = browser.new_context(**options())
    with phone_in(context, address) as phone:
        session = context.new_cdp_session(phone.page)
        session.send("Storage.overrideQuotaForOrigin", {"origin": address, "quotaSize": 1})
        phone.open()
        assert phone.create() == []
        assert phone.words("vault_not_saved") in phone.page.get_by_role("alert").first.inner_text()
        session.send("Storage.overrideQuotaForOrigin", {"origin": address})
        assert len(phone.create()) == 24
        say(phone, "Past er weer bij")
        phone.troubles.clear()  # what was to be kept for offline did not fit either
    context.close()


def test_it_starts_and_opens_every_time_when_its_server_is_gone(browser):
    """After one visit, from what the service worker kept; the server is stopped and not only out of reach."""
    context = browser.new_context(**options())
    with served(built()) as somewhere, phone_in(context, somewhere) as phone:
        phone.open()
        phone.create()
        say(phone, "Van voor die tijd")
        phone.kept_offline()
        phone.page.close()
    for _ in range(2):
        with phone_in(context, somewhere) as phone:
            phone.open()
            assert phone.how == "snapshot"
            phone.unlock()
            for path in ("/claims", "/show", "/match", "/backup"):
                phone.go(path)
                phone.look()
            phone.go("/claims")
            assert "Van voor die tijd" in phone.page.locator("main").inner_text()
            phone.page.close()
    context.close()


def test_another_local_user_finds_nothing_readable_in_the_browsers_files(browser, address, tmp_path):
    """Who may read the folder of the browser gets what is sealed; their own browser has no wallet."""
    profile = tmp_path / "profile"
    context = browser.browser_type.launch_persistent_context(
        str(profile),
        executable_path=chromium(),
        args=["--no-sandbox", "--disable-gpu", "--no-first-run"],
        **options(),
    )
    with phone_in(context, address) as phone:
        phone.open()
        words = phone.create()
        say(phone, "Mijn geheime oven")
    context.close()
    theirs = browser.new_page()
    theirs.goto(f"{address}/healthz")
    assert theirs.evaluate("indexedDB.databases()") == []
    theirs.close()
    told = (PASSPHRASE, "Mijn geheime oven", " ".join(words[:3]))
    secret = [each.encode(form) for each in told for form in ("utf-8", "utf-16-le")]
    assert list(profile.rglob("IndexedDB/*"))
    for path in (each for each in profile.rglob("*") if each.is_file()):
        data = path.read_bytes()
        assert not [each for each in secret if each in data], path
