"""Names and descriptions in a language (VC Data Model 2.0, sections 4.6 and 11.1).

A `name` or `description` is a string, a language value object, or a list of those, one a language:

    {"@value": "Veilig op hoogte", "@language": "nl", "@direction": "ltr"}

The order of such a list is in no signature over RDF, so what is read here does not depend on it.
"""

import re
from collections.abc import Mapping, Sequence
from typing import Any, Final

from passport import limits
from passport.errors.credentials import MalformedLanguageValue, MalformedMember
from passport.errors.jsonld import TooManyItems

LANGUAGE_MEMBERS: Final = frozenset({"name", "description"})
"""The members that the context of VC 2.0 defines for texts in a language."""
PREFERRED: Final = ("nl", "en")

_KEYWORDS = frozenset({"@value", "@language", "@direction"})
_DIRECTIONS = ("ltr", "rtl")
_TAG = re.compile(r"[A-Za-z]{1,8}(?:-[A-Za-z0-9]{1,8}){0,8}")


def check_language_value(value: Mapping[str, Any]) -> None:
    """Check a language value object.

    One that names neither a language nor a direction says what a plain string says; the string is the one
    spelling of it.

    Raises:
        MalformedLanguageValue
    """
    if not value.keys() <= _KEYWORDS or not isinstance(value.get("@value"), str) or len(value) == 1:
        raise MalformedLanguageValue
    tag = value.get("@language", "und")
    if not isinstance(tag, str) or _TAG.fullmatch(tag) is None:
        raise MalformedLanguageValue
    if value.get("@direction", "ltr") not in _DIRECTIONS:
        raise MalformedLanguageValue


def optional_name(source: Mapping[str, Any], member: str, languages: Sequence[str] = PREFERRED) -> str | None:
    """The text of a `name` or `description` in the first of these languages that it has.

    Raises:
        MalformedMember: neither a string nor language values, or one language twice.
        MalformedLanguageValue, TooManyItems
    """
    if member not in source:
        return None
    found = source[member]
    if isinstance(found, str):
        return found
    texts = _by_language(found, member)
    for language in languages:
        for tag in sorted(texts):
            if tag == language or tag.startswith(f"{language}-"):
                return texts[tag]
    return texts[min(texts)]


def _by_language(found: Any, member: str) -> dict[str, str]:
    """Texts by their language, in small letters; "" for one without."""
    items = found if isinstance(found, list) else [found]
    if len(items) > limits.DOCUMENT.languages:
        raise TooManyItems(member=member, limit=limits.DOCUMENT.languages)
    texts: dict[str, str] = {}
    for item in items:
        if not isinstance(item, dict):
            raise MalformedMember(member=member)
        check_language_value(item)
        tag = item.get("@language", "").lower()
        if tag in texts:
            raise MalformedMember(member=member)
        texts[tag] = item["@value"]
    if not texts:
        raise MalformedMember(member=member)
    return texts
