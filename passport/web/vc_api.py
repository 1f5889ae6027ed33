"""The VC API at our doors: its bodies, its answers, and its refusals (W3C CCG Verifiable Credential API).

A refusal is one problem document (RFC 9457) that also lists its problems with the types that the
specifications give them. What a stranger sent is in none of them.
"""

from collections.abc import Callable, Coroutine, Iterable, Mapping
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from fastapi import Request, Response
from fastapi.responses import JSONResponse
from fastapi.routing import APIRoute

from passport import limits
from passport.answers import Answer, Check
from passport.errors import Indeterminate, Invalid, PassportError, SignatureMismatch
from passport.errors.credentials import ValidityReversed
from passport.errors.dids import (
    DidMismatch,
    MalformedDid,
    MalformedDidDocument,
    MalformedDidUrl,
    PurposeNotAllowed,
)
from passport.errors.proofs import ChallengeMismatch, DomainMismatch
from passport.errors.status import StatusIndexOutOfRange, StatusListTooShort
from passport.errors.web import BodyTooLarge, BodyTooSlow, MalformedRequest, UnknownHost, UnsupportedMediaType
from passport.json import JsonObject, JsonValue, parse_object
from passport.texts import Catalogue, Language, render_reason
from passport.web.language import language_of
from passport.web.problems import MEDIA_TYPE, headers_of, problem, sentence_of, status_of

_VC = "https://www.w3.org/TR/vc-data-model#"
_SECURITY = "https://w3id.org/security#"
_STATUS_LIST = "https://www.w3.org/ns/credentials/status-list#"

_BY_RULE: Mapping[type[PassportError], str] = {
    ChallengeMismatch: f"{_SECURITY}INVALID_CHALLENGE_ERROR",
    DomainMismatch: f"{_SECURITY}INVALID_DOMAIN_ERROR",
    SignatureMismatch: f"{_SECURITY}PROOF_VERIFICATION_ERROR",
    MalformedDid: f"{_SECURITY}INVALID_CONTROLLED_IDENTIFIER_DOCUMENT_ID",
    MalformedDidDocument: f"{_SECURITY}INVALID_CONTROLLED_IDENTIFIER_DOCUMENT",
    DidMismatch: f"{_SECURITY}INVALID_CONTROLLED_IDENTIFIER_DOCUMENT",
    MalformedDidUrl: f"{_SECURITY}INVALID_VERIFICATION_METHOD_URL",
    PurposeNotAllowed: f"{_SECURITY}INVALID_RELATIONSHIP_FOR_VERIFICATION_METHOD",
    StatusIndexOutOfRange: f"{_STATUS_LIST}RANGE_ERROR",
    StatusListTooShort: f"{_STATUS_LIST}STATUS_LIST_LENGTH_ERROR",
    ValidityReversed: f"{_VC}RANGE_ERROR",
}
_BY_ROOM: Mapping[str, str] = {
    "parsing": f"{_VC}PARSING_ERROR",
    "dids": f"{_SECURITY}INVALID_VERIFICATION_METHOD",
    "keys": f"{_SECURITY}INVALID_VERIFICATION_METHOD",
    "proofs": f"{_SECURITY}PROOF_VERIFICATION_ERROR",
    "status": f"{_STATUS_LIST}STATUS_VERIFICATION_ERROR",
    "jose": f"{_VC}CRYPTOGRAPHIC_SECURITY_ERROR",
    "sd_jwt": f"{_VC}CRYPTOGRAPHIC_SECURITY_ERROR",
    "verification": f"{_VC}CRYPTOGRAPHIC_SECURITY_ERROR",
}
_BY_CHECK: Mapping[str, str] = {
    "readable": f"{_VC}MALFORMED_VALUE_ERROR",
    "safe_structure": f"{_VC}MALFORMED_VALUE_ERROR",
    "validity_period": f"{_VC}RANGE_ERROR",
    "status": f"{_STATUS_LIST}STATUS_VERIFICATION_ERROR",
    "challenge": f"{_SECURITY}INVALID_CHALLENGE_ERROR",
    "domain": f"{_SECURITY}INVALID_DOMAIN_ERROR",
}
_KEEP_THEIR_STATUS = (BodyTooLarge, BodyTooSlow, UnknownHost, UnsupportedMediaType)


def problem_type(error: PassportError) -> str:
    """The address of the kind of problem, as VC 2.0, Data Integrity and Bitstring Status List name it."""
    for rule, name in _BY_RULE.items():
        if isinstance(error, rule):
            return name
    room = type(error).__module__.rpartition(".")[2]
    return _BY_ROOM.get(room, f"{_VC}MALFORMED_VALUE_ERROR")


class VcApiRoute(APIRoute):
    """A route that refuses as the VC API asks: what does not hold or can't be told is a 400."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        handle = super().get_route_handler()

        async def answer(request: Request) -> Response:
            try:
                return await handle(request)
            except PassportError as error:
                return refused(request, error)

        return answer


def refused(request: Request, error: PassportError, problems: Iterable[JsonObject] = ()) -> Response:
    """The refusal of one error, with the problems that were found or the one that it is."""
    language = language_of(request)
    catalogue: Catalogue | None = request.app.state.pages.catalogue
    status = status_of(error)
    if isinstance(error, Invalid | Indeterminate) and not isinstance(error, _KEEP_THEIR_STATUS):
        status = HTTPStatus.BAD_REQUEST
    listed = list(problems) or [
        {
            "type": problem_type(error),
            "title": sentence_of(error, language, catalogue),
            "code": error.code,
        }
    ]
    request_id = str(request.scope.get("state", {}).get("request_id", ""))
    body = {
        **problem(error, language, request_id, catalogue),
        "status": int(status),
        "verified": False,
        "problemDetails": listed,
        "errors": listed,
        "warnings": [],
    }
    return JSONResponse(
        body,
        status_code=status,
        media_type=MEDIA_TYPE,
        headers={"Content-Language": language, **headers_of(status)},
    )


def verified(**members: JsonValue) -> JsonObject:
    """The answer where everything held."""
    return {"verified": True, "problemDetails": [], "errors": [], "warnings": [], **members}


def problems_of(checks: Iterable[Check], language: Language) -> list[JsonObject]:
    """The checks that did not pass, as problems; one that was not run because of another is not one."""
    return [
        {
            "type": _BY_CHECK.get(check.code, f"{_VC}CRYPTOGRAPHIC_SECURITY_ERROR"),
            "title": render_reason(check.reason, language),
            "code": check.reason.code,
        }
        for check in checks
        if check.answer is not Answer.YES and check.reason.code != "not_checked"
    ]


@dataclass(frozen=True, slots=True)
class Options:
    """The `options` that we know; others are for others."""

    challenge: str | None = None
    domain: str | None = None
    expected_proof_purpose: str | None = None
    checks: tuple[str, ...] = ()
    mandatory_pointers: tuple[str, ...] = ()
    selective_pointers: tuple[str, ...] = ()
    credential_status: JsonObject | None = None


@dataclass(frozen=True, slots=True)
class VcApiBody:
    subject: JsonObject
    """The credential or presentation that the request is about."""
    options: Options


def read_body(source: bytes, member: str, bounds: limits.JsonLimits = limits.CREDENTIAL) -> VcApiBody:
    """Read the body of a request: one document under its name, and options.

    Raises:
        MalformedRequest: the document is missing, or an option is of another type than it must be.
        MalformedJson, TooLarge
    """
    body = parse_object(source, bounds)
    subject = body.get(member)
    if not isinstance(subject, dict):
        raise MalformedRequest(field=member, rule="object")
    options = body.get("options", {})
    if not isinstance(options, dict):
        raise MalformedRequest(field="options", rule="object")
    return VcApiBody(
        subject,
        Options(
            challenge=_text(options, "challenge"),
            domain=_text(options, "domain"),
            expected_proof_purpose=_text(options, "expectedProofPurpose"),
            checks=_texts(options, "checks"),
            mandatory_pointers=_texts(options, "mandatoryPointers"),
            selective_pointers=_texts(options, "selectivePointers"),
            credential_status=_object(options, "credentialStatus"),
        ),
    )


def _text(options: JsonObject, name: str) -> str | None:
    value = options.get(name)
    if value is not None and (not isinstance(value, str) or not value):
        raise MalformedRequest(field=f"options/{name}", rule="string")
    return value


def _texts(options: JsonObject, name: str) -> tuple[str, ...]:
    value = options.get(name, [])
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        raise MalformedRequest(field=f"options/{name}", rule="list of strings")
    return tuple(value)


def _object(options: JsonObject, name: str) -> JsonObject | None:
    value = options.get(name)
    if value is not None and not isinstance(value, dict):
        raise MalformedRequest(field=f"options/{name}", rule="object")
    return value
