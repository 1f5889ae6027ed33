"""An adviser on the person's device: scoped, timed, logged; nothing counts before the person says so."""

from datetime import timedelta

import pytest

from matching.bundle import load_bundle
from matching.intake.limits import INTAKE
from matching.onet import load_onet
from passport.texts import Language
from tests.simulators.labour_markets import CARPENTERS, UTRECHT, market_document, signed_market
from tests.simulators.wallets import Person
from wallet.core.advice import (
    Sees,
    State,
    decide,
    end_visit,
    forget_visit,
    let_in,
    note_look,
    proposals,
    propose,
    visit,
    visits,
)
from wallet.core.intake_skills import CameFrom, own_skills
from wallet.core.market_kept import keep_market, keep_reach
from wallet.core.profile import profile_of
from wallet.errors_intake import (
    AdviceDecided,
    AdviserNotNamed,
    IntakeTextTooLong,
    NotAChoice,
    NotASkill,
    NothingProposed,
    UnknownAdvice,
)
from wallet.views.advice import for_adviser
from wallet.views.rendering import Renderer

TAXONOMY = load_bundle()
SKILL = TAXONOMY.skills.iris[7]


@pytest.fixture
def person():
    return Person()


def come(person, *, sees=(Sees.SKILLS,), proposes=True, minutes=30, name="An adviser"):
    return let_in(person.wallet, name=name, sees=sees, proposes=proposes, minutes=minutes)


def test_nothing_that_an_adviser_proposes_counts_before_the_person_takes_it_over(person):
    made = propose(person.wallet, come(person).id, TAXONOMY, skill=SKILL, words="I saw you do it.")
    assert made.state is State.WAITING
    assert own_skills(person.wallet) == ()
    assert profile_of(person.wallet).skills == ()
    decide(person.wallet, made.id, TAXONOMY, accept=True, level=3)
    (kept,) = own_skills(person.wallet)
    assert (kept.skill, kept.level, kept.came_from) == (SKILL, 3, CameFrom.ADVISER)
    assert "An adviser" in kept.quote
    assert SKILL in profile_of(person.wallet).weights


def test_a_proposal_that_is_refused_never_counts_and_is_decided_once(person):
    made = propose(person.wallet, come(person).id, TAXONOMY, skill=SKILL)
    decide(person.wallet, made.id, TAXONOMY, accept=False)
    assert own_skills(person.wallet) == ()
    with pytest.raises(AdviceDecided):
        decide(person.wallet, made.id, TAXONOMY, accept=True)
    assert own_skills(person.wallet) == ()


def test_advice_in_words_adds_no_skill(person):
    made = propose(person.wallet, come(person).id, TAXONOMY, words="Ask for a validation.")
    assert decide(person.wallet, made.id, TAXONOMY, accept=True).state is State.ACCEPTED
    assert own_skills(person.wallet) == ()


def test_after_its_time_an_adviser_proposes_nothing_any_more(person):
    visiting = come(person, minutes=15)
    person.world.now += timedelta(minutes=15)
    with pytest.raises(UnknownAdvice):
        propose(person.wallet, visiting.id, TAXONOMY, skill=SKILL)


def test_the_person_ends_a_visit_whatever_time_was_left(person):
    visiting = come(person, minutes=120)
    person.world.now += timedelta(minutes=1)
    end_visit(person.wallet, visiting.id)
    assert visit(person.wallet, visiting.id).until == person.world.now
    with pytest.raises(UnknownAdvice):
        propose(person.wallet, visiting.id, TAXONOMY, skill=SKILL)


def test_who_may_only_look_proposes_nothing(person):
    with pytest.raises(UnknownAdvice):
        propose(person.wallet, come(person, proposes=False).id, TAXONOMY, skill=SKILL)


def test_every_look_is_written_down_with_its_time(person):
    visiting = come(person)
    note_look(person.wallet, visiting.id, "skills")
    propose(person.wallet, visiting.id, TAXONOMY, skill=SKILL)
    assert [each.what for each in visit(person.wallet, visiting.id).looked] == ["skills", "proposal"]
    for _ in range(INTAKE.looks):
        note_look(person.wallet, visiting.id, "past")
    assert len(visit(person.wallet, visiting.id).looked) == INTAKE.looks


def test_an_adviser_pushes_nothing_out_of_the_log_by_looking_at_something_else(person):
    visiting = come(person)
    note_look(person.wallet, visiting.id, "motives")
    for _ in range(INTAKE.looks + 1):
        note_look(person.wallet, visiting.id, "past")
    looked = visit(person.wallet, visiting.id).looked
    assert (len(looked), looked[0].what) == (INTAKE.looks, "motives")


def test_forgetting_a_visit_forgets_its_proposals_and_keeps_what_was_taken_over(person):
    visiting = come(person)
    taken = propose(person.wallet, visiting.id, TAXONOMY, skill=SKILL)
    propose(person.wallet, visiting.id, TAXONOMY, words="Another thing.")
    decide(person.wallet, taken.id, TAXONOMY, accept=True)
    forget_visit(person.wallet, visiting.id)
    assert visits(person.wallet) == () == proposals(person.wallet)
    assert [one.skill for one in own_skills(person.wallet)] == [SKILL]


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({"name": " \u202e "}, AdviserNotNamed),
        ({"name": "x" * (INTAKE.title + 1)}, IntakeTextTooLong),
        ({"minutes": 10_000}, NotAChoice),
        ({"sees": (), "proposes": False}, NotAChoice),
    ],
)
def test_nobody_is_let_in_without_a_name_a_scope_and_an_end(person, changes, error):
    with pytest.raises(error):
        come(person, **changes)
    assert visits(person.wallet) == ()


@pytest.mark.parametrize(
    ("proposed", "error"),
    [
        ({}, NothingProposed),
        ({"skill": "https://evil.example/skill"}, NotASkill),
        ({"words": "x" * (INTAKE.note + 1)}, IntakeTextTooLong),
    ],
)
def test_only_skills_of_the_list_and_short_advice_are_proposed(person, proposed, error):
    with pytest.raises(error):
        propose(person.wallet, come(person).id, TAXONOMY, **proposed)
    assert proposals(person.wallet) == ()


def test_an_adviser_reads_whose_figures_are_loaded_and_how_they_were_made(person):
    """R120; where the person wants to work is not shown."""
    visit = come(person)
    since = person.wallet.now()
    dates = {"valid_from": since, "valid_until": since + timedelta(days=9)}
    figures = {(CARPENTERS, UTRECHT): ([2000] * 12, [50] * 12)}
    keep_market(person.wallet, signed_market(market_document(figures, **dates), created=since))
    keep_reach(person.wallet, UTRECHT, 30)
    renderer = Renderer(stylesheet="")
    page = for_adviser(renderer, Language.NL, person.wallet, TAXONOMY, load_onet(), visit=visit).html
    for text in (
        "Deze cijfers zijn verzonnen",
        "A statistics office",
        "Hoe is er geteld?",
        "Kansen: de vacatures",
    ):
        assert text in page
    assert "Utrecht" not in page
