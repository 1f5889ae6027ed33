"""Our wallet as a client of badge platforms, at its pages: our issuer, and a platform written by somebody else."""

import re

import httpx
import pytest

from tests.simulators.authorizing import LearnerBrowser
from tests.simulators.confirming import Outbox
from tests.simulators.desks import at_desk
from tests.simulators.issuing import HolderWallet, issuer_process, open_office
from wallet.core.badge_services.platforms import platforms

LEARNER = "learner@school.example"


@pytest.fixture(scope="module")
def process(tmp_path_factory):
    with issuer_process(tmp_path_factory.mktemp("school")) as started:
        yield started


@pytest.fixture(scope="module")
def office(process):
    return open_office(process)


@pytest.fixture(scope="module")
def desk(tmp_path_factory):
    with at_desk(tmp_path_factory.mktemp("desk") / "wallet") as made:
        yield made


def mark_in(page):
    return re.search(r'name="accepted" value="([0-9a-f]{64})"', page)[1]


def to_the_platform(desk, address, **more):
    """Up to the platform's own page; where the browser goes."""
    looked = desk.post("/platforms", address=address)
    assert looked.status_code == 200, looked.text
    leading = desk.post("/platforms", address=address, accepted=mark_in(looked.text), **more)
    go = re.search(r'href="(/platforms/go/[^"]+)"', leading.text)[1]
    away = desk.client.get(go, follow_redirects=False)
    assert away.status_code == 303
    return away.headers["location"]


def back(desk, address):
    """The browser comes back from another site: without our cookie."""
    return httpx.get(address, headers={"Accept": "text/html"}, trust_env=False, timeout=60)


def connected(desk):
    with desk.desk.wallet() as wallet:
        return platforms(wallet)


def test_our_wallet_reads_badges_at_our_issuer_and_keeps_them_after_a_yes(desk, process, office):
    holder = HolderWallet()
    with desk.desk.wallet() as wallet:
        mine = wallet.holder
    holder.signer = mine.signer
    achievement = office.achievement()
    asked = {"achievement": achievement, "learner": LEARNER, "grants": ["pre-authorized_code"]}
    holder.claim(office.post("/api/offers", asked)["link"])
    away = to_the_platform(desk, office.issuer)
    browser = LearnerBrowser().open(away).prove(Outbox.of(process), LEARNER)
    scopes = re.findall(r'name="scope" value="([^"]+)"', browser.page)
    browser.send("answer", answer="yes", scope=scopes)
    assert back(desk, browser.back).status_code == 200
    (platform,) = connected(desk)
    assert platform.refresh_token is not None
    found = desk.post(f"/platforms/{platform.id}/fetch")
    with desk.desk.wallet() as wallet:
        assert wallet.vault.of_kind("credential") == {}
    (keep,) = re.findall(r'action="(/import/[0-9a-f]{32})"', found.text)
    assert desk.post(keep, keep="0").status_code == 200
    with desk.desk.wallet() as wallet:
        assert len(wallet.vault.of_kind("credential")) == 1
    left = desk.post(f"/platforms/{platform.id}/leave")
    assert left.status_code == 200
    assert connected(desk) == ()
