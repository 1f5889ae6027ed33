"""Trust lists that come with a wallet: kept when it is made, offered later, the person's to remove, never back."""

from datetime import UTC, datetime, timedelta

import pytest

from passport.errors import Indeterminate, PassportError
from passport.errors.trust import TrustListConflict, TrustListRollback
from passport.evidence.kinds import Strength
from passport.json import dump
from passport.trust import Recognition
from tests.simulators.house import House
from tests.simulators.parties import ESCO, Party, World, recognise
from tests.simulators.wallets import Employer, Person, demand
from wallet.core import limits
from wallet.core.accept import examine, keep
from wallet.core.requests import take_request
from wallet.core.shipped_lists import (
    NOTHING_SHIPPED,
    Shipped,
    check_shipped,
    keep_all_shipped,
    offered_lists,
    pack_shipped,
    read_shipped,
    take_shipped,
)
from wallet.core.trust_lists import (
    check_decisions,
    decline_list,
    keep_list,
    lists_in_use,
    remove_list,
    verify_incoming,
)
from wallet.core.wallet import Kind
from wallet.errors import UnknownRecord
from wallet.errors_shipped import ShippedListEnded, ShippedListsTooLarge
from wallet.site.shipping import shipped_from

EDUCATOR = Recognition.EDUCATOR
SCHOOL, SECTOR = Party("A school"), Party("A sector")
LIST, OF_SECTOR = "https://registrar.example/list", "https://sector.example/list"


def registrar(world, version=1, **members):
    """Of a registrar that recognises a school, and lets a sector recognise others."""
    return world.trust_list(
        recognise(SCHOOL, EDUCATOR),
        recognise(SECTOR, may_recognise=frozenset({EDUCATOR}), list_id=OF_SECTOR),
        version=version,
        **members,
    )


def sector(world):
    return world.trust_list(recognise(Party("Another"), EDUCATOR), publisher=SECTOR, list_id=OF_SECTOR)


@pytest.fixture
def person():
    return Person()


def shipped(person, version=1):
    return Shipped((sector(person.world), registrar(person.world, version)))


def used(person):
    return {one.id: (one.version, one.chosen, one.shipped) for one in lists_in_use(person.wallet)}


def test_a_new_wallet_has_them_and_a_delegates_list_counts_only_as_far_as_it_is_let(person):
    keep_all_shipped(person.wallet, shipped(person))
    assert used(person) == {LIST: (1, True, True), OF_SECTOR: (1, False, True)}
    assert offered_lists(person.wallet, shipped(person)) == ()


def test_they_stand_in_the_app_as_they_were_signed_with_the_keys_that_checked_them():
    registry = Party.on_the_web("A registrar", "registrar.example")
    person = Person(World(registrar=registry))
    source, document = registrar(person.world), registry.did_document()
    packed = pack_shipped(Shipped((source,), {document.url: document}))
    keep_all_shipped(person.wallet, Shipped((source,)))
    assert used(person) == {}, "its publisher's key is at hand nowhere"
    keep_all_shipped(person.wallet, read_shipped(packed))
    assert used(person) == {LIST: (1, True, True)}, "without asking the network"
    assert read_shipped(b"") is NOTHING_SHIPPED
    two = Shipped((sector(person.world), source))
    assert pack_shipped(two) == pack_shipped(Shipped(two.sources[::-1]))


def test_a_wallet_that_is_there_is_offered_a_newer_one_and_keeps_what_it_has_until_then(person):
    keep_all_shipped(person.wallet, shipped(person))
    newer = shipped(person, 3)
    (offer,) = offered_lists(person.wallet, newer)
    assert (offer.content.version, offer.held, offer.told) == (3, 1, False)
    assert used(person)[LIST] == (1, True, True)
    decline_list(person.wallet, LIST, 3)
    assert [one.told for one in offered_lists(person.wallet, newer)] == [True]
    assert [one.told for one in offered_lists(person.wallet, shipped(person, 4))] == [False]
    take_shipped(person.wallet, newer, LIST)
    assert used(person)[LIST] == (3, True, True)
    check_decisions(person.wallet)


def test_an_older_list_that_comes_with_a_wallet_never_takes_the_place_of_a_newer_one(person):
    old = shipped(person, 1)
    keep_all_shipped(person.wallet, shipped(person, 2))
    keep_all_shipped(person.wallet, old)
    assert offered_lists(person.wallet, old) == ()
    with pytest.raises(TrustListRollback):
        take_shipped(person.wallet, old, LIST)
    remove_list(person.wallet, LIST)
    assert offered_lists(person.wallet, old) == (), "nor of one that was removed"
    with pytest.raises(TrustListRollback):
        take_shipped(person.wallet, old, LIST)
    with pytest.raises(TrustListRollback):
        keep_list(person.wallet, verify_incoming(person.wallet, registrar(person.world), person.world.cache))
    assert [one.told for one in offered_lists(person.wallet, shipped(person, 3))] == [True]


def test_another_publishers_list_under_the_same_address_is_not_offered_and_not_taken(person):
    keep_all_shipped(person.wallet, shipped(person))
    other = Shipped((registrar(person.world, 9, publisher=Party("Somebody else")),))
    assert offered_lists(person.wallet, other) == ()
    with pytest.raises(TrustListConflict):
        take_shipped(person.wallet, other, LIST)
    with pytest.raises(UnknownRecord):
        take_shipped(person.wallet, other, "https://other.example/list")
    person.wallet.save({(Kind.TRUST_LIST, LIST): b'{"source": "{", "publisher": "", "url": null}'})
    assert offered_lists(person.wallet, shipped(person, 2)) == (), "nobody can tell what stood there"


def test_a_decision_that_is_no_number_is_refused_where_a_backup_comes_back(person):
    person.wallet.save({(Kind.SETTING, "trust-lists"): b'{"removed": {"https://a.example": "2"}}'})
    with pytest.raises(TypeError):
        check_decisions(person.wallet)


def test_what_is_not_its_publishers_or_past_its_last_day_or_too_much_does_not_go_along(tmp_path):
    world = World(now=datetime.now(UTC))
    good, ended = registrar(world), registrar(world, valid_until=world.now - timedelta(days=1))
    check_shipped((good, sector(world)), world.cache, world.now)
    with pytest.raises(ShippedListEnded):
        check_shipped((ended,), world.cache, world.now)
    check_shipped((ended,), world.cache, world.now, in_date=False)
    with pytest.raises(TrustListConflict):
        check_shipped((good, good), world.cache, world.now)
    with pytest.raises(ShippedListsTooLarge):
        check_shipped((good, b" " * limits.SHIPPED_LISTS), world.cache, world.now)
    path = tmp_path / "list.json"
    path.write_bytes(good.replace(b"A school", b"A sch00l"))
    with pytest.raises(PassportError):
        shipped_from([path])
    path.write_bytes(good)
    assert [one.id for one in shipped_from([path]).chosen()] == [LIST]
    path.write_bytes(registrar(World(now=world.now, registrar=Party.on_the_web("R", "registrar.invalid"))))
    with pytest.raises(Indeterminate):
        shipped_from([path])
    assert shipped_from([path], strict=False).sources, "kept by nobody before its publisher's key is at hand"


def test_a_worker_who_is_asked_for_more_than_soft_proof_is_told_why_nothing_fits_and_finds_the_way(tmp_path):
    """The whole way on one host: a school's badge, a question, no list, and then the list that came along."""
    house = House(tmp_path / "wallet")
    world = World(now=house.time.now)
    path = tmp_path / "list.json"
    path.write_bytes(registrar(world))
    house.made()
    badge = {"kind": "MicroCredential", "genres": ["examination"], "activity_end": world.now}
    with house.desk.wallet() as wallet:
        document = SCHOOL.issue(wallet.did, [f"{ESCO}weld"], at=world.now - timedelta(days=2), **badge)
        keep(wallet, (examine(dump(document), world.cache, wallet),))
        asker = Employer(world, Party("An employer"))
        profile = asker.profile(
            [demand(f"{ESCO}weld", strength=Strength.HARD)],
            valid_from=world.now - timedelta(days=1),
            valid_until=world.now + timedelta(days=1),
        )
        asked = take_request(wallet, dump(asker.request([], profile=profile)), world.cache)
    page = house.get(f"/request/{asked.id}").text
    assert "Nothing would leave" in page
    assert "On no list in your wallet: A school." in page
    assert '<a href="/backup#lists">' in page
    assert "brings a list" not in house.get("/").text

    house.desk._shipped = shipped_from([path])  # the program starts anew, with a list
    assert "brings a list of recognised parties" in house.get("/").text
    assert "Signed by Registrar." in house.get("/backup").text
    house.post("/trust/offered", 303, list=LIST, decision="leave")
    assert "brings a list" not in house.get("/").text
    house.post("/trust/offered", 303, list=LIST, decision="take")
    assert "Signed by Registrar. It came with this wallet." in house.get("/backup").text
    page = house.get(f"/request/{asked.id}").text
    assert "Nothing would leave" not in page
    assert "On no list" not in page

    house.post("/trust/remove", 303, list=LIST)
    page = house.get("/backup").text
    assert "There is no list yet." in page
    assert "Put it back" in page
    house.post("/undo", 303)
    assert "It came with this wallet." in house.get("/backup").text
    refused = house.post("/trust/offered", 404, list="https://other.example", decision="take")
    assert "notice-no" in refused.text


def test_a_wallet_that_is_made_anew_has_the_lists_and_one_that_comes_back_is_asked(tmp_path):
    house = House(tmp_path / "one")
    world = World(now=house.time.now)
    path = tmp_path / "list.json"
    path.write_bytes(registrar(world))
    house.desk._shipped = found = shipped_from([path])
    house.made()
    with house.desk.wallet() as wallet:
        assert [one.shipped for one in lists_in_use(wallet)] == [True]
        remove_list(wallet, LIST)
        records = {(key.kind, key.id): record.data for key, record in wallet.vault.records.items()}
    other = House(tmp_path / "two")
    other.desk._shipped = found
    other.desk.restore("een korte zin van mij", records)
    with other.desk.wallet() as wallet:
        assert lists_in_use(wallet) == ()
        assert [one.told for one in offered_lists(wallet, found)] == [True], "it was removed, not missed"
