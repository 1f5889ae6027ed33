"""A wallet on disk: made, opened, held, backed up, restored; the backup opens with plain age as well."""

import json
import re
from datetime import UTC, datetime, timedelta

import pytest

from passport.documents import DocumentCache, Fetched
from tests.simulators.age_files import opened_by_age
from tests.simulators.age_files import sealed as sealed_quickly
from wallet.core import limits
from wallet.core.archive import read_archive, write_archive
from wallet.core.journal import Way, journal, journal_records
from wallet.core.recovery import RecoveryKey
from wallet.core.wallet import Kind
from wallet.desktop.backup import open_backup, seal_backup
from wallet.desktop.keeper import Keeper
from wallet.desktop.sodium import Sodium
from wallet.errors import (
    MalformedBackup,
    NoHolderKey,
    PassphraseTooShort,
    RolledBackVault,
    VaultExists,
    WrongBackupPassphrase,
    WrongPassphrase,
)
from wallet.errors_leaving import BackupTooHeavy

PASSPHRASE = "een korte zin van mij"


class QuickSodium(Sodium):
    def derive(self, passphrase, salt, *, memory, passes, lanes):
        return super().derive(passphrase, salt, memory=8, passes=1, lanes=1)


@pytest.fixture
def keeper(tmp_path):
    return Keeper(tmp_path / "wallet", crypto=QuickSodium())


def test_a_wallet_that_was_made_opens_again_with_the_same_holder(keeper):
    wallet, recovery = keeper.create(PASSPHRASE)
    assert wallet.did.startswith("did:key:z6Mk")
    for secret in (PASSPHRASE, RecoveryKey.from_words(recovery.words())):
        again = keeper.unlock(secret)
        assert again.did == wallet.did
        assert again.holder.did == wallet.did
    with pytest.raises(WrongPassphrase):
        keeper.unlock("een andere zin van mij")
    with pytest.raises(VaultExists):
        keeper.create(PASSPHRASE)


def test_an_old_vault_put_back_is_noticed_and_can_be_accepted_knowingly(keeper):
    wallet, _ = keeper.create(PASSPHRASE)
    old = keeper.file.read()
    wallet.save({(Kind.PROFILE, "x"): b"1"})
    keeper.file.path.write_bytes(old)
    with pytest.raises(RolledBackVault):
        keeper.unlock(PASSPHRASE)
    assert keeper.unlock(PASSPHRASE, accept_older=True).did == wallet.did


def test_an_accepted_older_vault_opens_from_then_on(keeper):
    wallet, _ = keeper.create(PASSPHRASE)
    old = keeper.file.read()
    wallet.save({(Kind.PROFILE, "x"): b"1"})
    keeper.file.path.write_bytes(old)
    keeper.unlock(PASSPHRASE, accept_older=True)
    keeper.unlock(PASSPHRASE)


def test_fetched_documents_are_bounded_and_the_oldest_go(keeper):
    wallet, _ = keeper.create(PASSPHRASE)
    start = datetime(2027, 1, 1, tzinfo=UTC)

    def fetched(number):
        return Fetched(f"https://{number}.example", b"{}", start + timedelta(minutes=number))

    wallet.keep_documents(DocumentCache.of(fetched(number) for number in range(limits.DOCUMENTS)))
    assert len(wallet.documents().at_hand) == limits.DOCUMENTS
    wallet.keep_documents(DocumentCache.of([fetched(limits.DOCUMENTS)]))
    here = wallet.documents().at_hand
    assert len(here) == limits.DOCUMENTS
    assert "https://0.example" not in here
    assert f"https://{limits.DOCUMENTS}.example" in here


def test_a_rolled_back_vault_is_no_guess_at_the_passphrase(keeper):
    wallet, _ = keeper.create(PASSPHRASE)
    old = keeper.file.read()
    wallet.save({(Kind.PROFILE, "x"): b"1"})
    keeper.file.path.write_bytes(old)
    for _ in range(20):
        with pytest.raises(RolledBackVault):
            keeper.unlock(PASSPHRASE)


def test_no_secret_in_the_repr_of_a_wallet(keeper):
    wallet, _ = keeper.create(PASSPHRASE)
    seed = wallet.vault.get(Kind.SEED, "holder")
    shown = repr(wallet) + repr(wallet.holder) + repr(wallet.vault)
    assert repr(seed) not in shown
    assert seed.hex() not in shown


def filled(keeper):
    wallet, _ = keeper.create(PASSPHRASE)
    wallet.save(
        {
            (Kind.CREDENTIAL, "a"): '{"naam":"José"}'.encode(),
            (Kind.FILE, "urn:uuid:1"): bytes(range(256)),
            **journal_records(wallet, Way.SHOWN, credentials=["a"], skills=["s"]),
        }
    )
    return wallet


@pytest.fixture(scope="module")
def sealed_once(tmp_path_factory):
    """age's scrypt takes a second on purpose, so one backup serves several tests."""
    wallet = filled(Keeper(tmp_path_factory.mktemp("sealed") / "wallet", crypto=QuickSodium()))
    return wallet, seal_backup(wallet, "zin voor de kopie", with_seed=True)


def test_a_backup_restores_into_a_new_wallet_with_everything(sealed_once, tmp_path):
    wallet, sealed = sealed_once
    restored, _ = Keeper(tmp_path / "other", crypto=QuickSodium()).create(
        "een derde zin", open_backup(sealed, "zin voor de kopie")
    )
    assert restored.holder.did == wallet.did
    assert restored.vault.of_kind(Kind.CREDENTIAL) == wallet.vault.of_kind(Kind.CREDENTIAL)
    assert restored.vault.of_kind(Kind.FILE) == wallet.vault.of_kind(Kind.FILE)
    assert journal(restored) == journal(wallet)


def test_a_backup_holds_the_seed_only_where_the_person_says_so(keeper, tmp_path):
    wallet = filled(keeper)
    records = read_archive(write_archive(wallet, with_seed=False))
    assert not any(kind == Kind.SEED for kind, _ in records)
    restored, _ = Keeper(tmp_path / "other", crypto=QuickSodium()).create("een derde zin", records)
    assert restored.did == wallet.did
    with pytest.raises(NoHolderKey):
        _ = restored.holder


def test_a_backup_does_not_open_with_another_passphrase_or_changed(sealed_once):
    wallet, _ = sealed_once
    sealed = sealed_quickly(write_archive(wallet, with_seed=True), "zin voor de kopie")
    open_backup(sealed, "zin voor de kopie")
    with pytest.raises(PassphraseTooShort):
        seal_backup(wallet, "kort", with_seed=False)
    with pytest.raises(WrongBackupPassphrase):
        open_backup(sealed, "een andere zin")
    with pytest.raises(WrongBackupPassphrase):
        open_backup(sealed[:-1] + bytes([sealed[-1] ^ 1]), "zin voor de kopie")
    for wrong in (
        b"",
        b"age-encryption.org/v1\n",
        re.sub(rb" [0-9]{1,2}\n", b" 1e3\n", sealed, count=1),
        b"{}" * 100,
    ):
        with pytest.raises(MalformedBackup):
            open_backup(wrong, "zin voor de kopie")
    with pytest.raises(BackupTooHeavy):
        open_backup(re.sub(rb" [0-9]{1,2}\n", b" 21\n", sealed, count=1), "zin voor de kopie")


FIRST = b'{"type":"SkillsPassportBackup","version":1'


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"[]",
        b"{}",
        b'{"type":"SkillsPassportBackup"}',
        b'{"type":"SkillsPassportBackup","version":2}',
        b'{"type":"SkillsPassportBackup","version":2,"records":{},"bytes":{}}',
        FIRST + b"}",
        FIRST + b',"did":"x","records":[],"files":{}}',
        FIRST + b',"did":"x","records":{"credential":{"a":1}},"files":{}}',
        FIRST + b',"did":"x","records":{},"files":{"a":"%%%"}}',
        FIRST + b',"did":"x","records":{},"files":{},"seed":"AAAA"}',
        FIRST + b',"did":"did:key:z6MkOther","records":{},"files":{},"seed":"' + b"A" * 43 + b'"}',
    ],
)
def test_content_that_we_did_not_write_is_refused(content):
    with pytest.raises(MalformedBackup):
        read_archive(content)


def test_what_is_written_asks_for_no_more_work_than_is_done_when_opening(sealed_once):
    """age writes 18; pyrage writes what takes a second, which no computer of today does with more than 20."""
    _, sealed = sealed_once
    written = int(re.match(rb"age-encryption.org/v1\n-> scrypt \S+ ([0-9]+)\n", sealed)[1])
    assert 14 <= written <= limits.BACKUP_WORK
    assert limits.BACKUP_WORK >= 18


def test_plain_age_opens_the_backup(sealed_once, tmp_path):
    wallet, sealed = sealed_once
    file = tmp_path / "backup.age"
    file.write_bytes(sealed)
    document = json.loads(opened_by_age(file, "zin voor de kopie"))
    assert document["did"] == wallet.did
    assert json.loads(document["records"]["credential"]["a"]) == {"naam": "José"}
