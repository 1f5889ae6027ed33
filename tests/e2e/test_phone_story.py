"""A worker with a phone, before services that really run: they get badges, understand them, and show them.

Issuer, verifier and host of share links are other origins, as on the web. The camera of the phone sees what is
held before it; what the phone shows is read from the points of its screen. The phone is a slow one: every process
of its browser gets a quarter of the time, workers too. Its owner presses each button twice.
"""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from passport.clock import utc_now
from passport.pictures.qr import read_image
from passport.share_link import open_shared, parse_link, read_envelope
from passport.texts import Language
from tests.simulators.authorizing import LEARNER
from tests.simulators.badge_service import badge_service
from tests.simulators.browsing import person
from tests.simulators.camera import browsing_with_camera, film
from tests.simulators.parties import Party
from tests.simulators.phone import Phone, built, options, phone_in, served
from tests.simulators.phone_town import (
    Town,
    accept,
    asked_by_text,
    decide,
    prove,
    sign_in,
    start_showing,
    take,
    trust_the_list,
)
from tests.simulators.sharing import open_host
from tests.simulators.showing import BREAD, TEAM
from tests.simulators.slowed import Slowing, slowed, slower

TIMES, SLOWER = 4, 3
"""Told to it, and at least measured: the turns of so many processes are no exact ones."""
SEEN_WAITING = """
  const seen = new Set();
  new MutationObserver(() => {
    const told = document.querySelector("#start-words, #form-wait:not([hidden])");
    if (told) seen.add(told.textContent);
  }).observe(document, { subtree: true, childList: true, attributes: true, characterData: true });
  window.seenWaiting = () => [...seen];
"""
"""What stood there while somebody waited."""
EVERYTHING: list[str] = []
"""What this phone asked of the network, from its start on."""


@pytest.fixture(scope="module")
def browser(town: Town) -> Iterator[Browser]:
    film(town.seen, ["nothing yet"])
    with browsing_with_camera(town.seen) as found:
        yield found


@pytest.fixture(scope="module")
def slowing(town: Town, browser: Browser) -> Iterator[Slowing]:
    del browser  # it is there by now
    with slowed(str(town.seen), TIMES) as found:
        yield found


@pytest.fixture(scope="module")
def site() -> Path:
    return built()


@pytest.fixture(scope="module")
def phone(site: Path, town: Town, browser: Browser, slowing: Slowing) -> Iterator[Phone]:
    """Somebody's slow phone, whose wallet knows the list by which the employer knows schools."""
    del slowing
    with served(site) as address:
        context = browser.new_context(**options())
        context.add_init_script(SEEN_WAITING)
        context.grant_permissions(["camera"])
        with phone_in(context, address) as someone:
            someone.hasty = True
            context.on("request", lambda one: EVERYTHING.append(one.url))
            someone.open()
            someone.create()
            trust_the_list(someone, town)
            yield someone
        context.close()


def scan(phone: Phone, town: Town, texts: list[str]) -> None:
    film(town.seen, texts)
    phone.touch(phone.page.get_by_role("button", name="Scan met de camera"))


def shown_on_the_screen(phone: Phone) -> list[str]:
    """Every code of this page, from the points of the screen."""
    for folded in phone.page.locator("main details:has(img.qr)").all():
        folded.locator("summary").click()
    pictures = phone.page.locator("details img.qr")
    alone = phone.page.locator("img.qr")
    found = []
    for picture in (pictures if pictures.count() else alone).all():
        picture.scroll_into_view_if_needed()
        phone.page.wait_for_function("(picture) => picture.naturalWidth", arg=picture.element_handle())
        found += read_image(picture.screenshot())
    return found


@pytest.fixture(scope="module")
def holding(phone: Phone, town: Town) -> Phone:
    """The phone with a badge of a school, by the camera, and one of an employer, by its link."""
    phone.go("/receive")
    scan(phone, town, [town.offer(town.school, BREAD, "bake bread", "Brood bakken")])
    accept(phone)
    take(phone, town.offer(town.boss, TEAM, "work in teams", "Samenwerken"))
    accept(phone)
    return phone


def asker_is_not_known(phone: Phone) -> bool:
    """Nobody on this person's lists says who asks: the page has the proven address, and a name that is not."""
    said: str = phone.page.locator("main").inner_text()
    return phone.words("consent-name-unchecked") in said and phone.words("consent-known-as") not in said


def test_the_phone_is_a_slow_one_and_says_that_it_is_busy(holding, slowing):
    """By one and the same step in its page and in the worker of Python, in this same minute."""
    [python] = [each for each in holding.page.workers if "/f/python-" in each.url]
    assert slower(holding.page, slowing, TIMES) > SLOWER
    assert slower(python, slowing, TIMES) > SLOWER
    assert {"Een ogenblik. Uw paspoort start.", holding.words("wait")} <= set(
        holding.page.evaluate("seenWaiting()")
    )


def test_an_employer_reads_a_result_on_a_slow_machine_as_well(town, browser, slowing):
    """At the pages of our service, on a browser that is as slow; the button is pressed twice."""
    del slowing
    with person(browser, town.story.verifier, "verifier.texts", Language.NL) as employer:
        employer.go("/")
        employer.field("sign-in-key").fill(town.story.key)
        employer.press("sign-in")
        employer.go("/check")
        shown = town.story.present([town.story.diploma()])
        employer.field("check-text").fill(shown.decode())
        send = employer.page.get_by_role("button", name=employer.words("send"), exact=True)
        with employer.page.expect_navigation(url="**/reports/*"):
            send.dblclick(no_wait_after=True)
        employer.look()
        employer.sees(employer.words("way-A-caution"))


def test_a_worker_understands_what_they_have(holding):
    holding.go("/")
    with holding.turning():
        holding.page.locator('main a[href^="/credentials/"]').first.click()
    assert holding.page.get_by_text("Bakkersschool Noord").first.is_visible()
    with holding.turning():
        holding.page.locator('main a[href^="/skill"]').first.click()
    for path in ("/match", "/plan"):
        holding.go(path)
        assert holding.page.url.endswith(path)
        assert holding.page.get_by_role("alert").count() == 0


def test_a_worker_shows_a_badge_unasked_at_a_counter(town, holding):
    """Way A."""
    start_showing(holding)
    holding.page.get_by_role("checkbox").first.check()
    holding.press("show-go")
    report = town.scanned(shown_on_the_screen(holding))
    assert (report["way"], report["verdict"]) == ("A", "genuine"), report


def test_an_employers_code_is_answered_by_a_code_over_no_network(town, holding):
    """Way B: two scans."""
    asked = town.story.ask()
    start_showing(holding)
    scan(holding, town, asked["frames"])
    assert asker_is_not_known(holding)
    holding.requests.clear()
    decide(holding, "approve-qr")
    report = town.scanned(shown_on_the_screen(holding), request=asked["id"])
    assert [url for url in holding.requests if town.story.verifier in url] == []
    assert (report["way"], report["verdict"]) == ("B", "genuine"), report
    assert [each["answer"] for each in report["demands"]] == ["yes", "no"]  # one skill was proven hard enough


def test_an_employers_question_gets_nothing_before_a_yes_and_the_answer_after_it(town, holding):
    """Way B over the network; what a question costs before it is answered is its signer's public key."""
    asked = town.story.ask()
    holding.requests.clear()
    asked_by_text(holding, "\n".join(asked["frames"]))
    assert asker_is_not_known(holding)
    assert {url for url in holding.requests if town.story.verifier in url} <= {
        f"{town.story.verifier}/e/ster/did.json"
    }
    assert "report" not in town.employer("GET", f"/api/requests/{asked['id']}")
    decide(holding, "approve")
    assert holding.page.locator("p.notice-yes[role=status]").is_visible()
    assert holding.requests.count(asked["responseUri"]) == 1
    assert "report" in town.employer("GET", f"/api/requests/{asked['id']}")


def test_a_refused_question_gets_no_answer_and_stands_in_the_journal(town, holding):
    asked = town.story.ask()
    asked_by_text(holding, "\n".join(asked["frames"]))
    decide(holding, "refuse")
    assert holding.heading == holding.words("journal-title")
    assert asked["responseUri"] not in holding.requests
    assert "report" not in town.employer("GET", f"/api/requests/{asked['id']}")


def test_openid4vp_gets_nothing_before_a_yes_and_the_answer_after_it(town, holding):
    """Way C."""
    made = town.employer("POST", "/api/openid4vp", json={"profile": "baker"})
    response = made["requestUri"].replace("/request", "/response")
    holding.requests.clear()
    asked_by_text(holding, made["link"])
    assert asker_is_not_known(holding)
    assert made["requestUri"] in holding.requests
    assert response not in holding.requests
    decide(holding, "approve")
    report = town.employer("GET", f"/api/openid4vp/{made['id']}/result")
    assert (report["way"], report["verdict"]) == ("C", "genuine"), report
    assert holding.requests.count(response) == 1


def test_a_refused_openid4vp_request_gets_no_answer(town, holding):
    made = town.employer("POST", "/api/openid4vp", json={"profile": "baker"})
    asked_by_text(holding, made["link"])
    decide(holding, "refuse")
    assert holding.heading == holding.words("journal-title")
    assert made["requestUri"].replace("/request", "/response") not in holding.requests


def test_nobody_was_asked_but_those_whom_the_person_turned_to(site, town, holding):
    """In all of the story so far; of the app itself nothing but its own files."""
    turned_to = {town.process.url, town.story.verifier, town.story.status_url.removesuffix("/status/1")}
    asked = {"/".join(url.split("/")[:3]) for url in EVERYTHING if not url.startswith("blob:")}
    assert asked == {holding.address, *turned_to}
    ours = {url.removeprefix(f"{holding.address}/app/") for url in EVERYTHING if holding.address in url}
    files = json.loads((site / "files.json").read_bytes())["files"]
    assert {each for each in ours if not each.startswith("blob:")} <= {"", "sw.js", *files}


def test_who_signs_in_at_a_school_on_the_phone_gets_the_badge_in_the_wallet_that_stayed_open(town, holding):
    """OpenID4VCI's authorization code: the school's pages open in another tab, in which the person comes back."""
    take(holding, town.offer(town.school, BREAD, "bake bread", "Deeg maken", learner=LEARNER))
    tab = sign_in(holding, town)
    with holding.turning():
        tab.locator("button[value=yes]").click()
    holding.page.get_by_role("heading", name="Deeg maken").wait_for()
    tab.get_by_role("status").wait_for()
    assert tab.url == f"{holding.address}/app/", "the code stays in no address"
    tab.close()


def connect(phone, address):
    """Up to the platform's own page, which opens in another tab."""
    phone.go("/platforms")
    phone.page.locator("input[name=address]").fill(address)
    phone.press("platforms-look")
    if phone.page.locator("input[name=send]").count():
        phone.page.locator("input[name=send]").check()
    phone.press("platform-connect")
    with phone.page.context.expect_page() as opened:
        phone.page.locator("main a.button[target=_blank]").click()
    return opened.value


def connected(phone, tab):
    phone.page.get_by_role("button", name=phone.words("platforms-fetch"), exact=True).first.wait_for()
    tab.get_by_role("status").wait_for()
    assert tab.url == f"{phone.address}/app/", "the code stays in no address"
    tab.close()


def test_a_worker_reads_their_badges_at_a_school_as_a_platform(town, holding):
    """Open Badges 3.0, section 6, at our issuer: what was fetched is shown, and nothing is kept before a yes."""
    tab = connect(holding, town.school.issuer)
    prove(tab, town)
    tab.locator("button[value=yes]").click()
    connected(holding, tab)
    holding.press("platforms-fetch")
    assert "Deeg maken" in holding.page.locator("main").inner_text()
    holding.go("/platforms")
    holding.press("platforms-leave")
    assert holding.page.get_by_role("status").is_visible()


def test_a_worker_takes_a_badge_to_another_platform_and_gets_one_there(holding):
    """One that others wrote, and that lets web pages ask it."""
    with badge_service(to_browsers=True) as service:
        service.badges.append(
            Party("A school").issue(holding.did, ["https://skills.example/weld"], at=utc_now())
        )
        connected(holding, connect(holding, service.origin))
        holding.press("platforms-fetch")
        holding.press("import-go")
        assert holding.page.get_by_role("alert").count() == 0
        holding.go("/platforms")
        holding.follow("a[href$='/send']")
        holding.page.locator("input[name=record]").first.check()
        holding.press("platform-send-go")
        assert holding.page.get_by_role("status").is_visible()
        assert len(service.kept) == 1
        holding.press("platforms-leave")
        assert service.revoked


def test_a_made_up_way_back_from_a_sign_in_changes_nothing_in_the_open_wallet(holding):
    """Anybody can make a link to the app that looks like the end of a sign-in."""
    holding.go("/receive")
    holding.page.locator("textarea[name=text]").fill("half written")
    tab = holding.page.context.new_page()
    tab.goto(f"{holding.address}/app/?at=/signed-in/a-guess&code=stolen&state=guess")
    tab.get_by_role("alert").wait_for()
    assert holding.page.locator("textarea[name=text]").input_value() == "half written"
    tab.close()


def test_a_worker_shares_by_a_link(holding, tmp_path):
    """The host starts here: two services of one process can't both have the store."""
    with open_host(tmp_path) as host:
        start_showing(holding)
        holding.page.get_by_role("checkbox").first.check()
        holding.press("show-share")
        holding.page.locator("input[name=host]").fill(host.address)
        holding.press("share-go")
        [text] = [each for each in shown_on_the_screen(holding) if each.startswith(host.address)]
        link = parse_link(text)
        sealed = host.get(f"/s/{link.id}/sealed").content
    assert json.loads(open_shared(read_envelope(sealed), link, utc_now()))["verifiableCredential"]
