"""The employer's pages for other wallets, in a real browser: the code, the link on this device, and the way back."""

from collections.abc import Iterator

import httpx
import pytest

from passport.pictures.qr import read_image
from passport.texts import Language
from tests.simulators.browsing import DESK, PHONE, Person, person
from tests.simulators.openid4vp_wallet import Asked, answer, form_of, read_link, send, shown_ldp
from tests.simulators.showing import Story, open_story

READERS = {
    "english-phone": (Language.EN, PHONE, True),
    "dutch-desk-without-scripts": (Language.NL, DESK, False),
}


@pytest.fixture(scope="module")
def story(tmp_path_factory) -> Iterator[Story]:
    with open_story(tmp_path_factory.mktemp("verifier")) as made:
        yield made


@pytest.fixture(params=READERS)
def employer(story, browser, request) -> Iterator[Person]:
    language, screen, scripts = READERS[request.param]
    with person(browser, story.verifier, "verifier", language, screen, scripts=scripts) as someone:
        someone.go("/")
        someone.field("sign-in-key").fill(story.key)
        someone.press("sign-in")
        someone.press("ask-now")
        yield someone


def shown(story: Story, asked: Asked) -> dict[str, list[object]]:
    return {
        "skill1-ldp": [shown_ldp(asked, story.worker, [story.diploma()])],
        "skill2-ldp": [shown_ldp(asked, story.worker, [story.reference()])],
    }


def scanned(someone: Person) -> str:
    """What a phone reads in the second picture of the page."""
    [link] = read_image(someone.page.locator("img.qr[src$='wallet.png']").screenshot())
    return link


def test_another_wallet_scans_the_code_and_the_page_becomes_the_report(story, employer):
    asked = read_link(scanned(employer))
    employer.go(employer.page.url.removeprefix(employer.address))
    employer.sees(employer.words("wallet-fetched"))
    assert answer(asked, shown(story, asked)).status_code == 200
    employer.go(employer.page.url.removeprefix(employer.address))
    assert "/reports/" in employer.page.url
    employer.sees(employer.words("way-C-note"))
    employer.sees(employer.words("met-yes"))


@pytest.mark.parametrize("employer", ["english-phone"], indirect=True)
def test_a_wallet_that_says_no_is_told_and_the_other_way_stays(story, employer):
    asked = read_link(scanned(employer))
    assert send(asked, form_of(asked, {"error": "access_denied"})).status_code == 200
    employer.go(employer.page.url.removeprefix(employer.address))
    employer.sees(employer.words("wallet-refused-access_denied"))
    assert employer.page.locator("img.qr[src$='qr.gif']").is_visible()
    assert employer.page.locator("img.qr[src$='wallet.png']").count() == 0


@pytest.mark.parametrize("employer", ["dutch-desk-without-scripts"], indirect=True)
def test_a28_the_wallet_on_this_device_brings_back_this_browser_and_no_other(story, employer):
    """Session fixation: with the code alone another browser, or a program, of the same employer gets nothing."""
    employer.page.wait_for_load_state("networkidle")  # the pictures of the page that is left
    employer.press("wallet-on-this-device")
    asked = read_link(
        employer.page.get_by_role("link", name=employer.words("wallet-open")).get_attribute("href")
    )
    address = answer(asked, shown(story, asked)).json()["redirect_uri"]
    path, _, code = address.replace("/return?", "/collect?").partition("?response_code=")
    with httpx.Client(base_url=story.verifier, headers={"Origin": story.verifier}) as other:
        assert other.post(path, data={"response_code": code}).status_code == 401
        other.post("/sign-in", data={"key": story.key})
        found = other.post(path, data={"response_code": code})
        assert (found.status_code, found.json()["code"]) == (403, "wrong_response_code")
    with story.client as program:
        collected = program.post(f"/api/openid4vp/{path.split('/')[-2]}/collect", json={"responseCode": code})
        assert collected.status_code == 403
    employer.go(address.removeprefix(employer.address))
    employer.press("wallet-collect")
    assert "/reports/" in employer.page.url
    employer.sees(employer.words("met-yes"))
