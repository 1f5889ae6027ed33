"""Function profile: what an employer asks for a job, skill by skill; signed and published."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Unpack

from passport import limits
from passport.errors.evidence import (
    FunctionProfileExpired,
    FunctionProfileNotYetValid,
    MalformedFunctionProfile,
    SkillDemandedTwice,
)
from passport.evidence.demand import MOST_DEMANDS, Demand, Purpose, read_demand, write_demand
from passport.json import JsonObject
from passport.statements import (
    Head,
    HeadGiven,
    check_in_force,
    open_statement,
    read_head,
    verify_statement,
    write_head,
)
from passport.verification import Context

TYPE = "FunctionProfile"


@dataclass(frozen=True, slots=True)
class FunctionProfile(Head):
    """A profile as parsed. `verify_function_profile` says whether its publisher signed it."""

    purpose: Purpose
    occupation: str | None
    taxonomy: str
    demands: tuple[Demand, ...]


def parse_function_profile(source: bytes | JsonObject) -> FunctionProfile:
    """Read a function profile strictly: at least one demand, no skill twice.

    Raises:
        SkillDemandedTwice: one skill stands in two demands.
        MalformedFunctionProfile: a member that is missing, unknown or of the wrong form.
        MalformedJson, JsonTooLarge, JsonTooDeep, NotAnObject: no JSON object of ours.
    """
    members = open_statement(source, TYPE, MalformedFunctionProfile, bounds=limits.CREDENTIAL)
    profile = FunctionProfile(
        **read_head(members),
        purpose=members.word("purpose", Purpose),
        occupation=members.maybe("occupation", members.url),
        taxonomy=members.text("taxonomy"),
        demands=tuple(read_demand(each) for each in members.nested_list("demands", most=MOST_DEMANDS)),
    )
    members.close()
    if len({demand.skill for demand in profile.demands}) != len(profile.demands):
        raise SkillDemandedTwice(member="demands")
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
    check_in_force(profile, context.now, not_yet=FunctionProfileNotYetValid, expired=FunctionProfileExpired)
    return profile


def build_function_profile(
    *,
    profile_id: str,
    purpose: Purpose,
    taxonomy: str,
    demands: Sequence[Demand],
    occupation: str | None = None,
    **head: Unpack[HeadGiven],
) -> JsonObject:
    """Write an unsigned profile; sign it with `sign_statement`.

    Raises:
        MalformedFunctionProfile: what was given would not be read back.
    """
    document: JsonObject = {
        **write_head(TYPE, profile_id, **head),
        "purpose": str(purpose),
        **({} if occupation is None else {"occupation": occupation}),
        "taxonomy": taxonomy,
        "demands": [write_demand(demand) for demand in demands],
    }
    parse_function_profile(document)
    return document
