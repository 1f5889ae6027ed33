"""From error to HTTP: one table, RFC 9457 problem documents, and nothing of what a stranger sent."""

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from passport.errors import (
    Conflict,
    Gone,
    Indeterminate,
    Invalid,
    NotAllowed,
    NotAuthenticated,
    NotFound,
    PassportError,
    RateLimited,
    TooLarge,
)
from passport.errors.fetch import AddressRefused
from passport.errors.web import (
    BodyTooSlow,
    IdempotencyKeyReused,
    MethodNotAllowed,
    UnknownHost,
    UnsupportedMediaType,
)
from passport.texts import Catalogue, Language, render_error

MEDIA_TYPE = "application/problem+json"
TYPE_PREFIX = "urn:skills-passport:problem:"

STATUS: Mapping[type[PassportError], HTTPStatus] = {
    Invalid: HTTPStatus.BAD_REQUEST,
    TooLarge: HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
    BodyTooSlow: HTTPStatus.REQUEST_TIMEOUT,
    UnsupportedMediaType: HTTPStatus.UNSUPPORTED_MEDIA_TYPE,
    UnknownHost: HTTPStatus.MISDIRECTED_REQUEST,
    Indeterminate: HTTPStatus.SERVICE_UNAVAILABLE,
    AddressRefused: HTTPStatus.BAD_REQUEST,
    NotAllowed: HTTPStatus.FORBIDDEN,
    MethodNotAllowed: HTTPStatus.METHOD_NOT_ALLOWED,
    NotAuthenticated: HTTPStatus.UNAUTHORIZED,
    NotFound: HTTPStatus.NOT_FOUND,
    IdempotencyKeyReused: HTTPStatus.UNPROCESSABLE_ENTITY,
    Conflict: HTTPStatus.CONFLICT,
    Gone: HTTPStatus.GONE,
    RateLimited: HTTPStatus.TOO_MANY_REQUESTS,
    PassportError: HTTPStatus.INTERNAL_SERVER_ERROR,
}

_HEADERS: Mapping[HTTPStatus, Mapping[str, str]] = {
    HTTPStatus.UNAUTHORIZED: {"WWW-Authenticate": "Bearer"},
    HTTPStatus.TOO_MANY_REQUESTS: {"Retry-After": "30"},
    HTTPStatus.SERVICE_UNAVAILABLE: {"Retry-After": "5"},
    HTTPStatus.REQUEST_TIMEOUT: {"Connection": "close"},
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE: {"Connection": "close"},
}


def status_of(error: PassportError | type[PassportError]) -> HTTPStatus:
    """The status of the closest family that the table names."""
    kind = error if isinstance(error, type) else type(error)
    return next(STATUS[family] for family in kind.__mro__ if family in STATUS)


def headers_of(status: HTTPStatus) -> Mapping[str, str]:
    return _HEADERS.get(status, {})


def sentence_of(error: PassportError, language: Language, catalogue: Catalogue | None = None) -> str:
    """The error's sentence, from the service's own catalogue or the shared one, without its details."""
    if catalogue is not None and error.code in catalogue.codes(language):
        return catalogue.say(error.code, language, error.details)
    return error.sentence if language is Language.EN else render_error(error, language)


def problem(
    error: PassportError, language: Language, request_id: str, catalogue: Catalogue | None = None
) -> dict[str, Any]:
    """The problem document (RFC 9457, section 3).

    `code` is stable and for programs, `title` is for people, `instance` names this occurrence in our log.
    """
    document: dict[str, Any] = {
        "type": TYPE_PREFIX + error.code,
        "title": sentence_of(error, language, catalogue),
        "status": int(status_of(error)),
        "code": error.code,
        "instance": f"urn:uuid:{request_id}",
    }
    if error.details:
        document["details"] = dict(error.details)
    return document
