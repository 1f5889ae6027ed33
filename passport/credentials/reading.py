"""Members of a JSON object, read strictly: one form each, so that what is read is what was signed.

JSON-LD gives `"x"`, `["x"]` and `[["x"]]` the same signed meaning. Only the form that the specification
prints is read here; the others are refused, so nobody can hide a member by writing it in another way.
"""

import re
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, TypeVar

from passport.clock import parse_datetime
from passport.errors.credentials import MalformedMember, MissingMember, NotAUrl, WrongType
from passport.errors.jsonld import TooManyItems
from passport.json import JsonObject
from passport.limits import DOCUMENT

T = TypeVar("T")

_URL = re.compile(r"[A-Za-z][A-Za-z0-9+.\-]*:[^\x00-\x20<>\"{}|\\^`\x7f]+")


def is_url(value: object) -> bool:
    """Whether this is an absolute URL or URN without blanks and brackets."""
    return isinstance(value, str) and _URL.fullmatch(value) is not None


def text(source: Mapping[str, Any], member: str) -> str:
    """A string that must be there and must say something."""
    found = optional_text(source, member)
    if found is None:
        raise MissingMember(member=member)
    if not found:
        raise MalformedMember(member=member)
    return found


def optional_text(source: Mapping[str, Any], member: str) -> str | None:
    if member not in source:
        return None
    found = source[member]
    if not isinstance(found, str):
        raise MalformedMember(member=member)
    return found


def url(source: Mapping[str, Any], member: str) -> str:
    found = text(source, member)
    if not is_url(found):
        raise NotAUrl(member=member)
    return found


def optional_url(source: Mapping[str, Any], member: str) -> str | None:
    return url(source, member) if member in source else None


def optional_moment(source: Mapping[str, Any], member: str) -> datetime | None:
    return parse_datetime(source[member]) if member in source else None


def mapping(source: Mapping[str, Any], member: str) -> JsonObject:
    """An object that must be there; an array of one is refused."""
    found = source.get(member)
    if found is None:
        raise MissingMember(member=member)
    if not isinstance(found, dict):
        raise MalformedMember(member=member)
    return found


def optional_mapping(source: Mapping[str, Any], member: str) -> JsonObject | None:
    return mapping(source, member) if member in source else None


def texts(source: Mapping[str, Any], member: str, most: int) -> tuple[str, ...]:
    """A list of strings, or one string; empty where the member is missing."""
    if member not in source:
        return ()
    found = source[member]
    items = found if isinstance(found, list) else [found]
    if len(items) > most:
        raise TooManyItems(member=member, limit=most)
    if not all(isinstance(item, str) and item for item in items):
        raise MalformedMember(member=member)
    return tuple(items)


def objects(
    source: Mapping[str, Any], member: str, parse: Callable[[JsonObject], T], most: int
) -> tuple[T, ...]:
    """A list of objects, or one object, each parsed; empty where the member is missing."""
    if member not in source:
        return ()
    found = source[member]
    items = found if isinstance(found, list) else [found]
    if len(items) > most:
        raise TooManyItems(member=member, limit=most)
    if not all(isinstance(item, dict) for item in items):
        raise MalformedMember(member=member)
    return tuple(parse(item) for item in items)


def types(source: Mapping[str, Any], expected: str | None = None) -> tuple[str, ...]:
    """The types of an object: at least one, each once, among them the one expected."""
    found = texts(source, "type", DOCUMENT.types)
    if not found:
        raise MissingMember(member="type")
    if len(set(found)) != len(found):
        raise MalformedMember(member="type")
    if expected is not None and expected not in found:
        raise WrongType(expected=expected)
    return found


def whole(source: Mapping[str, Any], member: str) -> int | None:
    """A whole number that is at least 1, or None where the member is missing."""
    if member not in source:
        return None
    found = source[member]
    if not isinstance(found, int) or isinstance(found, bool) or found < 1:
        raise MalformedMember(member=member)
    return found
