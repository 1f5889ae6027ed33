"""A trust list's own classes, read so strictly that none is taken for another or for one of our words."""

import re
import unicodedata
from collections.abc import Iterator, Sequence

from passport import limits
from passport.errors.trust import AmbiguousClass, MalformedClass, ShadowingClass, TooManyClasses
from passport.json import JsonObject
from passport.statements import Members
from passport.trust.recognition import Recognition, RecognitionClass

ID_LENGTH = 40
"""Characters of the key of a class."""
NAME_LENGTH = 80
"""Characters of its name, which stands within a sentence."""
_ID = re.compile(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*")
_NAME = re.compile(r"[A-Za-z0-9\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u00ff '\u2019().,&/-]+")
"""The letters of Dutch and English: none of Cyrillic or Greek, which have some that look the same.

Our sentences put the name between “ and ”, which it can't hold: so it says nothing that is not its own.
"""
_LOOKALIKES = str.maketrans({"0": "o", "1": "l", "I": "l", "i": "l"})
RESERVED = frozenset(
    {
        *Recognition,
        *(
            "school",
            "schools",
            "scholen",
            "assessor",
            "assessors' organisations",
            "organisaties van beoordelaars",
        ),
        *("work-placement company", "work placement companies", "company that trains people"),
        *("leerbedrijf", "leerbedrijven", "employers", "werkgever", "werkgevers"),
        *("advisers", "adviseur", "begeleiders"),
    }
)
"""The five words, and how our pages call them in both languages; a test holds them together."""


def read_classes(members: Members) -> tuple[RecognitionClass, ...]:
    """Read the member `classes` of a list, which may be absent; whatever is wrong is raised.

    Raises:
        TooManyClasses: more than `limits.TRUST.classes`.
        MalformedClass: an id, a name or a word of the wrong form.
        ShadowingClass: called as one of the five words, or so that it looks like one.
        AmbiguousClass: two with one id, or with names that look the same.
    """
    if "classes" not in members:
        return ()
    listed = members.raw("classes")
    if not isinstance(listed, list) or not listed:
        raise MalformedClass
    if len(listed) > limits.TRUST.classes:
        raise TooManyClasses(limit=limits.TRUST.classes)
    classes = tuple(_class(Members(each, MalformedClass)) for each in listed)
    reserved = {_looks(word) for word in RESERVED}
    taken: set[str] = set()
    for each in classes:
        looks = set(_all_looks(each))
        if looks & reserved:
            raise ShadowingClass
        if looks & taken:
            raise AmbiguousClass
        taken |= looks
    return classes


def write_classes(classes: Sequence[RecognitionClass]) -> JsonObject:
    """The member `classes`; absent where there are none."""
    written = [
        {"id": each.id, "name": dict(each.name), "countsAs": str(each.counts_as)}
        for each in sorted(classes, key=lambda each: each.id)
    ]
    return {"classes": written} if written else {}


def _class(members: Members) -> RecognitionClass:
    key = members.text("id", most=ID_LENGTH)
    if not _ID.fullmatch(key):
        raise members.refuse("id")
    made = RecognitionClass(
        id=key,
        counts_as=members.word("countsAs", Recognition),
        name=members.names("name", most=NAME_LENGTH),
    )
    members.close()
    for name in made.name.values():
        if not _NAME.fullmatch(name) or not _looks(name) or name != " ".join(name.split()):
            raise members.refuse("name")
    return made


def _all_looks(each: RecognitionClass) -> Iterator[str]:
    yield _looks(each.id)
    yield from map(_looks, each.name.values())


def _looks(text: str) -> str:
    """How a hurried eye reads it: no accents, no marks between the letters, no capitals; 1 and I as l."""
    plain = "".join(mark for mark in unicodedata.normalize("NFD", text) if mark.isalnum())
    return plain.translate(_LOOKALIKES).casefold()
