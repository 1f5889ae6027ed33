"""Presentation request: a verifier's signed question, with a challenge and a function profile."""

import re
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlsplit

from passport import limits
from passport.dids.host import did_web_host
from passport.errors.evidence import (
    MalformedPresentationRequest,
    PresentationRequestExpired,
    PresentationRequestNotYetValid,
    PurposeMismatch,
)
from passport.evidence.demand import Purpose
from passport.evidence.profile import FunctionProfile, parse_function_profile, verify_function_profile
from passport.json import JsonObject
from passport.statements import (
    Members,
    check_in_force,
    open_statement,
    read_dates,
    read_party,
    verify_statement,
    write_dates,
    write_party,
)
from passport.verification import Context

TYPE = "PresentationRequest"
CHALLENGE_LEAST = 22
"""Characters: 128 bits in base64url."""
CHALLENGE_MOST = 128
_CHALLENGE = re.compile(r"[A-Za-z0-9_-]+")
_LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})


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
    members = open_statement(source, TYPE, MalformedPresentationRequest, bounds=limits.CREDENTIAL)
    verifier, verifier_name = read_party(members, "verifier")
    valid_from, valid_until = read_dates(members)
    request = PresentationRequest(
        id=members.url("id"),
        challenge=members.text("challenge", least=CHALLENGE_LEAST, most=CHALLENGE_MOST),
        domain=members.text("domain"),
        verifier=verifier,
        verifier_name=verifier_name,
        purpose=members.word("purpose", Purpose),
        profile=parse_function_profile(members.raw("profile")),
        response_uri=members.maybe("responseUri", members.url),
        valid_from=valid_from,
        valid_until=valid_until,
        document=members.document,
    )
    members.close()
    _check(request, members)
    return request


def _check(request: PresentationRequest, members: Members) -> None:
    if not request.id.startswith("urn:uuid:"):
        raise members.refuse("id")
    if not _CHALLENGE.fullmatch(request.challenge):
        raise members.refuse("challenge")
    if request.response_uri is not None:
        _check_response_uri(request.response_uri, request.domain, members)


def _check_response_uri(response_uri: str, domain: str, members: Members) -> None:
    """The answer goes to the one who asks: https (http on this machine), on the host of `domain`.

    A domain is the asker's DID, or an address.
    """
    host = did_web_host(domain)
    try:
        parts = urlsplit(response_uri)
        place = (parts.hostname, parts.port)
        asked = urlsplit(domain if "://" in domain else f"//{domain if host is None else host}")
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
    check_in_force(
        request, context.now, not_yet=PresentationRequestNotYetValid, expired=PresentationRequestExpired
    )
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
    """Write an unsigned request around a signed profile; sign it with `sign_statement`.

    Raises:
        MalformedPresentationRequest, MalformedFunctionProfile: what was given would not be read back.
    """
    document: JsonObject = {
        "type": TYPE,
        "id": request_id,
        "challenge": challenge,
        "domain": domain,
        **write_party("verifier", verifier, verifier_name),
        "purpose": str(purpose),
        "profile": profile,
        **({} if response_uri is None else {"responseUri": response_uri}),
        **write_dates(valid_from, valid_until),
    }
    parse_presentation_request(document)
    return document
