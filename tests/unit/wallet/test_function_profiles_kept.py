"""Function profiles and chosen work in the wallet: checked at each use, side by side, gone when forgotten."""

from datetime import timedelta

import pytest

from matching.bundle import load_bundle
from matching.errors import UnknownOccupation
from passport.answers import Answer
from passport.documents import DocumentCache
from passport.errors import PassportError
from passport.errors.evidence import FunctionProfileExpired
from passport.evidence.kinds import Strength
from passport.json import dump
from passport.trust import Recognition
from tests.simulators.parties import NOW, Party
from tests.simulators.wallets import Employer, Person, demand
from wallet.core import limits
from wallet.core.archive import read_archive, write_archive
from wallet.core.chosen_work import choose_work, chosen_work, leave_work
from wallet.core.leaving.readable import gather
from wallet.core.match_profiles import match_profiles
from wallet.core.matches import match_chosen, match_near
from wallet.core.profile import profile_of
from wallet.core.profiles_kept import forget_profile, keep_profile, profile_kept, profiles_kept
from wallet.errors_matching import OlderProfile, TooManyProfiles, TooMuchWorkChosen, UnknownProfile

TAXONOMY = load_bundle()
WELD, READ, CUT = TAXONOMY.skills.iris[:3]


@pytest.fixture
def person():
    return Person()


@pytest.fixture
def employer(person):
    return Employer(person.world)


def take(person, employer, *demands, **changes):
    return keep_profile(person.wallet, dump(employer.profile(demands, **changes)), person.world.cache)


def forged(employer, **changes):
    return dump({**employer.profile([demand(WELD)]), **changes})


def test_a_profile_is_kept_as_its_publisher_signed_it(person, employer):
    kept = take(person, employer, demand(WELD, "lassen"))
    person.wallet.keep_documents(person.world.cache)
    [again] = profiles_kept(person.wallet)
    assert (again.id, again.answer, again.name("nl")) == (kept.id, Answer.YES, "Lasser")
    assert profile_kept(person.wallet, kept.id).profile == kept.profile


def test_a_profile_that_nobody_signed_so_is_not_kept(person, employer):
    with pytest.raises(PassportError):
        keep_profile(person.wallet, forged(employer, version=7), person.world.cache)
    assert profiles_kept(person.wallet) == ()


def test_a_newer_version_replaces_an_older_one_and_never_the_other_way(person, employer):
    take(person, employer, demand(WELD), version=1)
    take(person, employer, demand(READ), version=3)
    [kept] = profiles_kept(person.wallet)
    assert kept.profile.version == 3
    with pytest.raises(OlderProfile):
        take(person, employer, demand(WELD), version=2)


def test_another_publisher_does_not_take_the_place_of_a_profile(person, employer):
    take(person, employer, demand(WELD))
    other = Employer(person.world, Party("Somebody else"))
    take(person, other, demand(READ), version=9)
    assert len(profiles_kept(person.wallet)) == 2


def test_a_profile_that_ended_is_shown_as_that_and_comes_last(person, employer):
    ended = take(person, employer, demand(WELD), valid_until=NOW + timedelta(days=1))
    take(person, employer, demand(READ), profile_id="https://employer.example/profiles/2")
    person.wallet.keep_documents(person.world.cache)
    person.world.now = NOW + timedelta(days=2)
    found = match_profiles(person.wallet, TAXONOMY, language="en")
    assert found[-1].kept.id == ended.id
    assert found[-1].kept.answer is Answer.NO
    assert found[-1].kept.reason.code == FunctionProfileExpired.code


def test_without_the_publishers_key_nobody_can_tell(person, employer):
    take(person, employer, demand(WELD))
    [kept] = profiles_kept(person.wallet, DocumentCache())
    assert kept.answer is Answer.CANNOT_TELL


def test_many_profiles_stand_beside_each_other_and_proof_is_a_second_view(person, employer):
    school = Party("School")
    person.trust((school, Recognition.EDUCATOR))
    person.take(school.issue(person.wallet.did, [WELD], kind="Diploma", activity_end=NOW))
    take(person, employer, demand(WELD), demand(READ), profile_id="https://employer.example/p/half")
    take(person, employer, demand(WELD, strength=Strength.HARD), profile_id="https://employer.example/p/all")
    take(person, employer, demand(CUT), profile_id="https://employer.example/p/none")
    person.wallet.keep_documents(person.world.cache)
    found = match_profiles(person.wallet, TAXONOMY, language="en")
    assert [float(one.comparison.essential.fraction) for one in found] == [1.0, 0.5, 0.0]
    assert [one.kept.profile.id.rpartition("/")[2] for one in found] == ["all", "half", "none"]
    assert [one.proven for one in found] == [1, 1, 0]


def test_there_is_an_end_to_profiles_and_to_chosen_work(person, employer, monkeypatch):
    monkeypatch.setattr(limits, "PROFILES", 1)
    monkeypatch.setattr(limits, "CHOSEN_WORK", 1)
    take(person, employer, demand(WELD))
    with pytest.raises(TooManyProfiles):
        take(person, employer, demand(WELD), profile_id="https://employer.example/profiles/2")
    choose_work(person.wallet, TAXONOMY.occupations.iris[0], TAXONOMY)
    choose_work(person.wallet, TAXONOMY.occupations.iris[0], TAXONOMY)
    with pytest.raises(TooMuchWorkChosen):
        choose_work(person.wallet, TAXONOMY.occupations.iris[1], TAXONOMY)


def test_what_is_forgotten_is_gone(person, employer):
    kept = take(person, employer, demand(WELD))
    choose_work(person.wallet, TAXONOMY.occupations.iris[0], TAXONOMY)
    forget_profile(person.wallet, kept.id)
    leave_work(person.wallet, TAXONOMY.occupations.iris[0])
    leave_work(person.wallet, TAXONOMY.occupations.iris[0])
    assert profiles_kept(person.wallet) == ()
    assert chosen_work(person.wallet) == ()
    for forgotten in (
        lambda: forget_profile(person.wallet, kept.id),
        lambda: profile_kept(person.wallet, kept.id),
    ):
        with pytest.raises(UnknownProfile):
            forgotten()


def test_both_leave_with_the_person(person, employer):
    kept = take(person, employer, demand(WELD))
    occupation = TAXONOMY.occupations.iris[0]
    choose_work(person.wallet, occupation, TAXONOMY)
    records = read_archive(write_archive(person.wallet, with_seed=True))
    assert {("profile", kept.id), ("chosen-work", occupation)} <= set(records)
    files = gather(person.wallet).files
    assert any(occupation.encode() in data for data in files.values())


def test_only_work_of_the_taxonomy_is_chosen_and_stands_at_its_place(person):
    with pytest.raises(UnknownOccupation):
        choose_work(person.wallet, "urn:work", TAXONOMY)
    for number in (5, 9):
        choose_work(person.wallet, TAXONOMY.occupations.iris[number], TAXONOMY)
    chosen = (*chosen_work(person.wallet), "urn:of-another-release")
    found = match_chosen(profile_of(person.wallet), chosen, TAXONOMY, language="nl")
    assert len(found) == 2
    assert [one.ranked.place for one in found] == sorted(one.ranked.place for one in found)


def test_near_work_is_counted_from_one(person):
    found = match_near(profile_of(person.wallet), TAXONOMY.occupations.iris[7], TAXONOMY, language="nl")
    assert [one.ranked.place for one in found] == list(range(1, len(found) + 1))
