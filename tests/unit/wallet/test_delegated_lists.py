"""Trust lists in the wallet: those of delegates come along, within their bounds, and no list goes back."""

import json

import pytest

from passport.errors.trust import (
    NotDelegated,
    TrustListConflict,
    TrustListRollback,
    UnexpectedPublisher,
)
from passport.trust import Recognition, Revocation
from tests.simulators.parties import NOW, Party, World, recognise
from tests.simulators.serving import serving
from tests.simulators.showing import Site
from tests.simulators.wallets import Person, QuickSodium
from wallet.core.shelf import trust
from wallet.core.trust_lists import addresses, delegated_addresses, keep_list, verify_incoming
from wallet.core.wallet import Kind
from wallet.desk.lists import refresh, take_list
from wallet.desktop.desk import Desk
from wallet.desktop.keeper import Keeper
from wallet.desktop.settings import WalletSettings

EDUCATOR = Recognition.EDUCATOR
SECTOR, SCHOOL = Party("Sector"), Party("School")
PLACE = "https://sector.example/list"


def government(world, version=1, place=PLACE, **members):
    entry = recognise(SECTOR, may_recognise=frozenset({EDUCATOR}), list_id=place, **members)
    return world.trust_list(entry, version=version)


def sectors(world, *entries, place=PLACE, **members):
    return world.trust_list(
        *(entries or (recognise(SCHOOL, EDUCATOR),)), publisher=SECTOR, list_id=place, **members
    )


def take(person, source, *, delegated=False):
    verified = verify_incoming(person.wallet, source, person.world.cache, delegated=delegated)
    keep_list(person.wallet, verified, url=verified.content.id)


def words(person):
    found = trust(person.wallet).recognitions(SCHOOL.did, NOW)
    return [(each.recognition, each.delegator and each.delegator.publisher_name) for each in found]


def test_a_delegates_list_is_kept_as_that():
    person = Person()
    with pytest.raises(UnexpectedPublisher):
        take(person, sectors(person.world), delegated=True)
    take(person, government(person.world))
    assert delegated_addresses(person.wallet) == (PLACE,)
    take(person, sectors(person.world), delegated=True)
    assert words(person) == [(EDUCATOR, "Registrar")]
    assert list(addresses(person.wallet)) == ["https://registrar.example/list"]


def test_a_delegates_other_list_is_not_kept():
    person = Person()
    take(person, government(person.world))
    with pytest.raises(NotDelegated):
        take(person, sectors(person.world, place=PLACE + "/2"), delegated=True)


def test_a_delegation_that_is_revoked_takes_its_recognitions_along():
    person = Person()
    take(person, government(person.world))
    take(person, sectors(person.world), delegated=True)
    take(person, government(person.world, 2, revoked=Revocation(NOW, "Not kept up.")))
    assert words(person) == []
    assert delegated_addresses(person.wallet) == ()


def test_a_delegates_list_that_the_person_chose_stays_chosen():
    person = Person()
    take(person, government(person.world))
    take(person, sectors(person.world))
    assert delegated_addresses(person.wallet) == ()
    assert words(person) == [
        (EDUCATOR, None),
    ]


def test_a_downgrade_of_a_list_that_cannot_be_verified_at_the_moment():
    """The publisher's site is away, so the kept list counts for nothing now: it is not forgotten."""
    person = Person(World(registrar=Party.on_the_web("Registrar", "registrar.example")))
    person.world.publish(person.world.registrar.did_document())
    take(person, person.world.trust_list(version=2))
    assert trust(person.wallet).lists == ()
    with pytest.raises(TrustListRollback):
        take(person, person.world.trust_list(recognise(SCHOOL, EDUCATOR), version=1))
    with pytest.raises(TrustListConflict):
        take(person, person.world.trust_list(recognise(SCHOOL, EDUCATOR), version=2))


class TestOnTheDesk:
    @pytest.fixture
    def desk(self, tmp_path):
        settings = WalletSettings(tmp_path / "wallet", allow_loopback=True)
        made = Desk(settings, keeper=Keeper(settings.folder, crypto=QuickSodium()))
        made.create("een korte zin van mij")
        yield made
        made.close()

    def test_lists_of_delegates_are_fetched_and_never_go_back(self, desk):
        site, world = Site(), World()
        with serving(site.app()) as address, desk.wallet() as wallet:
            world.now = wallet.now()
            place = f"{address}/sector"
            entry = recognise(SECTOR, may_recognise=frozenset({EDUCATOR}), list_id=place)
            site.documents["root"] = world.trust_list(entry, list_id=f"{address}/root")
            site.documents["sector"] = sectors(world, place=place, version=2)
            take_list(desk, wallet, f"{address}/root")
            assert [each.pinned for each in trust(wallet).lists] == [True, False]
            assert trust(wallet).recognitions(SCHOOL.did, wallet.now())[0].publisher_name == "Sector"
            site.documents["sector"] = sectors(world, place=place, version=1)
            refresh(desk, wallet)
            kept = json.loads(wallet.vault.of_kind(Kind.TRUST_LIST)[place])
            assert json.loads(kept["source"])["version"] == 2
            site.documents["sector"] = sectors(
                world, recognise(Party("Other"), EDUCATOR), place=place, version=3
            )
            refresh(desk, wallet)
            assert trust(wallet).recognitions(SCHOOL.did, wallet.now()) == ()
