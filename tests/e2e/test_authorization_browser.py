"""A learner on a phone without scripts, and at a desk, gives a wallet permission: in a real browser."""

import os
from pathlib import Path

import pytest
from fastapi import FastAPI

from passport.texts import Language
from tests.simulators.authorizing import AskingWallet
from tests.simulators.browsing import PHONE, chromium, person
from tests.simulators.confirming import Outbox
from tests.simulators.issuing import HTTP, issuer_process, open_office
from tests.simulators.serving import bound, serving

WIDE = (1280, 900)
ALBUM = os.environ.get("PASSPORT_TEST_ALBUM")
"""A folder for pictures of the pages, for whoever wants to look at them."""


@pytest.fixture(scope="module")
def process(tmp_path_factory):
    chromium()
    with issuer_process(tmp_path_factory.mktemp("browsed-permission")) as started:
        yield started


@pytest.fixture(scope="module")
def office(process):
    return open_office(process, "welding-school")


@pytest.fixture(scope="module")
def wallet_address():
    """The wallet's own program on this device, which waits for the answer."""
    app, listener = FastAPI(), bound()

    @app.get("/back")
    async def back() -> str:
        return "back in the wallet"

    with serving(app, listener):
        yield f"http://127.0.0.1:{listener.getsockname()[1]}/back"


def picture(someone, name):
    if ALBUM:
        path = Path(ALBUM) / f"{name}-{someone.language}-{someone.page.viewport_size['width']}.png"
        someone.page.screenshot(path=path, full_page=True)


@pytest.mark.parametrize(("language", "screen"), [(Language.NL, PHONE), (Language.EN, WIDE)])
def test_a_learner_gives_permission_without_scripts(
    process, office, browser, wallet_address, language, screen
):
    achievement = office.achievement()
    names = [
        office.achievement(name=name)
        for name in ("MAG-lassen in vijf posities", "Constructietekeningen lezen")
    ]
    mailbox = f"learner-{language}@school.example"
    for each in (achievement, *names):
        made = office.post(
            "/api/offers",
            {
                "achievement": each,
                "learner": mailbox,
                "tx_code": True,
                "grants": ["authorization_code"],
            },
        )
    state = HTTP.get(made["credential_offer_uri"]).json()["grants"]["authorization_code"]["issuer_state"]
    outbox = Outbox.of(process)
    outbox.read = {path.name for path in outbox.folder.glob("*.eml")}
    wallet = AskingWallet(office.issuer, redirect_uri=wallet_address)
    with person(browser, process.url, "issuer", language, screen, scripts=False) as learner:
        learner.page.goto(wallet.pushed(issuer_state=state))
        learner.look()
        learner.sees(learner.words("authorize-have-code"))
        picture(learner, "1-both-ways")
    with person(browser, process.url, "issuer", language, screen) as learner:
        learner.page.goto(wallet.pushed())
        learner.look()
        picture(learner, "2-who")
        learner.field("authorize-mailbox").fill(mailbox)
        learner.press("authorize-send-code")
        picture(learner, "3-code")
        learner.field("authorize-code").fill("000000")
        with learner.page.expect_navigation():
            learner.page.get_by_role("button", name=learner.words("authorize-go-on"), exact=True).click()
        learner.look(refused=True)
        picture(learner, "4-wrong")
        learner.field("authorize-code").fill(outbox.code())
        learner.troubles.clear()
        learner.press("authorize-go-on")
        learner.sees("MAG-lassen in vijf posities")
        picture(learner, "5-consent")
        learner.page.get_by_label("MAG-lassen in vijf posities").uncheck()
        with learner.page.expect_navigation():
            learner.page.get_by_role("button", name=learner.words("authorize-agree"), exact=True).click()
        learner.page.wait_for_url(f"{wallet_address}?**")
        learner.troubles.clear()  # they are about the wallet's own bare page
        token = wallet.redeem(wallet.code_of(learner.page.url)).json()
    assert token["token_type"] == "DPoP"
    assert len([offer for offer in office.get("/api/offers") if offer["state"] == "redeemed"]) >= 2


def test_the_school_writes_the_address_in_the_console(process, office, browser):
    office.achievement()
    with person(browser, process.url, "issuer", Language.NL, WIDE) as teacher:
        teacher.go("/console")
        teacher.field("api-key").fill(office.api_key)
        teacher.press("sign-in-with-key")
        teacher.go("/console/issue")
        picture(teacher, "6-issue")
        teacher.field("learner-mailbox").fill("learner@school.example")
        teacher.press("issue")
        teacher.sees("learner@school.example")
        picture(teacher, "7-offer")
