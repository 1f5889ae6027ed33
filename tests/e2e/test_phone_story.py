"""A worker with a phone, before services that really run: they get a badge, understand it, and show it.

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
from tests.simulators.browsing import chromium
from tests.simulators.camera import browsing_with_camera, film
from tests.simulators.issuing import Office, issuer_process, open_office
from tests.simulators.parties import Party, recognise
from tests.simulators.phone import Phone, built, options, phone_in, served
from tests.simulators.sharing import open_host
from tests.simulators.showing import BREAD, TEAM, Story, open_story


@dataclass
class Town:
    story: Story
    school: Office
    boss: Office
    seen: Path
    """The film before the camera."""

    def offer(self, office: Office, skill: str, label: str, name: str) -> str:
        alignment = {"targetUrl": skill, "targetName": label, "targetType": "ext:ESCOSkill"}
        made = office.achievement(name=name, alignment=[alignment])
        link: str = office.post("/api/offers", {"achievement": made})["link"]
        return link

    def verified(self, texts: list[str]) -> dict:
        with self.story.client as client:
            body = "\n".join(texts).encode()
            answer = client.post("/api/presentations", content=body, headers={"Content-Type": "text/plain"})
            assert answer.is_success, answer.text
            return answer.json()


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
        yield Town(story, school, boss, folder / "camera.mjpeg")


@pytest.fixture(scope="module")
def phone(town: Town) -> Iterator[Phone]:
    film(town.seen, ["nothing yet"])
    with served(built()) as address, browsing_with_camera(town.seen) as browser:
        context = browser.new_context(**options())
        context.grant_permissions(["camera"])
        with phone_in(context, address) as someone:
            someone.open()
            someone.create()
            yield someone
        context.close()


def accept(phone: Phone) -> None:
    phone.press("offer-accept")
    phone.page.get_by_text(phone.words("credential-yes"), exact=False).first.wait_for()


def scan(phone: Phone, town: Town, texts: list[str]) -> None:
    film(town.seen, texts)
    with phone.turning():
        phone.page.get_by_role("button", name="Scan met de camera").click()


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


def get(phone: Phone, town: Town) -> None:
    """A badge of a school by the camera, one of an employer by its link."""
    phone.go("/receive")
    scan(phone, town, [town.offer(town.school, BREAD, "bake bread", "Brood bakken")])
    accept(phone)
    phone.go("/receive")
    phone.page.locator("textarea[name=text]").fill(
        town.offer(town.boss, TEAM, "work in teams", "Samenwerken")
    )
    phone.press("receive-go")
    accept(phone)


def understand(phone: Phone) -> None:
    phone.go("/")
    with phone.turning():
        phone.page.locator('main a[href^="/credentials/"]').first.click()
    assert phone.page.get_by_text("Bakkersschool Noord").first.is_visible()
    with phone.turning():
        phone.page.locator('main a[href^="/skill"]').first.click()
    for path in ("/match", "/plan"):
        phone.go(path)
        assert phone.page.url.endswith(path)
        assert phone.page.get_by_role("alert").count() == 0


def start_showing(phone: Phone) -> None:
    """By way of the first page: what was shown may stand at the same address."""
    phone.go("/")
    phone.go("/show")


def show_unasked(phone: Phone, town: Town) -> None:
    """Way A: at a counter."""
    start_showing(phone)
    phone.page.get_by_role("checkbox").first.check()
    phone.press("show-go")
    report = town.verified(shown_on_the_screen(phone))
    assert (report["way"], report["verdict"]) == ("A", "genuine"), report


def share_by_link(phone: Phone, folder: Path) -> None:
    """The host starts here: two services of one process can't both have the store."""
    with open_host(folder) as host:
        start_showing(phone)
        phone.page.get_by_role("checkbox").first.check()
        phone.press("show-share")
        phone.page.locator("input[name=host]").fill(host.address)
        phone.press("share-go")
        [text] = [each for each in shown_on_the_screen(phone) if each.startswith(host.address)]
        link = parse_link(text)
        sealed = host.get(f"/s/{link.id}/sealed").content
    assert json.loads(open_shared(read_envelope(sealed), link, utc_now()))["verifiableCredential"]


def test_a_worker_gets_badges_by_camera_and_by_link_understands_and_shows_them(town, phone, tmp_path):
    get(phone, town)
    understand(phone)
    show_unasked(phone, town)
    share_by_link(phone, tmp_path)
