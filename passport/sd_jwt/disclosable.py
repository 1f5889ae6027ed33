"""What of a badge its holder may leave out, in every form with selective disclosure: one place decides.

Leaving out must never make a badge look stronger than it is. So whatever a check or the strength depends on
is always visible: who, when, status, evidence, role, the kind of achievement, tags, whether a result was
passed, and which skills a result speaks of. A skill, a value, a picture, a further text can be left out.

What is left out of an object leaves a digest in it, which could as well stand for something that counts. So a
member can be left out only where everything that counts there is to be seen; an item of a list always.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import Any

from passport.errors.sd_jwt import NotDisclosable
from passport.json import JsonObject
from passport.sd_jwt.issue import PROTECTED as CLAIMS
from passport.sd_jwt.pointers import Place, parse_pointer, resolve_pointer, write_pointer

_EACH = "*"
_SUBJECT = ("credentialSubject",)
_ACHIEVEMENT = (*_SUBJECT, "achievement")
_RESULT = (*_SUBJECT, "result", _EACH)

_DISCLOSABLE: tuple[Place, ...] = (
    ("description",),
    ("image",),
    (*_SUBJECT, "identifier", _EACH),
    (*_SUBJECT, "image"),
    (*_SUBJECT, "licenseNumber"),
    (*_SUBJECT, "narrative"),
    (*_SUBJECT, "term"),
    (*_SUBJECT, "creditsEarned"),
    (*_ACHIEVEMENT, "alignment", _EACH),
    (*_ACHIEVEMENT, "creditsAvailable"),
    (*_ACHIEVEMENT, "fieldOfStudy"),
    (*_ACHIEVEMENT, "humanCode"),
    (*_ACHIEVEMENT, "image"),
    (*_ACHIEVEMENT, "otherIdentifier", _EACH),
    (*_ACHIEVEMENT, "related", _EACH),
    (*_ACHIEVEMENT, "specialization"),
    (*_RESULT, "value"),
)
"""Skills one by one, values of results, identifying data, pictures and texts that no badge must have."""

_COUNTS: Mapping[Place, tuple[str, ...]] = MappingProxyType(
    {
        (): ("validUntil", "credentialStatus", "evidence", "relatedResource"),
        _SUBJECT: ("source", "result"),
        _ACHIEVEMENT: ("tag",),
        _RESULT: ("status",),
        _RESULT[:-1]: ("status",),
    }
)
"""What a verifier can't tell to be absent from an object of which something was left out."""
_OF_LEVEL = ("alignment",)
"""The same in a result with a level, which without it would speak of all skills."""

_PROTECTED: tuple[Place, ...] = (
    *((name,) for name in sorted(CLAIMS)),
    *((name,) for name in ("@context", "id", "type", "issuer", "holder", "proof")),
    *((name,) for name in ("validFrom", "validUntil", "issuanceDate", "expirationDate", "awardedDate")),
    *((name,) for name in ("credentialStatus", "credentialSchema", "refreshService", "termsOfUse")),
    *((name,) for name in ("evidence", "relatedResource")),
    *((*_SUBJECT, name) for name in ("id", "type", "role", "source")),
    *((*_SUBJECT, name) for name in ("activityStartDate", "activityEndDate")),
    *((*_ACHIEVEMENT, name) for name in ("id", "type", "name", "description", "creator", "tag")),
    *((*_ACHIEVEMENT, name) for name in ("achievementType", "criteria", "resultDescription")),
    *((*_RESULT, name) for name in ("id", "type", "status", "achievedLevel", "resultDescription")),
    (*_RESULT, "alignment"),
)
"""What is never left out, with all that is in it, and neither is anything that it stands in."""


def disclosable_pointers(document: JsonObject) -> tuple[str, ...]:
    """JSON pointers to what the holder of a badge may leave out, in the order of the document's own lists."""
    return tuple(write_pointer(place) for place in _disclosable(document))


def mandatory_pointers(document: JsonObject) -> tuple[str, ...]:
    """The rest: JSON pointers to all that is always shown, as ecdsa-sd-2023 wants them named.

    `@context` is not among them: it is part of every proof.
    """
    hidden = set(_disclosable(document))
    apart = {place[:length] for place in hidden for length in range(len(place))}
    members = {name: value for name, value in document.items() if name not in ("@context", "proof")}
    return tuple(write_pointer(place) for place in _visible(members, (), hidden, apart))


def check_disclosable(document: JsonObject, pointers: Sequence[str]) -> None:
    """Refuse pointers to what must always be visible in a credential.

    Raises:
        NotDisclosable: one names something protected, a part of it, or what it stands in.
        PointerNotFound
    """
    protected = [place for pattern in _PROTECTED for place in _matches(document, pattern)]
    for pointer in pointers:
        place = parse_pointer(pointer)
        resolve_pointer(document, place)
        if any(place[: len(each)] == each or each[: len(place)] == place for each in protected):
            raise NotDisclosable


def _disclosable(document: JsonObject) -> Iterator[Place]:
    for pattern in _DISCLOSABLE:
        for place in _matches(document, pattern):
            around = tuple(_EACH if token.isdecimal() else token for token in place[:-1])
            there = resolve_pointer(document, place[:-1])
            counts = _COUNTS.get(around, ())
            if "achievedLevel" in there:
                counts += _OF_LEVEL
            if all(name in there for name in counts):
                yield place


def _matches(value: Any, pattern: Place, at: Place = ()) -> Iterator[Place]:
    """The places of a document that a pattern names; one object stands for a list of one."""
    if not pattern:
        yield at
    elif pattern[0] != _EACH:
        if isinstance(value, dict) and pattern[0] in value:
            yield from _matches(value[pattern[0]], pattern[1:], (*at, pattern[0]))
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from _matches(item, pattern[1:], (*at, str(index)))
    else:
        yield from _matches(value, pattern[1:], at)


def _visible(value: Any, at: Place, hidden: Iterable[Place], apart: Iterable[Place]) -> Iterator[Place]:
    if at in hidden:
        return
    if at not in apart:
        yield at
        return
    items = value.items() if isinstance(value, dict) else enumerate(value)
    for name, item in items:
        yield from _visible(item, (*at, str(name)), hidden, apart)
