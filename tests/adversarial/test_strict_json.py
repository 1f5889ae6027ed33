"""A1: JSON that lenient parsers take, or that makes them slow, is refused with a typed error, quickly."""

import sys
import time

import pytest

from passport import limits
from passport.errors import (
    DuplicateKey,
    Invalid,
    JsonTooDeep,
    JsonTooLarge,
    MalformedJson,
    NotAnObject,
    NotUnicode,
    NumberOutOfRange,
    TooLarge,
)
from passport.json import parse_json, parse_object

REFUSED = {
    "empty": (b"", MalformedJson),
    "whitespace": (b"  \n", MalformedJson),
    "duplicate key at the top": (b'{"a":1,"a":2}', DuplicateKey),
    "duplicate key, nested": (b'{"x":[{"a":1,"a":1}]}', DuplicateKey),
    "duplicate key, escaped": (b'{"a":1,"\\u0061":2}', DuplicateKey),
    "duplicate proof": (b'{"proof":{},"proof":[]}', DuplicateKey),
    "duplicate context": (b'{"@context":[],"@context":[]}', DuplicateKey),
    "NaN": (b'{"a":NaN}', NumberOutOfRange),
    "Infinity": (b"[Infinity]", NumberOutOfRange),
    "-Infinity": (b"-Infinity", NumberOutOfRange),
    "1e400": (b"1e400", NumberOutOfRange),
    "-1e400": (b"[-1e400]", NumberOutOfRange),
    "2^53": (b"9007199254740992", NumberOutOfRange),
    "-2^53": (b"-9007199254740992", NumberOutOfRange),
    "18 digits": (b"100000000000000000", NumberOutOfRange),
    "5,000 digits": (b"9" * 5000, NumberOutOfRange),
    "200,000 digits behind the point": (b"0." + b"3" * 200_000, NumberOutOfRange),
    "200,000 digits in the exponent": (b"1e" + b"9" * 200_000, NumberOutOfRange),
    "lone high surrogate": (b'"\\ud800"', NotUnicode),
    "lone low surrogate": (b'"\\udfff"', NotUnicode),
    "surrogates the wrong way round": (b'"\\udc00\\ud800"', NotUnicode),
    "surrogate in a key": (b'{"\\ud800":1}', NotUnicode),
    "surrogate as UTF-8": (b'"\xed\xa0\x80"', NotUnicode),
    "byte order mark": (b"\xef\xbb\xbf{}", MalformedJson),
    "UTF-16": ("{}".encode("utf-16"), NotUnicode),
    "UTF-16 little-endian, no mark": ('{"a":"b"}'.encode("utf-16-le"), MalformedJson),
    "UTF-32": ("{}".encode("utf-32"), NotUnicode),
    "latin-1": ('"é"'.encode("latin-1"), NotUnicode),
    "overlong UTF-8": (b'"\xc0\xaf"', NotUnicode),
    "beyond U+10FFFF": (b'"\xf4\x90\x80\x80"', NotUnicode),
    "trailing bytes": (b"{}x", MalformedJson),
    "two values": (b"{}{}", MalformedJson),
    "trailing NUL": (b"{}\x00", MalformedJson),
    "trailing comma in an object": (b'{"a":1,}', MalformedJson),
    "trailing comma in an array": (b"[1,]", MalformedJson),
    "line comment": (b"// x\n{}", MalformedJson),
    "block comment": (b"{/* x */}", MalformedJson),
    "single quotes": (b"{'a':1}", MalformedJson),
    "bare key": (b"{a:1}", MalformedJson),
    "leading zero": (b"01", MalformedJson),
    "plus": (b"+1", MalformedJson),
    "no digit before the point": (b".5", MalformedJson),
    "no digit behind the point": (b"1.", MalformedJson),
    "hexadecimal": (b"0x10", MalformedJson),
    "underscore": (b"1_000", MalformedJson),
    "Arabic digits": ("٣".encode(), MalformedJson),
    "control character in a string": (b'"\x01"', MalformedJson),
    "line feed in a string": (b'"a\nb"', MalformedJson),
    "unknown escape": (b'"\\x41"', MalformedJson),
    "short escape": (b'"\\u12"', MalformedJson),
    "unterminated string": (b'"abc', MalformedJson),
    "unterminated object": (b'{"a":1', MalformedJson),
    "closed too often": (b"[]]", MalformedJson),
    "no-break space between tokens": ("[\u00a01]".encode(), MalformedJson),
    "capital True": (b"True", MalformedJson),
    "33 levels": (b"[" * 33 + b"]" * 33, JsonTooDeep),
    "100,000 levels": (b"[" * 100_000 + b"]" * 100_000, JsonTooDeep),
    "100,000 objects deep": (b'{"a":' * 40_000, JsonTooDeep),
    "257 items": (b"[" + b",".join([b"1"] * 257) + b"]", JsonTooLarge),
    "257 members": (b"{" + b",".join(b'"%d":1' % n for n in range(257)) + b"}", JsonTooLarge),
    "a long string": (b'"' + b"a" * 65_537 + b'"', JsonTooLarge),
    "a long key": (b'{"' + b"a" * 65_537 + b'":1}', JsonTooLarge),
    "too many bytes": (b" " * 262_145, JsonTooLarge),
    "an unterminated string of escaped quotes": (b'"' + b'\\"' * 131_000, MalformedJson),
    "an unterminated string of backslashes": (b'"' + b"\\" * 262_001, MalformedJson),
    "quotes only": (b'"' * 262_144, MalformedJson),
}


@pytest.mark.parametrize("name", REFUSED)
def test_refused_with_a_typed_error_in_a_quarter_of_a_second(name):
    data, error = REFUSED[name]
    start = time.process_time()
    with pytest.raises(error):
        parse_json(data)
    assert time.process_time() - start < (0.25 if sys.platform != "emscripten" else 2)  # a wall clock there


@pytest.mark.parametrize("data", [b"[]", b'"{}"', b"1", b"null", b"true"])
def test_another_value_is_no_object(data):
    with pytest.raises(NotAnObject):
        parse_object(data)


ACCEPTED = {
    b"9007199254740991": 2**53 - 1,
    b"-9007199254740991": 1 - 2**53,
    b"[" * 32 + b"]" * 32: None,
    b"[" + b",".join([b"1"] * 256) + b"]": [1] * 256,
    b'"' + b"a" * 65_536 + b'"': "a" * 65_536,
    b"1" + b" " * 262_143: 1,
    b'"\\ud83d\\ude00"': "😀",
    b'"[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[["': "[" * 36,
    b'"\\"[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[["': '"' + "[" * 36,
    b'{"\\u0000":"\\u0000"}': {"\0": "\0"},
    b"1.7976931348623157e+308": 1.7976931348623157e308,
    b"-0.0": 0.0,
}


@pytest.mark.parametrize("data", ACCEPTED)
def test_what_just_fits_is_accepted(data):
    value = parse_json(data)
    assert ACCEPTED[data] is None or value == ACCEPTED[data]


def test_a_class_of_documents_has_its_own_bounds():
    wide = b"[" + b",".join([b"1"] * 257) + b"]"
    assert len(parse_json(wide, limits.PUBLISHED)) == 257
    small = limits.JsonLimits(size=4, depth=1, array=1, string=1, integer_digits=2, float_characters=3)
    for data, fits in [(b"12", True), (b"123", False), (b"1.5", True), (b"1.55", False), (b"[[]]", False)]:
        if fits:
            parse_json(data, small)
        else:
            with pytest.raises(Invalid):
                parse_json(data, small)
    with pytest.raises(TooLarge, match="limit 4"):
        parse_json(b"12345", small)
