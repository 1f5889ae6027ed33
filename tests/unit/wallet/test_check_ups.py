"""The check-up in the wallet: reminded, made, signed, compared, printed, forgotten; nothing of it leaves."""

import json
import socket
from dataclasses import replace
from datetime import timedelta

import pytest

from matching.bundle import load_bundle
from matching.checkup.due import DueState
from matching.checkup.errors import CheckUpTextTooLong
from matching.checkup.proven import SkillThen, Strength
from matching.checkup.snapshot import Statement, Why
from matching.limits import CHECK_UP
from passport.answers import Answer
from passport.errors import TooLarge
from passport.json import dump
from passport.keys import generate_signer
from passport.proofs import add_proof
from tests.simulators.desks import at_desk
from wallet.core.archive import read_archive, write_archive
from wallet.core.checkup import looking
from wallet.core.checkup.kept import before, check_up_kept, check_ups, forget_check_up, keep_check_up
from wallet.core.checkup.looking import Said, filled_in, look
from wallet.core.checkup.reminder import due_of, remind, snooze
from wallet.core.intake_pasts import PastDraft, keep_past
from wallet.core.profile import profile_of
from wallet.core.self_assessment import assess
from wallet.core.skills import skill_evidence
from wallet.core.trial import check_records
from wallet.core.wallet import Kind, as_json
from wallet.errors_checkup import NotASnooze, UnknownCheckUp

ESCO = load_bundle()
CARPENTER = next(iri for iri in ESCO.occupations.iris if ESCO.label(iri, "nl") == "timmerman")
SKILLS = [
    ESCO.skills.iris[number]
    for number in next(iter(ESCO.needs.values()))[ESCO.occupations.numbers[CARPENTER]]
]


@pytest.fixture(scope="module")
def desk(tmp_path_factory):
    with at_desk(tmp_path_factory.mktemp("check-up") / "wallet") as here:
        with here.desk.wallet() as wallet:
            assess(wallet, SKILLS[:6], ESCO, language="nl")
        yield here


@pytest.fixture
def wallet(desk):
    with desk.desk.wallet() as here:
        clock = here.clock
        yield here
        here.clock = clock
        gone = frozenset((Kind.CHECK_UP, record) for record in here.vault.of_kind(Kind.CHECK_UP))
        here.save(
            remove=gone | {(Kind.SETTING, "check-up")}
            if "check-up" in here.vault.of_kind(Kind.SETTING)
            else gone
        )


def later(wallet, **time):
    """The same wallet some time from now."""
    moment = wallet.now() + timedelta(**time)
    wallet.clock = lambda: moment
    wallet.memory.clear()


def made(wallet, **said):
    found = look(wallet, ESCO, "nl")
    return keep_check_up(wallet, filled_in(found, Said(**{"answers": {}, **said})))


def test_a_year_after_the_wallet_began_it_is_due(wallet):
    assert due_of(wallet).state is DueState.LATER
    later(wallet, days=366)
    assert due_of(wallet).remind


def test_the_first_page_reminds_and_takes_later_for_an_answer(desk):
    assert "/checkup/snooze" not in desk.get("/").text
    with desk.desk.wallet() as here:
        [record] = here.vault.of_kind(Kind.RECEIPT)
        kept = json.loads(here.vault.of_kind(Kind.RECEIPT)[record])
        here.save({(Kind.RECEIPT, record): as_json({**kept, "receivedAt": "2024-01-01T00:00:00Z"})})
    assert "/checkup/snooze" in desk.get("/").text
    desk.post("/checkup/snooze", days="30")
    assert "/checkup/snooze" not in desk.get("/").text
    assert desk.post("/checkup/snooze", days="31").status_code == 400
    with desk.desk.wallet() as here:
        here.save({(Kind.RECEIPT, record): as_json(kept)}, frozenset({(Kind.SETTING, "check-up")}))


def test_a_check_up_moves_the_day_by_a_year(wallet):
    later(wallet, days=400)
    assert due_of(wallet).remind
    one = made(wallet)
    assert due_of(wallet).day.year == one.snapshot.made.year + 1
    assert not due_of(wallet).remind


def test_who_snoozes_or_turns_it_off_hears_nothing(wallet):
    later(wallet, days=400)
    snooze(wallet, 30)
    assert due_of(wallet).state is DueState.SNOOZED
    later(wallet, days=31)
    assert due_of(wallet).remind
    remind(wallet, on=False)
    assert due_of(wallet).state is DueState.OFF
    remind(wallet, on=True)
    assert due_of(wallet).remind
    with pytest.raises(NotASnooze):
        snooze(wallet, 31)


def test_what_is_kept_is_signed_by_the_holder_and_says_what_was_found(wallet):
    one = made(wallet, answers={Statement.FITS: 4}, chosen=[0], own=["  Bel de school.  ", ""])
    assert one.signed is Answer.YES
    snapshot = check_up_kept(wallet, one.id).snapshot
    assert snapshot.holder == wallet.did
    assert {each.skill for each in snapshot.skills} == set(SKILLS[:6])
    assert {each.strength for each in snapshot.skills} == {Strength.SOFT}
    assert snapshot.work[0].why is Why.NEAR
    assert snapshot.market is None
    assert [each.words for each in snapshot.actions][1:] == ["Bel de school."]
    assert json.loads(one.source)["proof"]["cryptosuite"] == "eddsa-jcs-2022"


def test_a_check_up_is_no_proof_of_a_skill(wallet):
    count = len(skill_evidence(wallet))
    made(wallet)
    assert len(skill_evidence(wallet)) == count


def test_no_skill_that_a_credential_names_oddly_stops_check_ups(wallet, monkeypatch):
    known = profile_of(wallet)
    odd = [
        replace(known.skills[0], skill="https://taxonomy.example/a\u00a0skill"),
        replace(known.skills[0], skill="https://taxonomy.example/nought", level=0),
    ]
    monkeypatch.setattr(looking, "profile_of", lambda _: replace(known, skills=(*known.skills, *odd)))
    kept = made(wallet)
    assert check_ups(wallet)[0].snapshot == kept.snapshot
    assert {each.skill for each in kept.snapshot.skills} == {*known.by_skill, odd[1].skill}


def test_a_check_up_that_could_not_be_read_again_is_not_kept(wallet):
    found = filled_in(look(wallet, ESCO, "nl"), Said(answers={}))
    many = tuple(
        SkillThen(f"https://taxonomy.example/{number}/{'x' * 2_000}", Strength.SOFT) for number in range(600)
    )
    with pytest.raises(TooLarge):
        keep_check_up(wallet, replace(found, skills=many))
    assert check_ups(wallet) == ()


def test_what_was_meant_to_be_done_comes_back_next_time(wallet):
    first = made(wallet, own=["Bel de school."])
    later(wallet, days=370)
    place = len(first.snapshot.actions) - 1
    second = made(wallet, done=[place])
    assert [(each.action.words, each.done) for each in second.snapshot.earlier][-1] == (
        "Bel de school.",
        True,
    )
    assert before(wallet, second).id == first.id
    assert before(wallet, first) is None


def test_work_of_now_is_looked_at_first(wallet):
    kept = keep_past(wallet, PastDraft("work", (CARPENTER,), since="2020"), ESCO)
    try:
        work = look(wallet, ESCO, "nl").work
        assert (work[0].occupation, work[0].why) == (CARPENTER, Why.OWN)
        assert [each.occupation for each in work].count(CARPENTER) == 1
    finally:
        wallet.save(remove=frozenset({(Kind.PAST, kept.id)}))


@pytest.mark.parametrize("own", [["x" * (CHECK_UP.text + 1)], ["x"] * (CHECK_UP.own_actions + 1)])
def test_actions_of_ones_own_are_short(wallet, own):
    found = look(wallet, ESCO, "nl")
    with pytest.raises(CheckUpTextTooLong):
        filled_in(found, Said({}, own=own))


def test_two_in_one_second_stand_in_the_order_in_which_they_were_made(wallet):
    made_one, made_two, made_three = made(wallet), made(wallet), made(wallet)
    assert [one.id for one in check_ups(wallet)] == [made_three.id, made_two.id, made_one.id]


def test_a_check_up_that_somebody_else_signed_or_changed_does_not_count(wallet):
    one = made(wallet)
    stranger = generate_signer()
    unsigned = {name: value for name, value in json.loads(one.source).items() if name != "proof"}
    forged = add_proof(
        unsigned,
        signer=stranger,
        verification_method=wallet.holder.verification_method,
        created=wallet.now(),
        cryptosuite="eddsa-jcs-2022",
    )
    changed = one.source.replace(b'"soft"', b'"hard"', 1)
    assert changed != one.source
    strangers = json.dumps({**json.loads(one.source), "holder": "did:web:other.example"}).encode()
    wallet.save(
        {
            (Kind.CHECK_UP, "forged"): dump(forged),
            (Kind.CHECK_UP, "changed"): changed,
            (Kind.CHECK_UP, "strangers"): strangers,
            (Kind.CHECK_UP, "broken"): b"{}",
        }
    )
    assert [each.id for each in check_ups(wallet)] == [one.id]
    with pytest.raises(UnknownCheckUp):
        check_up_kept(wallet, "forged")


def test_it_travels_in_a_backup_and_is_gone_when_it_is_forgotten(wallet):
    one = made(wallet)
    restored = check_records(
        read_archive(write_archive(wallet, with_seed=True)), clock=wallet.clock, random=wallet.random
    )
    assert [each.id for each in check_ups(restored)] == [one.id]
    forget_check_up(wallet, one.id)
    assert check_ups(wallet) == ()


def test_nothing_of_it_leaves(wallet, monkeypatch):
    """R107: no connection and no name is asked for while everything is computed, signed and kept."""

    def refuse(*_args, **_others):
        raise AssertionError

    for name in ("getaddrinfo", "create_connection"):
        monkeypatch.setattr(socket, name, refuse)
    monkeypatch.setattr(socket.socket, "connect", refuse)
    look(wallet, ESCO, "nl")
    made(wallet)


def test_looking_at_plans_figures_and_check_ups_asks_nothing_of_the_network(desk, monkeypatch):
    """R72: nobody hears what somebody looks at; contact starts with the holder."""

    def refuse(*_args, **_others):
        raise AssertionError

    outside = desk.desk.outside
    for party in (outside.fetcher, outside.exchange):
        for name in ("get", "post", "tell"):
            if hasattr(party, name):
                monkeypatch.setattr(party, name, refuse)
    work = desk.post("/plan", occupation=CARPENTER).url.path
    pages = ("/plan", work, "/plan/catalogues", "/market", "/checkup", "/checkup/new", "/checkup/validity")
    alone = desk.get(f"/market/occupation?iri={CARPENTER}").text
    assert "Nog geen cijfers" in alone
    assert "niet zeker" not in alone
    for page in (*pages, f"/match/near?iri={CARPENTER}", f"{work}/calendar.ics"):
        assert desk.get(page).text
    desk.post(f"{work}/forget")


def test_the_pages_tell_the_story_and_print_it(desk):
    assert "nooit verplicht" in desk.get("/checkup").text
    form = desk.get("/checkup/new").text
    assert "Deel 1: uzelf" in form
    assert "Nog geen cijfers" in form
    report = desk.post("/checkup/new", fits="4", action=["0"], own=["Ik bel <b>iemand</b>."])
    assert report.status_code == 200
    assert "Ik bel &lt;b&gt;iemand&lt;/b&gt;." in report.text
    assert "4 van 5" in report.text
    address = report.url.path
    assert "4 van 5" not in desk.get(f"{address}?answers=no").text
    paper = desk.client.get(f"{address}/report.pdf")
    assert paper.content.startswith(b"%PDF-")
    assert "check-up-" in paper.headers["content-disposition"]
    assert desk.client.get(f"{address}/signed.json").json()["type"] == "CareerCheckUp"
    assert "BEGIN:VEVENT" in desk.client.get("/checkup/calendar.ics").text
    second = desk.post("/checkup/new", fits="2", done=["0"]).text
    assert "Wat is er veranderd" in second
    assert "eerst 4, nu 2" in second
    refused = desk.post("/checkup/new", fits="9")
    assert refused.status_code == 400
    assert "1 tot en met 5" in refused.text
    desk.post(f"{address}/remove")
    assert desk.client.get(address).status_code == 404


def test_the_interface_says_the_same(desk):
    state = desk.get("/api/checkup").json()
    assert state["due"]["state"] == "later"
    found = desk.get("/api/checkup/new").json()
    assert found["suggestions"]
    kept = desk.client.post("/api/checkup", json={"answers": {"fits": 3}, "actions": [0]}).json()
    assert kept["signatureHolds"] == "yes"
    assert desk.get(f"/api/checkup/{kept['id']}").json()["answers"] == {"fits": 3}
    assert desk.client.put("/api/checkup/reminder", json={"on": False}).json()["state"] == "off"
    assert desk.client.delete(f"/api/checkup/{kept['id']}").status_code == 204


def test_going_back_and_saving_again_keeps_one_with_what_was_said_last(wallet):
    first = made(wallet)
    found = look(wallet, ESCO, "nl")
    once = keep_check_up(wallet, filled_in(found, Said({Statement.FITS: 2})))
    again = look(wallet, ESCO, "nl", form=found.snapshot.id)
    assert again.last.id == first.id
    twice = keep_check_up(wallet, filled_in(again, Said({Statement.FITS: 4})))
    assert (twice.id, twice.snapshot.answers) == (once.id, {Statement.FITS: 4})
    assert [one.id for one in check_ups(wallet)][:2] == [once.id, first.id]


def test_the_form_of_an_older_check_up_makes_a_new_one(wallet):
    """What was signed years ago is not made over by a page that was left open."""
    old = made(wallet)
    made(wallet)
    for form in (old.snapshot.id, "urn:uuid:1", "", "x" * 64):
        found = look(wallet, ESCO, "nl", form=form)
        assert found.snapshot.id not in {form, old.snapshot.id}


def test_the_form_that_is_sent_twice_keeps_one(desk):
    page = desk.get("/checkup/new").text
    form = page.partition('name="form" value="')[2].partition('"')[0]
    for answer in (1, 5):
        assert desk.post("/checkup/new", form=form, fits=answer).is_success
    with desk.desk.wallet() as wallet:
        (one,) = check_ups(wallet)
        assert one.snapshot.answers[Statement.FITS] == 5
    assert desk.client.post("/api/checkup", json={"form": form, "answers": {"fits": 2}}).is_success
    with desk.desk.wallet() as wallet:
        assert len(check_ups(wallet)) == 1
        forget_check_up(wallet, one.id)
