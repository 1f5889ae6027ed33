"""What somebody may try who publishes a trust list, or may publish one for somebody else."""

import base64
import json

import pytest

from passport.errors.trust import (
    NotDelegated,
    UnexpectedPublisher,
)
from passport.trust import TrustStore, open_trust_lists, verify_trust_list
from tests.simulators.delegating import (
    BADGE,
    BAKING,
    COMPANY,
    DAY,
    EDUCATOR,
    EMPLOYER,
    OTHER_LIST,
    OTHER_SECTOR,
    SCHOOL,
    SECTOR,
    SECTOR_LIST,
    VALIDATOR,
    WELDING,
    WORLD,
    delegates,
    opened,
    sector_list,
    words,
)
from tests.simulators.parties import NOW, Party, World, recognise


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


def test_a_delegate_that_calls_a_school_otherwise_is_not_the_one_who_names_it():
    renamed = Party("Ministry of Education", SCHOOL.signer)
    sectors, governments = (
        sector_list(recognise(renamed, EDUCATOR)),
        WORLD.trust_list(delegates(SECTOR), recognise(SCHOOL, EDUCATOR)),
    )
    first, second = opened(governments).updated(opened(governments, sectors).lists[1]).lists
    for lists in ((first, second), (second, first)):
        found = TrustStore(lists).recognitions(SCHOOL.did, NOW)
        assert [each.entry.name for each in found] == ["School", "Ministry of Education"]


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
