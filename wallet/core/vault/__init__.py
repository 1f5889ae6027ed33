"""The vault format: pure, with cryptography through a port."""

from wallet.core.vault.header import Header, PassphraseLock, RecoveryLock
from wallet.core.vault.locks import check_passphrase
from wallet.core.vault.vault import Record, Vault, create_vault, open_vault

__all__ = [
    "Header",
    "PassphraseLock",
    "Record",
    "RecoveryLock",
    "Vault",
    "check_passphrase",
    "create_vault",
    "open_vault",
]
