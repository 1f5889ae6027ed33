"""Locks: how a passphrase and recovery words wrap the data key.

A secret gives a private key of X25519, and the lock holds its public key. So the data key can be replaced by
whoever has the vault open, without the passphrase and without the words; and whoever learns the passphrase
learns nothing about the words.
"""

import hashlib
import hmac
import unicodedata
from dataclasses import replace

from wallet.core import limits
from wallet.core.ports import Crypto, Random
from wallet.core.recovery import RecoveryKey
from wallet.core.vault.header import PUBLIC_BYTES, Header, Lock, PassphraseLock, RecoveryLock, wrap_context
from wallet.core.vault.sealing import seal, unseal
from wallet.errors import PassphraseTooLong, PassphraseTooShort, TamperedVault, WrongPassphrase

_PRIVATE_BYTES = 32


def check_passphrase(passphrase: str) -> None:
    """Raises PassphraseTooShort or PassphraseTooLong."""
    if len(passphrase) < limits.PASSPHRASE.least:
        raise PassphraseTooShort(least=limits.PASSPHRASE.least)
    if len(passphrase) > limits.PASSPHRASE.most:
        raise PassphraseTooLong(most=limits.PASSPHRASE.most)


def passphrase_lock(crypto: Crypto, random: Random, passphrase: str) -> PassphraseLock:
    """A lock for a passphrase, with nothing wrapped in it yet.

    Raises:
        PassphraseTooShort, PassphraseTooLong.
    """
    check_passphrase(passphrase)
    kdf = limits.KDF
    lock = PassphraseLock(random(kdf.salt), kdf.memory, kdf.passes, kdf.lanes, b"")
    return replace(lock, public=crypto.public(_derive(crypto, passphrase, lock)))


def recovery_lock(crypto: Crypto, vault_id: bytes, recovery: RecoveryKey) -> RecoveryLock:
    """A lock for recovery words, with nothing wrapped in it yet."""
    return RecoveryLock(b"", crypto.public(recovery.wrapping_key(vault_id)))


def wrapped(crypto: Crypto, random: Random, vault_id: bytes, lock: Lock, data_key: bytes) -> Lock:
    """The lock with this data key in it; needs a lock with a public key."""
    once = random(_PRIVATE_BYTES)
    shared = crypto.agree(once, lock.public)
    assert shared is not None, "the public key is our own, or bound into the vault by its manifest"
    mine = crypto.public(once)
    key = _wrapping_key(shared, mine, lock.public)
    return replace(lock, wrapped=mine + seal(crypto, random, key, data_key, wrap_context(vault_id, lock)))


def unlock(header: Header, crypto: Crypto, secret: str | RecoveryKey) -> bytes:
    """The data key.

    Raises:
        WrongPassphrase: neither passphrase nor words fit, or the lock was changed.
        PassphraseTooLong
    """
    for lock in header.locks:
        if isinstance(secret, RecoveryKey) and isinstance(lock, RecoveryLock):
            private = secret.wrapping_key(header.vault_id)
        elif isinstance(secret, str) and isinstance(lock, PassphraseLock):
            if len(secret) > limits.PASSPHRASE.most:
                raise PassphraseTooLong(most=limits.PASSPHRASE.most)
            private = _derive(crypto, secret, lock)
        else:
            continue
        return _unwrapped(crypto, header.vault_id, lock, private)
    raise WrongPassphrase


def _unwrapped(crypto: Crypto, vault_id: bytes, lock: Lock, private: bytes) -> bytes:
    key, sealed = private, lock.wrapped
    if lock.public:
        theirs, sealed = sealed[:PUBLIC_BYTES], sealed[PUBLIC_BYTES:]
        shared = crypto.agree(private, theirs)
        if shared is None:
            raise WrongPassphrase
        key = _wrapping_key(shared, theirs, lock.public)
    try:
        return unseal(crypto, key, sealed, wrap_context(vault_id, lock))
    except TamperedVault:
        raise WrongPassphrase from None


def _wrapping_key(shared: bytes, once: bytes, public: bytes) -> bytes:
    return hmac.new(shared, b"skills-passport lock" + once + public, hashlib.sha256).digest()


def _derive(crypto: Crypto, passphrase: str, lock: PassphraseLock) -> bytes:
    text = unicodedata.normalize("NFC", passphrase).encode("utf-8", "surrogatepass")
    return crypto.derive(text, lock.salt, memory=lock.memory, passes=lock.passes, lanes=lock.lanes)
