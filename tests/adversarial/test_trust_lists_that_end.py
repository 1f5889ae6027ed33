"""What ended, was revoked, is too old or too much; and lists that are led back to what they said before."""

import pytest

from passport.errors.trust import (
    MalformedTrustList,
    NotDelegated,
    TooManyTrustLists,
    TrustListConflict,
    TrustListRollback,
    UnexpectedPublisher,
)
from passport.limits import TRUST
from passport.trust import Revocation, TrustStore, open_trust_lists, verify_trust_list
from tests.simulators.delegating import (
    COMPANY,
    DAY,
    EDUCATOR,
    EMPLOYER,
    OTHER_SECTOR,
    SCHOOL,
    SECTOR,
    SECTOR_LIST,
    WORLD,
    delegates,
    opened,
    sector_list,
    words,
)
from tests.simulators.parties import NOW, recognise


class TestWhatEnds:
    LIST = staticmethod(lambda **members: sector_list(recognise(SCHOOL, EDUCATOR), **members))

    def test_a_delegation_that_ended_takes_its_recognitions_along(self):
        with pytest.raises(UnexpectedPublisher):
            opened(WORLD.trust_list(delegates(SECTOR, valid_until=NOW)), self.LIST())
        held = opened(WORLD.trust_list(delegates(SECTOR)), self.LIST())
        ended = verify_trust_list(
            WORLD.trust_list(delegates(SECTOR, valid_until=NOW), version=2),
            context=WORLD.context,
            expected_publishers={WORLD.registrar.did},
        )
        store = held.updated(ended)
        assert words(store, SCHOOL) == set()
        assert store.ever(SCHOOL.did) == {EDUCATOR}

    def test_a_delegation_that_was_revoked_takes_its_recognitions_along(self):
        held = opened(WORLD.trust_list(delegates(SECTOR)), self.LIST())
        revoked = delegates(SECTOR, revoked=Revocation(NOW - DAY, "Its list was not kept up."))
        newer = verify_trust_list(
            WORLD.trust_list(revoked, version=2),
            context=WORLD.context,
            expected_publishers={WORLD.registrar.did},
        )
        assert words(held.updated(newer), SCHOOL, at=NOW - 10 * DAY) == set()

    @pytest.mark.parametrize("stale", ["the delegator's", "the delegate's"])
    def test_a_list_past_its_date_makes_it_cannot_tell(self, stale):
        past = {"valid_until": NOW - DAY}
        store = opened(
            WORLD.trust_list(delegates(SECTOR), **(past if stale == "the delegator's" else {})),
            self.LIST(**(past if stale == "the delegate's" else {})),
        )
        [found] = store.recognitions(SCHOOL.did, NOW)
        assert not found.fresh

    def test_an_entry_that_was_revoked(self):
        revoked = recognise(SCHOOL, EDUCATOR, revoked=Revocation(NOW - DAY, "Closed."))
        store = opened(WORLD.trust_list(revoked))
        assert words(store, SCHOOL, at=NOW - 10 * DAY) == set()
        assert store.ever(SCHOOL.did) == {EDUCATOR}
        later = recognise(SCHOOL, EDUCATOR, revoked=Revocation(NOW + DAY, "Closes tomorrow."))
        assert words(opened(WORLD.trust_list(later)), SCHOOL) == {EDUCATOR}

    def test_a_whole_list_that_was_revoked(self):
        gone = Revocation(NOW - DAY, "Another list took its place.")
        entry = recognise(SCHOOL, EDUCATOR, revoked=Revocation(NOW - 2 * DAY, "Closed."))
        store = opened(WORLD.trust_list(recognise(COMPANY, EMPLOYER), entry, delegates(SECTOR), revoked=gone))
        assert words(store, COMPANY) == set()
        assert store.delegates(NOW) == frozenset()
        assert store.delegates(NOW - 2 * DAY) == {SECTOR.did}

    def test_a_delegates_list_that_it_revoked_itself(self):
        store = opened(
            WORLD.trust_list(delegates(SECTOR)), self.LIST(revoked=Revocation(NOW, "Made by mistake."))
        )
        assert words(store, SCHOOL) == set()


class TestADowngradeOfTheList:
    def newer(self, source):
        return verify_trust_list(
            source, context=WORLD.context, expected_publishers=(), delegates={SECTOR.did}
        )

    def test_of_a_delegate_to_an_older_version(self):
        held = opened(WORLD.trust_list(delegates(SECTOR)), sector_list(version=2))
        with pytest.raises(TrustListRollback):
            held.updated(self.newer(sector_list(recognise(SCHOOL, EDUCATOR), version=1)))

    def test_of_a_delegate_to_an_older_version_at_another_address(self):
        held = opened(WORLD.trust_list(delegates(SECTOR)), sector_list(version=2))
        with pytest.raises(NotDelegated):
            held.updated(self.newer(sector_list(recognise(SCHOOL, EDUCATOR), list_id=SECTOR_LIST + "?old")))

    def test_one_version_of_a_delegate_with_two_contents(self):
        held = opened(WORLD.trust_list(delegates(SECTOR)), sector_list())
        with pytest.raises(TrustListConflict):
            held.updated(self.newer(sector_list(recognise(SCHOOL, EDUCATOR))))


class TestTooMuch:
    def test_delegations(self):
        def entries(number):
            return [delegates(f"did:web:d{n}.example") for n in range(number)]

        opened(WORLD.trust_list(*entries(TRUST.delegations)))
        with pytest.raises(MalformedTrustList):
            WORLD.trust_list(*entries(TRUST.delegations + 1))

    def test_lists(self):
        lists = [
            verify_trust_list(
                WORLD.trust_list(list_id=f"https://registrar.example/{n}"),
                context=WORLD.context,
                expected_publishers={WORLD.registrar.did},
            )
            for n in range(TRUST.lists + 1)
        ]
        store = TrustStore(lists[:-1])
        with pytest.raises(TooManyTrustLists):
            store.updated(lists[-1])

    def test_a_chain_of_other_names_costs_no_more_than_its_length(self):
        number = 5_000
        chain = [
            recognise(
                f"did:web:n{n}.example", EDUCATOR, also_known_as=frozenset({f"did:web:n{n + 1}.example"})
            )
            for n in range(number)
        ]
        assert len(opened(WORLD.trust_list(*chain)).party("did:web:n0.example")) == number + 1


def test_lists_that_cannot_be_used_are_left_out_one_by_one():
    told = []
    store = open_trust_lists(
        [b"{}", sector_list(publisher=OTHER_SECTOR), WORLD.trust_list(recognise(SCHOOL, EDUCATOR))],
        context=WORLD.context,
        expected_publishers={WORLD.registrar.did},
        left_out=told.append,
    )
    assert words(store, SCHOOL) == {EDUCATOR}
    assert [error.code for error in told] == ["malformed_trust_list", "unexpected_publisher"]
    with pytest.raises(MalformedTrustList):
        opened(b"{}")
