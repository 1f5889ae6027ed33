"""RFC 8785 against its author's test data, and the number table of its appendix B."""

import struct

import pytest

from passport.errors import NumberOutOfRange
from passport.json import canonicalize, parse_json

CASES = ("arrays", "french", "structures", "unicode", "values", "weird")


@pytest.mark.parametrize("case", CASES)
def test_canonical_form_is_the_published_one(vectors, case):
    folder = vectors / "jcs"
    canonical = canonicalize(parse_json((folder / "input" / f"{case}.json").read_bytes()))
    assert canonical == (folder / "output" / f"{case}.json").read_bytes()
    assert canonical == bytes.fromhex((folder / "outhex" / f"{case}.txt").read_text())
    assert canonicalize(parse_json(canonical)) == canonical


@pytest.mark.parametrize(
    ("bits", "text"),
    [
        ("0000000000000000", b"0"),
        ("8000000000000000", b"0"),
        ("0000000000000001", b"5e-324"),
        ("8000000000000001", b"-5e-324"),
        ("7fefffffffffffff", b"1.7976931348623157e+308"),
        ("ffefffffffffffff", b"-1.7976931348623157e+308"),
        ("4340000000000000", b"9007199254740992"),
        ("c340000000000000", b"-9007199254740992"),
        ("4430000000000000", b"295147905179352830000"),
        ("44b52d02c7e14af5", b"9.999999999999997e+22"),
        ("44b52d02c7e14af6", b"1e+23"),
        ("44b52d02c7e14af7", b"1.0000000000000001e+23"),
        ("444b1ae4d6e2ef4e", b"999999999999999700000"),
        ("444b1ae4d6e2ef4f", b"999999999999999900000"),
        ("444b1ae4d6e2ef50", b"1e+21"),
        ("3eb0c6f7a0b5ed8c", b"9.999999999999997e-7"),
        ("3eb0c6f7a0b5ed8d", b"0.000001"),
        ("41b3de4355555553", b"333333333.3333332"),
        ("41b3de4355555554", b"333333333.33333325"),
        ("41b3de4355555555", b"333333333.3333333"),
        ("41b3de4355555556", b"333333333.3333334"),
        ("41b3de4355555557", b"333333333.33333343"),
        ("becbf647612f3696", b"-0.0000033333333333333333"),
        ("43143ff3c1cb0959", b"1424953923781206.2"),
    ],
)
def test_numbers_of_appendix_b(bits, text):
    assert canonicalize(struct.unpack(">d", bytes.fromhex(bits))[0]) == text


@pytest.mark.parametrize("bits", ["7fffffffffffffff", "7ff0000000000000", "fff0000000000000"])
def test_numbers_without_a_form_are_refused(bits):
    with pytest.raises(NumberOutOfRange):
        canonicalize(struct.unpack(">d", bytes.fromhex(bits))[0])
