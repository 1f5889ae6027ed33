"""What somebody may try who publishes a trust list, or may publish one for somebody else."""

import base64
import json
from datetime import timedelta

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
from passport.trust import Recognition, Revocation, TrustStore, open_trust_lists, verify_trust_list
from tests.simulators.parties import NOW, Party, World, recognise

DAY = timedelta(days=1)
WORLD = World()
SECTOR, OTHER_SECTOR = Party("Sector"), Party("Other sector")
SCHOOL, COMPANY = Party("School"), Party("Company")
SECTOR_LIST, OTHER_LIST = "https://sector.example/list", "https://other.example/list"
WELDING, BAKING = "https://skills.example/welding", "https://skills.example/baking"
BADGE = "https://badges.example/welder"
EDUCATOR, VALIDATOR, EMPLOYER = Recognition.EDUCATOR, Recognition.VALIDATOR, Recognition.EMPLOYER


def delegates(party, list_id=SECTOR_LIST, words=(EDUCATOR,), recognised=(), **members):
    return recognise(party, *recognised, may_recognise=frozenset(words), list_id=list_id, **members)


def sector_list(*entries, publisher=SECTOR, list_id=SECTOR_LIST, **members):
    return WORLD.trust_list(*entries, publisher=publisher, list_id=list_id, **members)


def opened(*sources, pinned=(WORLD.registrar,)):
    return open_trust_lists(
        sources, context=WORLD.context, expected_publishers={party.did for party in pinned}
    )


def words(store, party, at=NOW, **about):
    did = party if isinstance(party, str) else party.did
    return {each.recognition for each in store.recognitions(did, at, now=NOW, **about) if each.fresh}


def test_a_delegates_list_counts_and_says_through_whom():
    store = opened(sector_list(recognise(SCHOOL, EDUCATOR)), WORLD.trust_list(delegates(SECTOR)))
    [found] = store.recognitions(SCHOOL.did, NOW)
    assert (found.recognition, found.publisher_name, found.list_id) == (EDUCATOR, "Sector", SECTOR_LIST)
    assert found.fresh
    assert found.list_age_days == 30
    assert found.delegator is not None
    assert (found.delegator.publisher_name, found.delegator.list_version) == ("Registrar", 1)
    assert found.delegator.list_age_days == 30


def test_a_delegate_may_be_called_otherwise_by_itself_and_is_shown_as_its_delegator_calls_it():
    boaster = Party("Ministry of All Schools", SECTOR.signer)
    source = sector_list(recognise(SCHOOL, EDUCATOR), publisher=boaster)
    [found] = opened(WORLD.trust_list(delegates(SECTOR)), source).recognitions(SCHOOL.did, NOW)
    assert found.publisher_name == "Sector"


class TestAListThatRecognisesItself:
    def test_by_its_own_did(self):
        assert words(opened(WORLD.trust_list(recognise(WORLD.registrar, EDUCATOR))), WORLD.registrar) == set()

    def test_by_another_did_in_one_entry(self):
        other = Party("Registrar's school")
        entry = recognise(other, EDUCATOR, also_known_as=frozenset({WORLD.registrar.did}))
        assert words(opened(WORLD.trust_list(entry)), other) == set()

    def test_by_another_did_over_two_entries(self):
        between, far = Party("Between"), Party("Far")
        entries = (
            recognise(between, EMPLOYER, also_known_as=frozenset({WORLD.registrar.did})),
            recognise(far, EDUCATOR, also_known_as=frozenset({between.did})),
        )
        store = opened(WORLD.trust_list(*entries))
        assert words(store, far) == words(store, between) == set()

    def test_by_another_did_that_another_list_gives_to_it(self):
        other, government = Party("Registrar's school"), Party("Government")
        known = recognise(other, EMPLOYER, also_known_as=frozenset({WORLD.registrar.did}))
        store = opened(
            WORLD.trust_list(recognise(other, EDUCATOR)),
            sector_list(known, publisher=government),
            pinned=(WORLD.registrar, government),
        )
        assert words(store, other) == {EMPLOYER}

    def test_by_its_key_as_a_did_key(self):
        web = Party.on_the_web("Registrar", "registrar.example")
        world = World(registrar=web)
        world.publish(web.did_document())
        as_key = Party("School", web.signer)
        source = world.trust_list(recognise(as_key, EDUCATOR))
        store = open_trust_lists([source], context=world.context, expected_publishers={web.did})
        assert words(store, as_key) == set()

    @pytest.mark.parametrize("spelling", ["x first", "x last"])
    def test_by_its_key_as_a_did_jwk(self, spelling):
        x = base64.urlsafe_b64encode(WORLD.registrar.signer.public_key.raw).rstrip(b"=").decode()
        jwk = {"kty": "OKP", "crv": "Ed25519", "x": x}
        if spelling == "x first":
            jwk = dict(reversed(jwk.items()))
        did = "did:jwk:" + base64.urlsafe_b64encode(json.dumps(jwk).encode()).rstrip(b"=").decode()
        other = Party("A school that is no key")
        store = opened(
            WORLD.trust_list(
                recognise(did, EDUCATOR), recognise("did:jwk:AAAA", EDUCATOR), recognise(other, EDUCATOR)
            )
        )
        assert words(store, did) == set()
        assert words(store, other) == {EDUCATOR}

    def test_by_a_did_on_the_web_that_signs_with_its_key(self):
        web = Party.on_the_web("School", "school.example", WORLD.registrar.signer)
        store = opened(WORLD.trust_list(recognise(web, EDUCATOR)))
        key = WORLD.registrar.signer.public_key.to_multikey()
        assert store.recognitions(web.did, NOW, signed_with={key}) == ()

    def test_by_a_delegation_to_itself(self):
        own = WORLD.trust_list(delegates(WORLD.registrar))
        with pytest.raises(NotDelegated):
            opened(own).updated(
                verify_trust_list(
                    sector_list(recognise(SCHOOL, EDUCATOR), publisher=WORLD.registrar),
                    context=WORLD.context,
                    expected_publishers=(),
                    delegates=None,
                )
            )

    def test_by_a_delegate_for_itself(self):
        store = opened(WORLD.trust_list(delegates(SECTOR)), sector_list(recognise(SECTOR, EDUCATOR)))
        assert words(store, SECTOR) == set()

    def test_by_a_delegate_for_its_delegator(self):
        store = opened(WORLD.trust_list(delegates(SECTOR)), sector_list(recognise(WORLD.registrar, EDUCATOR)))
        assert words(store, WORLD.registrar) == set()

    def test_by_two_delegates_for_one_another(self):
        store = opened(
            WORLD.trust_list(delegates(SECTOR), delegates(OTHER_SECTOR, OTHER_LIST)),
            sector_list(recognise(OTHER_SECTOR, EDUCATOR), recognise(SCHOOL, EDUCATOR)),
            sector_list(recognise(SECTOR, EDUCATOR), publisher=OTHER_SECTOR, list_id=OTHER_LIST),
        )
        assert words(store, SECTOR) == words(store, OTHER_SECTOR) == set()
        assert words(store, SCHOOL) == {EDUCATOR}

    def test_two_publishers_that_were_both_chosen_may_recognise_one_another(self):
        store = opened(
            WORLD.trust_list(recognise(SECTOR, VALIDATOR)),
            sector_list(recognise(WORLD.registrar, EDUCATOR)),
            pinned=(WORLD.registrar, SECTOR),
        )
        assert words(store, SECTOR) == {VALIDATOR}
        assert words(store, WORLD.registrar) == {EDUCATOR}


class TestADelegateBeyondItsBounds:
    def test_another_word(self):
        store = opened(
            WORLD.trust_list(delegates(SECTOR)), sector_list(recognise(SCHOOL, EDUCATOR, VALIDATOR))
        )
        assert words(store, SCHOOL) == {EDUCATOR}
        assert store.ever(SCHOOL.did) == {EDUCATOR}

    def test_another_skill(self):
        store = opened(
            WORLD.trust_list(delegates(SECTOR, skills=frozenset({WELDING}))),
            sector_list(
                recognise(SCHOOL, EDUCATOR), recognise(COMPANY, EDUCATOR, skills=frozenset({BAKING}))
            ),
        )
        assert words(store, SCHOOL, skills=[WELDING]) == {EDUCATOR}
        assert words(store, SCHOOL, skills=[BAKING]) == set()
        assert words(store, COMPANY, skills=[WELDING, BAKING]) == set()

    def test_a_skill_of_the_delegation_and_another_of_the_entry(self):
        store = opened(
            WORLD.trust_list(delegates(SECTOR, skills=frozenset({WELDING, "https://skills.example/a"}))),
            sector_list(recognise(SCHOOL, EDUCATOR, skills=frozenset({BAKING, "https://skills.example/a"}))),
        )
        assert words(store, SCHOOL, skills=[WELDING, BAKING]) == set()
        assert words(store, SCHOOL, skills=["https://skills.example/a"]) == {EDUCATOR}

    def test_another_achievement(self):
        store = opened(
            WORLD.trust_list(delegates(SECTOR, achievements=frozenset({BADGE}))),
            sector_list(
                recognise(SCHOOL, EDUCATOR),
                recognise(COMPANY, EDUCATOR, achievements=frozenset({BADGE + "/2"})),
            ),
        )
        assert words(store, SCHOOL, achievement=BADGE) == {EDUCATOR}
        assert words(store, SCHOOL, achievement=BADGE + "/2") == set()
        assert words(store, COMPANY, achievement=BADGE + "/2") == set()

    def test_before_the_delegation_began(self):
        store = opened(
            WORLD.trust_list(delegates(SECTOR, valid_from=NOW - 10 * DAY)),
            sector_list(recognise(SCHOOL, EDUCATOR)),
        )
        assert words(store, SCHOOL, at=NOW - 9 * DAY) == {EDUCATOR}
        assert words(store, SCHOOL, at=NOW - 11 * DAY) == set()

    def test_dates_that_never_meet(self):
        store = opened(
            WORLD.trust_list(delegates(SECTOR, valid_from=NOW - 10 * DAY)),
            sector_list(recognise(SCHOOL, EDUCATOR, valid_until=NOW - 20 * DAY)),
        )
        assert store.ever(SCHOOL.did) == frozenset()

    def test_a_second_list_of_its_own(self):
        second = sector_list(recognise(SCHOOL, EDUCATOR), list_id=SECTOR_LIST + "/2")
        with pytest.raises(NotDelegated):
            opened(WORLD.trust_list(delegates(SECTOR)), second)

    def test_a_list_under_the_address_of_the_governments(self):
        government = opened(WORLD.trust_list(delegates(SECTOR)))
        squatting = verify_trust_list(
            sector_list(recognise(SCHOOL, EDUCATOR), list_id="https://registrar.example/next"),
            context=WORLD.context,
            expected_publishers=(),
            delegates=government.delegates(NOW),
        )
        with pytest.raises(NotDelegated):
            government.updated(squatting)

    def test_somebody_else_under_the_delegates_address(self):
        with pytest.raises(UnexpectedPublisher):
            opened(WORLD.trust_list(delegates(SECTOR)), sector_list(publisher=OTHER_SECTOR))

    def test_a_delegate_of_a_delegate(self):
        third = "https://third.example/list"
        root = WORLD.trust_list(delegates(SECTOR))
        second = sector_list(delegates(OTHER_SECTOR, third))
        with pytest.raises(UnexpectedPublisher):
            opened(
                root, second, sector_list(recognise(SCHOOL, EDUCATOR), publisher=OTHER_SECTOR, list_id=third)
            )
        assert opened(root, second).delegates(NOW) == {SECTOR.did}

    def test_that_two_holders_are_one(self):
        """With it the diplomas of one person would count for another."""
        one, other = Party("One"), Party("Other")
        claim = recognise(one, EDUCATOR, also_known_as=frozenset({other.did}))
        store = opened(WORLD.trust_list(delegates(SECTOR)), sector_list(claim))
        assert store.party(one.did) == {one.did}

    def test_an_employer_behind_a_second_name_stays_an_employer(self):
        second = Party("Assessors")
        store = opened(
            WORLD.trust_list(delegates(SECTOR, words=(EMPLOYER, VALIDATOR))),
            sector_list(
                recognise(COMPANY, EMPLOYER),
                recognise(second, VALIDATOR, also_known_as=frozenset({COMPANY.did})),
            ),
        )
        assert store.ever(second.did) == {EMPLOYER, VALIDATOR}


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
