"""Members of ELM documents: one value or a list of them, texts in languages, concepts of a vocabulary."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Final

from passport import limits
from passport.clock import parse_datetime
from passport.credentials.reading import is_url
from passport.errors import Invalid
from passport.errors.elm import MalformedElm, TooManyInElm
from passport.json import JsonObject

PREFERRED: Final = ("nl", "en")


def many(source: Mapping[str, Any], member: str) -> Sequence[JsonObject]:
    """The objects of a member that has one of them, a list, or is absent (ELM writes one without a list)."""
    if member not in source:
        return ()
    found = source[member]
    items = found if isinstance(found, list) else [found]
    if len(items) > limits.ELM.items:
        raise TooManyInElm(member=member, limit=limits.ELM.items)
    if not all(isinstance(item, dict) for item in items):
        raise MalformedElm(member=member)
    return items


def one(source: Mapping[str, Any], member: str) -> JsonObject | None:
    """The object of a member that has one at most; of a list of several the first is read."""
    found = many(source, member)
    return found[0] if found else None


def in_language(
    source: Mapping[str, Any] | None, member: str, languages: Sequence[str] = PREFERRED
) -> str | None:
    """A text per language (`{"en": "…"}`), in the first of these that there is, or else in its own.

    Raises:
        MalformedElm: not such a text, or an empty one.
    """
    if source is None or member not in source:
        return None
    found = source[member]
    if not isinstance(found, dict) or not found:
        raise MalformedElm(member=member)
    texts = {language: _text(value, member) for language, value in found.items()}
    chosen = next((language for language in languages if language in texts), min(texts))
    return texts[chosen]


def moment(source: Mapping[str, Any] | None, member: str) -> datetime | None:
    if source is None or member not in source:
        return None
    try:
        return parse_datetime(source[member])
    except Invalid:
        raise MalformedElm(member=member) from None


def identifier(source: Mapping[str, Any], member: str = "id") -> str | None:
    """An absolute address or URN where there is one."""
    found = source.get(member)
    if found is None:
        return None
    if not is_url(found) or len(found) > limits.ELM.identifier:
        raise MalformedElm(member=member)
    return str(found)


def notation(source: Mapping[str, Any] | None, member: str) -> str | None:
    found = None if source is None else source.get(member)
    return None if found is None else _text(found, member)


def _text(value: object, member: str) -> str:
    """A string, or a list of one (a language with several values is written so)."""
    found = value[0] if isinstance(value, list) and value else value
    if not isinstance(found, str) or not found.strip():
        raise MalformedElm(member=member)
    return found[: limits.ELM.text]
