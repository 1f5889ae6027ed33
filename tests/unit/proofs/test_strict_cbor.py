"""The part of CBOR that proof values need (RFC 8949), read strictly."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from passport.errors import MalformedEncoding
from passport.proofs.ecdsa_sd import cbor

WRITTEN = {
    # RFC 8949, appendix A
    "00": 0,
    "01": 1,
    "0a": 10,
    "17": 23,
    "1818": 24,
    "1819": 25,
    "1864": 100,
    "1903e8": 1000,
    "1a000f4240": 1000000,
    "1b000000e8d4a51000": 1000000000000,
    "1bffffffffffffffff": 18446744073709551615,
    "40": b"",
    "4401020304": bytes((1, 2, 3, 4)),
    "60": "",
    "6161": "a",
    "62225c": '"\\',
    "62c3bc": "ü",
    "63e6b0b4": "水",
    "64f0908591": "𐅑",
    "80": [],
    "83010203": [1, 2, 3],
    "8301820203820405": [1, [2, 3], [4, 5]],
    "98190102030405060708090a0b0c0d0e0f101112131415161718181819": list(range(1, 26)),
    "a0": {},
    "a201020304": {1: 2, 3: 4},
}


@pytest.mark.parametrize("written", WRITTEN)
def test_the_specifications_examples(written):
    assert cbor.decode(bytes.fromhex(written)) == WRITTEN[written]
    assert cbor.encode(WRITTEN[written]).hex() == written


def test_keys_are_written_in_order_and_read_in_any():
    assert cbor.encode({30: 1, 2: 0}).hex() == "a20200181e01"
    assert cbor.decode(bytes.fromhex("a2181e010200")) == {30: 1, 2: 0}


REFUSED = {
    "nothing": "",
    "a byte behind the end": "0000",
    "a negative number": "20",
    "a tag": "d84040",
    "a tag at the end": "c0",
    "false": "f4",
    "null": "f6",
    "a float": "f93c00",
    "the simple value 255": "f8ff",
    "bytes without a length": "5f41004100ff",
    "text without a length": "7f6161ff",
    "an array without a length": "9f00ff",
    "a map without a length": "bf0000ff",
    "a break": "ff",
    "reserved lengths": "1c",
    "0 in two bytes": "1800",
    "23 in two bytes": "1817",
    "255 in three bytes": "1900ff",
    "65535 in five bytes": "1a0000ffff",
    "4294967295 in nine bytes": "1b00000000ffffffff",
    "a length in more bytes than needed": "580100",
    "a number cut short": "1903",
    "bytes cut short": "4401",
    "text cut short": "6261",
    "an array cut short": "8200",
    "a map cut short": "a100",
    "bytes of 2^64 - 1": "5bffffffffffffffff",
    "text of 2^64 - 1": "7bffffffffffffffff",
    "an array of 2^63": "9b8000000000000000",
    "a map of 2^63": "bb8000000000000000",
    "an array of 2^31 and one byte": "9a8000000000",
    "text that is no UTF-8": "61ff",
    "text with a surrogate": "63eda080",
    "one key twice": "a200010002",
    "a key of text": "a1616101",
    "a key of bytes": "a1410101",
    "an array as a key": "a18001",
    "an array in an array in an array": "81818100",
    "a map in a map in an array": "81a100a10000",
    "a thousand arrays": "81" * 1000 + "00",
}


@pytest.mark.parametrize("written", REFUSED.values(), ids=REFUSED)
def test_everything_else_is_refused(written):
    with pytest.raises(MalformedEncoding):
        cbor.decode(bytes.fromhex(written))


plain = st.one_of(st.integers(0, 2**64 - 1), st.binary(max_size=40), st.text(max_size=40))
inner = st.one_of(plain, st.lists(plain, max_size=30), st.dictionaries(st.integers(0, 2**20), plain))


@given(st.lists(inner, max_size=30))
def test_what_is_written_is_read(value):
    written = cbor.encode(value)
    assert cbor.decode(written) == value
    assert cbor.encode(cbor.decode(written)) == written


@given(st.binary(max_size=60))
def test_what_is_read_has_one_text_but_for_the_order_of_keys(data):
    try:
        value = cbor.decode(data)
    except MalformedEncoding:
        return
    assert sorted(cbor.encode(value)) == sorted(data)
