"""Secrets at rest and in files."""

import stat

import pytest

from passport.errors.storage import SealBroken, SecretFileUnusable
from passport.storage.sealing import MasterKey
from passport.storage.secret_files import create_secret_file, read_secret_file

TEXT = "a" * 43
KEY = MasterKey(TEXT, "verifier")


def test_what_is_sealed_opens_at_its_own_place_only():
    sealed = KEY.seal(b"seed", "did:web:a#key-1")
    assert b"seed" not in sealed
    assert KEY.unseal(sealed, "did:web:a#key-1") == b"seed"
    assert sealed != KEY.seal(b"seed", "did:web:a#key-1")
    for key, place in (
        (KEY, "did:web:b#key-1"),
        (MasterKey(TEXT, "issuer"), "did:web:a#key-1"),
        (MasterKey("b" * 43, "verifier"), "did:web:a#key-1"),
    ):
        with pytest.raises(SealBroken):
            key.unseal(sealed, place)


def test_every_changed_or_missing_byte_breaks_the_seal():
    sealed = KEY.seal(b"seed", "x")
    for place in range(len(sealed)):
        changed = bytes(byte ^ 1 if index == place else byte for index, byte in enumerate(sealed))
        with pytest.raises(SealBroken):
            KEY.unseal(changed, "x")
        with pytest.raises(SealBroken):
            KEY.unseal(sealed[:place], "x")


def test_the_master_key_is_not_shown():
    assert repr(KEY) == str(KEY) == "MasterKey()"


def test_a_secret_file_is_made_once_for_its_owner_only(tmp_path):
    path = tmp_path / "deep" / "master.secret"
    create_secret_file(path)
    first = read_secret_file(path)
    create_secret_file(path)
    assert read_secret_file(path) == first
    assert len(first) == 43
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert [each.name for each in path.parent.iterdir()] == ["master.secret"]


@pytest.mark.parametrize(
    ("content", "mode"),
    [
        (b"", 0o600),
        (b"x" * 31, 0o600),
        (b"\xff" * 64, 0o600),
        (b"x" * 43, 0o640),
        (b"x" * 43, 0o604),
        (None, 0),
    ],
)
def test_a_secret_file_that_is_short_open_or_missing_is_refused(tmp_path, content, mode):
    path = tmp_path / "secret"
    if content is not None:
        path.write_bytes(content)
        path.chmod(mode)
    with pytest.raises(SecretFileUnusable):
        read_secret_file(path)
