"""A phone whose clock is wrong: nothing breaks, nothing false is believed, and the person is told."""

import os
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser

from passport.web import WebSettings
from tests.simulators.phone import built, options, phone_in
from tests.simulators.phone_town import Town, asked_by_text, take
from tests.simulators.serving import serving
from tests.simulators.showing import BREAD
from wallet.site.app import create

DAY = 86_400_000
pytestmark = pytest.mark.skipif(
    os.environ.get("PASSPORT_PHONE") != "all", reason="PASSPORT_PHONE=all runs it"
)


class WrongClock:
    """The site, to a phone whose clock is so many milliseconds ahead."""

    def __init__(self, site: Path, ahead: int) -> None:
        self.app = create(WebSettings("http://localhost"), phone=site)
        [script] = (site / "f").glob("python-*.js")
        self.path = f"/app/f/{script.name}"
        self.script = (
            f"Date.now = ((now) => () => now() + {ahead})(Date.now);\n".encode() + script.read_bytes()
        )

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        if scope.get("path") != self.path:
            await self.app(scope, receive, send)
            return
        headers = [
            (b"content-type", b"text/javascript"),
            (b"cross-origin-embedder-policy", b"require-corp"),
            (b"cross-origin-resource-policy", b"same-origin"),
        ]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": self.script})


@pytest.mark.parametrize("days", [-400, -2, 2, 400])
def test_a_phone_whose_clock_is_wrong(browser: Browser, town: Town, days: int) -> None:
    """It keeps and opens a wallet; what it can't get or answer says why."""
    app: Any = WrongClock(built(), days * DAY)
    with serving(app) as address:
        context = browser.new_context(**options())
        with phone_in(context, address) as phone:
            phone.open()
            phone.create()
            take(phone, town.offer(town.school, BREAD, "bake bread", "Brood bakken"))
            phone.press("offer-accept")
            phone.page.get_by_text(phone.words("clock_refused")).wait_for()
            asked_by_text(phone, "\n".join(town.story.ask()["frames"]))
            assert ("klok" in phone.page.get_by_role("alert").inner_text()) is (days < 0)
            phone.go("/")
            phone.press("home-lock")
            phone.unlock()
            assert phone.heading == phone.words("home-title")
            phone.troubles.clear()  # the issuer's refusals
        context.close()
