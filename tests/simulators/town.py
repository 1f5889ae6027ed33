"""Three services that really run, with people in them, and a real browser before them."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser

from passport.demo import asking, issuing, understanding
from passport.demo.record import Record
from passport.demo.services import Services
from passport.demo.setting import Stage, set_stage, start_wallet
from passport.texts import Language
from tests.simulators.browsing import PHONE, browsing, chromium, person
from tests.simulators.warm_demo import warm_demo


@dataclass(slots=True)
class Town:
    """The services with a school, an employer, somebody who asks, and a worker who holds four credentials."""

    browser: Browser
    stage: Stage
    cookies: Any = None
    """The browser's way into the wallet, once it was opened."""

    def wallet(self, *reader: Any, **others: Any) -> Any:
        if self.cookies is None:
            self.open_wallet()
        return self.at("wallet", *reader, cookies=self.cookies, **others)

    def at(
        self,
        service: str,
        language: Language = Language.EN,
        screen: Any = PHONE,
        scripts: bool = True,
        **others: Any,
    ) -> Any:
        host = "127.0.0.1" if service == "wallet" else "localhost"
        address = f"http://{host}:{self.stage.ports[service]}"
        return person(self.browser, address, service, language, screen, scripts=scripts, **others)

    def new_address(self) -> str:
        """Start the wallet again; the path of its new one-time address."""
        self.stage.services.stop_one("wallet")
        token = start_wallet(self.stage)
        self.stage.services.wait()
        return f"/open?token={token}"

    def open_wallet(self, *reader: Any) -> str:
        address = self.new_address()
        with self.at("wallet", *reader) as worker:
            worker.page.goto(worker.address + address)
            worker.page.wait_for_url("**/")
            worker.look()
            assert worker.page.get_by_role("heading", level=1).inner_text() == worker.words("home-title")
            self.cookies = worker.page.context.storage_state()
        return address


@contextmanager
def open_town(folder: Path) -> Iterator[Town]:
    with warm_demo():
        yield from _open(folder)


def _open(folder: Path) -> Iterator[Town]:
    chromium()
    services = Services(folder / "services")
    services.folder.mkdir()
    try:
        stage = set_stage(services.folder, services)
        told = Record(folder, None)
        issuing.open_accounts(stage, told)
        issuing.publish_trust(stage, told)
        issuing.issue_course(stage, told)
        issuing.issue_experience(stage, told)
        issuing.issue_certificates(stage, told)
        understanding.assess(stage, told)
        asking.open_employer(stage, told)
        stage.close()
        with browsing() as browser:
            yield Town(browser, stage)
    finally:
        services.stop()
