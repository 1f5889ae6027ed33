"""Reading JSON strictly (RFC 8259, with the bounds and the refusals of I-JSON, RFC 7493)."""

import json
import re
from typing import Any, cast

from passport import limits
from passport.errors import (
    DuplicateKey,
    JsonTooDeep,
    JsonTooLarge,
    MalformedJson,
    NotAnObject,
    NotUnicode,
    NumberOutOfRange,
)
from passport.json.values import JsonObject, JsonValue

try:
    from passport.json.native import read
except ImportError:  # no orjson in a browser

    def read(data: bytes, bounds: limits.JsonLimits) -> JsonObject | None:  # noqa: ARG001
        return None


_SURROGATE = re.compile("[\ud800-\udfff]")
_MAX_SAFE_INTEGER = 2**53 - 1


def parse_json(data: bytes, bounds: limits.JsonLimits = limits.CREDENTIAL) -> JsonValue:
    """Read one JSON text strictly.

    Raises:
        MalformedJson: no JSON, or one of its kinds: DuplicateKey, NotUnicode, NumberOutOfRange.
        JsonTooLarge, JsonTooDeep: beyond `bounds`.
    """
    if len(data) > bounds.size:
        raise JsonTooLarge(limit=bounds.size)
    usual = read(data, bounds)
    return parse_any(data, bounds) if usual is None else usual


def parse_any(data: bytes, bounds: limits.JsonLimits) -> JsonValue:
    """`parse_json` for every text, in Python."""
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        raise NotUnicode from None
    _check_depth(text, bounds.depth)

    def integer(digits: str) -> int:
        if len(digits) > bounds.integer_digits or abs(int(digits)) > _MAX_SAFE_INTEGER:
            raise NumberOutOfRange
        return int(digits)

    def floating(digits: str) -> float:
        if len(digits) > bounds.float_characters:
            raise NumberOutOfRange
        return _finite(digits)

    try:
        value = json.loads(
            text,
            object_pairs_hook=_object,
            parse_int=integer,
            parse_float=floating,
            parse_constant=_refuse_constant,
        )
    except (ValueError, RecursionError):
        raise MalformedJson from None
    _check_values(value, bounds)
    return cast("JsonValue", value)


def parse_object(data: bytes, bounds: limits.JsonLimits = limits.CREDENTIAL) -> JsonObject:
    """Read one JSON object strictly; raises as parse_json, and NotAnObject."""
    value = parse_json(data, bounds)
    if not isinstance(value, dict):
        raise NotAnObject
    return value


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    made = dict(pairs)
    if len(made) != len(pairs):
        raise DuplicateKey
    return made


def _finite(digits: str) -> float:
    value = float(digits)
    if value in (float("inf"), float("-inf")):
        raise NumberOutOfRange
    return value


def _refuse_constant(_name: str) -> float:
    raise NumberOutOfRange


_STRING_OR_BRACKET = re.compile(r'"[^"\\]*+(?:\\.[^"\\]*+)*+"?|[\[{]|[\]}]', re.DOTALL)
"""A string that never ends is taken whole too: starting again at each of its quotes would be quadratic."""


def _check_depth(text: str, most: int) -> None:
    """Count brackets outside strings before the parser recurses into them."""
    depth = 0
    for token in _STRING_OR_BRACKET.finditer(text):
        mark = token[0]
        if mark in "[{":
            depth += 1
            if depth > most:
                raise JsonTooDeep(limit=most)
        elif mark in "]}":
            depth -= 1


def _check_values(root: Any, bounds: limits.JsonLimits) -> None:
    todo = [root]
    while todo:
        value = todo.pop()
        if isinstance(value, str):
            _check_string(value, bounds.string)
        elif isinstance(value, list):
            if len(value) > bounds.array:
                raise JsonTooLarge(array=bounds.array)
            todo.extend(value)
        elif isinstance(value, dict):
            if len(value) > bounds.array:
                raise JsonTooLarge(object=bounds.array)
            todo.extend(value)
            todo.extend(value.values())


def _check_string(text: str, most: int) -> None:
    if len(text) > most:
        raise JsonTooLarge(string=most)
    if not text.isascii() and _SURROGATE.search(text):
        raise NotUnicode
