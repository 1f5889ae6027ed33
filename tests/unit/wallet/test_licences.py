"""Licences in the wallet: until when they hold, from when to think of renewing, and the newest of a number."""

from datetime import timedelta

import pytest

from tests.simulators.parties import NOW, Party, status_entry
from tests.simulators.wallets import Person
from wallet.core import limits
from wallet.core.licences import RenewalState, licences, to_renew

DAY = timedelta(days=1)
LIST = "https://register.example/status/1"


@pytest.fixture
def person():
    return Person()


@pytest.fixture(scope="module")
def register():
    return Party("Register")


def take(person, register, *, days=None, number="N-1", kind="License", **members):
    until = None if days is None else NOW + days * DAY
    badge = register.issue(
        person.wallet.did, ["urn:skill:1"], kind=kind, valid_until=until, license_number=number, **members
    )
    person.take(badge)


@pytest.mark.parametrize(
    ("days", "state"),
    [
        (limits.RENEW_BEFORE_DAYS + 1, RenewalState.IN_FORCE),
        (limits.RENEW_BEFORE_DAYS, RenewalState.RENEW_SOON),
        (1, RenewalState.RENEW_SOON),
        (0, RenewalState.EXPIRED),
        (None, RenewalState.IN_FORCE),
    ],
)
def test_ninety_days_before_its_end_a_licence_is_to_be_renewed(person, register, days, state):
    take(person, register, days=days, valid_from=NOW - 500 * DAY)
    [found] = licences(person.wallet)
    assert found.state is state
    assert bool(to_renew(person.wallet)) is (state in {RenewalState.RENEW_SOON, RenewalState.EXPIRED})


def test_of_one_number_the_newest_counts(person, register):
    take(person, register, days=30)
    take(person, register, days=1_000)
    take(person, register, days=40, number="N-2")
    found = licences(person.wallet)
    assert [(each.number, each.days_left) for each in found] == [("N-2", 40), ("N-1", 1_000)]


def test_a_licence_without_a_number_stands_for_itself(person, register):
    for days in (100, 200):
        take(person, register, days=days, number=None, kind="Certification")
    assert [each.days_left for each in licences(person.wallet)] == [100, 200]


def test_what_is_no_licence_is_not_listed(person, register):
    take(person, register, days=30, number=None, kind="Diploma")
    assert licences(person.wallet) == ()


def test_suspended_and_unchecked_are_told_apart(person, register):
    entry = status_entry(LIST, 3, "suspension")
    take(person, register, days=300, status=[entry])
    assert [each.state for each in licences(person.wallet)] == [RenewalState.CANNOT_TELL]
    person.world.publish(register.status_list(LIST, revoked=[3], purpose="suspension"))
    person.wallet.keep_documents(person.world.cache)
    assert [each.state for each in licences(person.wallet)] == [RenewalState.WITHDRAWN]
