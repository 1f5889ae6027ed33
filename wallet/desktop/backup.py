"""age on this host, and backups by it, for commands."""

from functools import partial
from typing import Any

import pyrage

from wallet.desk import backup
from wallet.errors import WrongBackupPassphrase
from wallet.errors_leaving import TooBusyForBackup

_TRIES = 3
_TOO_MUCH = "Excessive work"
"""How the library's refusal begins: it measures the machine each time, and a busy one is slow."""


class Age:
    """pyrage."""

    def seal(self, content: bytes, passphrase: str) -> bytes:
        sealed: Any = pyrage.passphrase.encrypt(content, passphrase)
        return bytes(sealed)

    def open(self, data: bytes, passphrase: str) -> bytes:
        for _ in range(_TRIES):
            try:
                opened: Any = pyrage.passphrase.decrypt(data, passphrase)
            except pyrage.DecryptError as error:
                if not str(error).startswith(_TOO_MUCH):
                    raise WrongBackupPassphrase from None
            else:
                return bytes(opened)
        raise TooBusyForBackup


_HERE = Age()
seal = partial(backup.seal, _HERE)
seal_backup = partial(backup.seal_backup, _HERE)
open_backup = partial(backup.open_backup, _HERE)
open_sealed_archive = partial(backup.open_sealed_archive, _HERE)
