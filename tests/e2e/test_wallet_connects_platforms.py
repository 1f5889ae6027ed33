"""Our wallet as a client of badge platforms, at its pages: our issuer, and a platform written by somebody else."""

import re

import httpx
import pytest

from passport.clock import utc_now
from tests.simulators.authorizing import LearnerBrowser
from tests.simulators.badge_service import badge_service
from tests.simulators.confirming import Outbox
from tests.simulators.desks import at_desk
from tests.simulators.issuing import HolderWallet, issuer_process, open_office
from tests.simulators.parties import Party
from wallet.core.badge_services.platforms import platforms
from wallet.core.journal import Way, journal
from wallet.desk.platforms import fetch

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


@pytest.fixture(scope="module")
def served():
    with badge_service() as made:
        yield made


@pytest.fixture
def service(served, desk):
    served.honest()
    with desk.desk.wallet() as wallet:
        gone = [
            (kind, each)
            for kind in ("credential", "receipt", "badge-platform")
            for each in wallet.vault.of_kind(kind)
        ]
        wallet.save(remove=frozenset(gone))
    desk.desk.connections.clear()
    return served


def connect(desk, service, **more):
    assert back(desk, service.visit(to_the_platform(desk, service.origin, **more))).status_code == 200
    (platform,) = connected(desk)
    return platform


def own_badges(desk, count):
    return [
        Party("A school").issue(desk.did, ["https://skills.example/weld"], at=utc_now()) for _ in range(count)
    ]


def kept_of(desk, found):
    (keep,) = re.findall(r'action="(/import/[0-9a-f]{32})"', found.text)
    ticked = re.findall(r'name="keep" value="(\d+)"', found.text)
    assert desk.post(keep, keep=ticked).status_code == 200
    with desk.desk.wallet() as wallet:
        return wallet.vault.of_kind("credential")


def test_our_wallet_reads_every_page_of_another_platform(desk, service):
    service.badges += own_badges(desk, 23)
    found = desk.post(f"/platforms/{connect(desk, service).id}/fetch")
    assert service.asked.count("GET /ims/ob/v3p0/credentials") == 3
    assert len(kept_of(desk, found)) == 23


def test_our_wallet_reads_a_platform_that_counts_and_gives_no_links(desk, service):
    service.badges += own_badges(desk, 12)
    platform = connect(desk, service)
    assert len(fetch(desk.desk, platform)) == 12


def test_our_wallet_sends_the_one_badge_that_was_chosen_and_the_journal_says_so(desk, service):
    service.badges += own_badges(desk, 2)
    platform = connect(desk, service, send="yes")
    records = kept_of(desk, desk.post(f"/platforms/{platform.id}/fetch"))
    record, source = next(iter(records.items()))
    assert record in desk.get(f"/platforms/{platform.id}/send").text
    for status in ("heeft de badge nu", "had deze badge al"):
        assert status in desk.post(f"/platforms/{platform.id}/send", record=record).text
    assert list(service.kept.values()) == [source]
    with desk.desk.wallet() as wallet:
        line = journal(wallet)[0]
    assert (line.way, line.credentials) == (Way.SENT, (record,))


def test_an_access_token_that_ran_out_is_renewed_once_and_kept(desk, service):
    service.answers["token"] = lambda usual: usual | {"expires_in": 0}
    platform = connect(desk, service)
    service.badges += own_badges(desk, 1)
    assert desk.post(f"/platforms/{platform.id}/fetch").status_code == 200
    (after,) = connected(desk)
    assert after.refresh_token != platform.refresh_token
    assert after.refresh_token in service.good


def test_disconnecting_revokes_at_the_platform_and_forgets_here(desk, service):
    platform = connect(desk, service)
    assert desk.post(f"/platforms/{platform.id}/leave").status_code == 200
    assert service.revoked == [platform.refresh_token]
    assert connected(desk) == ()


def test_a_wallet_that_may_not_send_offers_no_sending(desk, service):
    platform = connect(desk, service)
    assert "/send" not in desk.get("/platforms").text
    assert desk.post(f"/platforms/{platform.id}/send", record="0" * 32).status_code == 404
    assert service.kept == {}
