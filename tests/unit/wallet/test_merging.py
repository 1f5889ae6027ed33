"""A backup beside a wallet that holds something: what is new comes in, what is here stays, nobody is mixed up."""

import secrets
from collections import Counter

import pytest

from passport.keys import KeyType
from passport.trust import Recognition
from tests.simulators.parties import ESCO, Party
from tests.simulators.wallets import Person
from wallet.core import limits
from wallet.core.archive import read_archive, write_archive
from wallet.core.journal import Way, journal_records
from wallet.core.merging import Found, compare, merge
from wallet.core.shelf import kept
from wallet.core.trial import check_records
from wallet.core.wallet import FIRST, SECOND, Kind
from wallet.errors import VaultNotSaved, VaultTooLarge
from wallet.errors_leaving import NothingNew, OtherHolder

WELD, COOK = f"{ESCO}weld", f"{ESCO}cook"


@pytest.fixture
def school():
    return Party("A school")


@pytest.fixture
def person(school):
    """Holds a credential, a file, a line of the journal and a trust list."""
    person = Person()
    person.trust((school, Recognition.EDUCATOR))
    person.take(school.issue(person.wallet.did, [WELD]))
    person.wallet.save(
        {
            (Kind.FILE, "urn:uuid:1"): secrets.token_bytes(50),
            (Kind.SKILL_MAP, "p"): b'{"a":1}',
            **journal_records(person.wallet, Way.SHOWN),
        }
    )
    return person


def everything(wallet):
    return {(key.kind, key.id): record.data for key, record in wallet.vault.records.items()}


def backup_of(person, *, with_seed=True):
    records = read_archive(write_archive(person.wallet, with_seed=with_seed))
    return check_records(records, clock=person.wallet.clock, random=secrets.token_bytes)


def second_device(person, *, with_seed=True):
    other = Person(person.world)
    other.wallet.save(
        read_archive(write_archive(person.wallet, with_seed=with_seed)),
        frozenset(set() if with_seed else {(Kind.SEED, FIRST)}),
    )
    return other


def test_an_empty_wallet_takes_over_the_same_wallet_byte_for_byte(person):
    other = second_device(person)
    assert everything(other.wallet) == everything(person.wallet)
    assert set(compare(person.wallet, backup_of(other)).records.values()) == {Found.SAME}


def test_what_is_new_comes_in_and_what_is_here_stays(person, school):
    other = second_device(person)
    new = other.take(school.issue(other.wallet.did, [COOK]))
    other.wallet.save({(Kind.SKILL_MAP, "p"): b'{"a":2}', (Kind.SKILL_MAP, "q"): b"{}"})
    mine = person.take(school.issue(person.wallet.did, [f"{ESCO}sail"]))
    before = everything(person.wallet)
    backup = backup_of(other)
    seen = compare(person.wallet, backup)
    assert everything(person.wallet) == before, "looking changes nothing"
    revision = person.wallet.vault.revision
    found = merge(person.wallet, backup)
    assert found == seen
    assert person.wallet.vault.revision == revision + 1, "one write, so a crash leaves all of it or none"
    assert {one.id for one in kept(person.wallet)} >= {new.id, mine.id}
    assert person.wallet.vault.get(Kind.CREDENTIAL, new.id) == other.wallet.vault.get(Kind.CREDENTIAL, new.id)
    assert person.wallet.vault.get(Kind.SKILL_MAP, "p") == b'{"a":1}', "never written over"
    assert found.counted()[Kind.SKILL_MAP] == Counter({Found.NEW: 1, Found.DIFFERENT: 1})
    after = everything(person.wallet)
    assert all(after[place] == data for place, data in before.items())


def test_what_is_here_already_is_said_so(person):
    with pytest.raises(NothingNew):
        merge(person.wallet, backup_of(person))


def test_another_persons_backup_is_explained_and_not_taken_over(person, school):
    stranger = Person(person.world)
    stranger.take(school.issue(stranger.wallet.did, [COOK]))
    before = everything(person.wallet)
    found = compare(person.wallet, backup_of(stranger))
    assert found.other_holder
    assert found.did == stranger.wallet.did
    with pytest.raises(OtherHolder):
        merge(person.wallet, backup_of(stranger))
    assert everything(person.wallet) == before


def test_the_key_comes_back_with_a_backup_that_holds_it(person):
    other = second_device(person, with_seed=False)
    assert not other.wallet.has_key
    backup = backup_of(person)
    assert compare(other.wallet, backup).brings_key
    merge(other.wallet, backup)
    assert other.wallet.holder.did == person.wallet.did


def test_a_second_key_of_another_device_takes_nobodys_place(person):
    """Both devices made a second key: each keeps its own, and no key lies beside another's identifier."""
    other = second_device(person, with_seed=False)
    other.wallet.save({(Kind.SEED, FIRST): person.wallet.vault.get(Kind.SEED, FIRST)})
    mine = person.wallet.holder_with(KeyType.P256)
    theirs = other.wallet.holder_with(KeyType.P256)
    assert mine.did != theirs.did
    with pytest.raises(NothingNew):
        merge(person.wallet, backup_of(other))
    assert person.wallet.holder_with(KeyType.P256).did == mine.did
    person.wallet.save(remove=frozenset({(Kind.SEED, SECOND)}))
    with pytest.raises(NothingNew):
        merge(person.wallet, backup_of(other))
    assert SECOND not in person.wallet.vault.of_kind(Kind.SEED)


def test_a_merge_that_could_not_be_saved_changes_nothing(person, school):
    other = second_device(person)
    other.take(school.issue(other.wallet.did, [COOK]))
    before = everything(person.wallet)
    person.store.fail = VaultNotSaved()
    with pytest.raises(VaultNotSaved):
        merge(person.wallet, backup_of(other))
    assert everything(person.wallet) == before


def test_files_of_two_devices_stay_within_what_a_wallet_may_hold(person, monkeypatch):
    other = second_device(person)
    other.wallet.save({(Kind.FILE, "urn:uuid:2"): bytes(60)})
    monkeypatch.setattr(limits, "FILES_TOGETHER", 109)
    with pytest.raises(VaultTooLarge):
        merge(person.wallet, backup_of(other))
    monkeypatch.setattr(limits, "FILES_TOGETHER", 110)
    merge(person.wallet, backup_of(other))


def test_fetched_documents_stay_within_their_bound(person, monkeypatch):
    other = second_device(person)
    person.world.publish(*(Party.on_the_web("X", f"{n}.example").did_document() for n in range(3)))
    other.wallet.keep_documents(person.world.cache)
    monkeypatch.setattr(limits, "DOCUMENTS", 2)
    merge(person.wallet, backup_of(other))
    assert len(person.wallet.vault.of_kind(Kind.DOCUMENT)) == 2
