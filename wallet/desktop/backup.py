"""Backups in age's passphrase format (C2SP age, scrypt recipient): `age --decrypt` opens them as well."""

from typing import Any

import pyrage

from wallet.core import limits
from wallet.core.archive import Archive, open_archive, write_archive
from wallet.core.vault import check_passphrase
from wallet.core.wallet import Records, Wallet
from wallet.errors import MalformedBackup, WrongBackupPassphrase
from wallet.errors_leaving import BackupTooHeavy, BackupTooLarge, TooBusyForBackup

_AGE = b"age-encryption.org/v1\n"
_TRIES = 3
_TOO_MUCH = "Excessive work"
"""How the library's refusal begins: it measures the machine each time, and a busy one is slow."""


def seal_backup(wallet: Wallet, passphrase: str, *, with_seed: bool) -> bytes:
    """One file with everything, and the seed where the person says so.

    Raises:
        PassphraseTooShort, PassphraseTooLong.
        UnknownRecord: the seed is wanted and not here.
    """
    return seal(write_archive(wallet, with_seed=with_seed), passphrase)


def seal(content: bytes, passphrase: str) -> bytes:
    """Any content as an age file with one passphrase.

    Raises:
        PassphraseTooShort, PassphraseTooLong.
    """
    check_passphrase(passphrase)
    sealed: Any = pyrage.passphrase.encrypt(content, passphrase)
    return bytes(sealed)


def open_backup(data: bytes, passphrase: str) -> Records:
    """The records in a backup, as `open_sealed_archive`."""
    return open_sealed_archive(data, passphrase).records


def open_sealed_archive(data: bytes, passphrase: str) -> Archive:
    """What is in a backup; one that `age --decrypt` opened before needs no passphrase.

    Raises:
        MalformedBackup: no file of age with one passphrase, or not our content.
        BackupTooLarge
        BackupTooHeavy: opening it would take more work than an honest one.
        TooBusyForBackup: the machine is too slow for it at this moment.
        WrongBackupPassphrase: it does not open.
        NewerBackup
    """
    if len(data) > limits.BACKUP:
        raise BackupTooLarge(limit=limits.BACKUP)
    if data.startswith(b"{"):
        return open_archive(data)
    if _work(data) > limits.BACKUP_WORK:
        raise BackupTooHeavy(limit=limits.BACKUP_WORK)
    return open_archive(_opened(data, passphrase))


def _opened(data: bytes, passphrase: str) -> bytes:
    for _ in range(_TRIES):
        try:
            opened: Any = pyrage.passphrase.decrypt(data, passphrase)
        except pyrage.DecryptError as error:
            if not str(error).startswith(_TOO_MUCH):
                raise WrongBackupPassphrase from None
        else:
            return bytes(opened)
    raise TooBusyForBackup


def _work(data: bytes) -> int:
    """The work factor of the one scrypt stanza, read before any work is done."""
    if not data.startswith(_AGE):
        raise MalformedBackup
    words = data[len(_AGE) :].split(b"\n", 1)[0].split(b" ")
    if len(words) != 4 or words[:2] != [b"->", b"scrypt"] or not words[3].isdigit() or len(words[3]) > 3:  # noqa: PLR2004
        raise MalformedBackup
    return int(words[3])
