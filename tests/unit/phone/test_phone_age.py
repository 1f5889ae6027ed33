"""Backups of a phone and of a computer open on both."""

import secrets

import pyrage
import pytest

from tests.simulators import age_files
from tests.simulators.phone_host import Cryptography
from wallet.errors import MalformedBackup, WrongBackupPassphrase
from wallet.errors_leaving import TooBusyForBackup
from wallet.phone.age import PhoneAge

AGE = PhoneAge(Cryptography(), secrets.token_bytes)
PASSPHRASE = "een lange zin"


@pytest.fixture(scope="module")
def sealed():
    return AGE.seal(b"x" * 65_537, PASSPHRASE)


def test_age_itself_opens_what_a_phone_wrote(sealed):
    assert pyrage.passphrase.decrypt(sealed, PASSPHRASE) == b"x" * 65_537


@pytest.mark.parametrize("size", [0, 1, 65_536, 131_072])
def test_every_size_comes_back(size):
    content = bytes(size)
    assert AGE.open(AGE.seal(content, PASSPHRASE), PASSPHRASE) == content


def test_a_phone_opens_what_age_wrote():
    assert AGE.open(age_files.sealed(b"hello", PASSPHRASE, work=14), PASSPHRASE) == b"hello"


@pytest.mark.parametrize(
    "change",
    [
        lambda data: data[:-1],
        lambda data: data[: data.index(b"---") + 48 + 16],
        lambda data: data[:-40] + bytes([data[-40] ^ 1]) + data[-39:],
        lambda data: data[: -(1 + 16)],
        lambda data: data.replace(b"-> scrypt ", b"-> scrypt  ", 1),
    ],
)
def test_a_changed_backup_is_refused(sealed, change):
    with pytest.raises((WrongBackupPassphrase, MalformedBackup)):
        AGE.open(change(sealed), PASSPHRASE)


def test_another_passphrase_opens_nothing(sealed):
    with pytest.raises(WrongBackupPassphrase):
        AGE.open(sealed, "een andere zin")


def test_something_else_is_no_backup(sealed):
    with pytest.raises(MalformedBackup):
        AGE.open(b"age-encryption.org/v1\n-> X25519 abc\n", PASSPHRASE)


def test_more_memory_than_there_is_is_said(sealed):
    with pytest.raises(TooBusyForBackup):
        AGE.open(sealed.replace(b" 16\n", b" 20\n", 1), PASSPHRASE)
