"""A secret order of the places in a status list, so that a place says nothing about when, or to whom.

A counter gives 0, 1, 2, …; a Feistel network over 18 bits, walked until it lands inside the list, turns each
into another place. It is a bijection, so that no place is ever given twice.
"""

import hashlib

ENTRIES = 131_072
"""Entries of one list: the least that Bitstring Status List 1.0 allows, for herd privacy (section 6.1)."""
_HALF = 9
_MASK = (1 << _HALF) - 1
_ROUNDS = 8


def place(seed: bytes, block: int, number: int) -> int:
    """The place, 0 to 131,071, of the entry with this number in a block's lists.

    Raises:
        ValueError: the number is outside the list.
    """
    if not 0 <= number < ENTRIES:
        raise ValueError(number)
    found = _shuffle(seed, block, number)
    while found >= ENTRIES:
        found = _shuffle(seed, block, found)
    return found


def _shuffle(seed: bytes, block: int, value: int) -> int:
    left, right = value >> _HALF, value & _MASK
    for step in range(_ROUNDS):
        left, right = right, left ^ _round(seed, block, step, right)
    return left << _HALF | right


def _round(seed: bytes, block: int, step: int, half: int) -> int:
    data = block.to_bytes(8, "big") + bytes((step,)) + half.to_bytes(2, "big")
    return int.from_bytes(hashlib.blake2b(data, key=seed, digest_size=2).digest(), "big") & _MASK
