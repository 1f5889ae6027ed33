"""The members of a JSON object of ours, read strictly: each of one form, and nothing else beside them."""

import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from enum import StrEnum
from typing import Any, TypeVar

from passport.clock import parse_datetime
from passport.dids import check_did
from passport.errors import Invalid
from passport.errors.trust import MalformedStatement

T = TypeVar("T")
W = TypeVar("W", bound=StrEnum)

_URL = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\s\x00-\x20\x7f\"<>\\^`{|}]+")
_LANGUAGES = frozenset({"en", "nl"})
_TURNS_TEXT_ROUND = frozenset("\u200e\u200f\u061c\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")

NAME_LENGTH = 300
"""Characters of a name or label."""
URL_LENGTH = 2_048
"""Characters of an address or identifier."""
INTEGER_MOST = 2**53 - 1


class Members:
    """One JSON object while it is read. Whoever reads it says `close()` at the end: nothing may be left.

    Every method raises the class of refusal that was given, with the name of our own member.
    """

    def __init__(self, value: object, refusal: type[MalformedStatement]) -> None:
        if not isinstance(value, dict):
            raise refusal
        self._value: dict[str, Any] = value
        self._left = set(value)
        self._refusal = refusal

    def close(self) -> None:
        if self._left:
            raise self._refusal(unknown_members=len(self._left))

    @property
    def document(self) -> dict[str, Any]:
        """The object itself, as it was read."""
        return self._value

    def __contains__(self, name: str) -> bool:
        return name in self._value

    def maybe(self, name: str, read: Callable[..., T], **bounds: int) -> T | None:
        """Read a member that may be absent; null is not absent."""
        return read(name, **bounds) if name in self._value else None

    def refuse(self, name: str) -> MalformedStatement:
        return self._refusal(member=name)

    def constant(self, name: str, expected: str) -> None:
        if self._take(name) != expected:
            raise self.refuse(name)

    def text(self, name: str, *, least: int = 1, most: int = NAME_LENGTH) -> str:
        """Text for people's eyes: no control characters, nothing that turns its direction round."""
        return self._check_text(name, self._take(name), least, most)

    def url(self, name: str) -> str:
        return self._check_url(name, self._take(name))

    def did(self, name: str) -> str:
        return self._check_did(name, self._take(name))

    def moment(self, name: str) -> datetime:
        try:
            return parse_datetime(self._take(name))
        except Invalid:
            raise self.refuse(name) from None

    def integer(self, name: str, *, least: int = 1, most: int = INTEGER_MOST) -> int:
        value = self._take(name)
        if type(value) is not int or not least <= value <= most:
            raise self.refuse(name)
        return value

    def boolean(self, name: str) -> bool:
        value = self._take(name)
        if type(value) is not bool:
            raise self.refuse(name)
        return value

    def word(self, name: str, words: type[W]) -> W:
        """One word of a closed list."""
        return self._check_word(name, self._take(name), words)

    def words(self, name: str, words: type[W]) -> frozenset[W]:
        """Different words of a closed list, at least one."""
        return frozenset(self._check_word(name, each, words) for each in self._different(name, len(words)))

    def keys(self, name: str, *, most: int) -> frozenset[str]:
        """Different keys, at least one; whoever reads them knows which there are."""
        return frozenset(self._different(name, most))

    def urls(self, name: str, *, most: int) -> frozenset[str]:
        """Different URLs, at least one."""
        return frozenset(self._check_url(name, each) for each in self._different(name, most))

    def dids(self, name: str, *, most: int) -> frozenset[str]:
        """Different DIDs, at least one."""
        return frozenset(self._check_did(name, each) for each in self._different(name, most))

    def names(self, name: str, *, most: int = NAME_LENGTH) -> Mapping[str, str]:
        """A name per language, in Dutch, in English or in both."""
        value = self._take(name)
        if not isinstance(value, dict) or not value or not value.keys() <= _LANGUAGES:
            raise self.refuse(name)
        return {language: self._check_text(name, text, 1, most) for language, text in value.items()}

    def nested(self, name: str) -> "Members":
        value = self._take(name)
        if not isinstance(value, dict):
            raise self.refuse(name)
        return Members(value, self._refusal)

    def nested_list(self, name: str, *, least: int = 1, most: int) -> tuple["Members", ...]:
        return tuple(Members(each, self._refusal) for each in self._list(name, least, most))

    def raw(self, name: str) -> Any:
        """A member that somebody else reads."""
        return self._take(name)

    def _take(self, name: str) -> Any:
        self._left.discard(name)
        if name not in self._value:
            raise self.refuse(name)
        return self._value[name]

    def _list(self, name: str, least: int, most: int) -> Sequence[object]:
        value = self._take(name)
        if not isinstance(value, list) or not least <= len(value) <= most:
            raise self.refuse(name)
        return value

    def _different(self, name: str, most: int) -> Sequence[str]:
        texts: list[str] = []
        for each in self._list(name, 1, most):
            if not isinstance(each, str) or each in texts:
                raise self.refuse(name)
            texts.append(each)
        return texts

    def _check_text(self, name: str, value: object, least: int, most: int) -> str:
        if not isinstance(value, str) or not least <= len(value) <= most or not value.strip():
            raise self.refuse(name)
        if any(unicodedata.category(mark) == "Cc" or mark in _TURNS_TEXT_ROUND for mark in value):
            raise self.refuse(name)
        return value

    def _check_url(self, name: str, value: object) -> str:
        if not isinstance(value, str) or len(value) > URL_LENGTH or not _URL.fullmatch(value):
            raise self.refuse(name)
        return value

    def _check_did(self, name: str, value: object) -> str:
        try:
            return check_did(value)
        except Invalid:
            raise self.refuse(name) from None

    def _check_word(self, name: str, value: object, words: type[W]) -> W:
        if not isinstance(value, str) or value not in {str(word) for word in words}:
            raise self.refuse(name)
        return words(value)
