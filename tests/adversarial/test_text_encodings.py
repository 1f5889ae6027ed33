"""A4 and A8: one text for one value, in every encoding; nothing quadratic in front of a stranger."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from passport import encoding, limits
from passport.errors import (
    DigestMismatch,
    EncodingTooLong,
    Invalid,
    MalformedEncoding,
    UnsupportedDigest,
)

BASE64URL = [
    "QQ==", "QQ=", "=", "QQ QQ", "QQ\n", "\nQQ", "QR", "QUJ", "QUF/", "QUF+", "+_", "Q", "QUJDR", "QQ\x00", "ＱＱ",
    "QUI=", "Q-==", "QQ.", "🦆", "QUJD\r\n", "\tQQ",
]  # fmt: skip
BASE58 = ["0", "O", "I", "l", "1O", "z0", " 2", "2 ", "2\n", "-2", "２", "é", "+", "/", "2="]
BASE45 = ["A", "AAAA", "a", "%%a", "GGW", ":::", "::", "ZZZ", "A\n", "ÀA", "A_B", "=A", "\x00A", "AAÀ"]
MULTIBASE = ["", "m", "mQQ", "UQQ==", "b", "f00", "ZQQ", "Q", "uQQ==", "uQR", "z0", "zO", "zl", " z2", "\nz2"]


@pytest.mark.parametrize("text", BASE64URL, ids=repr)
def test_base64url_refuses(text):
    with pytest.raises(MalformedEncoding):
        encoding.base64url_decode(text)


@pytest.mark.parametrize("text", BASE58, ids=repr)
def test_base58_refuses(text):
    with pytest.raises(MalformedEncoding):
        encoding.base58_decode(text)


@pytest.mark.parametrize("text", BASE45, ids=repr)
def test_base45_refuses(text):
    with pytest.raises(MalformedEncoding):
        encoding.base45_decode(text)


@pytest.mark.parametrize("text", MULTIBASE, ids=repr)
def test_multibase_refuses(text):
    with pytest.raises(MalformedEncoding):
        encoding.multibase_decode(text)


def test_multibase_writes_two_bases_only():
    with pytest.raises(MalformedEncoding):
        encoding.multibase_encode(b"a", "m")


@pytest.mark.parametrize(
    ("decode", "most"),
    [
        (encoding.base58_decode, limits.BASE58_LENGTH),
        (encoding.base64url_decode, limits.BASE64URL_LENGTH),
        (encoding.base45_decode, limits.BASE64URL_LENGTH),
    ],
)
def test_longer_than_the_limit_is_refused_at_once(decode, most):
    decode(("A" * most)[: most - most % 3] if decode is encoding.base45_decode else "A" * most)
    start = time.process_time()
    for length in (most + 1, 50_000_000):
        with pytest.raises(EncodingTooLong):
            decode("A" * length)
    assert time.process_time() - start < 0.25


@given(st.binary(max_size=80))
@settings(max_examples=500)
def test_decoding_undoes_encoding(data):
    assert encoding.base64url_decode(encoding.base64url_encode(data)) == data
    assert encoding.base58_decode(encoding.base58_encode(data)) == data
    assert encoding.base45_decode(encoding.base45_encode(data)) == data
    for base in "zu":
        assert encoding.multibase_decode(encoding.multibase_encode(data, base)) == data


@pytest.mark.parametrize(
    ("alphabet", "decode", "encode"),
    [
        ("ABYZabyz0189-_+/=\n ", encoding.base64url_decode, encoding.base64url_encode),
        ("123456789ABCDEFGHJabcz0OIl ", encoding.base58_decode, encoding.base58_encode),
        ("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:", encoding.base45_decode, encoding.base45_encode),
    ],
)
def test_encoding_undoes_decoding_of_all_that_is_accepted(alphabet, decode, encode):
    @given(st.text(alphabet, max_size=24))
    @settings(max_examples=1000)
    def check(text):
        try:
            data = decode(text)
        except Invalid:
            return
        assert encode(data) == text

    check()


def test_published_values():
    # RFC 9285, section 4.3 and 4.4
    assert encoding.base45_encode(b"AB") == "BB8"
    assert encoding.base45_encode(b"Hello!!") == "%69 VD92EX0"
    assert encoding.base45_encode(b"base-45") == "UJCLQE7W581"
    assert encoding.base45_decode("QED8WEX0") == b"ietf!"
    # draft-msporny-base58, section 5
    assert encoding.base58_encode(b"Hello World!") == "2NEpo7TZRRrLZSi2U"
    assert encoding.base58_decode("111233QC4") == bytes.fromhex("000000287fb4cd")
    # RFC 4648, section 10
    assert encoding.base64url_encode(b"foobar") == "Zm9vYmFy"


def test_digest_multibase_holds_and_refuses():
    digest = encoding.digest_multibase(b"hello")
    assert (
        encoding.multibase_decode(digest).hex()
        == "12202cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824"
    )
    encoding.check_digest_multibase(b"hello", digest)
    with pytest.raises(DigestMismatch):
        encoding.check_digest_multibase(b"hallo", digest)
    with pytest.raises(DigestMismatch):
        encoding.check_digest_multibase(
            b"hello", encoding.multibase_encode(encoding.multibase_decode(digest)[:-1], "u")
        )


def test_digest_multibase_takes_sha384_and_base58():
    import hashlib

    long = encoding.multibase_encode(b"\x20\x30" + hashlib.sha384(b"hello").digest(), "z")
    encoding.check_digest_multibase(b"hello", long)
    for unsupported in (
        b"\x11\x14" + hashlib.sha1(b"hello").digest(),
        b"\x13\x40" + hashlib.sha512(b"hello").digest(),
        b"",
    ):
        with pytest.raises(UnsupportedDigest):
            encoding.check_digest_multibase(b"hello", encoding.multibase_encode(unsupported, "u"))
