"""What every published document says first: its id, version and name, whose it is, and when it counts."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol, TypedDict, Unpack

from passport import limits
from passport.clock import format_datetime
from passport.errors import PassportError
from passport.errors.trust import MalformedStatement
from passport.json import JsonObject, parse_object
from passport.limits import PUBLISHED, JsonLimits
from passport.statements.members import Members

_CLOCK_SKEW = timedelta(seconds=limits.TIME.clock_skew)


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Head:
    """The head as parsed; each kind of document adds its own members to it."""

    id: str
    version: int
    name: Mapping[str, str]
    publisher: str
    publisher_name: str
    valid_from: datetime
    valid_until: datetime
    document: JsonObject

    def name_in(self, language: str) -> str:
        """Its name in this language, or in the one that it has."""
        return self.name.get(language) or next(iter(self.name.values()))


class HeadGiven(TypedDict):
    """What whoever writes a document says of it, beside its id."""

    version: int
    name: Mapping[str, str]
    publisher: str
    publisher_name: str
    valid_from: datetime
    valid_until: datetime


class HeadMembers(HeadGiven):
    """The members of a `Head`, to make a kind of document of."""

    id: str
    document: JsonObject


class Dated(Protocol):
    """What counts from one moment until another."""

    @property
    def valid_from(self) -> datetime: ...

    @property
    def valid_until(self) -> datetime: ...


def open_statement(
    source: bytes | JsonObject,
    kind: str,
    refusal: type[MalformedStatement],
    *,
    bounds: JsonLimits = PUBLISHED,
) -> Members:
    """The members of a document of one type; its proof is for `verify_statement` to read.

    Raises:
        MalformedStatement: `refusal`, for a document of another type.
        MalformedJson, JsonTooLarge, JsonTooDeep, NotAnObject: no JSON object of ours.
    """
    members = Members(parse_object(source, bounds) if isinstance(source, bytes) else source, refusal)
    members.constant("type", kind)
    members.maybe("proof", members.raw)
    return members


def read_head(members: Members) -> HeadMembers:
    """Read the head strictly; raises the refusal of these members."""
    publisher, publisher_name = read_party(members, "publisher")
    valid_from, valid_until = read_dates(members)
    return HeadMembers(
        id=members.url("id"),
        version=members.integer("version"),
        name=members.names("name"),
        publisher=publisher,
        publisher_name=publisher_name,
        valid_from=valid_from,
        valid_until=valid_until,
        document=members.document,
    )


def read_party(members: Members, name: str) -> tuple[str, str]:
    """Somebody's DID and name, and nothing else beside them."""
    party = members.nested(name)
    found = party.did("id"), party.text("name")
    party.close()
    return found


def read_dates(members: Members) -> tuple[datetime, datetime]:
    """From when until when; it ends after it begins."""
    valid_from, valid_until = members.moment("validFrom"), members.moment("validUntil")
    if valid_until <= valid_from:
        raise members.refuse("validUntil")
    return valid_from, valid_until


def write_head(kind: str, identifier: str, **given: Unpack[HeadGiven]) -> JsonObject:
    """The JSON of a head; the members of the kind come behind it."""
    return {
        "type": kind,
        "id": identifier,
        "version": given["version"],
        "name": dict(given["name"]),
        **write_party("publisher", given["publisher"], given["publisher_name"]),
        **write_dates(given["valid_from"], given["valid_until"]),
    }


def new_head(
    name: str, publisher: str, publisher_name: str, *, version: int, now: datetime, days: int
) -> HeadGiven:
    """For a document that counts from now on for some days, under one name in both languages."""
    return HeadGiven(
        version=version,
        name={"en": name, "nl": name},
        publisher=publisher,
        publisher_name=publisher_name,
        valid_from=now,
        valid_until=now + timedelta(days=days),
    )


def write_party(member: str, did: str, name: str) -> JsonObject:
    return {member: {"id": did, "name": name}}


def write_dates(valid_from: datetime, valid_until: datetime) -> JsonObject:
    return {"validFrom": format_datetime(valid_from), "validUntil": format_datetime(valid_until)}


def check_in_force(
    dated: Dated,
    now: datetime,
    *,
    not_yet: type[PassportError],
    expired: type[PassportError] | None = None,
) -> None:
    """Raise outside the dates, with room for clocks that differ; without `expired` the end is left alone."""
    if now + _CLOCK_SKEW < dated.valid_from:
        raise not_yet
    if expired is not None and now >= dated.valid_until + _CLOCK_SKEW:
        raise expired
