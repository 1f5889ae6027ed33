"""Presentation request: a verifier's signed question, with a challenge and a function profile."""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from passport import limits
from passport.clock import format_datetime
from passport.errors.evidence import (
    MalformedPresentationRequest,
    PresentationRequestExpired,
    PresentationRequestNotYetValid,
    PurposeMismatch,
)
from passport.evidence.demand import Purpose
from passport.evidence.profile import FunctionProfile, parse_function_profile, verify_function_profile
from passport.json import JsonObject, parse_object
from passport.trust import Members, verify_statement
from passport.verification import Context

TYPE = "PresentationRequest"
CHALLENGE_LEAST = 22
"""Characters: 128 bits in base64url."""
CHALLENGE_MOST = 128
_CHALLENGE = re.compile(r"[A-Za-z0-9_-]+")
_LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})
_CLOCK_SKEW = timedelta(seconds=limits.TIME.clock_skew)


@dataclass(frozen=True, slots=True)
class PresentationRequest:
    """A request as parsed. `verify_presentation_request` says whether the one who asks signed it."""

    id: str
    challenge: str
    domain: str
    verifier: str
    verifier_name: str
    purpose: Purpose
    profile: FunctionProfile
    response_uri: str | None
    valid_from: datetime
    valid_until: datetime
    document: JsonObject


def parse_presentation_request(source: bytes | JsonObject) -> PresentationRequest:
    """Read a request strictly, and the profile in it.

    Raises:
        MalformedPresentationRequest, MalformedFunctionProfile: a member missing, unknown or of a wrong form.
        MalformedJson, JsonTooLarge, JsonTooDeep, NotAnObject: no JSON object of ours.
    """
    document = parse_object(source) if isinstance(source, bytes) else source
    members = Members(document, MalformedPresentationRequest)
    members.constant("type", TYPE)
    verifier = members.nested("verifier")
    request = PresentationRequest(
        id=members.url("id"),
        challenge=members.text("challenge", least=CHALLENGE_LEAST, most=CHALLENGE_MOST),
        domain=members.text("domain"),
        verifier=verifier.did("id"),
        verifier_name=verifier.text("name"),
        purpose=members.word("purpose", Purpose),
        profile=parse_function_profile(members.raw("profile")),
        response_uri=members.maybe("responseUri", members.url),
        valid_from=members.moment("validFrom"),
        valid_until=members.moment("validUntil"),
        document=document,
    )
    members.maybe("proof", members.raw)
    verifier.close()
    members.close()
    _check(request, members)
    return request


def _check(request: PresentationRequest, members: Members) -> None:
    if not request.id.startswith("urn:uuid:"):
        raise members.refuse("id")
    if not _CHALLENGE.fullmatch(request.challenge):
        raise members.refuse("challenge")
    if request.valid_until <= request.valid_from:
        raise members.refuse("validUntil")
    if request.response_uri is not None:
        _check_response_uri(request.response_uri, request.domain, members)


def _check_response_uri(response_uri: str, domain: str, members: Members) -> None:
    """The answer goes to the one who asks: https (http on this machine), on the host of `domain`."""
    try:
        parts = urlsplit(response_uri)
        place = (parts.hostname, parts.port)
        asked = urlsplit(domain if "://" in domain else f"//{domain}")
        same = place == (asked.hostname, asked.port)
    except ValueError:
        raise members.refuse("responseUri") from None
    secure = parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in _LOOPBACK)
    if not secure or not same or parts.username is not None or parts.fragment:
        raise members.refuse("responseUri")


def verify_presentation_request(source: bytes | JsonObject, *, context: Context) -> PresentationRequest:
    """Parse a request; verify that who asks signed it, and that the profile's publisher signed that.

    Who asks need not be known beforehand: the person is shown who it is, and decides.

    Raises:
        PublisherMismatch: signed by somebody else than it names.
        PresentationRequestNotYetValid, PresentationRequestExpired: outside its dates.
        PurposeMismatch: it asks for another purpose than its profile was published for.
        PassportError: what parsing and verifying the request and the profile raise.
    """
    request = parse_presentation_request(source)
    if context.now + _CLOCK_SKEW < request.valid_from:
        raise PresentationRequestNotYetValid
    if context.now >= request.valid_until + _CLOCK_SKEW:
        raise PresentationRequestExpired
    verify_statement(request.document, publisher=request.verifier, context=context, expected_publishers=None)
    verify_function_profile(request.profile.document, context=context)
    if request.purpose is not request.profile.purpose:
        raise PurposeMismatch
    return request


def build_presentation_request(
    *,
    request_id: str,
    challenge: str,
    domain: str,
    verifier: str,
    verifier_name: str,
    purpose: Purpose,
    profile: JsonObject,
    valid_from: datetime,
    valid_until: datetime,
    response_uri: str | None = None,
) -> JsonObject:
    """Write an unsigned request around a signed profile; sign it with `add_proof` and eddsa-jcs-2022.

    Raises:
        MalformedPresentationRequest, MalformedFunctionProfile: what was given would not be read back.
    """
    document: JsonObject = {
        "type": TYPE,
        "id": request_id,
        "challenge": challenge,
        "domain": domain,
        "verifier": {"id": verifier, "name": verifier_name},
        "purpose": str(purpose),
        "profile": profile,
        **({} if response_uri is None else {"responseUri": response_uri}),
        "validFrom": format_datetime(valid_from),
        "validUntil": format_datetime(valid_until),
    }
    parse_presentation_request(document)
    return document
