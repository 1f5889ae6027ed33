"""Plans: what is missing, what is chosen, and what comes in closes its gap."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from matching.bundle import load_bundle
from matching.compared import Demanded
from matching.plan.catalogue import Form
from matching.plan.errors import NothingToPlan
from matching.plan.wishes import Wishes
from matching.taxonomy.model import Grade
from passport.texts import Language
from tests.simulators.modules import catalogue_source, module_document
from tests.simulators.parties import NOW, Party
from tests.simulators.wallets import Person
from wallet.core.archive import read_archive, write_archive
from wallet.core.intake_skills import Ticked, keep_skills
from wallet.core.leaving.readable import gather
from wallet.core.plan import limits
from wallet.core.plan.agenda import plan_calendar
from wallet.core.plan.catalogues import (
    keep_catalogue,
    verify_catalogue,
)
from wallet.core.plan.outcome import Happened, outcome, outcome_json, switch_off, switch_on
from wallet.core.plan.planning import change_item, make_plan, propose, refuse, remove_item, set_wishes, take
from wallet.core.plan.plans import Status, forget_plan, plan_kept, plans
from wallet.core.plan.standing import standing
from wallet.core.plan.target import Target, occupation_target
from wallet.core.wallet import Kind
from wallet.errors_plan import (
    NoPlanTarget,
    NotAGap,
    OutcomeOff,
    PlanDates,
    TooManyCatalogues,
    TooManyPlanItems,
    TooManyPlans,
    UnknownModule,
    UnknownPlan,
    UnknownPlanItem,
)

TAXONOMY = load_bundle()
WELDER = TAXONOMY.search_occupations("welder", top=1)[0].iri
NEEDED = TAXONOMY.skills_of(WELDER, Grade.ESSENTIAL)
ENDS = "https://school.example/achievements/1"


@pytest.fixture
def person():
    return Person()


def load(person, *modules, **changes):
    source = catalogue_source(modules, now=person.world.now, **changes)
    keep_catalogue(person.wallet, verify_catalogue(person.wallet, source, person.world.cache), source)


def begun(person):
    load(
        person,
        module_document(*NEEDED[:3], number=1, achievement=ENDS),
        module_document(*NEEDED[3:5], number=2, form="work", cents=0),
        module_document(NEEDED[0], number=3, starts=[{"first": "2027-02-01", "last": "2027-03-01"}]),
    )
    return make_plan(person.wallet, occupation_target(WELDER, TAXONOMY), TAXONOMY)


def stands(person, plan):
    return standing(person.wallet, plan_kept(person.wallet, plan.id), TAXONOMY, language=Language.EN)


def test_the_wallet_proposes_and_nothing_is_planned_before_it_is_ticked(person):
    plan = begun(person)
    proposed = propose(person.wallet, stands(person, plan), TAXONOMY)
    assert [each.module.id[-1] for each in proposed.chosen] == ["1", "2"]
    assert proposed.exact
    assert len(proposed.open) == len(NEEDED) - 5
    assert plan_kept(person.wallet, plan.id).items == ()


def test_what_is_ticked_is_planned_at_school_or_at_work(person):
    plan = begun(person)
    taken = take(
        person.wallet,
        plan.id,
        TAXONOMY,
        modules=["https://school.example/m/1", "https://school.example/m/2"],
        own=[NEEDED[5]],
    )
    assert [each.form for each in taken.items] == [Form.SCHOOL, Form.WORK, Form.WORK]
    assert [len(each.skills) for each in taken.items] == [3, 2, 1]
    found = stands(person, plan)
    assert len(found.left) == len(NEEDED) - 6
    assert (found.hours, found.cents) == (80, 10_000)
    assert propose(person.wallet, found, TAXONOMY).chosen == ()


def test_a_credential_that_comes_in_closes_its_gap_and_the_match_is_run_again(person):
    plan = begun(person)
    take(person.wallet, plan.id, TAXONOMY, modules=["https://school.example/m/1"])
    before = stands(person, plan)
    assert before.found.essential.met == 0
    assert before.items[0].status is Status.PLANNED
    person.world.now += timedelta(days=100)
    school = Party("A school")
    person.take(school.issue(person.wallet.did, NEEDED[:2], at=person.world.now, achievement={"id": ENDS}))
    after = stands(person, plan)
    assert after.found.essential.met == 2
    (item,) = after.items
    assert item.status is Status.DONE
    assert item.credential is not None
    assert [step.closed is not None for step in item.steps] == [True, True, False]
    assert item.steps[0].closed.sources[0].name == "A school"
    assert [reason.code for reason in item.reasons] == [
        "plan.credential-here",
        "plan.credential-without-skill",
    ]
    assert NEEDED[2] in {gap.skill for gap in after.left}
    assert set(after.closed_since.values()) == {person.world.now}
    assert plan_kept(person.wallet, plan.id).items[0].status is Status.PLANNED


def test_a_credential_that_does_not_verify_closes_no_gap(person):
    plan = begun(person)
    take(person.wallet, plan.id, TAXONOMY, modules=["https://school.example/m/1"])
    document = Party("A school").issue(person.wallet.did, NEEDED[:3], achievement={"id": ENDS})
    good = person.wallet.vault.of_kind(Kind.CREDENTIAL)
    with pytest.raises(Exception):  # noqa: B017, PT011  # refused at the door, by whatever check is first
        person.take(document | {"name": "changed"})
    assert person.wallet.vault.of_kind(Kind.CREDENTIAL) == good
    assert stands(person, plan).items[0].status is Status.PLANNED


def test_to_say_that_it_is_done_closes_nothing(person):
    plan = begun(person)
    made = take(person.wallet, plan.id, TAXONOMY, modules=["https://school.example/m/1"], own=[NEEDED[5]])
    for item in made.items:
        change_item(person.wallet, plan.id, item.id, status=Status.DONE)
    found = stands(person, plan)
    assert found.found.essential.met == 0
    assert [each.reasons[0].code for each in found.items] == ["plan.done-waits", "plan.done-no-credential"]
    assert len(found.left) == len(NEEDED)


def test_what_is_closed_in_another_way_makes_a_part_needless(person):
    plan = begun(person)
    take(person.wallet, plan.id, TAXONOMY, modules=["https://school.example/m/2"])
    keep_skills(person.wallet, [Ticked(skill) for skill in NEEDED[3:5]], TAXONOMY)
    (item,) = stands(person, plan).items
    assert item.needless
    assert item.closed == 2


def test_the_budget_is_what_the_parts_leave_of_it(person):
    plan = begun(person)
    set_wishes(person.wallet, plan.id, Wishes(hours=70))
    assert len(propose(person.wallet, stands(person, plan), TAXONOMY).chosen) == 1
    take(person.wallet, plan.id, TAXONOMY, modules=["https://school.example/m/2"])
    assert propose(person.wallet, stands(person, plan), TAXONOMY).chosen == ()
    set_wishes(person.wallet, plan.id, Wishes(hours=80))
    assert len(propose(person.wallet, stands(person, plan), TAXONOMY).chosen) == 1


def test_a_refused_module_is_proposed_no_more_until_it_is_let_in_again(person):
    plan = begun(person)
    refuse(person.wallet, plan.id, "https://school.example/m/1")
    proposed = propose(person.wallet, stands(person, plan), TAXONOMY)
    assert [each.module.id[-1] for each in proposed.chosen] == ["2", "3"]
    refuse(person.wallet, plan.id, "https://school.example/m/1", again=True)
    assert propose(person.wallet, stands(person, plan), TAXONOMY).chosen[0].module.id[-1] == "1"


def test_a_function_profile_asks_levels(person):
    target = Target(
        profile="https://employer.example/p/1",
        name="Lasser",
        publisher="Staalbouw",
        demands=(Demanded(NEEDED[0], label="lassen", level=3), Demanded("urn:x:own", label="own")),
    )
    plan = make_plan(person.wallet, target, TAXONOMY)
    load(
        person,
        module_document(NEEDED[0], number=1, level=2),
        module_document(NEEDED[0], number=2),
        module_document("urn:x:own", number=4),
    )
    proposed = propose(person.wallet, stands(person, plan), TAXONOMY)
    assert [each.module.id[-1] for each in proposed.chosen] == ["4"]
    assert [str(each.why) for each in proposed.open] == ["level"]
    load(person, module_document(NEEDED[0], number=3, level=3), catalogue_id="https://school.example/more")
    proposed = propose(person.wallet, stands(person, plan), TAXONOMY)
    assert {each.module.id[-1] for each in proposed.chosen} == {"3", "4"}
    assert plan_kept(person.wallet, plan.id).target == target


def test_nothing_missing_is_nothing_to_plan(person):
    keep_skills(person.wallet, [Ticked(NEEDED[0])], TAXONOMY)
    with pytest.raises(NothingToPlan):
        make_plan(person.wallet, Target(profile="x", demands=(Demanded(NEEDED[0]),)), TAXONOMY)


def test_days_are_in_order_and_stand_in_the_calendar(person):
    plan = begun(person)
    made = take(person.wallet, plan.id, TAXONOMY, modules=["https://school.example/m/3"], own=[NEEDED[5]])
    assert (made.items[0].first, made.items[0].last) == (date(2027, 2, 1), date(2027, 3, 1))
    own = made.items[1].id
    change_item(person.wallet, plan.id, own, first=date(2027, 1, 4), note="Samen met een collega")
    calendar = plan_calendar(person.wallet, stands(person, plan), "nl").decode()
    assert calendar.count("BEGIN:VEVENT") == 2
    assert "DTSTART;VALUE=DATE:20270201" in calendar
    assert "Samen met een collega" in calendar
    change_item(person.wallet, plan.id, own, status=Status.DONE, first=date(2027, 1, 4))
    assert plan_calendar(person.wallet, stands(person, plan), "nl").count(b"BEGIN:VEVENT") == 1
    for first, last in ((None, date(2027, 1, 1)), (date(2027, 1, 2), date(2027, 1, 1))):
        with pytest.raises(PlanDates):
            change_item(person.wallet, plan.id, own, first=first, last=last)


def test_what_can_not_be_taken(person):
    plan = begun(person)
    with pytest.raises(UnknownModule):
        take(person.wallet, plan.id, TAXONOMY, modules=["urn:x"])
    with pytest.raises(NotAGap):
        take(person.wallet, plan.id, TAXONOMY, own=["urn:x"])
    take(person.wallet, plan.id, TAXONOMY, modules=["https://school.example/m/1"])
    with pytest.raises(NotAGap):
        take(person.wallet, plan.id, TAXONOMY, modules=["https://school.example/m/3"])
    with pytest.raises(UnknownPlanItem):
        change_item(person.wallet, plan.id, "x", status=Status.DONE)
    with pytest.raises(UnknownPlan):
        plan_kept(person.wallet, "x")
    with pytest.raises(NoPlanTarget):
        occupation_target("urn:x", TAXONOMY)


def test_there_is_an_end_to_plans_parts_and_catalogues(person, monkeypatch):
    plan = begun(person)
    monkeypatch.setattr("wallet.core.plan.planning.ITEMS", 1)
    with pytest.raises(TooManyPlanItems):
        take(person.wallet, plan.id, TAXONOMY, own=NEEDED[:2])
    monkeypatch.setattr("wallet.core.plan.plans.PLANS", 1)
    with pytest.raises(TooManyPlans):
        make_plan(person.wallet, occupation_target(WELDER, TAXONOMY), TAXONOMY)
    monkeypatch.setattr("wallet.core.plan.catalogues.CATALOGUES", 1)
    with pytest.raises(TooManyCatalogues):
        load(person, module_document(NEEDED[0]), catalogue_id="https://other.example/c")


def test_plans_travel_and_are_forgotten_for_good(person):
    plan = begun(person)
    take(person.wallet, plan.id, TAXONOMY, modules=["https://school.example/m/1"], own=[NEEDED[5]])
    switch_on(person.wallet)
    records = read_archive(write_archive(person.wallet, with_seed=True))
    kinds = (Kind.PLAN, Kind.CATALOGUE, Kind.OUTCOME)
    assert {kind for kind, _ in records} >= set(kinds)
    other = gather(person.wallet).files["other.json"]
    assert all(f'"{kind}"'.encode() in other for kind in kinds)
    gone = forget_plan(person.wallet, plan.id)
    assert list(gone) == [(Kind.PLAN, plan.id)]
    assert plans(person.wallet) == ()
    assert b"Module 1" not in person.store.data


def test_plans_are_in_order_and_parts_can_go(person):
    first = begun(person)
    person.world.now += timedelta(days=1)
    second = make_plan(person.wallet, occupation_target(WELDER, TAXONOMY), TAXONOMY)
    assert [each.id for each in plans(person.wallet)] == [second.id, first.id]
    made = take(person.wallet, first.id, TAXONOMY, own=NEEDED[:2])
    left = remove_item(person.wallet, first.id, made.items[0].id)
    assert left.items == made.items[1:]
    assert replace(left, items=()) == first


def test_nothing_is_counted_unless_the_person_switches_it_on(person):
    plan = begun(person)
    take(person.wallet, plan.id, TAXONOMY, own=[NEEDED[0]])
    assert outcome(person.wallet) is None
    with pytest.raises(OutcomeOff):
        outcome_json(person.wallet)
    switch_on(person.wallet)
    made = take(person.wallet, plan.id, TAXONOMY, own=[NEEDED[1]])
    change_item(person.wallet, plan.id, made.items[1].id, status=Status.BUSY)
    change_item(person.wallet, plan.id, made.items[1].id, status=Status.BUSY)
    person.world.now += timedelta(days=31)
    change_item(person.wallet, plan.id, made.items[1].id, status=Status.DONE)
    switch_on(person.wallet)
    found = outcome(person.wallet)
    assert found.total == {Happened.PLANNED: 1, Happened.BEGUN: 1, Happened.DONE: 1}
    assert list(found.months) == ["2026-11", "2026-12"]
    written = outcome_json(person.wallet)
    assert written["total"] == {"planned": 1, "begun": 1, "done": 1}
    assert NEEDED[1] not in str(written)
    assert WELDER not in str(written)
    switch_off(person.wallet)
    switch_off(person.wallet)
    assert outcome(person.wallet) is None
    assert person.wallet.vault.of_kind(Kind.OUTCOME) == {}


def test_a_note_is_plain_and_has_an_end(person):
    plan = begun(person)
    made = take(person.wallet, plan.id, TAXONOMY, own=[NEEDED[0]])
    changed = change_item(person.wallet, plan.id, made.items[0].id, note="\u202ex\x00" + "a" * 999)
    assert changed.items[0].note == "x" + "a" * (limits.TEXT - 1)


def test_now_is_the_wallets_own(person):
    assert begun(person).made == NOW


def test_a_module_that_comes_first_is_a_part_and_the_plan_says_the_order(person):
    """It closes no gap itself; where nothing asks it, it is no part."""
    other = next(skill for skill in TAXONOMY.skills.iris if skill not in NEEDED)
    load(
        person,
        module_document(NEEDED[0], number=1, requires={"modules": ["https://school.example/m/2"]}),
        module_document(other, number=2, achievement=ENDS),
    )
    plan = make_plan(person.wallet, occupation_target(WELDER, TAXONOMY), TAXONOMY)
    proposed = propose(person.wallet, stands(person, plan), TAXONOMY)
    assert [each.module.id[-1] for each in proposed.chosen] == ["2", "1"]
    with pytest.raises(NotAGap):
        take(person.wallet, plan.id, TAXONOMY, modules=["https://school.example/m/2"])
    take(person.wallet, plan.id, TAXONOMY, modules=[each.module.id for each in proposed.chosen])
    first, then = stands(person, plan).items
    assert (first.steps, first.needless, first.reasons) == ((), False, ())
    assert [reason.code for reason in then.reasons] == ["plan.do-first"]
    change_item(person.wallet, plan.id, first.item.id, status=Status.DONE)
    assert stands(person, plan).items[1].reasons == ()
    remove_item(person.wallet, plan.id, first.item.id)
    assert propose(person.wallet, stands(person, plan), TAXONOMY).chosen == ()


def test_a_part_that_asks_a_skill_which_is_nowhere_says_so(person):
    other = next(skill for skill in TAXONOMY.skills.iris if skill not in NEEDED)
    asked = {"skills": [{"skill": other, "name": "another skill"}]}
    load(person, module_document(NEEDED[0], requires=asked))
    plan = make_plan(person.wallet, occupation_target(WELDER, TAXONOMY), TAXONOMY)
    assert propose(person.wallet, stands(person, plan), TAXONOMY).open[0].why == "first"
    take(person.wallet, plan.id, TAXONOMY, modules=["https://school.example/m/1"])
    assert [reason.code for reason in stands(person, plan).items[0].reasons] == ["plan.lacks-first"]
    keep_skills(person.wallet, [Ticked(other)], TAXONOMY)
    assert stands(person, plan).items[0].reasons == ()
