"""A program on this machine that knows the specification alone, and our wallet as its host, over real HTTP."""

import html
import re

import httpx
import pytest

from tests.simulators.badge_platform import LATER, PROFILE, READ, UPSERT, BadgePlatform
from tests.simulators.desks import at_desk
from tests.simulators.issuing import HolderWallet, issuer_process, open_office
from wallet.core.journal import Way, journal

BACK = "http://127.0.0.1:49152/back"
EVERY = (READ, UPSERT, PROFILE, LATER)


@pytest.fixture(scope="module")
def office(tmp_path_factory):
    with issuer_process(tmp_path_factory.mktemp("school")) as started:
        yield open_office(started)


@pytest.fixture(scope="module")
def desk(tmp_path_factory):
    with at_desk(tmp_path_factory.mktemp("desk") / "wallet") as made:
        yield made


@pytest.fixture(scope="module")
def holder(desk):
    made = HolderWallet()
    with desk.desk.wallet() as wallet:
        made.signer = wallet.holder.signer
    return made


@pytest.fixture(scope="module")
def achievement(office):
    return office.achievement()


@pytest.fixture
def badge(office, holder, achievement):
    return holder.claim(office.post("/api/offers", {"achievement": achievement})["link"])


def program(desk, **more):
    base = str(desk.client.base_url).rstrip("/")
    return BadgePlatform(base, redirect_uri=BACK, scopes=EVERY, **more)


def asked(desk, one):
    """The page on which the person answers, as their browser finds it."""
    if not one.client_id:
        one.register()
    stranger = httpx.get(one.sign_in_url(), headers={"Accept": "text/html"}, trust_env=False)
    assert stranger.status_code == 200, stranger.text
    return re.search(r"url=(/programs/asks/[0-9a-f]{32})", stranger.headers["refresh"])[1]


def let_in(desk, one, ticked=EVERY, shared=()):
    page = asked(desk, one)
    assert desk.get(page).status_code == 200
    answer = desk.post(page, answer="yes", scope=list(ticked), shared=list(shared))
    assert answer.status_code == 200, answer.text
    address = html.unescape(re.search(r'<a href="(http://127\.0\.0\.1:49152[^"]+)"', answer.text)[1])
    redeemed = one.redeem(one.code_in(address))
    assert redeemed.status_code == 200, redeemed.text
    return one


def decide(desk, said):
    (identifier,) = re.findall(r'action="(/programs/badges/[0-9a-f]{32})"', desk.get("/programs").text)
    assert desk.post(identifier, answer=said).status_code == 200


def held(desk):
    with desk.desk.wallet() as wallet:
        return set(wallet.vault.of_kind("credential").values())


def test_a_badge_waits_for_the_persons_yes_and_is_theirs_after_it(desk, badge):
    one, before = let_in(desk, program(desk)), held(desk)
    first = one.upsert(badge)
    assert (first.status_code, first.json()["imsx_codeMajor"]) == (202, "processing")
    assert one.upsert(badge).status_code == 202
    assert held(desk) == before
    assert one.badges().json()["credential"] == []
    decide(desk, "yes")
    assert len(held(desk)) == len(before) + 1
    told = one.upsert(badge)
    assert (told.status_code, told.json()) == (201, badge)
    assert one.upsert(badge).status_code == 304
    assert one.badges().json()["credential"] == [badge]


def test_a_no_is_told_and_asked_no_more(desk, badge):
    one, before = let_in(desk, program(desk)), held(desk)
    assert one.upsert(badge).status_code == 202
    decide(desk, "no")
    assert one.upsert(badge).status_code == 403
    assert held(desk) == before
    assert "/programs/badges/" not in desk.get("/programs").text


def test_a_program_reads_what_the_person_ticked_and_the_journal_says_so(desk, badge):
    sender = let_in(desk, program(desk))
    sender.upsert(badge)
    decide(desk, "yes")
    with desk.desk.wallet() as wallet:
        records = {source: record for record, source in wallet.vault.of_kind("credential").items()}
        record = next(each for source, each in records.items() if badge["id"].encode() in source)
    reader = let_in(desk, program(desk, name="A reader"), ticked=(READ, LATER), shared=[record])
    for _ in range(3):
        answer = reader.badges()
        assert (answer.json()["credential"], answer.headers["x-total-count"]) == ([badge], "1")
    with desk.desk.wallet() as wallet:
        lines = [each for each in journal(wallet) if each.way is Way.READ and each.asker == "A reader"]
    assert [each.credentials for each in lines] == [(record,)]
    assert reader.upsert(badge).status_code == 403
    assert reader.ask("GET", "profile").status_code == 403


def test_the_profile_is_the_wallets_identifier(desk):
    answer = let_in(desk, program(desk)).ask("GET", "profile")
    assert answer.json()["id"] == desk.did


def test_nobody_changes_the_profile_from_outside(desk):
    answer = let_in(desk, program(desk)).ask("PUT", "profile", json={})
    assert (answer.status_code, answer.json()["imsx_codeMajor"]) == (405, "unsupported")


def test_a_refresh_token_works_once_and_its_second_use_shuts_the_program_out(desk):
    one = let_in(desk, program(desk))
    first = dict(one.tokens)
    assert one.refresh().status_code == 200
    assert one.badges().status_code == 200
    assert one.ask("GET", "credentials", token=first["access_token"]).status_code == 401
    assert one.refresh(first["refresh_token"]).status_code == 400
    assert one.badges().status_code == 401


@pytest.mark.parametrize("kind", ["access_token", "refresh_token"])
def test_a_program_ends_its_own_permission(desk, kind):
    one = let_in(desk, program(desk))
    assert one.revoke(one.tokens[kind]).status_code == 200
    assert one.badges().status_code == 401


def test_the_person_shuts_a_program_out_with_what_it_sent(desk, badge):
    one = let_in(desk, program(desk, name="To be shut out"))
    one.upsert(badge)
    assert "To be shut out" in desk.get("/programs").text
    assert desk.post(f"/programs/{one.client_id}/end").status_code == 200
    assert "To be shut out" not in desk.get("/programs").text
    assert one.badges().status_code == 401
    assert desk.desk.programs.inbox == ()


def test_a_no_to_the_program_goes_back_to_it(desk):
    one = program(desk)
    page = desk.post(asked(desk, one), answer="no")
    assert "error=access_denied" in html.unescape(page.text)


def test_after_a_restart_of_the_wallet_the_program_is_still_let_in(desk, badge):
    one = let_in(desk, program(desk))
    one.upsert(badge)
    desk.desk.lock()
    assert one.badges().status_code == 503
    assert one.upsert(badge).status_code == 503
    desk.desk.unlock("een korte zin van mij")
    assert one.badges().status_code == 200
    assert desk.desk.programs.inbox == ()
    assert one.upsert(badge).status_code == 202
