"""The bits of a status list, as Bitstring Status List 1.0 writes them."""

import gzip

import pytest

from passport.encoding import multibase_encode
from passport.errors.status import StatusIndexOutOfRange, StatusListTooLarge, StatusListTooShort
from passport.limits import STATUS
from passport.status import bit, decode, empty, encode, set_bit

SPECIFICATION = "uH4sIAAAAAAAAA-3BMQEAAADCoPVPbQwfoAAAAAAAAAAAAAAAAAAAAIC3AYbSVKsAQAAA"
"""Example 4 of the specification: 131,072 bits, all off."""


def test_the_specifications_own_list() -> None:
    assert decode(SPECIFICATION) == bytes(16_384)


def test_index_0_is_the_leftmost_bit() -> None:
    bits = empty()
    set_bit(bits, 0, on=True)
    set_bit(bits, 9, on=True)
    assert bytes(bits[:2]) == b"\x80\x40"
    assert [index for index in range(20) if bit(bits, index)] == [0, 9]
    set_bit(bits, 0, on=False)
    assert bytes(bits[:2]) == b"\x00\x40"


def test_a_list_is_never_shorter_than_the_least_length() -> None:
    assert len(empty(8)) == STATUS.minimum_expanded
    assert len(empty(131_073)) == STATUS.minimum_expanded + 1
    assert len(encode(bytes(STATUS.minimum_expanded))) > 10
    with pytest.raises(StatusListTooShort):
        encode(bytes(STATUS.minimum_expanded - 1))


def test_lengths_at_the_limit() -> None:
    assert len(decode(encode(bytes(STATUS.expanded)))) == STATUS.expanded
    with pytest.raises(StatusListTooLarge):
        encode(bytes(STATUS.expanded + 1))
    with pytest.raises(StatusListTooLarge):
        decode(multibase_encode(gzip.compress(bytes(STATUS.expanded + 1)), "u"))


def test_the_same_bits_give_the_same_text() -> None:
    assert encode(bytes(20_000)) == encode(bytes(20_000))


@pytest.mark.parametrize("index", [-1, 131_072, 10**30])
def test_an_index_outside_is_refused(index: int) -> None:
    with pytest.raises(StatusIndexOutOfRange):
        bit(empty(), index)
    with pytest.raises(StatusIndexOutOfRange):
        set_bit(empty(), index, on=True)
    assert bit(empty(), 131_071) is False
