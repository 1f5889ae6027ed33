"""The parts of a credential: what each says, and which of them a demand needs.

A part is what leaves or stays as one: a member of the credential, of its subject or of its achievement, and
of a list each item. What is fixed leaves with every showing; what is optional its issuer left to the holder
(ecdsa-sd-2023: whatever is not mandatory; SD-JWT: whatever has a disclosure).
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import Any

from passport.evidence.demand import Demand
from passport.evidence.kinds import Strength
from passport.json import JsonObject

Place = tuple[str, ...]


class PartKind(StrEnum):
    """What a part says."""

    SKILL = "skill"
    RESULT = "result"
    LEVELS = "levels"
    """The scale that a result points at."""
    EVIDENCE = "evidence"
    RECORD = "record"
    """A file or credential, bound by its digest."""
    DATE = "date"
    """When it was done or awarded."""
    ASSESSOR = "assessor"
    KIND = "kind"
    """Diploma, certificate, and the words that an issuer sorts it by."""
    ISSUER = "issuer"
    PERSON = "person"
    NAME = "name"
    VALIDITY = "validity"
    """From when, until when, and where it would say that it was withdrawn."""
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Part:
    """One part of one credential."""

    place: Place
    """The reference tokens of its JSON pointer (RFC 6901)."""
    kind: PartKind
    says: str
    """The name of a skill, of an assessor, a date; empty where there is nothing short to read."""
    optional: bool
    skill: str | None = None
    """The identifier of the skill that it names."""
    mentions: frozenset[str] = frozenset()
    """Identifiers of all skills of the wallet that can be read in it: where a result points at one, or an
    endorsement is about one, as well."""

    @property
    def pointer(self) -> str:
        return "".join(f"/{token.replace('~', '~0').replace('/', '~1')}" for token in self.place)


_SUBJECT = ("credentialSubject",)
_ACHIEVEMENT = (*_SUBJECT, "achievement")
_RESULT = (*_SUBJECT, "result")
_OPENED = frozenset({(), _SUBJECT, _ACHIEVEMENT})
"""Objects of which each member is a part."""
_LISTS: Mapping[Place, PartKind] = MappingProxyType(
    {
        (*_ACHIEVEMENT, "alignment"): PartKind.SKILL,
        (*_ACHIEVEMENT, "resultDescription"): PartKind.LEVELS,
        _RESULT: PartKind.RESULT,
        ("evidence",): PartKind.EVIDENCE,
        ("relatedResource",): PartKind.RECORD,
        (*_SUBJECT, "identifier"): PartKind.PERSON,
    }
)
_MEMBERS: Mapping[Place, PartKind] = MappingProxyType(
    {
        ("issuer",): PartKind.ISSUER,
        ("name",): PartKind.NAME,
        ("awardedDate",): PartKind.DATE,
        **{
            (name,): PartKind.VALIDITY
            for name in (
                "validFrom",
                "validUntil",
                "issuanceDate",
                "expirationDate",
                "credentialStatus",
                "status",
                "credentialSchema",
                "refreshService",
                "termsOfUse",
            )
        },
        (*_SUBJECT, "id"): PartKind.PERSON,
        (*_SUBJECT, "source"): PartKind.ASSESSOR,
        (*_SUBJECT, "activityStartDate"): PartKind.DATE,
        (*_SUBJECT, "activityEndDate"): PartKind.DATE,
        (*_ACHIEVEMENT, "name"): PartKind.NAME,
        (*_ACHIEVEMENT, "achievementType"): PartKind.KIND,
        (*_ACHIEVEMENT, "tag"): PartKind.KIND,
    }
)
_UNSAID = frozenset({"@context", "id", "type", "proof", "vct", "cnf", "_sd_alg", "iat"})
"""Names and signatures of the whole, which say nothing by themselves."""
_ALWAYS = frozenset({PartKind.ISSUER, PartKind.VALIDITY})
_NEEDED_TO_READ = frozenset(
    {
        (*_SUBJECT, "id"),
        (*_ACHIEVEMENT, "name"),
        (*_ACHIEVEMENT, "description"),
        (*_ACHIEVEMENT, "criteria"),
    }
)
"""Without these it is no Open Badge (B.1.1, B.1.2), or nobody's."""
_STRENGTH = frozenset({PartKind.EVIDENCE, PartKind.RECORD, PartKind.ASSESSOR, PartKind.KIND})
_RECORDS = frozenset({PartKind.EVIDENCE, PartKind.RECORD})
_SAYING = ("targetName", "name", "narrative", "value", "status", "genre", "id")
"""Members that say shortly what an object is, the best of them first."""
_DATES = ("activityEndDate", "activityStartDate", "awardedDate")
"""The first of them that is there is the date of the evidence; see passport.evidence.age."""


def parts_of(document: JsonObject, optional: Collection[Place] = ()) -> tuple[Part, ...]:
    """The parts of a credential, in the document's order.

    Args:
        document: the credential as JSON; of a token its claims, every disclosure in its place.
        optional: the places of what its holder may leave out, each with all that is in it, none in another.
    """
    members = {name: value for name, value in document.items() if name not in _UNSAID}
    return tuple(_parts(members, (), PartKind.OTHER, frozenset(optional)))


def kind_at(place: Place) -> PartKind:
    """What stands at a place, or around it; the numbers of items in lists may be left out of it."""
    names = tuple(token for token in place if not token.isdecimal())
    return next(
        (
            kinds[names[:length]]
            for length in range(len(names), 0, -1)
            for kinds in (_MEMBERS, _LISTS)
            if names[:length] in kinds
        ),
        PartKind.OTHER,
    )


def _parts(value: Any, at: Place, kind: PartKind, optional: frozenset[Place]) -> Iterator[Part]:
    kind = _MEMBERS.get(at, kind)
    if at not in optional and isinstance(value, list) and at in _LISTS:
        for number, item in enumerate(value):
            yield from _parts(item, (*at, str(number)), _LISTS[at], optional)
    elif at not in optional and _open(value, at, optional):
        for name, member in _items(value):
            if not (at in _OPENED and name in _UNSAID and (*at, name) not in _MEMBERS):
                yield from _parts(member, (*at, name), _LISTS.get(at, kind), optional)
    else:
        skill = value.get("targetUrl") if kind is PartKind.SKILL and isinstance(value, dict) else None
        yield Part(at, _LISTS.get(at, kind), _says(value), at in optional, skill)


def _open(value: Any, at: Place, optional: Iterable[Place]) -> bool:
    """Whether its members are parts: always of some, of others where one of them can be left out."""
    if not isinstance(value, dict | list):
        return False
    return at in _OPENED or any(each[: len(at)] == at for each in optional)


def _items(value: Any) -> Iterable[tuple[str, Any]]:
    if isinstance(value, dict):
        return value.items()
    return ((str(number), item) for number, item in enumerate(value))


def _says(value: Any) -> str:
    if isinstance(value, dict):
        named = (
            value.get(name) for name in ("targetName", "name", "narrative", "value", "status", "genre", "id")
        )
        value = next((each for each in named if isinstance(each, str)), "")
    if isinstance(value, list):
        value = ", ".join(each for each in value if isinstance(each, str))
    said = str(value)
    return "" if said.startswith("data:") else said


def needed(parts: Iterable[Part], document: JsonObject, demand: Demand) -> frozenset[Place]:
    """The places of the optional parts that a demand needs shown, to be met as by the whole.

    Status, validity and whatever a badge can't be read without always; the skill; for more than soft proof
    all that strength is weighed from; for a level the results that state one, and their scale; for an age the
    date that counts.
    """
    found = tuple(part for part in parts if part.optional)
    return frozenset(part.place for part in found if _needs(part, document, demand))


def _needs(part: Part, document: JsonObject, demand: Demand) -> bool:
    if part.kind in _ALWAYS or any(part.place[: len(each)] == each for each in _NEEDED_TO_READ):
        return True
    if part.kind is PartKind.SKILL:
        return part.skill == demand.skill
    return (
        (part.kind in _STRENGTH and demand.minimum_strength > Strength.SOFT)
        or (part.kind in _RECORDS and demand.records_shown)
        or (part.kind is PartKind.RESULT and _of_result(part, document, demand))
        or (part.kind is PartKind.LEVELS and demand.level is not None)
        or (part.kind is PartKind.DATE and demand.maximum_age_months is not None and _counts(part, document))
    )


def _of_result(part: Part, document: JsonObject, demand: Demand) -> bool:
    """All of a result for a level; for strength how it ended, and a value where nothing else says it."""
    if demand.level is None and demand.minimum_strength is Strength.SOFT:
        return False
    if part.place[-1] != "value":
        return True
    result = document["credentialSubject"]["result"]
    if isinstance(result, list):
        result = result[int(part.place[len(_RESULT)])]
    return not {"status", "achievedLevel"} & set(result)


def _counts(part: Part, document: JsonObject) -> bool:
    """Whether it is the first of the dates that are there."""
    subject = document["credentialSubject"]
    there = next(name for name in _DATES if name in subject or name in document)
    return part.place[-1] == there
