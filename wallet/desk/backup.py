"""Backups in age's passphrase format (C2SP age, scrypt recipient): `age --decrypt` opens them as well."""

from wallet.core import limits
from wallet.core.archive import Archive, open_archive, write_archive
from wallet.core.settings_kept import keep_backup_made
from wallet.core.vault import check_passphrase
from wallet.core.wallet import Records, Wallet
from wallet.desk.tools import AgeFiles
from wallet.errors import MalformedBackup
from wallet.errors_leaving import BackupTooHeavy, BackupTooLarge

_AGE = b"age-encryption.org/v1\n"


def seal_backup(age: AgeFiles, wallet: Wallet, passphrase: str, *, with_seed: bool) -> bytes:
    """One file with everything, and the seed where the person says so.

    Raises:
        PassphraseTooShort, PassphraseTooLong.
        UnknownRecord: the seed is wanted and not here.
    """
    sealed = seal(age, write_archive(wallet, with_seed=with_seed), passphrase)
    keep_backup_made(wallet)
    return sealed


def seal(age: AgeFiles, content: bytes, passphrase: str) -> bytes:
    """Any content as an age file with one passphrase.

    Raises:
        PassphraseTooShort, PassphraseTooLong.
    """
    check_passphrase(passphrase)
    return age.seal(content, passphrase)


def open_backup(age: AgeFiles, data: bytes, passphrase: str) -> Records:
    """The records in a backup, as `open_sealed_archive`."""
    return open_sealed_archive(age, data, passphrase).records


def open_sealed_archive(age: AgeFiles, data: bytes, passphrase: str) -> Archive:
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
    return open_archive(age.open(data, passphrase))


def _work(data: bytes) -> int:
    """The work factor of the one scrypt stanza, read before any work is done."""
    if not data.startswith(_AGE):
        raise MalformedBackup
    words = data[len(_AGE) :].split(b"\n", 1)[0].split(b" ")
    if len(words) != 4 or words[:2] != [b"->", b"scrypt"] or not words[3].isdigit() or len(words[3]) > 3:  # noqa: PLR2004
        raise MalformedBackup
    return int(words[3])
