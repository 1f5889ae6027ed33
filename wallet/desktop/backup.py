"""Backups in age's passphrase format (C2SP age, scrypt recipient): `age --decrypt` opens them as well."""

from typing import Any

import pyrage

from wallet.core import limits
from wallet.core.backup import read_backup, write_backup
from wallet.core.vault import check_passphrase
from wallet.core.wallet import Records, Wallet
from wallet.errors import MalformedBackup, WrongBackupPassphrase

_AGE = b"age-encryption.org/v1\n"
_HIGHEST_WORK = 22
"""log2 N of scrypt: age's own ceiling. It writes 18, we what takes a second; more wants to exhaust."""


def seal_backup(wallet: Wallet, passphrase: str, *, with_seed: bool) -> bytes:
    """One file with everything, and the seed where the person says so.

    Raises:
        PassphraseTooShort, PassphraseTooLong.
        UnknownRecord: the seed is wanted and not here.
    """
    check_passphrase(passphrase)
    sealed: Any = pyrage.passphrase.encrypt(write_backup(wallet, with_seed=with_seed), passphrase)
    return bytes(sealed)


def open_backup(data: bytes, passphrase: str) -> Records:
    """The records in a backup.

    Raises:
        MalformedBackup: no file of age with one passphrase, too large, or not our content.
        WrongBackupPassphrase: it does not open.
    """
    if len(data) > limits.VAULT.size or _work(data) > _HIGHEST_WORK:
        raise MalformedBackup
    try:
        opened: Any = pyrage.passphrase.decrypt(data, passphrase)
    except pyrage.DecryptError:
        raise WrongBackupPassphrase from None
    return read_backup(bytes(opened))


def _work(data: bytes) -> int:
    """The work factor of the one scrypt stanza, read before any work is done."""
    if not data.startswith(_AGE):
        raise MalformedBackup
    words = data[len(_AGE) :].split(b"\n", 1)[0].split(b" ")
    if len(words) != 4 or words[:2] != [b"->", b"scrypt"] or not words[3].isdigit() or len(words[3]) > 2:  # noqa: PLR2004
        raise MalformedBackup
    return int(words[3])
