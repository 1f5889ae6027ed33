"""Writing JSON: compact (RFC 8259), or in the one form that is signed (RFC 8785)."""

import json
from typing import Any, cast

import rfc8785

from passport.errors import NotUnicode, NumberOutOfRange
from passport.json.values import JsonValue

try:
    from passport.json.native import write, write_canonically
except ImportError:  # no orjson in a browser

    def write(value: JsonValue) -> bytes | None:  # noqa: ARG001
        return None

    write_canonically = write


def dump(value: JsonValue) -> bytes:
    """Write compact UTF-8 JSON, keys in their own order.

    Raises:
        NotUnicode: a lone surrogate.
        NumberOutOfRange: NaN or an infinity.
    """
    return write(value) or dump_any(value)


def canonicalize(value: JsonValue) -> bytes:
    """Write the JSON Canonicalization Scheme form (RFC 8785) of a value.

    Raises:
        NotUnicode: a lone surrogate.
        NumberOutOfRange: a number that has no exact form in RFC 8785.
    """
    return write_canonically(value) or canonicalize_any(value)


def dump_any(value: JsonValue) -> bytes:
    """`dump` for every value that has a JSON form."""
    try:
        return json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode("utf-8")
    except UnicodeEncodeError:
        raise NotUnicode from None
    except ValueError:
        raise NumberOutOfRange from None


def canonicalize_any(value: JsonValue) -> bytes:
    """`canonicalize` for every value that has a canonical form."""
    try:
        return rfc8785.dumps(cast("Any", value))
    except (rfc8785.IntegerDomainError, rfc8785.FloatDomainError):
        raise NumberOutOfRange from None
    except (rfc8785.CanonicalizationError, UnicodeEncodeError):
        raise NotUnicode from None
