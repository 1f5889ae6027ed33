"""Function profile: what an employer asks for a job, skill by skill; signed and published."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from passport import limits
from passport.clock import format_datetime
from passport.errors.evidence import (
    FunctionProfileExpired,
    FunctionProfileNotYetValid,
    MalformedFunctionProfile,
)
from passport.evidence.demand import MOST_DEMANDS, Demand, Purpose, read_demand, write_demand
from passport.json import JsonObject, parse_object
from passport.trust import Members, verify_statement
from passport.verification import Context

TYPE = "FunctionProfile"
_CLOCK_SKEW = timedelta(seconds=limits.TIME.clock_skew)


@dataclass(frozen=True, slots=True)
class FunctionProfile:
    """A profile as parsed. `verify_function_profile` says whether its publisher signed it."""

    id: str
    version: int
    name: Mapping[str, str]
    publisher: str
    publisher_name: str
    purpose: Purpose
    occupation: str | None
    taxonomy: str
    demands: tuple[Demand, ...]
    valid_from: datetime
    valid_until: datetime
    document: JsonObject


def parse_function_profile(source: bytes | JsonObject) -> FunctionProfile:
    """Read a function profile strictly: at least one demand, no skill twice.

    Raises:
        MalformedFunctionProfile: a member that is missing, unknown or of the wrong form.
        MalformedJson, JsonTooLarge, JsonTooDeep, NotAnObject: no JSON object of ours.
    """
    document = parse_object(source) if isinstance(source, bytes) else source
    members = Members(document, MalformedFunctionProfile)
    members.constant("type", TYPE)
    publisher = members.nested("publisher")
    profile = FunctionProfile(
        id=members.url("id"),
        version=members.integer("version"),
        name=members.names("name"),
        publisher=publisher.did("id"),
        publisher_name=publisher.text("name"),
        purpose=members.word("purpose", Purpose),
        occupation=members.maybe("occupation", members.url),
        taxonomy=members.text("taxonomy"),
        demands=tuple(read_demand(each) for each in members.nested_list("demands", most=MOST_DEMANDS)),
        valid_from=members.moment("validFrom"),
        valid_until=members.moment("validUntil"),
        document=document,
    )
    members.maybe("proof", members.raw)
    publisher.close()
    members.close()
    if profile.valid_until <= profile.valid_from:
        raise members.refuse("validUntil")
    if len({demand.skill for demand in profile.demands}) != len(profile.demands):
        raise members.refuse("demands")
    return profile


def verify_function_profile(
    source: bytes | JsonObject, *, context: Context, expected_publishers: Collection[str] | None = None
) -> FunctionProfile:
    """Parse a profile and verify that the publisher it names signed it.

    `expected_publishers` None accepts any publisher: the person is shown who it is.

    Raises:
        UnexpectedPublisher, PublisherMismatch: who published it.
        FunctionProfileNotYetValid, FunctionProfileExpired: when.
        PassportError: what parsing and verifying raise.
    """
    profile = parse_function_profile(source)
    verify_statement(
        profile.document,
        publisher=profile.publisher,
        context=context,
        expected_publishers=expected_publishers,
    )
    if context.now + _CLOCK_SKEW < profile.valid_from:
        raise FunctionProfileNotYetValid
    if context.now >= profile.valid_until + _CLOCK_SKEW:
        raise FunctionProfileExpired
    return profile


def build_function_profile(
    *,
    profile_id: str,
    version: int,
    name: Mapping[str, str],
    publisher: str,
    publisher_name: str,
    purpose: Purpose,
    taxonomy: str,
    demands: Sequence[Demand],
    valid_from: datetime,
    valid_until: datetime,
    occupation: str | None = None,
) -> JsonObject:
    """Write an unsigned profile; sign it with `add_proof` and eddsa-jcs-2022.

    Raises:
        MalformedFunctionProfile: what was given would not be read back.
    """
    document: JsonObject = {
        "type": TYPE,
        "id": profile_id,
        "version": version,
        "name": dict(name),
        "publisher": {"id": publisher, "name": publisher_name},
        "purpose": str(purpose),
        **({} if occupation is None else {"occupation": occupation}),
        "taxonomy": taxonomy,
        "validFrom": format_datetime(valid_from),
        "validUntil": format_datetime(valid_until),
        "demands": [write_demand(demand) for demand in demands],
    }
    parse_function_profile(document)
    return document
