"""What somebody says of their past and skills: sealed, dated, soft, theirs to take back."""

import pytest

from matching.bundle import load_bundle
from matching.intake.assessment import SHORT_FORM
from matching.intake.limits import INTAKE
from matching.intake.past import PastKind
from matching.onet import load_onet
from passport.evidence.kinds import Strength
from tests.simulators.wallets import Person
from wallet.core.archive import read_archive, write_archive
from wallet.core.intake_answers import (
    answers_given,
    fitting_work,
    forget_answers,
    keep_answers,
    levels,
    skipped,
)
from wallet.core.intake_pasts import PastDraft, forget_past, keep_past, past_kept, pasts
from wallet.core.intake_skills import CameFrom, Ticked, forget_skill, keep_skills, own_skills
from wallet.core.intake_sources import from_intake
from wallet.core.intake_state import Section, intake_state
from wallet.core.leaving.readable import gather
from wallet.core.profile import profile_of
from wallet.core.profile_skills import SourceKind
from wallet.core.wallet import Kind
from wallet.errors_intake import (
    IntakeTextTooLong,
    NotALevel,
    NotAnItem,
    NotASkill,
    NothingAnswered,
    NothingTicked,
    PastSchoolLevel,
    PastWithoutOccupation,
    PastYears,
    TooManyOwnSkills,
    TooManyPasts,
    UnknownPast,
)

TAXONOMY = load_bundle()
WELDER = TAXONOMY.search_occupations("welder", top=1)[0].iri
COOK = TAXONOMY.search_occupations("cook", top=1)[0].iri


def draft(since="2001", until="2009", *, kind=PastKind.WORK, occupations=(WELDER,), **more):
    return PastDraft(kind, occupations, since, until, **more)


@pytest.fixture
def person():
    return Person()


def skills(person):
    return {each.skill for each in from_intake(person.wallet)}


def test_past_work_gives_derived_skills_that_are_soft_and_dated(person):
    keep_past(person.wallet, draft(), TAXONOMY)
    found = profile_of(person.wallet)
    assert len(found.skills) > 20
    assert {one.kind for one in found.skills} == {SourceKind.DERIVED}
    assert {one.strength for one in found.skills} == {Strength.SOFT}
    assert {one.freshness.at.year for one in found.skills} == {2009}
    assert all(0 < one.weight < 1 for one in found.skills)
    assert all(source.reasons for one in found.skills for source in one.sources)


def test_older_work_counts_for_less(person):
    weights = []
    for since, until in (("1990", "1992"), ("2010", "2015"), ("2010", "")):
        other = Person()
        keep_past(other.wallet, draft(since, until), TAXONOMY)
        weights.append(max(profile_of(other.wallet).weights.values()))
    assert weights == sorted(weights)
    assert weights[0] < weights[1] < weights[2] == 1


def test_what_the_person_says_not_to_have_follows_from_nothing_any_more(person):
    keep_past(person.wallet, draft(), TAXONOMY)
    one = min(skills(person))
    keep_skills(person.wallet, [Ticked(one)], TAXONOMY, mine=False)
    assert one not in skills(person)
    assert one not in profile_of(person.wallet).weights
    forget_skill(person.wallet, one)
    assert one in skills(person)


def test_a_ticked_skill_is_fresh_has_a_level_and_says_where_it_came_from(person):
    skill = TAXONOMY.skills.iris[7]
    keep_skills(person.wallet, [Ticked(skill, "I \u202eweld")], TAXONOMY, level=4, came_from=CameFrom.TEXT)
    found = profile_of(person.wallet).by_skill[skill]
    assert (found.kind, found.level, found.weight) == (SourceKind.TICKED, 4, 1.0)
    assert found.sources[0].reasons[0].values["quote"] == "I weld"


def test_forgetting_work_forgets_what_followed_from_it(person):
    record = keep_past(person.wallet, draft(), TAXONOMY).id
    assert forget_past(person.wallet, record)
    assert skills(person) == set()
    with pytest.raises(UnknownPast):
        past_kept(person.wallet, record)
    with pytest.raises(UnknownPast):
        keep_past(person.wallet, draft(), TAXONOMY, record=record)


def test_it_is_in_a_backup_and_in_the_readable_copy(person):
    record = keep_past(person.wallet, draft(title="De werf"), TAXONOMY).id
    keep_skills(person.wallet, [Ticked(TAXONOMY.skills.iris[7])], TAXONOMY)
    back = read_archive(write_archive(person.wallet, with_seed=False))
    assert back[Kind.PAST, record] == person.wallet.vault.get(Kind.PAST, record)
    assert b"De werf" in gather(person.wallet).files["other.json"]


def test_a_job_is_replaced_and_dated_anew(person):
    record = keep_past(person.wallet, draft(), TAXONOMY).id
    keep_past(person.wallet, draft(occupations=(COOK,)), TAXONOMY, record=record)
    assert [each.occupations for each in pasts(person.wallet)] == [(COOK,)]


@pytest.mark.parametrize(
    ("wrong", "error"),
    [
        (draft(occupations=()), PastWithoutOccupation),
        (draft(occupations=("https://evil.example/1",)), PastWithoutOccupation),
        (draft(occupations=TAXONOMY.occupations.iris[: INTAKE.occupations + 1]), PastWithoutOccupation),
        (draft(since=""), PastYears),
        (draft(since="20010"), PastYears),
        (draft(since="٢٠٠١"), PastYears),
        (draft(since="-200"), PastYears),
        (draft(since="1929"), PastYears),
        (draft(since="2027"), PastYears),
        (draft(since="2010", until="2009"), PastYears),
        (draft(title="x" * (INTAKE.title + 1)), IntakeTextTooLong),
        (draft(level="mbo-2"), PastSchoolLevel),
        (draft(kind=PastKind.SCHOOL, level="phd"), PastSchoolLevel),
    ],
)
def test_what_makes_no_sense_is_refused_and_nothing_is_kept(person, wrong, error):
    with pytest.raises(error):
        keep_past(person.wallet, wrong, TAXONOMY)
    assert pasts(person.wallet) == ()


def test_no_more_is_kept_than_fits(person):
    for _ in range(INTAKE.pasts):
        record = keep_past(person.wallet, draft(), TAXONOMY).id
    with pytest.raises(TooManyPasts):
        keep_past(person.wallet, draft(), TAXONOMY)
    keep_past(person.wallet, draft("2003"), TAXONOMY, record=record)
    keep_skills(person.wallet, [Ticked(each) for each in TAXONOMY.skills.iris[: INTAKE.skills]], TAXONOMY)
    with pytest.raises(TooManyOwnSkills):
        keep_skills(person.wallet, [Ticked(TAXONOMY.skills.iris[INTAKE.skills])], TAXONOMY)
    keep_skills(person.wallet, [Ticked(TAXONOMY.skills.iris[0])], TAXONOMY, mine=False)


@pytest.mark.parametrize(
    ("ticked", "level", "error"),
    [
        ([], None, NothingTicked),
        ([Ticked("https://evil.example/skill")], None, NotASkill),
        ([Ticked(TAXONOMY.skills.iris[0])], 0, NotALevel),
        ([Ticked(TAXONOMY.skills.iris[0])], 6, NotALevel),
    ],
)
def test_only_skills_of_the_list_are_ticked(person, ticked, level, error):
    with pytest.raises(error):
        keep_skills(person.wallet, ticked, TAXONOMY, level=level)
    assert own_skills(person.wallet) == ()
    with pytest.raises(NotASkill):
        forget_skill(person.wallet, TAXONOMY.skills.iris[0])


def test_the_parts_say_what_is_filled_in_and_whether_that_is_long_ago(person):
    assert intake_state(person.wallet).done == 0
    keep_past(person.wallet, draft(), TAXONOMY)
    state = intake_state(person.wallet)
    assert [(part.code, part.count, part.old) for part in state.of(Section.IS)][:2] == [
        ("work", 1, False),
        ("school", 0, False),
    ]
    person.world.now = person.world.now.replace(year=person.world.now.year + 2)
    assert intake_state(person.wallet).parts[0].old


def test_answers_are_kept_in_their_order_and_an_answer_can_change(person):
    first, second, third = SHORT_FORM[:3]
    keep_answers(person.wallet, {second: 2, first: 4})
    keep_answers(person.wallet, {third: None, second: 5, first: 4})
    assert levels(person.wallet) == {first: 4, second: 5}
    assert list(levels(person.wallet)) == [first, second]
    assert skipped(person.wallet) == (third,)
    assert forget_answers(person.wallet)
    assert answers_given(person.wallet) == ()
    with pytest.raises(NothingAnswered):
        forget_answers(person.wallet)


@pytest.mark.parametrize(
    ("given", "error"),
    [
        ({}, NothingAnswered),
        ({"2.A.9.z": 3}, NotAnItem),
        ({"2.A.1.a": 0}, NotALevel),
        ({"2.A.1.a": 6}, NotALevel),
    ],
)
def test_only_questions_of_the_test_are_answered(person, given, error):
    with pytest.raises(error):
        keep_answers(person.wallet, given)
    assert answers_given(person.wallet) == ()


def test_the_result_shows_ten_with_how_they_lie_to_the_european_list(person):
    assert fitting_work(person.wallet, load_onet()) == ()
    keep_answers(person.wallet, {item: 1 + place % 5 for place, item in enumerate(SHORT_FORM)})
    found = fitting_work(person.wallet, load_onet())
    assert [one.place for one in found] == list(range(1, 11))
    assert all(iri in TAXONOMY.occupations for one in found for iri, _ in one.esco)
