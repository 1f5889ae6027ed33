"""`passport keys`: a key file is for its owner, is never written over, and shows its public side only."""

import json

import pytest

from passport.encoding import base64url_decode
from passport.key_files import load_key_file
from passport.keys import KeyType


@pytest.mark.parametrize("key_type", KeyType)
def test_a_new_key_is_closed_to_others_and_shown_the_same_later(passport, tmp_path, key_type):
    path = tmp_path / "a.key"
    made = passport("keys", "new", path, "--type", key_type, "--json")
    assert made.code == 0
    assert path.stat().st_mode & 0o777 == 0o600
    assert made.json["did"].startswith("did:key:z")
    assert made.json["verificationMethod"].startswith(made.json["did"] + "#")
    assert passport("keys", "show", path, "--json").json == made.json
    assert load_key_file(path).public_key.type is key_type


def test_people_see_the_did(passport, tmp_path):
    made = passport("keys", "new", tmp_path / "a.key")
    shown = passport("keys", "show", tmp_path / "a.key")
    assert made.out == shown.out
    assert "did:key:z6Mk" in shown.out


def test_a_key_is_never_written_over(passport, tmp_path):
    path = tmp_path / "a.key"
    passport("keys", "new", path)
    before = path.read_bytes()
    again = passport("keys", "new", path, "--json")
    assert again.code == 1
    assert again.json["error"]["code"] == "file_in_the_way"
    assert path.read_bytes() == before


def test_a_dangling_link_is_not_followed(passport, tmp_path):
    (tmp_path / "a.key").symlink_to(tmp_path / "elsewhere")
    assert passport("keys", "new", tmp_path / "a.key").code == 1
    assert not (tmp_path / "elsewhere").exists()


def test_the_secret_is_not_printed(passport, tmp_path):
    path = tmp_path / "a.key"
    made = passport("keys", "new", path, "--json")
    secret = json.loads(path.read_bytes())["secret"]
    for ran in (made, passport("keys", "show", path), passport("keys", "show", path, "--json")):
        assert secret not in ran.out + ran.err
        assert base64url_decode(secret).hex() not in ran.out + ran.err


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{}",
        b"[]",
        b"\xff",
        b'{"type":"Ed25519"}',
        b'{"type":"Ed25519","secret":"AAAA"}',
        b'{"type":"Ed25519","secret":1}',
        b'{"type":["Ed25519"],"secret":"AAAA"}',
        b'{"type":"RSA","secret":"AAAA"}',
        b'{"type":"P-256","secret":"' + b"A" * 43 + b'"}',
        b"x" * 2_000_000,
    ],
)
def test_what_is_no_key_file_is_refused_in_one_sentence(passport, tmp_path, content):
    path = tmp_path / "a.key"
    path.write_bytes(content)
    ran = passport("keys", "show", path)
    assert ran == type(ran)(1, "", "This is no key file. Make one with: passport keys new.\n")
