"""The usual document at C speed, with orjson: read strictly, written compactly or canonically.

Nothing is refused here. None says "not so usual", and the Python road of `reading` and `writing` decides: so
what is refused is refused there, and what is taken here is what it would have taken, value and type. orjson
is lenient where we are strict. Its work is checked without a second pass over the text in Python:

- Written again compactly, a text gives the same bytes only if no key stood there twice (a dict writes each
  once), and no number or escape was spelled in a second way.
- Of a text with spaces, line ends or escapes the colons are counted: a duplicate that was dropped took one
  along.
- The brackets and commas of the written bytes bound the depth and the number of members; only a document
  with many of them is walked.
"""

import re
from typing import Any

import orjson

from passport import limits
from passport.json.values import JsonObject, JsonValue

_STRICT = orjson.OPT_STRICT_INTEGER
_STANDARD_TYPES = orjson.OPT_PASSTHROUGH_DATACLASS | orjson.OPT_PASSTHROUGH_DATETIME
_CANONICAL = _STANDARD_TYPES | orjson.OPT_STRICT_INTEGER | orjson.OPT_SORT_KEYS
_LONGEST_INTEGER = 17
_LONGEST_FLOAT = 25
"""Characters: orjson writes no number longer, so bounds that are wider need no look."""
_LEAST_FRACTION, _MOST_FRACTION = 1e-4, 1e15
"""Between these nobody writes an exponent."""
_LONG_NUMBER = re.compile(rb"[0-9-][0-9.eE+-]{18}")
"""All integers beyond 64 bits, which orjson reads as floats, and more digits than a number needs."""
_BUT_BRACKETS_AND_COMMAS = bytes(byte for byte in range(256) if byte not in b"{[,")


def read(data: bytes, bounds: limits.JsonLimits) -> JsonObject | None:
    """The object that a text says, if all about it is usual."""
    if bounds.integer_digits < _LONGEST_INTEGER or bounds.float_characters < _LONGEST_FLOAT:
        return None
    try:
        value = orjson.loads(data)
        written = orjson.dumps(value, option=_STRICT)
    except (orjson.JSONDecodeError, orjson.JSONEncodeError):
        return None
    if value.__class__ is not dict or (written != data and not _each_key_once(data, written, value)):
        return None
    return value if _within(bounds, written, value) else None


def write(value: JsonValue) -> bytes | None:
    """Compact JSON, if nothing in it can be NaN, which orjson writes as null."""
    try:
        written = orjson.dumps(value, option=_STANDARD_TYPES)
    except orjson.JSONEncodeError:
        return None
    return written if written.rfind(b"null") < 0 else None  # `in`, from the left, takes four times as long


def write_canonically(value: JsonValue) -> bytes | None:
    """The form of RFC 8785 of an object, where orjson sorts its keys and writes its numbers like that.

    RFC 8785 sorts by UTF-16 code units, orjson by UTF-8: ASCII keys are the same in both.
    """
    if not isinstance(value, dict):
        return None
    try:
        written = orjson.dumps(value, option=_CANONICAL)
        if _usual(value, keys_are_ascii=written.isascii()):
            return written
        return orjson.dumps(_as_in_ecmascript(value), option=_CANONICAL)
    except (orjson.JSONEncodeError, _UnusualError):
        return None


class _UnusualError(Exception):
    pass


def _as_in_ecmascript(value: Any) -> Any:
    """A copy in which whole numbers are integers: RFC 8785 (section 3.2.2.3) writes 36, orjson 36.0.

    Where both write a plain fraction, they write the same shortest one.
    """
    kind = value.__class__
    if kind is dict:
        if not "".join(value).isascii():
            raise _UnusualError
        return {key: _as_in_ecmascript(member) for key, member in value.items()}
    if kind is list or kind is tuple:
        return [_as_in_ecmascript(member) for member in value]
    if kind is float:
        if not (value == 0 or _LEAST_FRACTION <= abs(value) < _MOST_FRACTION):
            raise _UnusualError
        return int(value) if value.is_integer() else value
    if kind is str or kind is bool or kind is int or value is None:
        return value
    raise _UnusualError


def _each_key_once(data: bytes, written: bytes, value: JsonObject) -> bool:
    """For a text in another layout: no key was dropped, and no number is spelled too long.

    Within a string a colon is a colon in both, unless it is escaped.
    """
    colons_alike = b"\\u003" not in data and data.count(b":") == written.count(b":")
    return colons_alike and (_usual(value) or not _LONG_NUMBER.search(data))


def _within(bounds: limits.JsonLimits, written: bytes, value: JsonObject) -> bool:
    """Whether no string, array, object or nesting is too large; at first those in strings are counted too."""
    marks = written.translate(None, _BUT_BRACKETS_AND_COMMAS)
    commas = marks.count(b",")
    few = len(marks) - commas <= bounds.depth and commas < bounds.array
    return len(written) <= bounds.string and (few or _shallow_and_narrow(bounds, value))


def _shallow_and_narrow(bounds: limits.JsonLimits, value: JsonObject) -> bool:
    level: list[Any] = [value]
    for _ in range(bounds.depth):
        members: list[Any] = []
        for container in level:
            if len(container) > bounds.array:
                return False
            members += container.values() if container.__class__ is dict else container
        level = [member for member in members if member.__class__ is dict or member.__class__ is list]
        if not level:
            return True
    return False


def _usual(value: JsonObject, *, keys_are_ascii: bool = True) -> bool:
    """Whether there is nothing but strings, integers, true, false and null in it, and all keys are ASCII."""
    members: list[Any] = [value]
    for member in members:
        kind = member.__class__
        if kind is str:
            continue
        if kind is dict:
            members += member.values()
            if not keys_are_ascii and not "".join(member).isascii():
                return False
        elif kind is list or kind is tuple:
            members += member
        elif kind is not bool and kind is not int and member is not None:
            return False
    return True
