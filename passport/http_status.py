"""From error to HTTP status: one table for every host, the services' and the wallet's."""

from collections.abc import Mapping
from http import HTTPStatus

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
