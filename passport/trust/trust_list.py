"""A signed list of who is recognised as what, with dates; published by a registrar."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import InitVar, dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from passport import limits
from passport.clock import format_datetime
from passport.errors.trust import MalformedTrustList, TrustListNotYetValid
from passport.errors.verification import NotConstructible
from passport.json import JsonObject, parse_object
from passport.trust.members import Members
from passport.trust.statement import verify_statement
from passport.verification import Context

TYPE = "TrustList"
MOST_ENTRIES = limits.PUBLISHED.array
MOST_RESTRICTIONS = 4_096
"""Achievements or skills that one entry is limited to."""
MOST_IDENTIFIERS = 16
"""Further DIDs of one party."""
_CLOCK_SKEW = timedelta(seconds=limits.TIME.clock_skew)


class Recognition(StrEnum):
    """What somebody is recognised as."""

    EDUCATOR = "educator"
    VALIDATOR = "validator"
    """EVC provider, exam body, accredited assessor."""
    WORK_PLACEMENT_COMPANY = "work-placement-company"
    EMPLOYER = "employer"
    ADVISER = "adviser"


@dataclass(frozen=True, slots=True)
class TrustEntry:
    """One party, what it is recognised as, from when until when and for what.

    `achievements` and `skills` limit the recognition to those identifiers; None is no limit. A party with
    several DIDs has the others in `also_known_as`: all of them are one signer.
    """

    id: str
    name: str
    recognised_as: frozenset[Recognition]
    valid_from: datetime
    valid_until: datetime | None = None
    achievements: frozenset[str] | None = None
    skills: frozenset[str] | None = None
    also_known_as: frozenset[str] = frozenset()

    def in_force(self, at: datetime) -> bool:
        return self.valid_from <= at and (self.valid_until is None or at < self.valid_until)

    def covers(self, achievement: str | None, skills: Collection[str]) -> bool:
        """Whether the recognition reaches this achievement and at least one of these skills."""
        if self.achievements is not None and achievement not in self.achievements:
            return False
        return self.skills is None or not self.skills.isdisjoint(skills)


@dataclass(frozen=True, slots=True)
class TrustList:
    """A trust list as parsed; says nothing before it is a VerifiedTrustList."""

    id: str
    version: int
    name: Mapping[str, str]
    publisher: str
    publisher_name: str
    valid_from: datetime
    valid_until: datetime
    entries: tuple[TrustEntry, ...]
    document: JsonObject


_SEAL: Final = object()
"""Put on by `verify_trust_list` alone: trust is a type."""


@dataclass(frozen=True, slots=True)
class VerifiedTrustList:
    """A trust list whose publisher was expected and whose proof holds; only verify_trust_list makes one."""

    content: TrustList
    source: bytes
    verified_at: datetime
    seal: InitVar[object]

    def __post_init__(self, seal: object) -> None:
        if seal is not _SEAL:
            raise NotConstructible

    def age_days(self, now: datetime) -> int:
        """Whole days since it was published."""
        return max(0, (now - self.content.valid_from).days)

    def fresh(self, now: datetime) -> bool:
        """Whether its publisher still answers for it; an old list can't tell."""
        return now < self.content.valid_until + _CLOCK_SKEW


def parse_trust_list(source: bytes | JsonObject) -> TrustList:
    """Read a trust list strictly, without a look at its proof.

    Raises:
        MalformedTrustList: a member that is missing, unknown or of the wrong form.
        MalformedJson, JsonTooLarge, JsonTooDeep, NotAnObject: no JSON object of ours.
    """
    document = parse_object(source, limits.PUBLISHED) if isinstance(source, bytes) else source
    members = Members(document, MalformedTrustList)
    members.constant("type", TYPE)
    publisher = members.nested("publisher")
    made = TrustList(
        id=members.url("id"),
        version=members.integer("version"),
        name=members.names("name"),
        publisher=publisher.did("id"),
        publisher_name=publisher.text("name"),
        valid_from=members.moment("validFrom"),
        valid_until=members.moment("validUntil"),
        entries=tuple(_entry(each) for each in members.nested_list("entries", least=0, most=MOST_ENTRIES)),
        document=document,
    )
    members.maybe("proof", members.raw)
    publisher.close()
    members.close()
    if made.valid_until <= made.valid_from:
        raise members.refuse("validUntil")
    return made


def _entry(members: Members) -> TrustEntry:
    entry = TrustEntry(
        id=members.did("id"),
        name=members.text("name"),
        recognised_as=members.words("recognisedAs", Recognition),
        valid_from=members.moment("validFrom"),
        valid_until=members.maybe("validUntil", members.moment),
        achievements=members.maybe("achievements", members.urls, most=MOST_RESTRICTIONS),
        skills=members.maybe("skills", members.urls, most=MOST_RESTRICTIONS),
        also_known_as=members.maybe("alsoKnownAs", members.dids, most=MOST_IDENTIFIERS) or frozenset(),
    )
    members.close()
    if entry.valid_until is not None and entry.valid_until <= entry.valid_from:
        raise members.refuse("validUntil")
    return entry


def verify_trust_list(
    source: bytes, *, context: Context, expected_publishers: Collection[str]
) -> VerifiedTrustList:
    """Parse and verify a trust list.

    A list past its `validUntil` is returned as well: its recognitions then answer cannot tell.

    Raises:
        UnexpectedPublisher: its publisher is not among the expected ones.
        TrustListNotYetValid: dated in the future.
        PassportError: what parsing and verifying raise; Indeterminate if the publisher's key is not at hand.
    """
    parsed = parse_trust_list(source)
    verify_statement(
        parsed.document,
        publisher=parsed.publisher,
        context=context,
        expected_publishers=expected_publishers,
    )
    if context.now + _CLOCK_SKEW < parsed.valid_from:
        raise TrustListNotYetValid
    return VerifiedTrustList(parsed, source, context.now, _SEAL)


def build_trust_list(
    *,
    list_id: str,
    version: int,
    name: Mapping[str, str],
    publisher: str,
    publisher_name: str,
    valid_from: datetime,
    valid_until: datetime,
    entries: Sequence[TrustEntry],
) -> JsonObject:
    """Write an unsigned trust list; sign it with `add_proof` and eddsa-jcs-2022.

    Raises:
        MalformedTrustList: what was given would not be read back.
    """
    document: JsonObject = {
        "type": TYPE,
        "id": list_id,
        "version": version,
        "name": dict(name),
        "publisher": {"id": publisher, "name": publisher_name},
        "validFrom": format_datetime(valid_from),
        "validUntil": format_datetime(valid_until),
        "entries": [_write_entry(entry) for entry in entries],
    }
    parse_trust_list(document)
    return document


def _write_entry(entry: TrustEntry) -> JsonObject:
    written: JsonObject = {
        "id": entry.id,
        "name": entry.name,
        "recognisedAs": sorted(entry.recognised_as),
        "validFrom": format_datetime(entry.valid_from),
    }
    if entry.valid_until is not None:
        written["validUntil"] = format_datetime(entry.valid_until)
    if entry.achievements is not None:
        written["achievements"] = sorted(entry.achievements)
    if entry.skills is not None:
        written["skills"] = sorted(entry.skills)
    if entry.also_known_as:
        written["alsoKnownAs"] = sorted(entry.also_known_as)
    return written
