"""The yearly check-up by itself: the day, the document, what changed, what to do."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from matching.bundle import load_bundle
from matching.checkup.actions import Found, WorkFound, suggestions
from matching.checkup.changes import changes
from matching.checkup.due import DueState, a_year_after, due
from matching.checkup.errors import MalformedCheckUp
from matching.checkup.figures import MarketThen
from matching.checkup.proven import Ground, Group, SkillThen, Strength, grouped
from matching.checkup.snapshot import (
    Action,
    Earlier,
    Percent,
    Snapshot,
    Statement,
    Why,
    WorkThen,
    can_be_named,
    parse_snapshot,
    write_snapshot,
)
from matching.limits import CHECK_UP
from matching.market.periods import parse_window
from matching.market.trend import State
from matching.taxonomy.model import Retired
from matching.texts import render
from passport.answers import Reason
from passport.json import dump
from passport.texts import Language

BEGAN = date(2025, 3, 1)
HOLDER = "did:key:z6MkhaXgBZDvotDkL5257faiztiGiC2QtKLGpbnnEGta2doK"
WORK = "http://data.europa.eu/esco/occupation/00030d09-2b3a-4efd-87cc-c4ea39d27c34"
FIGURES = MarketThen("urn:example:set", 1, HOLDER, "A statistics office", synthetic=True, last="2025-Q4")


def skill(number):
    return f"http://data.europa.eu/esco/skill/{number}"


def snapshot(skills=(), **others):
    values = {
        "id": "urn:uuid:00000000-0000-4000-8000-000000000001",
        "made": datetime(2026, 3, 1, tzinfo=UTC),
        "holder": HOLDER,
        "taxonomy": "ESCO 1.1.1",
        "skills": tuple(skills),
        "work": (WorkThen(WORK, Why.OWN, 3, 9, State.STABLE, Percent(-2, -9, None)),),
        "market": FIGURES,
        "regions": ("Zeeland",),
        "answers": {Statement.FITS: 4},
        "actions": (Action("checkup.action.talk", {}), Action(words="Call the school.")),
        "earlier": (Earlier(Action(words="Ask for a course."), done=True),),
    }
    return Snapshot(**{**values, **others})


@pytest.mark.parametrize(
    ("today", "state"),
    [
        (date(2026, 2, 28), DueState.LATER),
        (date(2026, 3, 1), DueState.DUE),
        (date(2030, 1, 1), DueState.DUE),
    ],
)
def test_it_is_due_a_year_after_the_wallet_began(today, state):
    found = due(began=BEGAN, last=None, today=today)
    assert (found.day, found.state) == (date(2026, 3, 1), state)
    assert found.remind is (state is DueState.DUE)


def test_it_is_due_a_year_after_the_last_one():
    found = due(began=BEGAN, last=date(2026, 5, 1), today=date(2027, 4, 30))
    assert (found.day, found.remind) == (date(2027, 5, 1), False)


def test_a_snooze_is_silent_and_ends_by_itself():
    day = {"began": BEGAN, "last": None, "snoozed_until": date(2026, 4, 1)}
    assert due(**day, today=date(2026, 3, 31)).state is DueState.SNOOZED
    assert due(**day, today=date(2026, 4, 1)).remind


def test_nobody_is_reminded_who_does_not_want_to_be():
    """R109: it is voluntary."""
    found = due(began=BEGAN, last=None, today=date(2040, 1, 1), off=True)
    assert (found.state, found.remind) == (DueState.OFF, False)


def test_a_leap_day_comes_back_on_the_last_of_february():
    assert a_year_after(date(2028, 2, 29)) == date(2029, 2, 28)


def test_a_check_up_is_read_back_as_it_was_written():
    one = snapshot([SkillThen(skill(1), Strength.HARD, 3), SkillThen(skill(2), Strength.SOFT)])
    assert parse_snapshot(dump(write_snapshot(one))) == one
    grounds = snapshot([SkillThen(skill(n), Strength.SOFT, None, each) for n, each in enumerate(Ground)])
    assert parse_snapshot(write_snapshot(grounds)) == grounds
    assert [group for group, each in grouped(grounds.skills).items() if each] == [
        Group.SIGNED,
        Group.OWN,
        Group.DERIVED,
    ]
    dated = replace(FIGURES, first="2021-Q1", dated=one.made, until=one.made + timedelta(days=1))
    work = (replace(one.work[0], counted="urn:example:group", vacancies=0),)
    full = replace(one, market=dated, work=work)
    assert parse_snapshot(write_snapshot(full)) == full
    without = replace(one, market=None, work=(), regions=(), answers={}, actions=(), earlier=())
    assert parse_snapshot(write_snapshot(without)) == without


@pytest.mark.parametrize(
    "change",
    [
        {"type": "OtherThing"},
        {"version": 2},
        {"more": 1},
        {"holder": "somebody"},
        {"answers": {"fits": 6}},
        {"answers": {"other": 1}},
        {"regions": [1]},
        {"regions": "Zeeland"},
        {"regions": ["x"] * (CHECK_UP.regions + 1)},
        {"actions": [{"words": "\u202ex"}]},
        {"actions": [{"code": "a", "values": {"b": []}}]},
        {"actions": [{"code": "a", "values": 1}]},
        {"actions": [{"words": "x"}] * (CHECK_UP.actions + 1)},
        {"skills": [{"skill": skill(1), "strength": "soft"}] * 2},
        {"skills": [{"skill": skill(1), "strength": "certain"}]},
        {"work": [{"occupation": WORK, "why": "own", "met": 1, "of": 1, "demand": "growing"}] * 2},
    ],
)
def test_a_check_up_of_another_form_is_refused(change):
    with pytest.raises(MalformedCheckUp):
        parse_snapshot({**write_snapshot(snapshot()), **change})


def test_what_changed_in_the_person():
    before = snapshot([SkillThen(skill(n), Strength.SOFT, 2) for n in (1, 2, 3, 4)])
    after = snapshot(
        [
            SkillThen(skill(1), Strength.HARD, 2),
            SkillThen(skill(2), Strength.SOFT, 1),
            SkillThen(skill(3), Strength.SOFT, 2),
            SkillThen(skill(5), Strength.SOFT),
        ],
        answers={Statement.FITS: 2, Statement.NEW: 1},
    )
    found = changes(before, after, load_bundle())
    assert (found.gained, found.lost) == ((skill(5),), (skill(4),))
    assert [each.after.skill for each in found.better] == [skill(1)]
    assert [each.after.skill for each in found.worse] == [skill(2)]
    assert found.answers == {Statement.FITS: (4, 2)}
    assert found.taxonomy is None


def test_a_skill_that_credentials_still_name_as_it_was_called_before_is_neither_lost_nor_gained():
    newer = replace(load_bundle(), retired={skill(1): Retired(skill(1), "old", skill(9))})
    both = snapshot([SkillThen(skill(1), Strength.HARD), SkillThen(skill(9), Strength.SOFT)])
    again = snapshot([SkillThen(skill(1), Strength.HARD)])
    for before, after in ((again, again), (both, again), (again, both)):
        found = changes(before, after, newer)
        assert (found.gained, found.lost, found.better, found.worse) == ((), (), (), ())


def test_a_level_of_nought_is_a_level():
    assert (
        parse_snapshot(write_snapshot(snapshot([SkillThen(skill(1), Strength.HARD, 0)]))).skills[0].level == 0
    )


def test_a_skill_that_is_no_address_for_others_can_not_be_named():
    assert can_be_named(skill(1))
    assert not can_be_named("https://taxonomy.example/a\u00a0skill")
    assert not can_be_named(skill("x" * 3_000))


def test_a_skill_that_the_taxonomy_replaced_is_not_lost():
    newer = replace(
        load_bundle(),
        retired={skill(1): Retired(skill(1), "old", skill(9)), skill(2): Retired(skill(2), "gone")},
    )
    before = snapshot([SkillThen(skill(1), Strength.HARD), SkillThen(skill(2), Strength.SOFT)])
    after = snapshot([SkillThen(skill(9), Strength.HARD)], taxonomy="ESCO 1.2.0")
    found = changes(before, after, newer)
    assert (found.gained, found.lost, found.gone) == ((), (), (skill(2),))
    assert found.renumbered == {skill(1): skill(9)}
    assert found.taxonomy == ("ESCO 1.1.1", "ESCO 1.2.0")


def test_what_changed_in_work_and_demand():
    other = WORK.replace("00030d09", "00030d10")
    before = snapshot(work=(WorkThen(WORK, Why.OWN, 3, 9, State.STABLE),))
    after = snapshot(
        work=(WorkThen(WORK, Why.OWN, 4, 9, State.SHRINKING), WorkThen(other, Why.NEAR, 1, 2, State.GROWING))
    )
    found = changes(before, after, load_bundle())
    assert [each.after.met for each in found.skills_of_work] == [4]
    assert [each.after.demand for each in found.demand] == [State.SHRINKING]
    assert (found.near, found.away, found.comparable) == ((other,), (), True)
    assert changes(after, before, load_bundle()).away == (other,)


@pytest.mark.parametrize(
    "other",
    [{"market": None}, {"market": replace(FIGURES, publisher=f"{HOLDER}x")}, {"regions": ("Utrecht",)}],
)
def test_demand_of_another_source_or_region_is_not_compared(other):
    before = snapshot(work=(WorkThen(WORK, Why.OWN, 3, 9, State.GROWING),), **other)
    after = snapshot(work=(WorkThen(WORK, Why.OWN, 3, 9, State.SHRINKING),))
    found = changes(before, after, load_bundle())
    assert (found.demand, found.comparable) == ((), False)


def test_a_check_up_that_says_less_is_still_read():
    """One from before grounds and first windows were kept."""
    document = write_snapshot(snapshot([SkillThen(skill(1), Strength.SOFT)]))
    document["skills"] = [{"skill": skill(1), "strength": "soft"}]
    found = parse_snapshot(document)
    assert found.skills[0].group is Group.OWN
    assert found.current
    assert found.market.window == (None, parse_window("2025-Q4"))
    assert found.market.year == parse_window("2025-Q1")
    assert replace(FIGURES, last="soon").year is None


def test_figures_that_were_out_of_date_are_not_compared():
    old = replace(FIGURES, until=datetime(2026, 2, 1, tzinfo=UTC))
    found = changes(snapshot(market=old), snapshot(), load_bundle())
    assert (found.comparable, found.outdated) == (False, True)


def test_what_strangers_signed_asks_for_another_step_than_ones_own_word():
    assert codes(found_with(groups=[Group.SIGNED])) == ["signed", "talk"]
    assert codes(found_with(groups=[Group.OWN] * 2 + [Group.STRONG])) == ["talk"]
    assert codes(found_with(groups=[Group.DERIVED])) == ["prove", "talk"]


def found_with(**values):
    return Found(**{"groups": [Group.STRONG], "work": (), **values})


def codes(found):
    return [action.code.removeprefix("checkup.action.") for action in suggestions(found, load_bundle())]


def test_the_talk_with_somebody_independent_is_always_there():
    """R104, R105."""
    assert codes(found_with()) == ["talk"]


def test_what_is_found_becomes_something_to_do():
    found = Found(
        groups=[Group.OWN] * 5,
        work=[
            WorkFound(WORK, Why.OWN, 3, 9, State.SHRINKING),
            WorkFound(f"{WORK}1", Why.PLAN, 3, 9, State.SHRINKING),
            WorkFound(f"{WORK}2", Why.CHOSEN, 3, 9, State.CANNOT_TELL),
            WorkFound(f"{WORK}3", Why.NEAR, 9, 9, State.GROWING),
            WorkFound(f"{WORK}4", Why.NEAR, 9, 9, State.SHRINKING),
        ],
        old_skills=[skill(1), skill(2)],
        renewals=[("Forklift licence", "2026-05-01")],
        open_items=["Welding"] * 9,
        has_market=False,
        intake_old=True,
    )
    assert codes(found) == [
        *("renew", "shrinking-own", "shrinking-goal", "look-at"),
        *("go-on", "go-on", "go-on", "plan", "prove", "show-again", "intake", "source", "talk"),
    ]


def test_growing_work_is_named_only_where_something_shrinks():
    work = [WorkFound(WORK, Why.NEAR, 9, 9, State.GROWING)]
    assert "look-at" not in codes(found_with(work=work))


@pytest.mark.parametrize("language", Language)
def test_every_suggestion_reads_as_a_sentence(language):
    found = Found(
        [Group.OWN, Group.SIGNED],
        [WorkFound(WORK, Why.OWN, 1, 2, State.SHRINKING)],
        [skill(1)],
        has_market=False,
    )
    for action in suggestions(found, load_bundle()):
        said = render(Reason(action.code, dict(action.values)), language)
        assert said != action.code
        assert "{" not in said
