"""Somebody who changes documents at random: their values, their structure, one byte of their text."""

import copy
import random
from collections.abc import Callable
from typing import Any

from tests.simulators.odd_values import ADDRESSES, CONTEXTS, KEYS, NAMES, NUMBERS, ODD, TEXTS

Spot = tuple[Any, Any]
"""What holds a value, and under which key or number."""

_DECIDE = frozenset({"type", "@context", "proofPurpose"})
"""Keys whose values decide how others are read."""


def change_value(document: dict[str, Any], chance: random.Random) -> None:
    """Change one value, mostly one that is copied."""
    everything = [(holder, key) for holder, key in _spots(document) if type(holder[key]) not in {dict, list}]
    copied = [(holder, key) for holder, key in everything if type(holder) is dict and key not in _DECIDE]
    found = copied if copied and chance.random() < 0.9 else everything
    if found:
        chance.choices(*_VALUE_CHANGES)[0](found, *chance.choice(found), chance)


def change_structure(document: dict[str, Any], chance: random.Random) -> None:
    """Change keys, nesting, arrays, types or contexts."""
    found = _spots(document)
    if found:
        chance.choice(_STRUCTURE_CHANGES)(_Parts(document, found), *chance.choice(found), chance)


def change_byte(text: bytes, chance: random.Random) -> bytes:
    """Put another byte in one place."""
    at = chance.randrange(len(text))
    return text[:at] + bytes([(text[at] + chance.randrange(1, 256)) % 256]) + text[at + 1 :]


def _spots(value: Any) -> list[Spot]:
    members = value.items() if type(value) is dict else enumerate(value) if type(value) is list else ()
    return [spot for key, member in list(members) for spot in [(value, key), *_spots(member)]]


# Values: all spots, the chosen one, chance


def _swap(found: list[Spot], holder: Any, key: Any, chance: random.Random) -> None:
    other, other_key = chance.choice(found)
    holder[key], other[other_key] = other[other_key], holder[key]


def _copy(found: list[Spot], holder: Any, key: Any, chance: random.Random) -> None:
    other, other_key = chance.choice(found)
    holder[key] = other[other_key]


def _same_id(found: list[Spot], _holder: Any, _key: Any, chance: random.Random) -> None:
    ids = [spot for spot in found if spot[1] == "id"] or found
    _copy(ids, *chance.choice(ids), chance)


def _character(_found: list[Spot], holder: Any, key: Any, chance: random.Random) -> None:
    old = str(holder[key])
    ranges = (0x20, 0x80, 0x3000, 0x10FFFF)
    made = chance.choice([*TEXTS, *(chr(chance.randrange(end)) for end in ranges)])
    at = chance.randrange(len(old) + 1)
    holder[key] = old[:at] + made + old[at + chance.randrange(2) :]


def _odd(_found: list[Spot], holder: Any, key: Any, chance: random.Random) -> None:
    holder[key] = chance.choice(chance.choice([TEXTS, ADDRESSES, NUMBERS]))


def _alike(_found: list[Spot], holder: Any, key: Any, chance: random.Random) -> None:
    """Another value of the same kind."""
    old = holder[key]
    if type(old) is bool:
        holder[key] = not old
    elif type(old) is int:
        holder[key] = chance.choice([chance.randrange(-(10**6), 10**6), 10**21, 0])
    elif type(old) is float:
        holder[key] = chance.choice([chance.randrange(-(10**6), 10**6) / 8, chance.random(), 1e21, -0.0])
    elif type(old) is str and ":" in old:
        holder[key] = chance.choice(
            [f"{old.split(':')[0]}:{chance.randrange(10**9)}", chance.choice(ADDRESSES)]
        )
    else:
        holder[key] = chance.choice(TEXTS)


_VALUE_CHANGES = ((_swap, _copy, _same_id, _character, _odd, _alike), (1, 1, 1, 2, 1, 6))


# Structure: everything, the chosen spot, chance


class _Parts:
    def __init__(self, document: dict[str, Any], found: list[Spot]) -> None:
        self.document = document
        self.spots = found
        values = [holder[key] for holder, key in found]
        self.objects = [document, *(value for value in values if type(value) is dict)]
        self.arrays = [value for value in values if type(value) is list and value] or [[None]]


Change = Callable[[_Parts, Any, Any, random.Random], None]


def _take_away(_parts: _Parts, holder: Any, key: Any, _chance: random.Random) -> None:
    holder.pop(key)


def _add(parts: _Parts, _holder: Any, _key: Any, chance: random.Random) -> None:
    chance.choice(parts.objects)[chance.choice(NAMES)] = copy.deepcopy(
        chance.choice([*TEXTS, *ADDRESSES, *NUMBERS, *ODD])
    )


def _rename(_parts: _Parts, holder: Any, key: Any, chance: random.Random) -> None:
    if type(holder) is dict:
        holder[chance.choice(NAMES)] = holder.pop(key)


def _wrap(_parts: _Parts, holder: Any, key: Any, _chance: random.Random) -> None:
    holder[key] = [holder[key]]


def _unwrap(_parts: _Parts, holder: Any, key: Any, _chance: random.Random) -> None:
    if type(holder[key]) is list and len(holder[key]) == 1:
        holder[key] = holder[key][0]


def _put_from_elsewhere(parts: _Parts, holder: Any, key: Any, chance: random.Random) -> None:
    other, other_key = chance.choice(parts.spots)
    holder[key] = copy.deepcopy(other[other_key])


def _exchange(parts: _Parts, holder: Any, key: Any, chance: random.Random) -> None:
    other, other_key = chance.choice(parts.spots)
    holder[key], other[other_key] = copy.deepcopy(other[other_key]), copy.deepcopy(holder[key])


def _repeat(parts: _Parts, _holder: Any, _key: Any, chance: random.Random) -> None:
    chosen = chance.choice(parts.arrays)
    chosen.append(copy.deepcopy(chance.choice(chosen)))


def _shorten(parts: _Parts, _holder: Any, _key: Any, chance: random.Random) -> None:
    chosen = chance.choice(parts.arrays)
    chosen.pop(chance.randrange(len(chosen)))


def _shuffle(parts: _Parts, _holder: Any, _key: Any, chance: random.Random) -> None:
    chance.shuffle(chance.choice(parts.arrays))


def _reorder(parts: _Parts, _holder: Any, _key: Any, chance: random.Random) -> None:
    chosen = chance.choice(parts.objects)
    items = list(chosen.items())
    chance.shuffle(items)
    chosen.clear()
    chosen.update(items)


def _other_contexts(parts: _Parts, _holder: Any, _key: Any, chance: random.Random) -> None:
    chosen = chance.choice([parts.document, parts.document, *parts.objects])
    chosen["@context"] = copy.deepcopy(chance.choice(CONTEXTS))


def _other_type(parts: _Parts, _holder: Any, _key: Any, chance: random.Random) -> None:
    chance.choice(parts.objects)["type"] = chance.choice(
        [chance.choice(KEYS), [chance.choice(KEYS)], "Profile"]
    )


def _odd_structure(_parts: _Parts, holder: Any, key: Any, chance: random.Random) -> None:
    holder[key] = copy.deepcopy(chance.choice(ODD))


_STRUCTURE_CHANGES: tuple[Change, ...] = (
    *(_take_away, _add, _rename, _wrap, _unwrap, _put_from_elsewhere, _exchange, _repeat, _shorten),
    *(_shuffle, _reorder, _other_contexts, _other_type, _odd_structure),
)
