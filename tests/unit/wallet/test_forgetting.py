"""Forgotten is gone: from the file, from its older copy, from what was written beside it, from memory in a minute."""

import base64
import gc
import secrets
from datetime import UTC, datetime, timedelta

import pytest

from tests.simulators.parties import ESCO, NOW, Party, status_entry
from tests.simulators.wallets import Person, QuickSodium
from wallet.core import limits
from wallet.core.forget import forget, forget_file, forget_journal, put_back
from wallet.core.imported import Described, imported, take_in
from wallet.core.journal import Way, journal, journal_records
from wallet.core.vault import open_vault
from wallet.core.vault.sealing import record_context, unseal
from wallet.core.wallet import FIRST, Kind, key_records
from wallet.desk.undo import Undo
from wallet.desktop.keeper import Keeper
from wallet.errors import TamperedVault, UnknownRecord, VaultNotSaved
from wallet.errors_leaving import NotPutBack

PASSPHRASE = "een korte zin van mij"
MARKER = b"MARKER-OF-WHAT-IS-FORGOTTEN"


def everything(wallet):
    return {(key.kind, key.id): record.data for key, record in wallet.vault.records.items()}


@pytest.fixture
def disk(tmp_path):
    """A wallet on a real disk."""
    keeper = Keeper(tmp_path / "wallet", crypto=QuickSodium())
    wallet, words = keeper.create(PASSPHRASE)
    return keeper, wallet, words


def on_disk(keeper):
    return b"".join(path.read_bytes() for path in keeper.folder.iterdir() if path.is_file())


def test_no_sealed_copy_of_what_was_forgotten_is_left_and_its_key_is_gone(disk):
    keeper, wallet, _ = disk
    wallet.save({(Kind.FILE, "urn:uuid:1"): MARKER, (Kind.FILE, "urn:uuid:2"): b"stays"})
    wallet.save({(Kind.PROFILE, "later"): b"{}"})
    old = wallet.vault
    sealed = {key: record.sealed for key, record in old.records.items()}
    whole = keeper.file.read()
    assert all(text in on_disk(keeper) for text in sealed.values())
    forget_file(wallet, "urn:uuid:1")
    left = on_disk(keeper)
    assert not any(text in left for text in sealed.values()), "everything is sealed again, by another key"
    assert MARKER not in left
    assert not keeper.file.previous.exists()
    assert wallet.vault.data_key != old.data_key
    for key, record in wallet.vault.records.items():
        with pytest.raises(TamperedVault):
            unseal(
                QuickSodium(),
                old.data_key,
                record.sealed,
                record_context(wallet.vault.header.vault_id, record.revision, key),
            )
    # what no program can do: a copy of the whole file that somebody took before still opens (docs/leaving.md)
    copied = open_vault(whole, crypto=QuickSodium(), random=secrets.token_bytes, secret=PASSPHRASE)
    assert copied.get(Kind.FILE, "urn:uuid:1") == MARKER


def test_the_words_and_the_passphrase_open_what_is_left(disk):
    keeper, wallet, words = disk
    wallet.save({(Kind.FILE, "urn:uuid:1"): MARKER})
    forget_file(wallet, "urn:uuid:1")
    for secret in (PASSPHRASE, words):
        assert everything(keeper.unlock(secret)) == everything(wallet)


def test_what_was_left_behind_by_a_stopped_program_goes_when_the_wallet_is_held(disk):
    keeper, wallet, _ = disk
    for name in ("vault.new", "vault.linked", "vault.gone", "unlock.json.new", "vault.revision.new"):
        (keeper.folder / name).write_bytes(MARKER)
    with keeper.opened(PASSPHRASE) as again:
        assert again.did == wallet.did
    assert MARKER not in on_disk(keeper)


def test_nothing_of_a_destroyed_wallet_is_left(disk):
    keeper, wallet, _ = disk
    wallet.save({(Kind.PROFILE, "x"): b"{}"})
    keeper.file.destroy()
    assert [path.name for path in keeper.folder.iterdir()] in ([], ["vault.lock"])


def test_an_erasure_that_the_disk_refuses_is_none(disk, monkeypatch):
    keeper, wallet, _ = disk
    wallet.save({(Kind.FILE, "urn:uuid:1"): MARKER})
    before = everything(wallet)

    def fail(*_arguments):
        raise OSError(28, "no space")

    with monkeypatch.context() as patched:
        patched.setattr("os.fsync", fail)
        with pytest.raises(VaultNotSaved):
            forget_file(wallet, "urn:uuid:1")
        with pytest.raises(VaultNotSaved):
            keeper.file.destroy()
    assert everything(wallet) == everything(keeper.unlock(PASSPHRASE)) == before


class TestOneCredential:
    @pytest.fixture
    def person(self):
        return Person()

    def test_it_goes_with_its_receipt_confirmations_and_what_was_fetched_for_it_alone(self, person):
        near = Party.on_the_web("Near", "near.example")
        far = Party.on_the_web("Far", "far.example")
        person.world.publish(near.did_document(), far.did_document())
        stays = person.take(near.issue(person.wallet.did, [f"{ESCO}weld"]))
        goes = person.take(far.issue(person.wallet.did, [f"{ESCO}cook"]))
        urls = set(person.wallet.vault.of_kind(Kind.DOCUMENT))
        assert {url.split("/")[2] for url in urls} == {"near.example", "far.example"}
        forget(person.wallet, goes.id)
        assert set(person.wallet.vault.of_kind(Kind.CREDENTIAL)) == {stays.id}
        assert set(person.wallet.vault.of_kind(Kind.RECEIPT)) == {stays.id}
        left = person.wallet.vault.of_kind(Kind.DOCUMENT)
        assert {url.split("/")[2] for url in left} == {"near.example"}

    def test_a_list_that_others_need_as_well_stays(self, person):
        url = "https://near.example/status/1"
        near = Party.on_the_web("Near", "near.example")
        person.world.publish(near.did_document(), near.status_list(url))
        both = [
            person.take(near.issue(person.wallet.did, [skill], status=[status_entry(url, position)]))
            for position, skill in enumerate((f"{ESCO}weld", f"{ESCO}cook"))
        ]
        before = set(person.wallet.vault.of_kind(Kind.DOCUMENT))
        forget(person.wallet, both[0].id)
        assert set(person.wallet.vault.of_kind(Kind.DOCUMENT)) == before
        forget(person.wallet, both[1].id)
        assert person.wallet.vault.of_kind(Kind.DOCUMENT) == {}

    def test_copies_under_keys_of_their_own_go_with_those_keys(self, person):
        made = person.take(Party("A school").issue(person.wallet.did, [f"{ESCO}weld"]))
        key = "copy-1"
        person.wallet.save({(Kind.COPY, f"{made.id} {key}"): b"{}", **key_records(key, person.wallet.random)})
        forget(person.wallet, made.id)
        assert person.wallet.vault.of_kind(Kind.COPY) == {}
        assert set(person.wallet.vault.of_kind(Kind.SEED)) == {FIRST}

    def test_what_is_not_here_can_not_be_forgotten(self, person):
        for look in (forget, forget_file):
            with pytest.raises(UnknownRecord):
                look(person.wallet, "0" * 32)


def test_a_diploma_is_forgotten_with_what_is_known_of_it():
    person = Person()
    one = take_in(person.wallet, b"%PDF-1.4\n%%EOF", described=Described(title="T", institution="I"))
    forget_file(person.wallet, one.evidence_id)
    assert imported(person.wallet) == ()
    assert person.wallet.vault.of_kind(Kind.FILE) == {}


def test_a_part_of_the_journal_is_forgotten():
    person = Person()
    for day in range(1, 6):
        person.world.now = datetime(2027, 3, day, 12, tzinfo=UTC)
        person.wallet.save(journal_records(person.wallet, Way.SHOWN))
    revision = person.wallet.vault.revision
    assert forget_journal(person.wallet, datetime(2028, 1, 1, tzinfo=UTC)) == {}
    assert person.wallet.vault.revision == revision
    gone = forget_journal(person.wallet, datetime(2027, 3, 2, tzinfo=UTC), datetime(2027, 3, 4, tzinfo=UTC))
    assert len(gone) == 2
    assert [entry.at.day for entry in journal(person.wallet)] == [5, 4, 1]
    forget_journal(person.wallet)
    assert journal(person.wallet) == ()


class TestUndo:
    @pytest.fixture
    def person(self):
        return Person()

    @pytest.fixture
    def undo(self, person):
        return Undo(person.wallet.clock)

    def test_for_a_minute_it_can_be_put_back_as_it_was(self, person, undo):
        made = person.take(Party("A school").issue(person.wallet.did, [f"{ESCO}weld"]))
        before = everything(person.wallet)
        undo.keep(forget(person.wallet, made.id))
        person.world.now = NOW + timedelta(seconds=limits.UNDO_SECONDS - 1)
        assert undo.offered
        undo.put_back(person.wallet)
        assert everything(person.wallet) == before
        with pytest.raises(NotPutBack):
            undo.put_back(person.wallet)

    def test_after_a_minute_it_is_in_no_memory(self, person, undo):
        marker = base64.b64encode(secrets.token_bytes(600))
        person.wallet.save({(Kind.FILE, "urn:uuid:1"): marker})
        undo.keep(forget_file(person.wallet, "urn:uuid:1"))
        person.world.now = NOW + timedelta(seconds=limits.UNDO_SECONDS)
        undo.expire()
        assert not undo.offered
        assert not [each for each in gc.get_referrers(marker) if isinstance(each, dict)]
        with pytest.raises(NotPutBack):
            undo.put_back(person.wallet)

    def test_only_the_last_can_be_put_back_and_nothing_is_no_offer(self, person, undo):
        person.wallet.save({(Kind.FILE, f"urn:uuid:{number}"): b"x" for number in range(2)})
        undo.keep(forget_file(person.wallet, "urn:uuid:0"))
        undo.keep(forget_file(person.wallet, "urn:uuid:1"))
        undo.keep({})
        undo.put_back(person.wallet)
        assert set(person.wallet.vault.of_kind(Kind.FILE)) == {"urn:uuid:1"}

    def test_what_came_in_its_place_stays(self, person):
        person.wallet.save({(Kind.PROFILE, "p"): b"new"})
        put_back(person.wallet, {(Kind.PROFILE, "p"): b"old", (Kind.PROFILE, "q"): b"old"})
        assert person.wallet.vault.of_kind(Kind.PROFILE) == {"p": b"new", "q": b"old"}
