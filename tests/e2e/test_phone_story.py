"""A worker with a phone, before services that really run: they get badges, understand them, and show them.

Issuer, verifier and host of share links are other origins, as on the web. The camera of the phone sees what is
held before it; what the phone shows is read from the points of its screen.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from passport.clock import utc_now
from passport.pictures.qr import read_image
from passport.share_link import open_shared, parse_link, read_envelope
from passport.trust import Recognition
from tests.simulators.authorizing import LEARNER
from tests.simulators.browsing import chromium
from tests.simulators.camera import browsing_with_camera, film
from tests.simulators.confirming import Outbox
from tests.simulators.issuing import IssuerProcess, Office, issuer_process, open_office
from tests.simulators.parties import Party, recognise
from tests.simulators.phone import Phone, built, options, phone_in, served
from tests.simulators.sharing import open_host
from tests.simulators.showing import BREAD, TEAM, Story, open_story


@dataclass
class Town:
    story: Story
    process: IssuerProcess
    school: Office
    boss: Office
    seen: Path
    """The film before the camera."""

    def offer(self, office: Office, skill: str, label: str, name: str, **more: str) -> str:
        alignment = {"targetUrl": skill, "targetName": label, "targetType": "ext:ESCOSkill"}
        made = office.achievement(name=name, alignment=[alignment])
        link: str = office.post("/api/offers", {"achievement": made, **more})["link"]
        return link

    def employer(self, method: str, path: str, **more) -> dict:
        with self.story.client as client:
            answer = client.request(method, path, **more)
            assert answer.is_success, answer.text
            return answer.json()

    def scanned(self, texts: list[str], *, request: str = "") -> dict:
        """What the employer's scanner says of these codes."""
        body, told = "\n".join(texts).encode(), {"Content-Type": "text/plain"}
        query = {"request": request} if request else {}
        return self.employer("POST", "/api/presentations", params=query, content=body, headers=told)


@pytest.fixture(scope="module")
def town(tmp_path_factory) -> Iterator[Town]:
    chromium()
    folder = tmp_path_factory.mktemp("town")
    with (
        issuer_process(folder / "issuer") as process,
        open_story(folder / "verifier") as story,
    ):
        school, boss = open_office(process, "school"), open_office(process, "boss")
        trust = story.world.trust_list(
            recognise(Party("A school", did=school.did), Recognition.EDUCATOR),
            recognise(Party("An employer", did=boss.did), Recognition.EMPLOYER),
            version=2,
        )
        with story.client as client:
            told = {"Content-Type": "application/json"}
            assert client.post("/api/trust-lists", content=trust, headers=told).is_success
        story.site.documents["trust.json"] = trust
        yield Town(story, process, school, boss, folder / "camera.mjpeg")


@pytest.fixture(scope="module")
def phone(town: Town) -> Iterator[Phone]:
    """Somebody's phone, whose wallet knows the list by which the employer knows schools."""
    film(town.seen, ["nothing yet"])
    with served(built()) as address, browsing_with_camera(town.seen) as browser:
        context = browser.new_context(**options())
        context.grant_permissions(["camera"])
        with phone_in(context, address) as someone:
            someone.open()
            someone.create()
            someone.go("/backup")
            list_address = town.story.status_url.replace("status/1", "trust.json")
            someone.page.locator("input[name=address]").fill(list_address)
            someone.press("trust-go")
            yield someone
        context.close()


def accept(phone: Phone) -> None:
    phone.press("offer-accept")
    phone.page.get_by_text(phone.words("credential-yes"), exact=False).first.wait_for()


def scan(phone: Phone, town: Town, texts: list[str]) -> None:
    film(town.seen, texts)
    with phone.turning():
        phone.page.get_by_role("button", name="Scan met de camera").click()


def take(phone: Phone, link: str) -> None:
    """Paste the link of an offer, up to the question whether to take it."""
    phone.go("/receive")
    phone.page.locator("textarea[name=text]").fill(link)
    phone.press("receive-go")


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


def start_showing(phone: Phone) -> None:
    """By way of the first page: what was shown may stand at the same address."""
    phone.go("/")
    phone.go("/show")


def asked_by_text(phone: Phone, text: str) -> None:
    start_showing(phone)
    phone.page.locator("textarea[name=text]").fill(text)
    phone.press("request-go")


def decide(phone: Phone, decision: str) -> None:
    with phone.turning():
        phone.page.locator(f"button[value={decision}]").click()


def asker_is_not_known(phone: Phone) -> bool:
    """Nobody on this person's lists says who asks: the page has the proven address, and a name that is not."""
    said: str = phone.page.locator("main").inner_text()
    return phone.words("consent-name-unchecked") in said and phone.words("consent-known-as") not in said


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


def test_who_signs_in_at_a_school_on_the_phone_gets_the_badge_in_the_wallet_that_stayed_open(town, holding):
    """OpenID4VCI's authorization code: the school's pages open in another tab, in which the person comes back."""
    take(holding, town.offer(town.school, BREAD, "bake bread", "Deeg maken", learner=LEARNER))
    holding.press("offer-sign-in-go")
    with holding.page.context.expect_page() as opened:
        holding.page.get_by_role("link", name=holding.words("taking-go-now")).click()
    tab = opened.value
    tab.locator("input[name=mailbox]").fill(LEARNER)
    tab.locator("form[action$='/mailbox'] button").click()
    tab.locator("form[action$='/code'] input").first.fill(Outbox.of(town.process).code())
    tab.locator("form[action$='/code'] button").first.click()
    with holding.turning():
        tab.locator("button[value=yes]").click()
    holding.page.get_by_role("heading", name="Deeg maken").wait_for()
    tab.get_by_role("status").wait_for()
    assert tab.url == f"{holding.address}/app/", "the code stays in no address"
    tab.close()


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
