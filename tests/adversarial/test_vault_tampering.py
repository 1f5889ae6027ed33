"""A41, A42: a vault file that somebody changed is refused with a vault error, whatever was changed."""

import secrets
from dataclasses import replace

import pytest

from passport.encoding import base64url_encode
from passport.json import canonicalize, parse_object
from wallet.core import limits
from wallet.core.recovery import RecoveryKey
from wallet.core.vault import create_vault, open_vault
from wallet.core.vault.container import join_parts, split_parts
from wallet.desktop.sodium import Sodium
from wallet.errors import (
    KdfOutOfBounds,
    MalformedVault,
    TamperedVault,
    UnsupportedVault,
    VaultTooLarge,
    WrongPassphrase,
)

VAULT_ERRORS = (
    MalformedVault,
    TamperedVault,
    UnsupportedVault,
    KdfOutOfBounds,
    WrongPassphrase,
    VaultTooLarge,
)


class NoKdf(Sodium):
    """The recovery words need no Argon2id, so nothing may ask for it."""

    def derive(self, passphrase, salt, *, memory, passes, lanes):
        if memory > limits.KDF.most_memory:
            pytest.fail("memory beyond the ceiling was asked for")
        return super().derive(passphrase, salt, memory=8, passes=1, lanes=1)


CRYPTO = NoKdf()


def a_vault(marker=b"A", records=4, size=700):
    vault, words = create_vault(CRYPTO, secrets.token_bytes, "een korte zin van mij")
    put = {("credential", f"urn:uuid:{number}"): marker * size for number in range(records)}
    return vault.change(put=put), words


def opened(data, secret):
    return open_vault(data, crypto=CRYPTO, random=secrets.token_bytes, secret=secret)


def test_each_byte_of_a_vault_changed_is_refused():
    vault, words = a_vault()
    data = vault.to_bytes()
    assert len(data) > 3_500
    for place in range(len(data)):
        for change in (0x01, 0x80, 0xFF):
            changed = bytearray(data)
            changed[place] ^= change
            with pytest.raises(VAULT_ERRORS):
                opened(bytes(changed), words)
    assert opened(data, words).records.keys() == vault.records.keys()


def test_each_byte_changed_is_refused_with_the_passphrase_too():
    vault, _ = a_vault(records=1, size=20)
    data = vault.to_bytes()
    for place in range(len(data)):
        changed = bytearray(data)
        changed[place] ^= 0x20
        with pytest.raises(VAULT_ERRORS):
            opened(bytes(changed), "een korte zin van mij")


def test_truncation_at_every_length_is_refused():
    vault, words = a_vault(records=2)
    data = vault.to_bytes()
    for length in range(len(data)):
        with pytest.raises(VAULT_ERRORS):
            opened(data[:length], words)
    for extra in (b"\0", b"\0\0\0\0", b"\0\0\0\x01A", data):
        with pytest.raises(VAULT_ERRORS):
            opened(data + extra, words)


def test_records_swapped_dropped_or_repeated_are_refused():
    vault, words = a_vault()
    header, parts = split_parts(vault.to_bytes())
    manifest, *records = parts
    for changed in (
        [records[1], records[0], *records[2:]],
        records[1:],
        [*records, records[0]],
        [records[0], records[0], *records[2:]],
        [],
    ):
        with pytest.raises(TamperedVault):
            opened(join_parts(header, (manifest, *changed)), words)


def test_a_record_of_another_vault_is_refused_even_under_the_same_key():
    vault, words = a_vault()
    other, _ = a_vault(b"B")
    foreign = replace(other, data_key=vault.data_key)
    foreign = foreign.change(put={("credential", "urn:uuid:0"): b"B" * 700})
    header, (manifest, *records) = split_parts(vault.to_bytes())
    for source in (other, foreign):
        _, (_, *taken) = split_parts(source.to_bytes())
        with pytest.raises(TamperedVault):
            opened(join_parts(header, (manifest, taken[0], *records[1:])), words)


def test_an_older_text_of_the_same_record_is_refused():
    vault, words = a_vault()
    newer = vault.change(put={("credential", "urn:uuid:0"): b"N" * 700})
    _, (_, *old) = split_parts(vault.to_bytes())
    header, (manifest, *new) = split_parts(newer.to_bytes())
    with pytest.raises(TamperedVault):
        opened(join_parts(header, (manifest, old[0], *new[1:])), words)


def test_an_older_header_or_manifest_is_refused():
    vault, words = a_vault()
    newer = vault.change(put={("credential", "urn:uuid:0"): b"N" * 700})
    old_header, (old_manifest, *_) = split_parts(vault.to_bytes())
    header, (manifest, *records) = split_parts(newer.to_bytes())
    for taken in ((old_header, manifest), (header, old_manifest), (old_header, old_manifest)):
        with pytest.raises(TamperedVault):
            opened(join_parts(taken[0], (taken[1], *records)), words)


HEADER_CHANGES = {
    "memory below the floor": ({"memory": limits.KDF.memory - 1}, KdfOutOfBounds),
    "memory of one page": ({"memory": 8}, KdfOutOfBounds),
    "memory above the ceiling": ({"memory": limits.KDF.most_memory + 1}, KdfOutOfBounds),
    "memory of 4 GiB": ({"memory": 4 * 1024 * 1024}, KdfOutOfBounds),
    "passes below the floor": ({"passes": limits.KDF.passes - 1}, KdfOutOfBounds),
    "passes above the ceiling": ({"passes": limits.KDF.most_passes + 1}, KdfOutOfBounds),
    "lanes of none": ({"lanes": 0}, KdfOutOfBounds),
    "lanes above the ceiling": ({"lanes": limits.KDF.most_lanes + 1}, KdfOutOfBounds),
    "a short salt": ({"salt": base64url_encode(bytes(8))}, KdfOutOfBounds),
    "another salt": ({"salt": base64url_encode(bytes(16))}, WrongPassphrase),
    "more memory": ({"memory": limits.KDF.memory * 2}, WrongPassphrase),
    "another derivation": ({"kdf": "argon2i"}, UnsupportedVault),
    "a boolean": ({"lanes": True}, MalformedVault),
    "a text": ({"memory": "65536"}, MalformedVault),
}


@pytest.mark.parametrize("case", HEADER_CHANGES)
def test_a_changed_key_derivation_is_refused(case):
    changes, error = HEADER_CHANGES[case]
    vault, _ = a_vault(records=1)
    header, parts = split_parts(vault.to_bytes())
    document = parse_object(header)
    document["locks"][0].update(changes)
    with pytest.raises(error):
        opened(join_parts(canonicalize(document), parts), "een korte zin van mij")


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({"format": 2}, UnsupportedVault),
        ({"revision": 0}, MalformedVault),
        ({"locks": []}, MalformedVault),
        ({"vault": base64url_encode(bytes(16))}, WrongPassphrase),
        ({"more": 1}, MalformedVault),
    ],
)
def test_a_changed_header_is_refused(changes, error):
    vault, words = a_vault(records=1)
    header, parts = split_parts(vault.to_bytes())
    document = {**parse_object(header), **changes}
    with pytest.raises(error):
        opened(join_parts(canonicalize(document), parts), words)


def test_the_bounds_of_the_derivation_themselves_are_accepted():
    vault, _ = a_vault(records=1)
    lock = vault.header.locks[0]
    for memory in (limits.KDF.memory, limits.KDF.most_memory):
        replace(lock, memory=memory).check_bounds()


def test_files_that_are_no_vaults_are_refused():
    words = RecoveryKey(bytes(32))
    for data in (
        b"",
        b"{}",
        b"age-encryption.org/v1\n",
        b"skills-passport-vault\n",
        bytes(100),
        secrets.token_bytes(5_000),
    ):
        with pytest.raises(MalformedVault):
            opened(data, words)
