"""Attacks on the wallet as a host of badges: from the web, from other programs, by what is sent.

A21 to A23, A29 and A52 of the catalogue, for the Open Badges API on loopback.
"""

import copy
import json
import re
import threading

import httpx
import pytest

from tests.simulators.badge_platform import READ, UPSERT, BadgePlatform
from tests.simulators.desks import at_desk
from tests.simulators.local_programs import BACK, EVERY, ask_page, badge, code_for, let_in, program
from tests.simulators.markup import without_our_script
from tests.simulators.parties import Party
from wallet.core import limits


@pytest.fixture(scope="module")
def served(tmp_path_factory):
    with at_desk(tmp_path_factory.mktemp("host") / "wallet") as made:
        yield made


@pytest.fixture
def desk(served):
    served.desk.programs.clear()
    with served.desk.wallet() as wallet:
        here = wallet.vault.of_kind("connected-program")
        wallet.save(remove=frozenset(("connected-program", each) for each in here))
    return served


def vault(desk):
    with desk.desk.wallet() as wallet:
        return dict(wallet.vault.of_kind("credential"))


# from the web


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://attacker.example"},
        {"Origin": "null"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site", "Origin": "http://127.0.0.1:1"},
        {"Host": "attacker.example"},
        {"Host": "127.0.0.1.attacker.example:80"},
    ],
)
def test_a_cross_site_call_to_the_host_is_refused(desk, headers):
    one = let_in(desk, program(desk))
    for method, path in (
        ("GET", "credentials"),
        ("GET", "profile"),
        ("GET", "discovery"),
        ("POST", "credentials"),
    ):
        answer = one.ask(method, path, headers=headers)
        assert answer.status_code in {403, 421}
        assert not [name for name in answer.headers if name.startswith("access-control-")]
    for url in (one.scheme["x-imssf-registrationUrl"], one.flow["tokenUrl"], one.scheme["x-revocationUrl"]):
        assert one.http.post(url, json=one.metadata(), headers=headers).status_code in {403, 421}


def test_no_page_of_another_origin_may_read_an_answer(desk):
    one = let_in(desk, program(desk))
    preflight = one.http.options(
        f"{one.base}/ims/ob/v3p0/credentials",
        headers={"Origin": "https://attacker.example", "Access-Control-Request-Method": "POST"},
    )
    assert not [name for name in preflight.headers if name.startswith("access-control-")]


def test_the_persons_own_cookie_opens_nothing_here(desk):
    assert desk.client.get("/ims/ob/v3p0/credentials").status_code == 401


@pytest.mark.parametrize("redirect_uri", ["https://platform.example/back", "http://192.168.1.7/back"])
def test_a_web_site_can_not_be_let_in(desk, redirect_uri):
    base = str(desk.client.base_url).rstrip("/")
    one = BadgePlatform(base, redirect_uri=redirect_uri, scopes=EVERY).discover()
    assert one.post_registration().json()["error"] == "invalid_redirect_uri"


def test_the_question_is_answered_by_our_own_page_alone(desk):
    page = ask_page(program(desk))
    forged = desk.client.post(
        page, data={"answer": "yes", "scope": READ}, headers={"Origin": "https://attacker.example"}
    )
    assert forged.status_code == 403
    address = str(desk.client.base_url).rstrip("/") + page
    stranger = httpx.post(address, data={"answer": "yes"}, trust_env=False)
    assert stranger.status_code in {401, 403, 410}
    assert len(desk.desk.programs.asks) == 1


def test_markup_in_a_programs_name_is_text(desk):
    one = program(desk, name='"><script>alert(1)</script>')
    assert "<script" not in without_our_script(desk.get(ask_page(one)).text)
    let_in(desk, one)
    assert "<script" not in without_our_script(desk.get("/programs").text)


def test_a_flood_of_registrations_and_questions_pushes_itself_out(desk):
    one = let_in(desk, program(desk))
    every = [program(desk) for _ in range(limits.PROGRAMS + 5)]
    for each in every[-limits.TAKINGS - 3 :]:
        ask_page(each)
    assert len(desk.desk.programs.asks) == limits.TAKINGS
    assert one.badges().status_code == 200


def test_a_program_that_asks_again_and_again_has_one_question_and_leaves_room_for_others(desk):
    first, loud = program(desk), program(desk)
    ask_page(first)
    for _ in range(limits.TAKINGS + 3):
        ask_page(loud)
    assert len(desk.desk.programs.asks) == 2


# codes and tokens


def test_a_code_that_is_replayed_shuts_the_program_out(desk):
    one = program(desk)
    code = code_for(desk, one)
    assert one.redeem(code).status_code == 200
    assert one.redeem(code).status_code == 400
    assert one.badges().status_code == 401


def test_another_programs_code_is_refused(desk):
    one, thief = program(desk), program(desk)
    code = code_for(desk, one)
    let_in(desk, thief)
    thief.verifier = one.verifier
    assert thief.redeem(code).json()["error"] == "invalid_grant"
    assert one.redeem(code).status_code == 200


def test_a_changed_redirect_uri_is_refused(desk):
    one = program(desk)
    for changed in ("http://127.0.0.1:49152/other", "http://localhost:49152/back", "https://a.example/back"):
        assert httpx.get(one.sign_in_url(redirect_uri=changed), trust_env=False).status_code == 400
    assert one.redeem(code_for(desk, one), redirect_uri="http://127.0.0.1:1/back").status_code == 400


def test_scope_escalation_is_refused(desk):
    base = str(desk.client.base_url).rstrip("/")
    one = BadgePlatform(base, redirect_uri=BACK, scopes=(UPSERT,)).register()
    assert httpx.get(one.sign_in_url(scope=f"{UPSERT} {READ}"), trust_env=False).status_code == 400
    let_in(desk, one, ticked=EVERY)
    assert one.tokens["scope"] == UPSERT
    assert one.badges().status_code == 403
    assert one.ask("GET", "profile").status_code == 403


def test_a_program_that_was_shut_out_needs_a_new_yes(desk):
    one = let_in(desk, program(desk))
    desk.post(f"/programs/{one.client_id}/end")
    assert one.refresh().status_code in {400, 401}
    assert one.badges().status_code == 401


# what is sent


def test_nothing_is_kept_before_a_yes(desk):
    one, before = let_in(desk, program(desk)), vault(desk)
    with desk.desk.wallet() as wallet:
        revision = wallet.vault.revision
    assert one.upsert(badge(desk)).status_code == 202
    assert vault(desk) == before
    with desk.desk.wallet() as wallet:
        assert wallet.vault.revision == revision


def test_a_forged_badge_is_refused_and_does_not_wait(desk):
    one, forged = let_in(desk, program(desk)), copy.deepcopy(badge(desk))
    forged["credentialSubject"]["achievement"]["name"] = "Doctor"
    answer = one.upsert(forged)
    assert (answer.status_code, answer.json()["imsx_codeMajor"]) == (400, "failure")
    assert desk.desk.programs.inbox == ()


def test_another_persons_badge_is_refused(desk):
    one = let_in(desk, program(desk))
    assert one.upsert(badge(desk, Party("Somebody else").did)).status_code == 403
    assert desk.desk.programs.inbox == ()


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{}",
        b"[]",
        b"null",
        b'{"a":1,"a":2}',
        b"\xff",
        b"{" * 5_000,
        b'{"type":["VerifiablePresentation"]}',
    ],
)
def test_junk_is_refused(desk, body):
    one = let_in(desk, program(desk))
    assert one.upsert(body).status_code in {400, 413}
    assert desk.desk.programs.inbox == ()


def test_a_presentation_of_many_badges_is_not_one_badge(desk):
    one = let_in(desk, program(desk))
    many = {
        "@context": ["https://www.w3.org/ns/credentials/v2"],
        "type": ["VerifiablePresentation"],
        "verifiableCredential": [badge(desk), badge(desk)],
    }
    assert one.upsert(many).status_code == 400


def test_a_badge_of_a_megabyte_is_refused_before_it_is_read(desk):
    one = let_in(desk, program(desk))
    assert one.upsert(json.dumps({"x": "y" * 1_048_576}).encode()).status_code == 413


def test_a_thousand_badges_stop_at_the_limit_and_another_program_goes_on(desk):
    one, other = let_in(desk, program(desk)), let_in(desk, program(desk))
    answers = [one.upsert(badge(desk)).status_code for _ in range(limits.BADGES_WAITING + 2)]
    assert answers == [202] * limits.BADGES_WAITING + [429] * 2
    assert other.upsert(badge(desk)).status_code == 202


def test_a_program_does_not_learn_what_else_is_in_the_wallet(desk):
    """A badge that is here and was not shared waits like any other."""
    sender, other, held = let_in(desk, program(desk)), let_in(desk, program(desk)), badge(desk)
    sender.upsert(held)
    (waiting,) = desk.desk.programs.inbox
    desk.post(f"/programs/badges/{waiting.id}", answer="yes")
    assert sender.upsert(held).status_code == 201
    assert sender.upsert(held).status_code == 304
    assert other.upsert(held).status_code == 202
    assert other.badges().json()["credential"] == []


def test_a_program_reads_no_record_that_is_no_credential_of_the_person(desk):
    one = let_in(desk, program(desk), shared=["holder", "0" * 32, "../seed"])
    assert one.badges().json() == {"credential": [], "compactJwsString": []}


@pytest.mark.parametrize(
    ("query", "status"), [({"limit": 10**9}, 200), ({"limit": -1}, 400), ({"offset": "x"}, 400)]
)
def test_paging_tricks(desk, query, status):
    assert let_in(desk, program(desk)).badges(**query).status_code == status


def test_a_refresh_token_with_a_digit_that_is_no_number_is_refused(desk):
    one = let_in(desk, program(desk))
    for digit in ("²", "١", "①", "-1", "1e3", ""):
        token = f"{one.client_id}.{digit}.x"
        assert one.refresh(token).status_code == 400
        assert one.revoke(token).status_code in {200, 400}
    assert one.badges().status_code == 200


@pytest.mark.parametrize(
    "name", ["   ", "\u3164", "\u2800", "\u115f\u1160", "...", "e" + "\u0301" * 9, "a\u202eb"]
)
def test_a_name_that_nobody_sees_or_that_paints_over_its_neighbours_is_refused(desk, name):
    base = str(desk.client.base_url).rstrip("/")
    one = BadgePlatform(base, redirect_uri=BACK, scopes=EVERY, name=name).discover()
    assert one.post_registration().json()["error"] == "invalid_client_metadata"


def test_a_second_program_of_the_same_name_is_told_apart(desk):
    """Or what it reads would stand in the journal as if the first one had read it."""
    for _ in range(3):
        let_in(desk, program(desk, name="My learning program"))
    page = desk.get("/programs").text
    assert all(name in page for name in ("My learning program (2)", "My learning program (3)"))


def test_odd_pages_write_no_more_lines_in_the_journal_than_there_are_badges(desk):
    sender, held = let_in(desk, program(desk)), [badge(desk) for _ in range(3)]
    for each in held:
        sender.upsert(each)
    for place in re.findall(r"/programs/badges/[0-9a-f]{32}", desk.get("/programs").text):
        desk.post(place, answer="yes")
    before = journal_lines(desk)
    for query in ({"limit": 1}, {"limit": 2}, {"limit": 2, "offset": 1}, {"offset": 2}, {}, {"limit": 3}):
        assert sender.ask("GET", "credentials", params=query).status_code == 200
    assert 0 < journal_lines(desk) - before <= len(held)


def journal_lines(desk):
    with desk.desk.wallet() as wallet:
        return len(wallet.vault.of_kind("journal"))


def test_a_badge_whose_issuer_answers_slowly_keeps_nobody_from_the_wallet(desk):
    """Who may send badges could else hold the wallet, and the page on which it is shut out."""
    one, other, free = let_in(desk, program(desk)), let_in(desk, program(desk)), []
    asked, go_on = threading.Event(), threading.Event()
    run = desk.desk.outside.run

    def slow(work):
        asked.set()
        go_on.wait(30)
        return run(work)

    sent = badge(desk)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(desk.desk.outside, "run", slow)
        sending = threading.Thread(target=lambda: free.append(one.upsert(sent).status_code))
        sending.start()
        assert asked.wait(30)
        assert desk.get("/programs").status_code == 200
        assert other.upsert(badge(desk)).status_code == 429
        desk.post(f"/programs/{one.client_id}/end")
        go_on.set()
        sending.join(30)
    assert free != [202]
    assert not desk.desk.programs.inbox


def test_what_was_fetched_for_a_badge_that_is_refused_is_not_kept(desk):
    """Else a program pushes out what the person's own badges are checked with."""
    one = let_in(desk, program(desk))
    with desk.desk.wallet() as wallet:
        before = dict(wallet.vault.of_kind("document"))
    assert one.upsert(badge(desk, Party("Somebody else").did)).status_code == 403
    with desk.desk.wallet() as wallet:
        assert dict(wallet.vault.of_kind("document")) == before
