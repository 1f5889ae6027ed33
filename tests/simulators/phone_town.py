"""Services that really run around somebody's phone, and what a person does between them and their wallet.

An issuer with a school and an employer in it, and a verifier whose employer knows both.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Page

from passport.trust import Recognition
from tests.simulators.authorizing import LEARNER
from tests.simulators.confirming import Outbox
from tests.simulators.issuing import IssuerProcess, Office, issuer_process, open_office
from tests.simulators.parties import Party, recognise
from tests.simulators.phone import Phone
from tests.simulators.showing import Story, open_story


@dataclass
class Town:
    story: Story
    process: IssuerProcess
    school: Office
    boss: Office
    seen: Path
    """The film before the camera."""

    outbox: Outbox
    """Mails of the issuer."""

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


@contextmanager
def open_town(folder: Path) -> Iterator[Town]:
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
        yield Town(story, process, school, boss, folder / "camera.mjpeg", Outbox.of(process))


def trust_the_list(phone: Phone, town: Town) -> None:
    """The list by which the employer knows schools."""
    phone.go("/backup")
    phone.page.locator("input[name=address]").fill(town.story.status_url.replace("status/1", "trust.json"))
    phone.press("trust-go")


def take(phone: Phone, link: str) -> None:
    """Paste the link of an offer, up to the question whether to take it."""
    phone.go("/receive")
    phone.page.locator("textarea[name=text]").fill(link)
    phone.press("receive-go")


def accept(phone: Phone) -> None:
    phone.press("offer-accept")
    phone.page.get_by_text(phone.words("credential-yes"), exact=False).first.wait_for()


def sign_in(phone: Phone, town: Town) -> Page:
    """At the school, whose pages open in another tab, up to the question what the wallet may have."""
    phone.press("offer-sign-in-go")
    with phone.page.context.expect_page() as opened:
        phone.page.get_by_role("link", name=phone.words("taking-go-now")).click()
    prove(opened.value, town)
    return opened.value


def prove(tab: Page, town: Town) -> None:
    """Who one is, by a code in a mailbox."""
    tab.locator("input[name=mailbox]").fill(LEARNER)
    tab.locator("form[action$='/mailbox'] button").click()
    tab.locator("form[action$='/code'] input").first.fill(town.outbox.code())
    tab.locator("form[action$='/code'] button").first.click()


def start_showing(phone: Phone) -> None:
    """By way of the first page: what was shown may stand at the same address."""
    phone.go("/")
    phone.go("/show")


def asked_by_text(phone: Phone, text: str) -> None:
    start_showing(phone)
    phone.page.locator("textarea[name=text]").fill(text)
    phone.press("request-go")


def decide(phone: Phone, decision: str) -> None:
    phone.touch(phone.page.locator(f"button[value={decision}]"))
