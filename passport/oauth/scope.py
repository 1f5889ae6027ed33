"""Scopes: words with a space between them (RFC 6749, section 3.3)."""

import re

from passport.errors.oauth import InvalidScope

_WORD = re.compile(r"[\x21\x23-\x5B\x5D-\x7E]{1,512}", re.ASCII)
_MOST = 64


def parse_scope(text: str) -> tuple[str, ...]:
    """The words, each once, in the order they came; raises InvalidScope."""
    words = text.split(" ")
    if len(words) > _MOST or not all(_WORD.fullmatch(word) for word in words):
        raise InvalidScope
    return tuple(dict.fromkeys(words))


def write_scope(words: tuple[str, ...]) -> str:
    return " ".join(words)
