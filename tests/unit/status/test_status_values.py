"""Entries of several bits: the most significant first, and nothing but the entry is touched."""

import random

import pytest

from passport.errors.status import (
    StatusIndexOutOfRange,
    StatusListTooLarge,
    StatusListTooShort,
    StatusValueOutOfRange,
)
from passport.limits import STATUS
from passport.status import bit, decode, empty, encode, set_bit, set_status, status_at, token_list


@pytest.mark.parametrize("size", range(1, 9))
def test_what_is_set_is_read_and_the_neighbours_are_left_alone(size):
    chance = random.Random(size)
    bits, wanted = empty(size=size), {}
    assert len(bits) == STATUS.minimum_expanded * size
    for _ in range(500):
        index, status = chance.randrange(200), chance.randrange(2**size)
        set_status(bits, index, status, size=size)
        wanted[index] = status
    assert {index: status_at(bits, index, size=size) for index in wanted} == wanted
    assert not any(status_at(bits, index, size=size) for index in set(range(210)) - wanted.keys())


def test_an_entry_is_at_index_times_size_with_its_highest_bit_first():
    bits = empty(size=3)
    set_status(bits, 2, 0b110, size=3)  # bits 6, 7 and 8
    assert bytes(bits[:2]) == b"\x03\x00"
    set_status(bits, 5, 0b101, size=3)  # bits 15, 16 and 17
    assert bytes(bits[:3]) == b"\x03\x01\x40"


def test_one_bit_is_a_status_too():
    bits = empty()
    set_status(bits, 9, 1, size=1)
    assert bit(bits, 9)
    assert status_at(bits, 9, size=1) == 1
    set_bit(bits, 9, on=False)
    assert bytes(bits) == bytes(empty())


@pytest.mark.parametrize("size", range(2, 9))
def test_the_last_entry_is_the_last(size):
    bits = empty(size=size)
    last = STATUS.minimum_expanded * 8 - 1
    set_status(bits, last, 1, size=size)
    assert status_at(bits, last, size=size) == 1
    for wrong in (-1, last + 1, 10**30):
        with pytest.raises(StatusIndexOutOfRange):
            status_at(bits, wrong, size=size)
        with pytest.raises(StatusIndexOutOfRange):
            set_status(bits, wrong, 1, size=size)


def test_with_larger_entries_the_least_length_is_larger():
    least = STATUS.minimum_expanded * 2
    assert status_at(bytes(least), 0, size=2) == 0
    with pytest.raises(StatusListTooShort):
        status_at(bytes(least - 1), 0, size=2)


@pytest.mark.parametrize(("size", "status"), [(1, 2), (1, -1), (2, 4), (8, 256)])
def test_a_status_that_does_not_fit_is_refused(size, status):
    with pytest.raises(StatusValueOutOfRange):
        set_status(empty(size=size), 0, status, size=size)
    with pytest.raises(StatusValueOutOfRange):
        token_list.set_status(token_list.empty(8, size), 0, status, size=size)


@pytest.mark.parametrize("size", [1, 2, 4, 8])
def test_a_token_list_keeps_every_status(size):
    chance = random.Random(size)
    statuses, wanted = token_list.empty(1000, size), {}
    for _ in range(500):
        index, status = chance.randrange(1000), chance.randrange(2**size)
        token_list.set_status(statuses, index, status, size=size)
        wanted[index] = status
    assert [token_list.status_at(statuses, at, size=size) for at in range(1000)] == [
        wanted.get(at, 0) for at in range(1000)
    ]
    for wrong in (-1, len(statuses) * 8 // size, 10**30):
        with pytest.raises(StatusIndexOutOfRange):
            token_list.status_at(statuses, wrong, size=size)
        with pytest.raises(StatusIndexOutOfRange):
            token_list.set_status(statuses, wrong, 0, size=size)


def test_a_token_list_at_the_limit():
    assert token_list.encode(bytes(STATUS.expanded), size=8)["bits"] == 8
    with pytest.raises(StatusListTooLarge):
        token_list.encode(bytes(STATUS.expanded + 1), size=8)


def test_a_list_that_would_not_be_read_again_is_not_written():
    noise = random.Random(1).randbytes(STATUS.compressed)
    with pytest.raises(StatusListTooLarge):
        encode(noise)
    with pytest.raises(StatusListTooLarge):
        token_list.encode(noise, size=1)
    assert decode(encode(noise[:1_000_000])) == noise[:1_000_000]
