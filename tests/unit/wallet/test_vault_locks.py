"""Locks: the data key can be replaced without the secrets; locks of older vaults open, until both are new."""

import secrets
from dataclasses import replace

import pytest

from passport.encoding import base64url_encode
from passport.json import canonicalize, parse_object
from tests.simulators.wallets import QuickSodium
from wallet.core.recovery import RecoveryKey
from wallet.core.vault import PassphraseLock, RecoveryLock, create_vault, open_vault
from wallet.core.vault.container import join_parts, split_parts
from wallet.core.vault.header import wrap_context
from wallet.core.vault.sealing import seal
from wallet.errors import MalformedVault, UnsupportedVault, WrongPassphrase

PASSPHRASE, OTHER = "een korte zin van mij", "een nieuwe lange zin"
QUICK = QuickSodium()
LOW_ORDER = [
    bytes(32),
    b"\1" + bytes(31),
    bytes.fromhex("e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800"),
    bytes.fromhex("5f9c95bca3508c24b1d0b1559c83ef5b04445cc4581c8e86d8224eddd09f1157"),
    bytes.fromhex("ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f"),
    bytes.fromhex("edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f"),
    bytes.fromhex("eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f"),
]


def opened(data, secret):
    return open_vault(data, crypto=QUICK, random=secrets.token_bytes, secret=secret)


@pytest.fixture
def made():
    vault, words = create_vault(QUICK, secrets.token_bytes, PASSPHRASE)
    return vault.change(put={("x", "1"): b"kept", ("x", "2"): b"goes"}), words


def as_it_was_before(vault, words):
    """The same vault with locks that wrap with the secret itself, as the first version wrote."""
    passphrase = replace(vault.header.locks[0], public=b"", wrapped=b"")
    key = QUICK.derive(PASSPHRASE.encode(), passphrase.salt, memory=8, passes=1, lanes=1)
    locks = []
    for lock, wrapping in ((passphrase, key), (RecoveryLock(b""), words.wrapping_key(vault.header.vault_id))):
        context = wrap_context(vault.header.vault_id, lock)
        locks.append(
            replace(lock, wrapped=seal(QUICK, secrets.token_bytes, wrapping, vault.data_key, context))
        )
    return replace(vault, header=replace(vault.header, locks=tuple(locks)))


def test_a_change_can_replace_the_data_key_without_any_secret(made):
    vault, words = made
    rotated = vault.change(remove=frozenset({("x", "2")}), rotate=True)
    assert rotated.data_key != vault.data_key
    assert rotated.revision == vault.revision + 1
    assert [lock.parameters() for lock in rotated.header.locks] == [
        lock.parameters() for lock in vault.header.locks
    ]
    assert not {record.sealed for record in rotated.records.values()} & {
        record.sealed for record in vault.records.values()
    }
    for secret in (PASSPHRASE, words):
        again = opened(rotated.to_bytes(), secret)
        assert again.of_kind("x") == {"1": b"kept"}
        assert again.data_key == rotated.data_key


def test_the_data_key_of_an_old_copy_opens_nothing_after_a_new_passphrase_or_new_words(made):
    vault, _ = made
    for changed in (vault.with_passphrase(OTHER), vault.with_recovery()[0]):
        assert changed.data_key != vault.data_key
        assert changed.can_rotate


def test_a_vault_of_before_opens_and_keeps_its_data_key_until_both_locks_are_new(made):
    vault, words = made
    old = as_it_was_before(vault, words)
    assert b"x25519" not in old.header.to_bytes()
    for secret in (PASSPHRASE, words):
        again = opened(old.to_bytes(), secret)
        assert again.get("x", "1") == b"kept"
        assert not again.can_rotate
        gone = again.change(remove=frozenset({("x", "2")}), rotate=True)
        assert gone.data_key == again.data_key
        assert opened(gone.to_bytes(), secret).of_kind("x") == {"1": b"kept"}
    half = opened(old.to_bytes(), PASSPHRASE).with_passphrase(OTHER)
    assert half.data_key == vault.data_key
    assert not half.can_rotate
    assert opened(half.to_bytes(), words).get("x", "1") == b"kept"
    whole, fresh = opened(half.to_bytes(), OTHER).with_recovery()
    assert whole.can_rotate
    assert whole.data_key != vault.data_key
    for secret in (OTHER, fresh):
        assert opened(whole.to_bytes(), secret).get("x", "1") == b"kept"
    for secret in (PASSPHRASE, words):
        with pytest.raises(WrongPassphrase):
            opened(whole.to_bytes(), secret)


def changed_lock(vault, number, **members):
    header, parts = split_parts(vault.to_bytes())
    document = parse_object(header)
    document["locks"][number].update(members)
    return join_parts(canonicalize(document), parts)


@pytest.mark.parametrize("number", [0, 1])
@pytest.mark.parametrize(
    "point", [*LOW_ORDER, b"another key that nobody made so."], ids=lambda point: point.hex()[:8]
)
def test_a_lock_with_another_public_key_does_not_open(made, number, point):
    """Low order among them: everybody knows what those agree on (RFC 7748, section 6.1)."""
    vault, words = made
    secret = (PASSPHRASE, words)[number]
    wrapped = vault.header.locks[number].wrapped
    for members in (
        {"public": base64url_encode(point)},
        {"wrapped": base64url_encode(point + wrapped[32:])},
    ):
        with pytest.raises(WrongPassphrase):
            opened(changed_lock(vault, number, **members), secret)


@pytest.mark.parametrize(
    ("members", "error"),
    [
        ({"kind": "passphrase-x448"}, UnsupportedVault),
        ({"kind": "passkey"}, UnsupportedVault),
        ({"kind": "passkey-x25519"}, UnsupportedVault),
        ({"kind": "passphrase"}, MalformedVault),
        ({"public": ""}, MalformedVault),
        ({"public": base64url_encode(bytes(31))}, MalformedVault),
        ({"public": 7}, MalformedVault),
        ({"kind": 7}, UnsupportedVault),
        ({"wrapped": base64url_encode(bytes(72))}, MalformedVault),
    ],
)
def test_a_lock_of_another_shape_is_refused(made, members, error):
    vault, _ = made
    with pytest.raises(error):
        opened(changed_lock(vault, 0, **members), PASSPHRASE)


def test_a_new_passphrase_of_an_open_vault_needs_no_words_and_new_words_no_passphrase(made):
    vault, words = made
    by_words = opened(vault.to_bytes(), words).with_passphrase(OTHER)
    assert opened(by_words.to_bytes(), OTHER).get("x", "1") == b"kept"
    assert opened(by_words.to_bytes(), RecoveryKey.from_words(words.words())).get("x", "1") == b"kept"
    assert isinstance(by_words.header.locks[-1], PassphraseLock)
    by_words.check_secret(OTHER)
    with pytest.raises(WrongPassphrase):
        by_words.check_secret(PASSPHRASE)
