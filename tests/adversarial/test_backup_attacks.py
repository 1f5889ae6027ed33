"""A41, A42, A43 for backups: whatever somebody hands over as one is opened whole, or refused before it costs anything."""

import io
import json
import secrets
import stat
import zipfile

import pyrage
import pytest

from passport.json import dump
from tests.simulators.age_files import VERSION, sealed
from tests.simulators.parties import ESCO, Party
from tests.simulators.wallets import Person, QuickSodium
from wallet.core import limits
from wallet.core.archive import read_archive, write_archive
from wallet.core.journal import Way, journal_records
from wallet.core.merging import merge
from wallet.core.trial import check_records
from wallet.core.wallet import Kind
from wallet.desktop import backup as backups
from wallet.desktop.backup import open_backup
from wallet.desktop.desk import Desk
from wallet.desktop.keeper import Keeper
from wallet.desktop.settings import WalletSettings
from wallet.desktop.vault_file import replace_file
from wallet.errors import MalformedBackup, VaultExists, WrongBackupPassphrase
from wallet.errors_leaving import BackupTooHeavy, BackupTooLarge, TooBusyForBackup

PASSPHRASE = "zin voor de kopie"
REFUSED = (MalformedBackup, WrongBackupPassphrase)


@pytest.fixture(scope="module")
def content():
    person = Person()
    person.take(Party("A school").issue(person.wallet.did, [f"{ESCO}weld"]))
    person.wallet.save({(Kind.FILE, "urn:uuid:1"): secrets.token_bytes(100_000)})
    return write_archive(person.wallet, with_seed=True)


@pytest.fixture(scope="module")
def archive(content):
    """The same format as age writes, with so little work that thousands of tries cost nothing."""
    return sealed(content, PASSPHRASE)


def test_the_cheap_file_is_one_that_opens(archive, content):
    assert open_backup(archive, PASSPHRASE) == read_archive(content)
    assert pyrage.passphrase.decrypt(archive, PASSPHRASE) == content


def test_truncation_at_every_length_bracket_is_refused(archive):
    """Each length of the header, each around the borders of chunks, and lengths between."""
    head = archive.index(b"\n---") + 60
    borders = [head + 16 + (65_536 + 16) * number for number in range(len(archive) // 65_536 + 1)]
    lengths = {
        *range(head + 40),
        *(border + near for border in borders for near in range(-20, 21)),
        *range(head, len(archive), 997),
        *range(len(archive) - 40, len(archive)),
    }
    tried = sorted(length for length in lengths if 0 <= length < len(archive))
    assert len(tried) > 400
    for length in tried:
        with pytest.raises(REFUSED):
            open_backup(archive[:length], PASSPHRASE)


def test_a_changed_byte_anywhere_is_refused(archive):
    head = archive.index(b"\n---") + 60
    for place in (*range(head + 40), *range(head, len(archive), 499), len(archive) - 1):
        changed = bytearray(archive)
        changed[place] ^= 1
        with pytest.raises((*REFUSED, BackupTooHeavy)):
            open_backup(bytes(changed), PASSPHRASE)


def test_whatever_is_added_is_refused(archive):
    for extra in (b"\0", b"\n", b"x" * 16, archive, b"x" * 70_000):
        with pytest.raises(REFUSED):
            open_backup(archive + extra, PASSPHRASE)


def test_a_wrong_passphrase_does_not_open(archive):
    for wrong in ("", " ", PASSPHRASE.upper(), f"{PASSPHRASE} ", "\0", "x" * 1_000):
        with pytest.raises(WrongBackupPassphrase):
            open_backup(archive, wrong)


@pytest.mark.parametrize("work", ["21", "22", "23", "30", "63", "64", "99", "100", "255", "999"])
def test_a_work_bomb_is_refused_before_any_work(archive, monkeypatch, work):
    def worked(*_arguments):
        pytest.fail("work was done")

    monkeypatch.setattr(backups.pyrage.passphrase, "decrypt", worked, raising=False)
    bomb = archive.replace(b" 2\n", f" {work}\n".encode(), 1)
    with pytest.raises(BackupTooHeavy):
        open_backup(bomb, PASSPHRASE)


def test_a_file_that_the_machine_is_too_slow_for_is_not_called_a_wrong_passphrase(content, monkeypatch):
    """On a busy machine an honest file is refused in the same way: the library measures what it can do."""
    monkeypatch.setattr(limits, "BACKUP_WORK", 60)
    with pytest.raises(TooBusyForBackup):
        open_backup(sealed(content, PASSPHRASE, written=b"60"), PASSPHRASE)


@pytest.mark.parametrize(
    "said", [b"", b"-1", b"+2", b"2.0", b"0x2", b"1e9", b"1000", b"\xd9\xa2", b"2 2", b" 2"]
)
def test_a_work_factor_that_is_no_number_is_refused(content, said):
    with pytest.raises(MalformedBackup):
        open_backup(sealed(content, PASSPHRASE, written=said), PASSPHRASE)


def test_a_file_for_more_than_one_reader_is_refused(content):
    """age allows one scrypt stanza alone: else somebody else could read along or have made the file."""
    other = b"-> X25519 CoJWmMmqvOPvjfmwPGQQSS2RlYyZlqyzsDdSl8g1FAw\nPQ+9kCb9pUEJgtdcUCtwNw4YqXTvBHhlOHmIoVlnBVc\n"
    bomb = b"-> scrypt AAAAAAAAAAAAAAAAAAAAAA 30\nPQ+9kCb9pUEJgtdcUCtwNw4YqXTvBHhlOHmIoVlnBVc\n"
    for more in ({"before": other}, {"after": other}, {"after": bomb}, {"after": b"-> grease 1\n\n"}):
        with pytest.raises((*REFUSED, BackupTooHeavy)):
            open_backup(sealed(content, PASSPHRASE, **more), PASSPHRASE)


def test_other_kinds_of_age_files_are_refused(content):
    identity = pyrage.x25519.Identity.generate()
    for data in (
        pyrage.encrypt(content, [identity.to_public()]),
        VERSION,
        VERSION + b"-> \n",
        b"-----BEGIN AGE",
    ):
        with pytest.raises(MalformedBackup):
            open_backup(data, PASSPHRASE)


def test_a_file_beyond_any_wallet_is_refused_by_its_size(monkeypatch):
    monkeypatch.setattr(limits, "BACKUP", 1_000)
    with pytest.raises(MalformedBackup):
        open_backup(b"x" * 1_000, PASSPHRASE)
    with pytest.raises(BackupTooLarge):
        open_backup(b"x" * 1_001, PASSPHRASE)


def zip_bomb() -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for number in range(20):
            archive.writestr(f"../../{number}.json", bytes(10_000_000))
    return packed.getvalue()


BOMBS = {
    "a ZIP bomb": zip_bomb,
    "an empty file": bytes,
    "deep lists": lambda: b'{"type":"SkillsPassportBackup","version":2,"records":' + b"[" * 100_000,
    "deep objects": lambda: b'{"a":' * 50_000,
    "a name twice": lambda: b'{"type":"SkillsPassportBackup","type":"SkillsPassportBackup","version":2}',
    "a number without end": lambda: b'{"type":"SkillsPassportBackup","version":' + b"9" * 10_000 + b"}",
    "not a number": lambda: b'{"type":"SkillsPassportBackup","version":NaN}',
    "half of a pair": lambda: b'{"type":"\\ud800"}',
    "not UTF-8": lambda: b'{"type":"\xff"}',
}


@pytest.mark.parametrize("case", BOMBS)
def test_bombs_are_no_backups_sealed_or_not(case):
    data = BOMBS[case]()
    for handed in (data, sealed(data, PASSPHRASE)):
        with pytest.raises(MalformedBackup):
            open_backup(handed, PASSPHRASE)


def many(wallet, count):
    """A backup with so many records in all."""
    document = json.loads(write_archive(wallet, with_seed=True))
    line = next(iter(journal_records(wallet, Way.SHOWN).values())).decode()
    missing = count - sum(len(each) for each in document["records"].values()) - len(document["keys"])
    document["records"][Kind.JOURNAL] = {f"{number:032x}": line for number in range(missing)}
    return dump(document)


def test_a_wallet_with_ten_thousand_records_comes_back_whole_and_one_more_is_refused(tmp_path):
    person = Person()
    full = many(person.wallet, limits.VAULT.records)
    records = read_archive(full)
    assert len(records) == limits.VAULT.records
    desk = Desk(WalletSettings(tmp_path / "wallet"), keeper=Keeper(tmp_path / "wallet", crypto=QuickSodium()))
    desk.restore("een derde zin", records)
    with desk.wallet() as wallet:
        assert {(key.kind, key.id): record.data for key, record in wallet.vault.records.items()} == records
        assert read_archive(write_archive(wallet, with_seed=True)) == records
    desk.close()
    with pytest.raises(MalformedBackup):
        read_archive(many(person.wallet, limits.VAULT.records + 1))
    merge(person.wallet, check_records(records, clock=person.wallet.clock, random=secrets.token_bytes))
    assert len(person.wallet.vault.records) == limits.VAULT.records


def test_a_backup_with_a_broken_record_leaves_no_wallet_behind(tmp_path, content):
    document = json.loads(content)
    document["records"][Kind.JOURNAL] = {"x": "{}"}
    desk = Desk(WalletSettings(tmp_path / "wallet"), keeper=Keeper(tmp_path / "wallet", crypto=QuickSodium()))
    with pytest.raises(MalformedBackup):
        desk.restore("een derde zin", read_archive(dump(document)))
    assert not desk.exists
    desk.restore("een derde zin", read_archive(content))
    with pytest.raises(VaultExists):
        desk.restore("een vierde zin", read_archive(content))
    desk.close()


def test_a_link_that_somebody_laid_where_we_write_is_not_followed(tmp_path):
    victim = tmp_path / "victim"
    victim.write_bytes(b"mine")
    for name in ("backup.age", "backup.age.new"):
        (tmp_path / name).symlink_to(victim)
    replace_file(tmp_path / "backup.age", b"sealed")
    assert victim.read_bytes() == b"mine"
    made = tmp_path / "backup.age"
    assert not made.is_symlink()
    assert stat.S_IMODE(made.stat().st_mode) == 0o600
